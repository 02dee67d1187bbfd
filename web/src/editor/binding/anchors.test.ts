// A passage stays with its letters, whatever is written in and around it, whoever does it, and however the text is stored meanwhile.
import { expect, it } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate, mergeUpdates } from 'yjs';
import { BODY } from '../../text/draft';
import { SCHEMA } from '../schema';
import { anchorOf, Passages, QUOTE_CHARS_MAX, type Anchor } from './anchors';
import { Person } from './random-people';
import { indexOf } from './places';

const WORDS = 'We write for the sea and for those who live by it.';

class Writer extends Person {
  static begins(...paragraphs: string[]): Writer {
    const doc = new Doc();
    doc.clientID = 1;
    doc.getText(BODY).insert(0, paragraphs.map((words) => `${words}\n`).join(''), {});
    return new Writer(1, 10, encodeStateAsUpdate(doc));
  }

  /** Somebody else, who has what this one has. */
  other(client = 20): Writer {
    return new Writer(client, client, encodeStateAsUpdate(this.doc));
  }

  get text() {
    return this.body.doc.textBetween(0, this.body.doc.content.size, '\n', '*');
  }

  pos(words: string): number {
    let found = -1;
    this.body.doc.descendants((node, pos) => {
      const at = node.isText ? (node.text ?? '').indexOf(words) : -1;
      if (found < 0 && at >= 0) found = pos + at;
    });
    if (found < 0) throw new Error(`“${words}” in “${this.text}”`);
    return found;
  }

  anchor(words: string): Anchor {
    const { doc } = this.body;
    const pos = this.pos(words);
    const anchor = anchorOf(this.draft.body, indexOf(doc, pos), indexOf(doc, pos + words.length));
    if (anchor === undefined) throw new Error('no letter');
    return anchor;
  }

  types(words: string, before: string): void {
    this.body.dispatch(this.body.state.tr.insertText(words, this.pos(before)));
  }

  typesAfter(words: string, after: string): void {
    this.body.dispatch(this.body.state.tr.insertText(words, this.pos(after) + after.length));
  }

  deletes(words: string): void {
    this.act(() => this.body.dispatch(this.body.state.tr.delete(this.pos(words), this.pos(words) + words.length)));
  }

  splits(before: string): void {
    this.body.dispatch(this.body.state.tr.split(this.pos(before)));
  }

  joins(before: string): void {
    this.body.dispatch(this.body.state.tr.join(this.pos(before) - 1));
  }

  becomes(kind: string, words: string): void {
    const $pos = this.body.doc.resolve(this.pos(words));
    this.body.dispatch(this.body.state.tr.setNodeAttribute($pos.before(1), 'block', kind));
  }

  emboldens(words: string): void {
    this.body.dispatch(this.body.state.tr.addMark(this.pos(words), this.pos(words) + words.length, SCHEMA.mark('bold')));
  }

  act(does: () => void): void {
    this.draft.undo.stopCapturing();
    does();
    this.draft.undo.stopCapturing();
  }

  undoes(): void {
    this.draft.undo.undo();
  }

  redoes(): void {
    this.draft.undo.redo();
  }

  hears(other: Writer): void {
    applyUpdate(this.doc, encodeStateAsUpdate(other.doc), 'net');
  }
}

/** The words of the passage now, on this page and on one that loads the text anew. */
function standing(writer: Writer, anchor: Anchor): string | undefined {
  const found = wordsIn(writer.doc, anchor);
  const stored = mergeUpdates([encodeStateAsUpdate(writer.doc)]);
  for (const gc of [true, false]) {
    const loaded = new Doc({ gc });
    applyUpdate(loaded, stored);
    expect(wordsIn(loaded, anchor), 'the same once it is loaded anew').toBe(found);
    const again = new Doc();
    applyUpdate(again, encodeStateAsUpdate(loaded));
    expect(wordsIn(again, anchor), 'and stored once more by whoever cleaned it').toBe(found);
  }
  return found;
}

