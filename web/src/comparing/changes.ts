// What a comparison tells, as a page draws it: every change with its number, its place and an excerpt; stretches that are the same,
// folded. The server has found what differs (server/text/compare); here it is put in order only. Pure.
import type { BlockFrame, ComparedNote, ComparedPiece, ComparedRow, Inline, Run } from '../api/types';

export type What = 'added' | 'removed' | 'replaced' | 'moved' | 'form' | 'look' | 'note';

/** Where something stands, as people say it. */
export type Where =
  | { in: 'title' | 'opening' }
  | { in: 'paragraph' | 'after'; cited: string }
  | { in: 'heading' | 'under'; words: string }
  | { in: 'note'; number: number };

export interface Change {
  number: number;
  what: What;
  where: Where;
  /** Words around it, gone, come; cut where they are long. */
  excerpt: { before: string; out: string; in: string; after: string };
  form?: { old: BlockFrame; new: BlockFrame };
  look?: LookChange[];
  /** The number it had where it stood before. */
  from?: string;
}

/** Which change a piece belongs to, and whether that ends there. */
export interface Mark {
  change: number;
  ends: boolean;
}

export interface ToldRow {
  row: ComparedRow;
  at: number;
  where: Where;
  /** The change that the row is as a whole: come, gone, moved. */
  whole?: number;
  /** Its form changed; rows in which the same changed share the change of the first. */
  form?: number;
  startsForm?: boolean;
  pieces: (Mark | undefined)[];
  /** Of what was moved: where it stands now. */
  moved?: ToldRow;
}

export interface ToldNote {
  id: string;
  number: number;
  was?: number;
  side: 'both' | 'in' | 'out';
  note: ComparedNote | Note;
  change?: number;
}

export interface Told {
  rows: ToldRow[];
  notes: ToldNote[];
  changes: Change[];
}

export type Note = Extract<Inline, { type: 'footnote' }>;

export function tell(rows: readonly ComparedRow[]): Told {
  const told: Told = { rows: [], notes: [], changes: [] };
  const places = { old: new Places(), new: new Places() };
  for (const [at, row] of rows.entries()) {
    const where = placed(row, places);
    const one: ToldRow = { row, at, where, pieces: [] };
    const add = (what: What, more: Partial<Change> = {}) => {
      const change: Change = { number: told.changes.length + 1, what, where, excerpt: { before: '', out: '', in: '', after: '' }, ...more };
      told.changes.push(change);
      return change.number;
    };
    switch (row.row) {
      case 'added':
      case 'removed': {
        const gone = row.row === 'removed';
        const content = gone ? row.old.content : row.new.content;
        const words = cutEnd(wordsOf(content));
        one.whole = add(row.row, { excerpt: { before: '', out: gone ? words : '', in: gone ? '' : words, after: '' } });
        told.notes.push(...notesIn(content, gone ? 'out' : 'in'));
        break;
      }
      case 'stood':
        break;
      case 'moved':
      case 'same':
      case 'changed': {
        if (row.row === 'moved') {
          const begins = cutEnd(row.pieces.map((piece) => wordsOf(side(piece, 'new'))).join(''));
          one.whole = add('moved', { excerpt: { before: '', out: '', in: '', after: begins }, ...(row.old.label === undefined ? {} : { from: row.old.label }) });
        }
        if (!alike(row.old, row.new)) {
          const before = told.rows.at(-1);
          const goesOn = before?.form !== undefined && 'pieces' in before.row && sameTurn(before.row, row);
          one.form = goesOn ? before.form : add('form', { form: { old: row.old, new: row.new } });
          one.startsForm = !goesOn;
        }
        one.pieces = marks(row.pieces, add);
        for (const piece of row.pieces) told.notes.push(...notesOf(piece));
        break;
      }
    }
    told.rows.push(one);
  }
  for (const note of told.notes) {
    if (note.side !== 'both' || !noteDiffers(note.note as ComparedNote)) continue;
    const [out, come] = noteWords(note.note as ComparedNote);
    const change: Change = { number: told.changes.length + 1, what: 'note', where: { in: 'note', number: note.number }, excerpt: { before: '', out: cutEnd(out), in: cutEnd(come), after: '' } };
    told.changes.push(change);
    note.change = change.number;
  }
  for (const one of told.rows) {
    const { row } = one;
    if (row.row === 'stood') {
      const now = told.rows.find((other) => other.row.row === 'moved' && other.row.id === row.id);
      if (now !== undefined) one.moved = now;
    }
  }
  return told;
}

