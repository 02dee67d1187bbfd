import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { afterEach, describe, expect, it } from 'vitest';
import { Doc } from 'yjs';
import type { Place } from '../api/types';
import { BODY, noteRoot } from '../text/draft';
import { findUnseen } from '../text/unseen';
import { documentOf, type Stretch } from './binding/reading';
import { SharedDraft } from './binding/shared';
import { found, linesOf, placeOf } from './lines';
import { measure } from './measure';
import { obstaclesIn, removable, unseenInNotes, withoutUnseen } from './obstacles';
import { draftSchema, SCHEMA } from './schema';

const vector = (file: string) => readFileSync(join(import.meta.dirname, '../../../tests/vectors', file), 'utf8');

const opened: Editor[] = [];
afterEach(() => {
  for (const editor of opened.splice(0)) editor.destroy();
});

interface Stored {
  body: Stretch[];
  notes?: Record<string, Stretch[]>;
}

/** A stored draft, read. */
function draft({ body, notes = {} }: Stored): { doc: Node; words: (id: string) => Node; shared: SharedDraft } {
  const shared = new SharedDraft(new Doc());
  shared.doc.getText(BODY).applyDelta(body as object[]);
  for (const [id, stretches] of Object.entries(notes)) shared.doc.getText(noteRoot(id)).applyDelta(stretches as object[]);
  return { doc: documentOf(SCHEMA, body), words: shared.words(SCHEMA), shared };
}

const seen = ({ doc, words }: ReturnType<typeof draft>) => obstaclesIn(doc, words, measure(doc, words));
const title: Stretch[] = [{ insert: 'Title' }, { insert: '\n', attributes: { block: 'title' } }];

describe('what stands in the way of freezing', () => {
  // The server reads the same draft and finds the same places (server/text/from_draft/tests.rs).
  const places = JSON.parse(vector('drafts/places.json')) as { draft: Stored; obstacles: (Partial<Place> & { code: string })[] };

  it('has the places that the server gives it', () => {
    const mine = seen(draft(places.draft)).flatMap(({ code, place }) =>
      place === undefined ? [] : [{ code, block: place.block, ...(place.footnote === undefined ? {} : { footnote: place.footnote }), offset: place.offset, length: place.length }],
    );
    const inOrder = (all: object[]) => all.map((one) => JSON.stringify(one)).toSorted();
    expect(inOrder(mine)).toEqual(inOrder(places.obstacles));
  });

  it('is told up to some, however much there is', () => {
    const flood = draft({ body: [...title, { insert: '\u202Ea'.repeat(100_000) + '\n' }] });
    expect(seen(flood)).toHaveLength(500);
    expect(removable(flood.doc, flood.words)).toBe(100_000);
  });

  it('is found again in the document by its place', () => {
    const read = draft(places.draft);
    for (const { code, place } of seen(read)) {
      if (place === undefined || place.length === 0 || place.footnote !== undefined) continue;
      const at = found(read.doc, read.words, place);
      const words = read.doc.textBetween(at?.from ?? 0, at?.to ?? 0, '\n', ({ type }) => (type.name === 'break' ? '\n' : ''));
      const line = linesOf(read.doc, read.words).find(({ block, footnote }) => block === place.block && footnote === place.footnote);
      expect(words, code).toBe(line?.text.slice(place.offset, place.offset + place.length));
    }
    expect(found(read.doc, read.words, { block: 99, kind: 'paragraph', offset: 0, length: 1, excerpt: '' })).toBeUndefined();
  });

  it('says what a text lacks, and which heading leaves a level out', () => {
    expect(seen(draft({ body: [{ insert: '\n' }] })).map(({ code }) => code)).toEqual(['empty', 'no-title']);
    const jump = draft({ body: [...title, { insert: 'x' }, { insert: '\n', attributes: { block: 'heading:2' } }] });
    expect(seen(jump).map(({ code, place }) => [code, place?.block])).toEqual([['heading-jump', 2]]);
  });

  it('names what the description does not know', () => {
    const read = draft({ body: [...title, { insert: 'a', attributes: { underline: true } }, { insert: '\n' }, { insert: 'b' }, { insert: '\n', attributes: { block: 'table:1' } }] });
    expect(seen(read).map(({ code, values }) => [code, values.what])).toEqual([
      ['unknown-node', 'underline'],
      ['unknown-node', 'table:1'],
    ]);
  });

  it('is about the words around it', () => {
    const [line] = linesOf(draft({ body: [{ insert: 'We urge all States\n' }] }).doc, () => SCHEMA.node('doc', null, SCHEMA.node('block')));
    expect(line === undefined ? undefined : placeOf(line, 3, 4).excerpt).toBe('We urge all States');
  });
});

describe('one press', () => {
  const sign = '\u00AD';
  it('takes away what nobody sees, and nothing else, in the body and in footnotes', () => {
    const { doc, words, shared } = draft({
      body: [{ insert: `one\u2029two \uE000 😀\u202E`, attributes: { bold: true } }, { insert: { note: 'aaaaaaaaaa' } }, { insert: '\u2060end\n' }],
      notes: { aaaaaaaaaa: [{ insert: `See${sign} 60/1.${sign}\n` }] },
    });
    expect(removable(doc, words)).toBe(5);
    const editor = new Editor({ element: null, extensions: draftSchema(), content: doc.toJSON(), injectCSS: false });
    opened.push(editor);
    const tr = withoutUnseen(editor.state, words);
    if (tr !== undefined) editor.view.dispatch(tr);
    expect(editor.state.doc.firstChild?.textContent).toBe('one two \uE000 😀end');
    expect(editor.state.doc.firstChild?.firstChild?.marks.map(({ type }) => type.name)).toEqual(['bold']);
    for (const { note, goes } of unseenInNotes(doc, words)) shared.rewriteNote(note, goes);
    expect(words('aaaaaaaaaa').textContent).toBe('See 60/1.');
    expect(withoutUnseen(editor.state, words)).toBeUndefined();
    expect(findUnseen('one two \uE000 😀').map(({ mend }) => mend)).toEqual(['by-hand']);
  });
});

describe('links', () => {
  it('are drawn only where their address may stand', () => {
    const { doc } = draft({ body: [{ insert: 'a', attributes: { link: 'https:////a.example' } }, { insert: 'b', attributes: { link: 'https://a.example' } }, { insert: '\n' }] });
    const editor = new Editor({ element: null, extensions: draftSchema(), content: doc.toJSON(), injectCSS: false });
    opened.push(editor);
    expect(editor.getHTML()).toContain('<a rel="noopener noreferrer" target="_blank">a</a>');
    expect(editor.getHTML()).toContain('<a href="https://a.example"');
  });
});
