// Suggestions that are accepted, rejected and withdrawn in drafts of every kind (binding/settled.cases.ts).
import { describe, expect, it, test } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import { answerDeleted } from './binding/answering';
import { broughtIn } from './binding/brought';
import { proposalsIn, type Suggestion } from './binding/proposals';
import { ANA, BEN, CASES, ROOTS, Written } from './binding/settled.cases';
import { accepting, asIfAccepted, settled, stretchesOf, without, type Settlement } from './binding/settling';
import { SharedDraft } from './binding/shared';
import { accept, givingWay, reject, stillSo, withdraw } from './deciding';

const EDITOR = 99;

/** Another page that edits, with what this one holds. */
function page(update: Uint8Array, own = 'cleo000000', client = EDITOR): SharedDraft {
  const doc = new Doc();
  applyUpdate(doc, update);
  doc.clientID = client;
  const draft = new SharedDraft(doc);
  draft.writesAs(own);
  return draft;
}

function reads(draft: SharedDraft, how: Settlement = accepting([])) {
  return Object.fromEntries(ROOTS.filter((root) => draft.doc.share.has(root)).map((root) => [root, words(stretchesOf(settled(draft.doc.getText(root), how)))]));
}

/** Unit by unit, with what counts of each. */
function words(stretches: { insert?: unknown; attributes?: Record<string, unknown> }[]): string {
  const units = stretches.flatMap(({ insert, attributes = {} }) => {
    const told = (keys: string[]) => JSON.stringify(keys.map((key) => attributes[key] ?? null));
    return typeof insert === 'string' ? Array.from(insert, (one) => one + told(one === '\n' ? ['block', 'dir', 'start'] : ['bold', 'italic'])) : [JSON.stringify(insert)];
  });
  return units.join('');
}

const one = (draft: SharedDraft, key: string): Suggestion => {
  const found = proposalsIn(draft).suggestions.find((suggestion) => suggestion.key === key);
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
};

describe.each(CASES)('$name', ({ draft }) => {
  const update = draft().update();

  it('everything that is accepted reads as it was said it would, and undo takes it back', () => {
    const editor = page(update);
    const [before, would] = [reads(editor), reads(editor, asIfAccepted(proposalsIn(editor)))];
    accept(editor, proposalsIn(editor), proposalsIn(editor).suggestions);
    expect(reads(editor)).toEqual(would);
    expect(proposalsIn(editor).suggestions).toEqual([]);
    if (editor.undo.undoStack.length > 0) {
      editor.takeBack();
      expect(reads(editor)).toEqual(before);
    }
  });

  it('everything that is rejected leaves the text as it was without it', () => {
    const editor = page(update);
    const was = reads(editor, without(proposalsIn(editor)));
    reject(editor, proposalsIn(editor).suggestions);
    expect(reads(editor)).toEqual(was);
    expect(proposalsIn(editor).suggestions).toEqual([]);
  });

  it('one after another they read the same, rivals aside', () => {
    const editor = page(update);
    const would = reads(editor, asIfAccepted(proposalsIn(editor)));
    for (;;) {
      const [first] = proposalsIn(editor).suggestions.toSorted((a, b) => (a.key < b.key ? -1 : 1));
      if (first === undefined) break;
      accept(editor, proposalsIn(editor), [first]);
    }
    expect(reads(editor)).toEqual(would);
  });

  it('what one answers stands on every page', () => {
    const [editor, other] = [page(update), page(update, 'dora000000', 98)];
    accept(editor, proposalsIn(editor), proposalsIn(editor).suggestions);
    applyUpdate(other.doc, encodeStateAsUpdate(editor.doc));
    expect(reads(other)).toEqual(reads(editor));
  });
});

test('what its author writes at the same moment is still asked', () => {
  const w = new Written('One two¶');
  w.begins(ANA, 'x');
  w.inserts(ANA, ' and', 'two');
  const editor = page(w.update());
  accept(editor, proposalsIn(editor), proposalsIn(editor).suggestions);
  w.inserts(ANA, ' three', 'and');
  applyUpdate(editor.doc, w.update());
  expect(reads(editor, without(proposalsIn(editor))).draft).toBe(words([{ insert: 'One two and\n' }]));
  expect(proposalsIn(editor).suggestions.map(({ pieces }) => pieces.map((piece) => piece.words))).toEqual([[' three']]);
});

