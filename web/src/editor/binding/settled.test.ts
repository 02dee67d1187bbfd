// What both sides make of a draft in which something is proposed. `UNDERSIGNED_WRITE_VECTORS=1` writes down what this side reads, and
// the server's tests read it; the few words of each case were written by hand.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { applyUpdate, Doc } from 'yjs';
import { itemsWritten } from '../../text/asks';
import { noteRoot } from '../../text/draft';
import { proposalsIn } from './proposals';
import type { Stretch } from './reading';
import { CASES, ROOTS, type Case } from './settled.cases';
import { asIfAccepted, settled, stretchesOf, without, type Settlement } from './settling';
import { SharedDraft } from './shared';

const PATH = join(import.meta.dirname, '../../../../tests/vectors/asks/proposed.json');

function read(update: Uint8Array) {
  const doc = new Doc();
  applyUpdate(doc, update);
  const draft = new SharedDraft(doc);
  const proposals = proposalsIn(draft);
  const texts = (how: Settlement) => {
    const roots = ROOTS.filter((root) => doc.share.has(root));
    return Object.fromEntries(roots.map((root) => [root, stretchesOf(settled(doc.getText(root), how))] as const));
  };
  const open = proposals.suggestions
    .toSorted((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ key, pending, asked, rivals }) => ({ key, pending: itemsWritten(pending), asked: itemsWritten(asked.map(({ id }) => id)), rivals }));
  return { open, without: texts(without(proposals)), accepted: texts(asIfAccepted(proposals)) };
}

function written({ name, draft }: Case) {
  const update = draft().update();
  return { name, update: Buffer.from(update).toString('base64'), ...read(update) };
}

/** As the cases tell it. */
function told(texts: Record<string, Stretch[]>, root = 'draft'): string {
  const style = (words: string, attributes: Stretch['attributes']) => {
    const bold = attributes?.bold === true ? `*${words}*` : words;
    return attributes?.italic === true ? `_${bold}_` : bold;
  };
  return (texts[root] ?? [])
    .map(({ insert, attributes }) => {
      if (typeof insert !== 'string') return `[${told(texts, noteRoot((insert as { note: string }).note))}]`;
      const kind = typeof attributes?.block === 'string' ? attributes.block : '';
      return insert.includes('\n') ? insert.replaceAll('\n', `¶${kind}`) : style(insert, attributes);
    })
    .join('');
}

const short = (key: string) => key.replaceAll(/0+(?=\.|$)/gu, '').replace('.', ' ');

test.each(CASES)('$name', (one) => {
  const { open, without: rejected, accepted } = read(one.draft().update());
  expect(told(rejected)).toBe(one.without);
  expect(told(accepted)).toBe(one.accepted);
  expect(Object.fromEntries(open.map(({ key, rivals }) => [short(key), rivals.map(short)]))).toEqual(one.open);
});

it('the other side reads the same', () => {
  const now = `${JSON.stringify(CASES.map(written), undefined, 1)}\n`;
  if (process.env.UNDERSIGNED_WRITE_VECTORS !== undefined) writeFileSync(PATH, now);
  expect(readFileSync(PATH, 'utf8')).toBe(now);
});
