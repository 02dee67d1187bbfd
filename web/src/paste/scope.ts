// What is known while a payload is read: of it as a whole, and where the reader stands.
import type { LeftOut, Letters, PastedBlock } from './blocks';
import type { Place } from './gather';
import type { Note, Notes } from './notes';
import type { List } from './place';
import type { Sheet } from './read-css';

/** What is known of a payload as a whole. */
export interface Payload {
  sheet: Sheet;
  notes: Notes;
  /** Programs for writing say a language for every word, as their spelling knows it; pages say it where they mean it. */
  fromOffice: boolean;
  fromDocs: boolean;
  /** Only what stands between Windows' marks was copied; around it is what it stood in. */
  inFragment: boolean;
  /** The paragraphs of a note, as often as they may be had, and what was left out of them. */
  wordsOf(note: Note): { note?: PastedBlock[]; left: LeftOut[] };
  /** The note whose words are being read. */
  within?: Note;
}

/** What an element hands on to what stands in it. */
export interface Scope {
  marks: Omit<Letters, 'text'>;
  place: Place;
  list: List | undefined;
  raised: 'super' | 'sub' | undefined;
  /** Line feeds are soft returns. */
  lines: boolean;
  /** No-break spaces draw a gap, as tabs do. */
  gap: boolean;
  /** All of it is one paragraph, a table's row. */
  row: boolean;
  block: boolean;
}

export const AROUND: Scope = {
  marks: {},
  place: { kind: 'paragraph', level: 1, melts: true },
  list: undefined,
  raised: undefined,
  lines: false,
  gap: false,
  row: false,
  block: true,
};