/** Numbers the changes among the pieces of one paragraph; what is gone and what came in its place are one. */
function marks(pieces: readonly ComparedPiece[], add: (what: What, more: Partial<Change>) => number): (Mark | undefined)[] {
  return pieces.map((piece, at): Mark | undefined => {
    const next = pieces[at + 1];
    const [before, after] = [tail(pieces[at - 1]), head(next)];
    switch (piece.is) {
      case 'out': {
        const come = next?.is === 'in' ? wordsOf(next.content) : '';
        const excerpt = { before, out: cutEnd(wordsOf(piece.content)), in: cutEnd(come), after: next?.is === 'in' ? head(pieces[at + 2]) : after };
        return { change: add(next?.is === 'in' ? 'replaced' : 'removed', { excerpt }), ends: next?.is !== 'in' };
      }
      case 'in':
        if (pieces[at - 1]?.is === 'out') return { change: -1, ends: true };
        return { change: add('added', { excerpt: { before, out: '', in: cutEnd(wordsOf(piece.content)), after } }), ends: true };
      case 'styled':
        return { change: add('look', { excerpt: { before, out: '', in: '', after: cutEnd(wordsOf(piece.new)) }, look: looks(piece.old, piece.new) }), ends: true };
      case 'same':
      case 'note':
        return undefined;
    }
  }).map((mark, at, all) => (mark?.change === -1 ? { change: all[at - 1]?.change ?? 0, ends: true } : mark));
}

// ---- where -----------------------------------------------------------------------------------------------------------

/** Follows one of the two texts and says where one is in it. */
class Places {
  private first = '';
  private second = '';
  private last: Where = { in: 'opening' };

  at(frame: BlockFrame, words: string): Where {
    const level = frame.level ?? 1;
    const label = frame.label ?? '';
    if (frame.type === 'heading') {
      if (level === 1) return { in: 'title' };
      this.last = { in: 'under', words: cutEnd(words) };
      return { in: 'heading', words: cutEnd(words) };
    }
    if (frame.type !== 'numbered') return this.last;
    if (level === 1) [this.first, this.second] = [label.replace(/\.$/u, ''), ''];
    else if (level === 2) this.second = label;
    const cited = [this.first, level > 1 ? this.second : '', level > 2 ? label : ''].filter((part) => part !== '').join(' ');
    this.last = { in: 'after', cited };
    return { in: 'paragraph', cited };
  }
}

/** Where a row stands: in the newer text, or in the older one if it is gone. */
function placed(row: ComparedRow, { old, new: now }: { old: Places; new: Places }): Where {
  switch (row.row) {
    case 'added':
      return now.at(row.new, wordsOf(row.new.content));
    case 'removed':
      return old.at(row.old, wordsOf(row.old.content));
    case 'stood':
      return { in: 'opening' };
    case 'moved':
      return now.at(row.new, row.pieces.map((piece) => wordsOf(side(piece, 'new'))).join(''));
    case 'same':
    case 'changed':
      old.at(row.old, row.pieces.map((piece) => wordsOf(side(piece, 'old'))).join(''));
      return now.at(row.new, row.pieces.map((piece) => wordsOf(side(piece, 'new'))).join(''));
  }
}

// ---- words -----------------------------------------------------------------------------------------------------------

const EXCERPT_CHARS = 90;
const AROUND_CHARS = 24;

export function side(piece: ComparedPiece, which: 'old' | 'new'): readonly Inline[] {
  switch (piece.is) {
    case 'same':
      return piece.content;
    case 'out':
      return which === 'old' ? piece.content : [];
    case 'in':
      return which === 'new' ? piece.content : [];
    case 'styled':
      return piece[which];
    case 'note':
      return [];
  }
}

export function wordsOf(content: readonly Inline[]): string {
  return content.map((inline) => (inline.type === 'text' ? inline.text : inline.type === 'break' ? ' ' : '')).join('');
}

function cutEnd(words: string): string {
  const letters = [...words.trim()];
  return letters.length <= EXCERPT_CHARS ? words : `${letters.slice(0, EXCERPT_CHARS).join('').replace(/\s\S*$/u, '')} …`;
}

/** The last words before a change, in the same line. */
function tail(piece: ComparedPiece | undefined): string {
  if (piece?.is !== 'same') return '';
  const letters = [...wordsOf(piece.content)];
  return letters.length <= AROUND_CHARS ? letters.join('') : letters.slice(-AROUND_CHARS).join('').replace(/^\S*\s/u, '');
}

function head(piece: ComparedPiece | undefined): string {
  if (piece?.is !== 'same') return '';
  const letters = [...wordsOf(piece.content)];
  return letters.length <= AROUND_CHARS ? letters.join('') : letters.slice(0, AROUND_CHARS).join('').replace(/\s\S*$/u, '');
}

