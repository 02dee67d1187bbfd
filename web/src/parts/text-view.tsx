// A settled text (`text/v1`) drawn as it will be read: numbers as they are hashed, footnotes below.
import type { Block, Inline, NoteParagraph, StatementText } from '../api/types';
import { directionOf } from '../words/direction';
import { Inlines as Written } from './inlines';
import { partsOf, type Item, type Part } from './text-nesting';

type Note = Extract<Inline, { type: 'footnote' }>;

// The blocks of a settled text never change, so their place is their identity.
/* oxlint-disable react/no-array-index-key */
export function TextView({ text }: { text: StatementText }) {
  const notes = text.blocks.flatMap(({ content }) => content.filter((inline): inline is Note => inline.type === 'footnote'));
  return (
    <article className="text" lang={text.language} dir={directionOf(text.language)}>
      <Parts parts={partsOf(text.blocks)} />
      {notes.length > 0 && (
        <ol className="footnotes">
          {notes.map((note) => (
            <li key={note.number} id={`footnote-${note.number}`}>
              <span>{note.number}</span>
              <div>
                {note.content.map((paragraph, place) => (
                  <OneNoteParagraph key={place} paragraph={paragraph} />
                ))}
              </div>
            </li>
          ))}
        </ol>
      )}
    </article>
  );
}

function OneNoteParagraph({ paragraph }: { paragraph: NoteParagraph }) {
  return (
    <p dir={paragraph.dir ?? 'auto'}>
      <Inlines content={paragraph.content} />
    </p>
  );
}

function Parts({ parts }: { parts: Part[] }) {
  return parts.map((part, place) => <OnePart key={place} part={part} />);
}

function OnePart({ part }: { part: Part }) {
  if ('block' in part) return <Alone block={part.block} />;
  if ('quoted' in part) {
    return (
      <blockquote>
        {part.quoted.map((block, place) => (
          <Paragraph key={place} block={block} />
        ))}
      </blockquote>
    );
  }
  const items = part.items.map((item, place) => <OneItem key={place} item={item} />);
  return part.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
}

function OneItem({ item: { block, inside } }: { item: Item }) {
  return (
    <li dir={block.dir ?? 'auto'}>
      <Label block={block} />
      <p>
        <Inlines content={block.content} />
      </p>
      {inside.map((part, place) => ('block' in part ? <Paragraph key={place} block={part.block} /> : <OnePart key={place} part={part} />))}
    </li>
  );
}

function Alone({ block }: { block: Block }) {
  if (block.type === 'heading') {
    const level = block.level ?? 1;
    const Heading = level <= 1 ? 'h1' : level === 2 ? 'h2' : level === 3 ? 'h3' : 'h4';
    return (
      <Heading dir={block.dir ?? 'auto'}>
        <Inlines content={block.content} />
      </Heading>
    );
  }
  if (block.type !== 'numbered' && block.type !== 'continuation') return <Paragraph block={block} />;
  const depth = ['top', 'sub', 'subsub'][Math.min(block.level ?? 1, 3) - 1];
  return (
    <div className={`para ${depth}`} dir={block.dir ?? 'auto'}>
      <Label block={block} />
      <p>
        <Inlines content={block.content} />
      </p>
    </div>
  );
}

/** The letter in "(a)" must not decide the direction of its paragraph. */
function Label({ block }: { block: Block }) {
  if (block.label === undefined) return null;
  return (
    <span className="n">
      <bdi>{block.label}</bdi>
    </span>
  );
}

function Paragraph({ block }: { block: Block }) {
  return (
    <p className="plain" dir={block.dir ?? 'auto'}>
      <Inlines content={block.content} />
    </p>
  );
}

function Inlines({ content }: { content: Inline[] }) {
  return <Written content={content} note={(number) => `#footnote-${number}`} />;
}
