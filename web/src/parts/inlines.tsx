// Words as a reader sees them: runs with their appearance, line breaks, the numbers of footnotes.
import type { ReactNode } from 'react';
import type { Inline, Run } from '../api/types';
import { stands } from '../text/link';

/** `note` says where the number of a footnote leads. */
export function Inlines({ content, note }: { content: readonly Inline[]; note: (number: number) => string }) {
  return content.map((inline, place): ReactNode => {
    switch (inline.type) {
      case 'text':
        return <OneRun key={place} run={inline} />;
      case 'break':
        return <br key={place} />;
      case 'footnote':
        return (
          <sup key={place}>
            <a href={note(inline.number)}>{inline.number}</a>
          </sup>
        );
    }
  });
}

export function OneRun({ run }: { run: Run }) {
  let drawn: ReactNode = run.text;
  if (run.italic === true) drawn = <em>{drawn}</em>;
  if (run.bold === true) drawn = <strong>{drawn}</strong>;
  if (run.lang !== undefined) drawn = <span lang={run.lang}>{drawn}</span>;
  if (run.link !== undefined && stands(run.link)) {
    drawn = (
      <a href={run.link} rel="noopener noreferrer" target="_blank">
        {drawn}
      </a>
    );
  }
  return drawn;
}
