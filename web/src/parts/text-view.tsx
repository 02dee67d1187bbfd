// A settled text (`text/v1`) drawn as it will be read: numbers in the margin, footnotes below.
import type { ReactNode } from 'react';
import type { Block, Inline, Run, StatementText } from '../api/types';
import { stands } from '../text/link';
import { directionOf } from '../words/direction';

// Deeper than any statement: a text that nests further is drawn flat from there on.
const DEPTH_MAX = 12;

export function TextView({ text }: { text: StatementText }) {
  const notes = footnotes(text.blocks, 0);
  return (
    <article className="text" lang={text.language} dir={directionOf(text.language)}>
      <Blocks blocks={text.blocks} depth={0} />
      {notes.length > 0 && (
        <ol className="footnotes">
          {notes.map((note) => (
            <li key={note.number} id={`footnote-${note.number}`}>
              <span>{note.number}</span>
              <span dir="auto">
                <Runs runs={note.content} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </article>
  );
}

type Note = Extract<Inline, { type: 'footnote' }>;

function footnotes(blocks: Block[], depth: number): Note[] {
  if (depth > DEPTH_MAX) return [];
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'list':
        return block.items.flatMap((item) => footnotes(item.blocks, depth + 1));
      case 'quote':
        return footnotes(block.blocks, depth + 1);
      default:
        return block.content.filter((inline): inline is Note => inline.type === 'footnote');
    }
  });
}

// The blocks of a settled text never change, so their place is their identity.
/* oxlint-disable react/no-array-index-key */
function Blocks({ blocks, depth }: { blocks: Block[]; depth: number }) {
  if (depth > DEPTH_MAX) return null;
  return blocks.map((block, place) => <OneBlock key={place} block={block} depth={depth} />);
}

function OneBlock({ block, depth }: { block: Block; depth: number }) {
  switch (block.type) {
    case 'heading': {
      const Heading = block.level <= 1 ? 'h1' : block.level === 2 ? 'h2' : 'h3';
      return (
        <Heading dir={block.dir ?? 'auto'}>
          <Inlines content={block.content} />
        </Heading>
      );
    }
    case 'paragraph':
      return (
        <p className="plain" dir={block.dir ?? 'auto'}>
          <Inlines content={block.content} />
        </p>
      );
    case 'numbered':
      return (
        <div className={block.level === 2 ? 'para sub' : 'para'} dir={block.dir}>
          <span className="n">{block.label}</span>
          <p dir={block.dir ?? 'auto'}>
            <Inlines content={block.content} />
          </p>
        </div>
      );
    case 'list': {
      const items = block.items.map((item, place) => (
        <li key={place}>
          <Blocks blocks={item.blocks} depth={depth + 1} />
        </li>
      ));
      return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    }
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.blocks} depth={depth + 1} />
        </blockquote>
      );
  }
}

function Inlines({ content }: { content: Inline[] }) {
  return content.map((inline, place): ReactNode => {
    switch (inline.type) {
      case 'text':
        return <OneRun key={place} run={inline} />;
      case 'break':
        return <br key={place} />;
      case 'footnote':
        return (
          <sup key={place}>
            <a href={`#footnote-${inline.number}`}>{inline.number}</a>
          </sup>
        );
    }
  });
}

function Runs({ runs }: { runs: Run[] }) {
  return runs.map((run, place) => <OneRun key={place} run={run} />);
}

function OneRun({ run }: { run: Run }) {
  let drawn: ReactNode = run.text;
  if (run.italic === true) drawn = <em>{drawn}</em>;
  if (run.bold === true) drawn = <strong>{drawn}</strong>;
  if (run.link !== undefined && stands(run.link)) {
    drawn = (
      <a href={run.link} rel="noopener noreferrer" target="_blank">
        {drawn}
      </a>
    );
  }
  return drawn;
}