// ---- appearance ------------------------------------------------------------------------------------------------------

export type LookChange = { how: 'bold' | 'not-bold' | 'italic' | 'not-italic' | 'not-link' | 'lang' | 'other' } | { how: 'link'; to: string } | { how: 'other-link'; from: string; to: string };

/** What about the appearance of the same words is another. */
export function looks(old: readonly Inline[], now: readonly Inline[]): LookChange[] {
  const found: LookChange[] = [];
  const letters = (content: readonly Inline[], has: (run: Run) => boolean) => wordsOf(content.filter((inline) => inline.type === 'text' && has(inline))).length;
  for (const name of ['bold', 'italic'] as const) {
    const more = letters(now, (run) => run[name] === true) - letters(old, (run) => run[name] === true);
    if (more !== 0) found.push({ how: more > 0 ? name : `not-${name}` });
  }
  const links = (content: readonly Inline[]) => content.flatMap((inline) => (inline.type === 'text' && inline.link !== undefined ? [inline.link] : []));
  const [from, to] = [links(old)[0], links(now)[0]];
  if (from !== to) found.push(to === undefined ? { how: 'not-link' } : from === undefined ? { how: 'link', to } : { how: 'other-link', from, to });
  const langs = (content: readonly Inline[]) => content.map((inline) => (inline.type === 'text' ? (inline.lang ?? '') : '')).join(' ').trim();
  if (langs(old) !== langs(now)) found.push({ how: 'lang' });
  return found.length > 0 ? found : [{ how: 'other' }];
}

function alike(old: BlockFrame, now: BlockFrame): boolean {
  return old.type === now.type && old.level === now.level && old.dir === now.dir;
}

/** Whether the form of two rows changed in the same way. */
function sameTurn(one: { old: BlockFrame; new: BlockFrame }, other: { old: BlockFrame; new: BlockFrame }): boolean {
  return alike(one.old, other.old) && alike(one.new, other.new);
}

// ---- footnotes -------------------------------------------------------------------------------------------------------

function notesOf(piece: ComparedPiece): ToldNote[] {
  switch (piece.is) {
    case 'note':
      return [{ id: `note-${piece.new}`, number: piece.new, ...(piece.old === piece.new ? {} : { was: piece.old }), side: 'both', note: piece }];
    case 'out':
    case 'in':
      return notesIn(piece.content, piece.is);
    case 'same':
    case 'styled':
      return [];
  }
}

function notesIn(content: readonly Inline[], at: 'in' | 'out'): ToldNote[] {
  const notes = content.filter((inline): inline is Note => inline.type === 'footnote');
  return notes.map((note) => ({ id: at === 'out' ? `note-gone-${note.number}` : `note-${note.number}`, number: note.number, side: at, note }));
}

export function noteDiffers(note: ComparedNote): boolean {
  return note.paragraphs.some((row) => row.old?.dir !== row.new?.dir || (row.old === undefined) !== (row.new === undefined) || row.pieces.some(({ is }) => is !== 'same'));
}

function noteWords(note: ComparedNote): [string, string] {
  const pieces = note.paragraphs.flatMap((row) => row.pieces);
  const words = (which: 'out' | 'in') => pieces.flatMap((piece) => (piece.is === which ? [wordsOf(piece.content)] : [])).join(' … ');
  return [words('out'), words('in')];
}

// ---- folds -----------------------------------------------------------------------------------------------------------

export type Stretch = { shown: ToldRow } | { folded: ToldRow[] };

/** Folds what is the same. Headings stay in sight, and so does a paragraph under which something changed. */
export function folds(rows: readonly ToldRow[]): Stretch[] {
  const found: Stretch[] = [];
  for (const [at, one] of rows.entries()) {
    const last = found.at(-1);
    if (one.row.row !== 'same' || one.row.new.type === 'heading' || leads(one, rows[at + 1])) found.push({ shown: one });
    else if (last !== undefined && 'folded' in last) last.folded.push(one);
    else found.push({ folded: [one] });
  }
  return found;
}

function leads(one: ToldRow, next: ToldRow | undefined): boolean {
  if (one.row.row !== 'same' || next === undefined || next.row.row === 'same' || next.row.row === 'stood') return false;
  return depth(one.row.new) < depth(next.row.row === 'removed' ? next.row.old : next.row.new);
}

/** How far a block stands in. */
export function depth(frame: BlockFrame): number {
  const level = frame.level ?? 1;
  if (frame.type === 'bullet' || frame.type === 'ordered') return level;
  return frame.type === 'numbered' || frame.type === 'continuation' ? level - 1 : 0;
}
