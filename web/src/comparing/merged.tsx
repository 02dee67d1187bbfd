// Both texts in one: paragraph after paragraph as the newer has them, what is gone where it stood, what was moved at its new place with
// a trace at the old one. What is the same is folded and can be unfolded. Each paragraph runs in its own direction.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockFrame, Inline, NoteParagraph } from '../api/types';
import { directionOf } from '../words/direction';
import { depth, folds, side, wordsOf, type Note, type Told, type ToldNote, type ToldRow } from './changes';
import { useTelling } from './how';
import { Came, Gone, Inlines, Marked, Pieces, Said, type Reading } from './pieces';

interface Props {
  told: Told;
  language: string;
  reading: Reading;
  /** Everything is shown, also what is the same. */
  whole: boolean;
}

// The rows of a comparison never change, so their place is their identity.
/* oxlint-disable react/no-array-index-key */
export function Merged({ told, language, reading, whole }: Props) {
  return (
    <article className="text compared" lang={language} dir={directionOf(language)}>
      {drawn(told.rows, whole).map((part, at) => (
        <Part key={at} part={part} reading={reading} />
      ))}
      <Notes notes={told.notes} reading={reading} />
    </article>
  );
}

type Drawn = { shown: ToldRow } | { folded: ToldRow[] } | { form: number; rows: ToldRow[] };

/** Rows whose form changed alike stand in one frame. */
function drawn(rows: readonly ToldRow[], whole: boolean): Drawn[] {
  const parts: Drawn[] = [];
  for (const stretch of whole ? rows.map((shown) => ({ shown })) : folds(rows)) {
    const last = parts.at(-1);
    const form = 'shown' in stretch ? stretch.shown.form : undefined;
    if (!('shown' in stretch) || form === undefined) parts.push(stretch);
    else if (last !== undefined && 'form' in last && last.form === form) last.rows.push(stretch.shown);
    else parts.push({ form, rows: [stretch.shown] });
  }
  return parts;
}

function Part({ part, reading }: { part: Drawn; reading: Reading }) {
  if ('shown' in part) return <Row told={part.shown} reading={reading} />;
  if ('folded' in part) return <Fold rows={part.folded} reading={reading} />;
  return <Form change={part.form} rows={part.rows} reading={reading} />;
}

function Fold({ rows, reading }: { rows: ToldRow[]; reading: Reading }) {
  const { t } = useTranslation('comparing');
  return (
    <details className="same">
      <summary>
        <span>{useFoldWords(rows)}</span>
        <span aria-hidden="true">
          <span className="sh">{t('fold.show')}</span>
          <span className="hd">{t('fold.hide')}</span>
        </span>
      </summary>
      {rows.map((row) => (
        <Row key={row.at} told={row} reading={reading} />
      ))}
    </details>
  );
}

function useFoldWords(rows: ToldRow[]): string {
  const { t } = useTranslation('comparing');
  const labels = rows.flatMap(({ row }) => (row.row === 'same' && row.new.type === 'numbered' && row.new.level === 1 ? [row.new.label ?? ''] : []));
  const [from, to] = [labels[0]?.replace(/\.$/u, ''), labels.at(-1)?.replace(/\.$/u, '')];
  if (from === undefined || to === undefined || labels.length < rows.length) return t('fold.some', { count: rows.length });
  return from === to ? t('fold.paragraph', { from }) : t('fold.paragraphs', { from, to });
}

function Form({ change, rows, reading }: { change: number; rows: ToldRow[]; reading: Reading }) {
  const { t } = useTranslation('comparing');
  const { form } = useTelling();
  const turned = reading.changes[change - 1]?.form;
  return (
    <div className={reading.current === change ? 'fmt now' : 'fmt'}>
      <span className="fmt-tag" dir="ltr">
        ¶ {turned !== undefined && t('form-only', { how: form(turned) })}
      </span>
      <Marked change={change} reading={reading} />
      {rows.map((row) => (
        <Row key={row.at} told={row} reading={reading} />
      ))}
    </div>
  );
}

function Row({ told, reading }: { told: ToldRow; reading: Reading }) {
  const { t } = useTranslation('comparing');
  const { row, whole } = told;
  const now = whole === reading.current || told.pieces.some((mark) => mark?.change === reading.current);
  switch (row.row) {
    case 'added':
      return (
        <Framed frame={row.new} now={now}>
          <Came content={row.new.content} />
          {whole !== undefined && <Marked change={whole} reading={reading} />}
        </Framed>
      );
    case 'removed':
      return (
        <Framed frame={row.old} now={now} gone>
          <Gone content={row.old.content} />
          {whole !== undefined && <Marked change={whole} reading={reading} />}
        </Framed>
      );
    case 'stood':
      return <Ghost told={told} />;
    case 'same':
    case 'changed':
      return (
        <Framed frame={row.new} was={row.old} now={now}>
          <Pieces pieces={row.pieces} marks={told.pieces} reading={reading} />
        </Framed>
      );
    case 'moved':
      return (
        <div className={now ? 'moved now' : 'moved'}>
          <span className="tag" dir="ltr">
            ↕ {row.old.label === undefined ? t('moved-here') : t('moved-from', { label: row.old.label.replace(/\.$/u, '') })}
          </span>
          {whole !== undefined && <Marked change={whole} reading={reading} />}
          <Framed frame={row.new} was={row.old} now={false}>
            <Pieces pieces={row.pieces} marks={told.pieces} reading={reading} />
          </Framed>
        </div>
      );
  }
}