test('what has changed since it was shown is not decided as it was', () => {
  const w = new Written('One two¶');
  w.begins(ANA, 'x');
  w.inserts(ANA, ' and', 'two');
  const shown = proposalsIn(w.draft).suggestions;
  expect(stillSo(proposalsIn(w.draft), shown)).toBe(true);
  w.inserts(ANA, ' more', 'and');
  expect(stillSo(proposalsIn(w.draft), shown)).toBe(false);
});

test('a rival is answered no in the same act', () => {
  const w = new Written('One two three¶');
  w.begins(ANA, 'x');
  w.blocks(ANA, 'One two three', 'heading:1');
  w.begins(BEN, 'y');
  w.blocks(BEN, 'One two three', 'heading:2');
  w.inserts(BEN, 'Not ', '');
  const editor = page(w.update());
  const [ben] = proposalsIn(editor).suggestions.filter(({ handle }) => handle === BEN);
  if (ben === undefined) throw new Error('no suggestion');
  expect(givingWay(proposalsIn(editor), [ben]).map(({ handle }) => handle)).toEqual([ANA]);
  accept(editor, proposalsIn(editor), [ben]);
  expect(proposalsIn(editor).suggestions).toEqual([]);
  expect(proposalsIn(editor).said.answered.map(({ fate }) => [fate.suggestion.handle, fate.accepted])).toEqual([[BEN, true], [ANA, false]]);
});

test('whose proposed words an accepted strike takes along learns it', () => {
  const w = new Written('One two¶');
  w.begins(ANA, 'x');
  w.inserts(ANA, ' and more', 'two');
  w.begins(BEN, 'y');
  w.strikes(BEN, ' and');
  const editor = page(w.update());
  accept(editor, proposalsIn(editor), [one(editor, `${BEN}.y000000000`)]);
  expect(proposalsIn(editor).suggestions.map(({ pieces }) => pieces.map((piece) => piece.words))).toEqual([[' more']]);
  expect(proposalsIn(editor).said.answered.map(({ fate }) => [fate.suggestion.handle, fate.accepted])).toEqual([[BEN, true], [ANA, false]]);
});

test('what one proposed oneself is withdrawn, and nothing is answered', () => {
  const w = new Written('One two¶');
  w.begins(ANA, 'x');
  w.inserts(ANA, ' and', 'two');
  w.strikes(ANA, 'One');
  const author = page(w.update(), ANA);
  withdraw(author, one(author, `${ANA}.x000000000`));
  expect(proposalsIn(author).suggestions).toEqual([]);
  expect(author.fates.length).toBe(0);
  expect(reads(author).draft).toBe(words([{ insert: 'One two\n' }]));
});

test('an editor who deletes proposed words answers them no', () => {
  const w = new Written('One two¶');
  w.begins(ANA, 'x');
  w.inserts(ANA, ' and more', 'two');
  const editor = page(w.update(), BEN);
  editor.doc.transact((transaction) => {
    editor.body.delete(4, 7);
    answerDeleted(editor, transaction.deleteSet.clients);
  }, editor);
  const { said, suggestions } = proposalsIn(editor);
  expect(said.answered.map(({ fate }) => [fate.suggestion, fate.accepted, fate.of])).toEqual([[{ handle: ANA, sid: 'x000000000' }, false, [{ client: 10, clock: 2, len: 4 }]]]);
  expect(suggestions.map(({ pieces }) => pieces.map(({ words: said_ }) => said_))).toEqual([[' more']]);
});

it('what was accepted is told by its words, also where nobody saw it decided', () => {
  const written = new Written('We urge States.¶');
  written.begins(ANA, 'some');
  written.inserts(ANA, ' all', 'urge');
  written.begins(ANA, 'other');
  written.inserts(ANA, ' now', 'States');
  const editor = page(written.update());
  reject(editor, [one(editor, `${ANA}.other00000`)]);
  accept(editor, proposalsIn(editor), [one(editor, `${ANA}.some000000`)]);
  expect([...broughtIn(page(encodeStateAsUpdate(editor.doc)))]).toEqual([[`${ANA}.some000000`, ' all']]);
});