function wordsIn(doc: Doc, anchor: Anchor): string | undefined {
  const text = doc.getText(BODY);
  const found = new Passages(text).find(anchor);
  return found === undefined ? undefined : text.toString().slice(found.from, found.to);
}

it('a passage begins and ends with a letter, and is quoted', () => {
  const writer = Writer.begins('A title', WORDS);
  const { doc } = writer.body;
  expect(anchorOf(writer.draft.body, 0, doc.content.size)).toEqual({ first: '1.0', last: `1.${'A title\n'.length + WORDS.length - 1}`, quote: `A title\n${WORDS}` });
  expect(writer.anchor(' for the ').quote).toBe('for the');
  expect(anchorOf(writer.draft.body, 'A title'.length, 'A title\n'.length)).toBeUndefined();
  expect(anchorOf(writer.draft.body, 3, 3)).toBeUndefined();
});

it.each([
  ['a split in it', 'for\n the sea', (one: Writer) => one.splits(' the sea')],
  ['a split before it', 'for the sea', (one: Writer) => one.splits('for the sea')],
  ['a join before it', 'for the sea', (one: Writer) => (one.splits('write'), one.joins('write'))],
  ['a split and a join in it', 'for the sea', (one: Writer) => (one.splits('the sea'), one.joins('the sea'))],
  ['another kind', 'for the sea', (one: Writer) => one.becomes('heading:1', 'We write')],
  ['a style on a part of it', 'for the sea', (one: Writer) => one.emboldens('the s')],
  ['words typed before it', 'for the sea', (one: Writer) => one.types('only ', 'for the')],
  ['words typed behind it', 'for the sea', (one: Writer) => one.typesAfter('board', 'the sea')],
  ['words typed in it', 'for all the sea', (one: Writer) => one.types('all ', 'the sea')],
  ['its beginning deleted', 'the sea', (one: Writer) => one.deletes('for ')],
  ['its end deleted', 'for the ', (one: Writer) => one.deletes('sea')],
  ['its middle deleted', 'for sea', (one: Writer) => one.deletes('the ')],
  ['everything deleted', undefined, (one: Writer) => one.deletes(WORDS)],
])('with %s it is “%s”, on the own page and on another', (_case, wanted, act) => {
  const writer = Writer.begins('A title', WORDS);
  const other = writer.other();
  const anchor = writer.anchor('for the sea');
  act(writer);
  expect(standing(writer, anchor)).toBe(wanted);
  other.hears(writer);
  expect(standing(other, anchor)).toBe(wanted);
});

it.each([
  ['all of it', 'for the sea'],
  ['its beginning', 'for th'],
  ['its end', 'sea'],
  ['its first letter', 'f'],
  ['its middle', 'the '],
  ['the paragraph it is in', WORDS],
  ['the words from before it into it', 'write for the'],
  ['the words from in it to behind it', 'sea and for'],
])('when %s is deleted and comes back by undo, it is what it was; and again after redo and undo', (_case, deleted) => {
  const writer = Writer.begins('A title', WORDS);
  const anchor = writer.anchor('for the sea');
  const other = writer.other();
  if (deleted === 'f') writer.act(() => writer.body.dispatch(writer.body.state.tr.delete(writer.pos('for the'), writer.pos('for the') + 1)));
  else writer.deletes(deleted);
  other.hears(writer);
  for (const _time of [1, 2, 3]) {
    writer.undoes();
    expect(writer.text).toBe(`A title\n${WORDS}`);
    expect(standing(writer, anchor)).toBe('for the sea');
    other.hears(writer);
    expect(standing(other, anchor)).toBe('for the sea');
    writer.redoes();
    expect(standing(writer, anchor)).not.toBe('for the sea');
  }
});

it('what was typed before it is not taken for what went', () => {
  const writer = Writer.begins('A title', WORDS);
  const anchor = writer.anchor('for the sea');
  const other = writer.other();
  other.types('with love ', 'for the sea');
  writer.hears(other);
  writer.deletes('for the sea');
  expect(standing(writer, anchor)).toBeUndefined();
  expect(writer.text).toContain('We write with love ');
  writer.undoes();
  expect(standing(writer, anchor)).toBe('for the sea');
});

