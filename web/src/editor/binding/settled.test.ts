// What is proposed in drafts that Yjs wrote, and what they come to: the server reads the same table (server/drafting/settling.rs).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyUpdate, Doc } from 'yjs';
import { noteRoot } from '../../text/draft';
import { proposalsIn } from './proposals';
import type { Stretch } from './reading';
import { asIfAccepted, settled, stretchesOf, without } from './settling';
import { SharedDraft } from './shared';

interface Texts {
  body: Stretch[];
  notes: Record<string, Stretch[]>;
}

const { rows } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../tests/vectors/asks/settled.json'), 'utf8')) as {
  rows: { what: string; updates: string[]; text: Texts; accepted: Texts; open: string[] }[];
};

/** Stretches that look alike are one, and those that look plain say nothing of it. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const { insert, attributes = {} } of stretches) {
    const last = all.at(-1);
    const looks = Object.keys(attributes).length === 0 ? {} : { attributes };
    if (typeof insert === 'string' && typeof last?.insert === 'string' && JSON.stringify(last.attributes) === JSON.stringify(looks.attributes)) last.insert += insert;
    else all.push({ insert, ...looks });
  }
  return all;
}

test.each(rows)('$what', ({ updates, text, accepted, open }) => {
  const doc = new Doc();
  for (const update of updates) applyUpdate(doc, Buffer.from(update, 'base64'));
  const draft = new SharedDraft(doc);
  const proposals = proposalsIn(draft);
  expect(proposals.suggestions.map(({ key }) => key).toSorted()).toEqual(open);
  for (const [settlement, wanted] of [[without(proposals), text], [asIfAccepted(proposals), accepted]] as const) {
    expect(joined(stretchesOf(settled(draft.body, settlement)))).toEqual(joined(wanted.body));
    for (const [id, note] of Object.entries(wanted.notes)) expect(joined(stretchesOf(settled(doc.getText(noteRoot(id)), settlement)))).toEqual(joined(note));
  }
});
