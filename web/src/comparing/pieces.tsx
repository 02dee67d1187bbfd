// The words of one paragraph with what became of them: underlined what came, struck out what is gone, dotted what looks otherwise; the
// same said before and after for whoever hears it. What is said stands apart, so that it never turns the direction of a paragraph.
import { useTranslation } from 'react-i18next';
import type { ComparedNotePiece, ComparedPiece, Inline } from '../api/types';
import { Inlines as Written } from '../parts/inlines';
import { looks, type Change, type Mark } from './changes';
import { SIGN, useTelling } from './how';

export interface Reading {
  changes: readonly Change[];
  current: number;
}

/** The number of a change in the margin beside it; it leads to its line in the list. */
export function Marked({ change: number, reading }: { change: number; reading: Reading }) {
  const { t } = useTranslation('comparing');
  const { what } = useTelling();
  const change = reading.changes[number - 1];
  if (change === undefined) return null;
  return (
    <a
      className="cm"
      id={`change-${number}`}
      href={`#listed-${number}`}
      aria-label={t('change', { number, what: what(change) })}
      aria-current={reading.current === number ? 'true' : undefined}
    >
      <span aria-hidden="true">{SIGN[change.what]}</span>
      <b>{number}</b>
    </a>
  );
}

// The pieces of a comparison never change, so their place is their identity.
/* oxlint-disable react/no-array-index-key */
interface PiecesProps {
  pieces: readonly (ComparedPiece | ComparedNotePiece)[];
  marks?: readonly (Mark | undefined)[];
  reading: Reading;
}

export function Pieces({ pieces, marks = [], reading }: PiecesProps) {
  return pieces.map((piece, at) => {
    const mark = marks[at];
    return (
      <span key={at} className="piece">
        <OnePiece piece={piece} />
        {mark?.ends === true && <Marked change={mark.change} reading={reading} />}
      </span>
    );
  });
}

function OnePiece({ piece }: { piece: ComparedPiece | ComparedNotePiece }) {
  const { t } = useTranslation('comparing');
  const { look } = useTelling();
  switch (piece.is) {
    case 'same':
      return <Inlines content={piece.content} />;
    case 'out':
      return <Gone content={piece.content} />;
    case 'in':
      return <Came content={piece.content} />;
    case 'styled':
      return (
        <span className="restyled">
          <Said>{t('said.look', { how: look(looks(piece.old, piece.new)) })}</Said>
          <Inlines content={piece.new} />
          <Said>{t('said.look-end')}</Said>
        </span>
      );
    case 'note':
      return (
        <sup>
          <a href={`#note-${piece.new}`}>{piece.new}</a>
        </sup>
      );
  }
}

export function Came({ content }: { content: readonly Inline[] }) {
  const { t } = useTranslation('comparing');
  return (
    <ins className="accent">
      <Said>{t('said.in')}</Said>
      <Inlines content={content} />
      <Said>{t('said.in-end')}</Said>
    </ins>
  );
}

export function Gone({ content }: { content: readonly Inline[] }) {
  const { t } = useTranslation('comparing');
  return (
    <del className="accent">
      <Said>{t('said.out')}</Said>
      <Inlines content={content} gone />
      <Said>{t('said.out-end')}</Said>
    </del>
  );
}

/** For ears alone. */
export function Said({ children }: { children: string }) {
  return (
    <span className="hidden-words" dir="ltr">
      {` ${children} `}
    </span>
  );
}

export function Inlines({ content, gone = false }: { content: readonly Inline[]; gone?: boolean }) {
  return <Written content={content} note={(number) => (gone ? `#note-gone-${number}` : `#note-${number}`)} />;
}
