import { expect, it } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate, UndoManager } from 'yjs';
import { partsOf } from './parts';

/** A book, deleted and brought back by undo: the update that brings it back. */
function broughtBack(): { before: Uint8Array; update: Uint8Array; text: string; doc: Doc } {
  const doc = new Doc();
  const body = doc.getText('body');
  for (let line = 0; line < 2_000; line += 1) {
    body.insert(body.length, `Line ${line} of the book. `, { bold: line % 2 === 0 });
    body.insert(body.length, '\n', {});
  }
  const text = body.toString();
  const undo = new UndoManager(body, { captureTimeout: 0 });
  body.delete(0, body.length);
  const before = encodeStateAsUpdate(doc);
  let update = new Uint8Array();
  doc.once('update', (made: Uint8Array) => {
    update = made.slice();
  });
  undo.undo();
  return { before, update, text, doc };
}

it('what is small enough goes as it is', () => {
  const update = new Uint8Array([0, 0]);
  expect(partsOf(update, 10)).toEqual([update]);
});

it('a large update goes in parts that each stand on those before', () => {
  const { before, update, text } = broughtBack();
  const parts = partsOf(update, 10_000);
  expect(parts.length).toBeGreaterThan(update.length / 10_000);
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(10_000);
  const other = new Doc();
  applyUpdate(other, before);
  for (const part of parts) {
    applyUpdate(other, part);
    expect(other.store.pendingStructs).toBeNull();
  }
  expect(other.getText('body').toString()).toBe(text);
});

it('what a large update deletes goes with it', () => {
  const { before, doc } = broughtBack();
  let update = new Uint8Array();
  doc.once('update', (made: Uint8Array) => {
    update = made.slice();
  });
  doc.transact(() => {
    const body = doc.getText('body');
    body.delete(0, 10);
    body.insert(0, 'x'.repeat(5_000));
    body.insert(0, 'y'.repeat(5_000), { bold: true });
  });
  const other = new Doc();
  applyUpdate(other, before);
  applyUpdate(other, encodeStateAsUpdate(doc));
  const parted = new Doc();
  for (const part of [before, ...partsOf(encodeStateAsUpdate(doc), 6_000), ...partsOf(update, 6_000)]) applyUpdate(parted, part);
  expect(parted.getText('body').toDelta()).toEqual(other.getText('body').toDelta());
});