// So much of a paragraph says which one it was.
const GHOST_WORDS = 6;

/** Where something stood that was moved. */
function Ghost({ told: { moved } }: { told: ToldRow }) {
  const { t } = useTranslation('comparing');
  const { where } = useTelling();
  if (moved?.row.row !== 'moved') return null;
  const { row } = moved;
  const words = row.pieces.map((piece) => wordsOf(side(piece, 'old'))).join('').trim().split(/\s+/u);
  const begins = words.slice(0, GHOST_WORDS).join(' ').slice(0, 80);
  return (
    <p className="ghost" dir="ltr">
      {row.old.label !== undefined && <s className="n">{row.old.label}</s>}
      <span>
        {begins === '' ? t('stood-empty') : t('stood', { words: `\u2068${begins}${words.length > GHOST_WORDS ? ' …' : ''}\u2069` })}{' '}
        <a href={`#change-${moved.whole ?? 0}`}>{t('stands-now', { where: where(moved.where) })}</a>
      </span>
    </p>
  );
}

interface FrameProps {
  frame: BlockFrame;
  was?: BlockFrame;
  now: boolean;
  gone?: boolean;
  children: ReactNode;
}

/** A block around its words, as the settled text draws it. */
function Framed({ frame, was, now, gone = false, children }: FrameProps) {
  const dir = frame.dir ?? 'auto';
  const level = frame.level ?? 1;
  const named = (name: string) => (now ? `${name} now` : name);
  if (frame.type === 'heading') {
    // A heading that is gone leads nowhere.
    const Heading = gone ? 'p' : level <= 1 ? 'h1' : level === 2 ? 'h2' : level === 3 ? 'h3' : 'h4';
    return (
      <Heading className={named(gone ? `was-heading para level-${level}` : 'para')} dir={dir}>
        {children}
      </Heading>
    );
  }
  const deep = depth(frame);
  return (
    <div className={named(`para ${['top', 'sub', 'subsub'][deep] ?? `subsub deep-${deep}`} of-${frame.type}`)} dir={dir}>
      <Label frame={frame} was={was} gone={gone} />
      <p>{children}</p>
    </div>
  );
}

function Label({ frame, was, gone }: { frame: BlockFrame; was: BlockFrame | undefined; gone: boolean }) {
  const { t } = useTranslation('comparing');
  const shown = frame.type === 'bullet' ? '•' : frame.label;
  const before = was?.label !== undefined && was.label !== frame.label ? was.label : undefined;
  if (shown === undefined && before === undefined) return null;
  return (
    <span className="n">
      {shown !== undefined && (gone ? <s dir="ltr">{shown}</s> : <bdi>{shown}</bdi>)}
      {before !== undefined && (
        <>
          <Said>{t('said.was-number', { label: before })}</Said>
          <s className="was" dir="ltr" aria-hidden="true">
            {before}
          </s>
        </>
      )}
    </span>
  );
}

function Notes({ notes, reading }: { notes: readonly ToldNote[]; reading: Reading }) {
  if (notes.length === 0) return null;
  return (
    <ol className="footnotes">
      {notes.map((note, at) => (
        <li key={at} id={note.id} className={note.change === reading.current ? 'now' : undefined}>
          <span>
            {note.side === 'out' ? <s>{note.number}</s> : note.number}
            {note.was !== undefined && (
              <s className="was" aria-hidden="true">
                {note.was}
              </s>
            )}
          </span>
          <div>
            <NoteWords note={note} reading={reading} />
            {note.change !== undefined && <Marked change={note.change} reading={reading} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

function NoteWords({ note: { note, side: at }, reading }: { note: ToldNote; reading: Reading }) {
  if ('paragraphs' in note) {
    return note.paragraphs.map((row, place) => (
      <p key={place} dir={row.new?.dir ?? row.old?.dir ?? 'auto'}>
        <Pieces pieces={row.pieces} reading={reading} />
      </p>
    ));
  }
  return (note as Note).content.map(({ dir, content }: NoteParagraph, place) => (
    <p key={place} dir={dir ?? 'auto'}>
      {at === 'out' ? <Gone content={content as Inline[]} /> : at === 'in' ? <Came content={content as Inline[]} /> : <Inlines content={content as Inline[]} />}
    </p>
  ));
}