it('others write at both ends and in the middle while it goes and comes back', () => {
  const writer = Writer.begins('A title', WORDS);
  const anchor = writer.anchor('for the sea');
  const other = writer.other();
  writer.deletes('for the sea');
  other.types('now ', 'for the sea');
  other.typesAfter(', always', 'for the sea');
  writer.hears(other);
  other.hears(writer);
  writer.undoes();
  other.hears(writer);
  expect(writer.text).toBe(other.text);
  expect(standing(writer, anchor)).toContain('for the sea');
  expect(standing(other, anchor)).toContain('for the sea');
  expect(standing(other, anchor)).not.toContain('always');
});

it('letters of several people, deleted by a third and brought back, are the passage again', () => {
  const writer = Writer.begins('A title', 'We write for sea.');
  const other = writer.other();
  other.types('the blue ', 'sea');
  writer.hears(other);
  const anchor = writer.anchor('for the blue sea');
  const third = writer.other(30);
  third.deletes('write for the blue sea');
  expect(standing(third, anchor)).toBeUndefined();
  third.undoes();
  expect(standing(third, anchor)).toBe('for the blue sea');
  writer.hears(third);
  expect(standing(writer, anchor)).toBe('for the blue sea');
});

it('words that came back are split, written in and styled like any others', () => {
  const writer = Writer.begins('A title', WORDS);
  const anchor = writer.anchor('for the sea');
  writer.deletes(WORDS);
  writer.undoes();
  const other = writer.other();
  other.types('all ', 'the sea');
  other.emboldens('for');
  other.splits('sea');
  expect(standing(other, anchor)).toBe('for all the \nsea');
  writer.hears(other);
  expect(standing(writer, anchor)).toBe('for all the \nsea');
});

it.each([
  ['emoji', 'the 🌊 sea 🐟', '🌊 sea 🐟'],
  ['Arabic', 'نكتب من أجل البحر ومن يعيشون عليه', 'أجل البحر'],
  ['marks on letters', 'Nguyễn Thị Hương wrote', 'Thị Hương'],
])('%s: whole letters, there and back', (_case, words, passage) => {
  const writer = Writer.begins('A title', words);
  const anchor = writer.anchor(passage);
  expect(anchor.quote).toBe(passage);
  writer.deletes(passage);
  expect(standing(writer, anchor)).toBeUndefined();
  writer.undoes();
  expect(standing(writer, anchor)).toBe(passage);
});

it('what is cut and pasted elsewhere leaves it behind: that is another text', () => {
  const writer = Writer.begins('A title', WORDS);
  const anchor = writer.anchor('for the sea');
  const { state } = writer.body;
  const [from, to] = [writer.pos('for the sea'), writer.pos('for the sea') + 'for the sea'.length];
  writer.body.dispatch(state.tr.delete(from, to).insertText('for the sea', 1));
  expect(writer.text).toContain('for the seaA title');
  expect(standing(writer, anchor)).toBeUndefined();
});

it('a long passage is quoted in part, never half a letter, and stands to its end', () => {
  const words = `${'x'.repeat(QUOTE_CHARS_MAX - 1)}🌊${'y'.repeat(200)}`;
  const writer = Writer.begins(words);
  const anchor = writer.anchor(words);
  expect(anchor.quote).toBe('x'.repeat(QUOTE_CHARS_MAX - 1));
  writer.deletes(words);
  writer.undoes();
  expect(standing(writer, anchor)).toBe(words);
});

it.each([
  ['letters that never were', { first: '99.0', last: '99.4', quote: 'sea' }],
  ['no ids at all', { first: 'x', last: '', quote: 'sea' }],
  ['ends the wrong way round', { first: '1.20', last: '1.9', quote: 'sea' }],
])('%s stand nowhere', (_case, anchor) => {
  expect(standing(Writer.begins('A title', WORDS), anchor)).toBeUndefined();
});
