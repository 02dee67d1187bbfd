// Answering suggestions: one act that names exactly what was shown, so that what somebody writes at the same moment is still asked,
// and that undo takes back whole. What is accepted becomes text where it stands; what is not goes. Of rivals one is accepted, and the
// others are answered no in the same act.
import { embedOfFate, joined, type Items } from '../text/asks';
import { BODY, noteRoot } from '../text/draft';
import { difference } from './binding/attributes';
import { embedsIn } from './binding/embeds';
import { answerable, type Proposals, type Suggestion } from './binding/proposals';
import { Ranges } from './binding/ranges';
import { Said } from './binding/said';
import { accepting, settled, type Part, type Settlement } from './binding/settling';
import type { SharedDraft } from './binding/shared';

/** How many stretches of items one embed names: far below what the server takes of one. */
const STRETCHES_MAX = 200;

/** Whether these are as they were shown; what has changed since is to be looked at first. */
export function stillSo(now: Proposals, shown: readonly Suggestion[]): boolean {
  const open = new Map(now.suggestions.map((one) => [one.key, one]));
  return shown.every(({ key, print, rivals }) => {
    const one = open.get(key);
    return one !== undefined && one.print === print && one.rivals.join() === rivals.join();
  });
}

/** Those that are answered no when these are accepted: rivals of one that is taken, also among themselves. */
export function givingWay(now: Proposals, chosen: readonly Suggestion[]): Suggestion[] {
  const taken = takenOf(chosen);
  return now.suggestions.filter(({ key, rivals }) => !taken.has(key) && rivals.some((rival) => taken.has(rival)));
}

export function accept(draft: SharedDraft, now: Proposals, chosen: readonly Suggestion[]): void {
  const keys = takenOf(chosen);
  const taken = chosen.filter(({ key }) => keys.has(key));
  const refused = givingWay(now, chosen);
  const settlement = { ...accepting(taken), dropped: pendingOf(refused) };
  draft.decides(() => {
    const parts = partsOf(draft, settlement);
    for (const one of taken) answer(draft, one, true, answerable(one));
    for (const one of refused) answer(draft, one, false, answerable(one));
    // What a strike takes along of others' proposed words is answered, so that they learn it.
    const answered = new Set([...taken, ...refused].map(({ key }) => key));
    const gone = new Ranges(parts.flatMap(([, list]) => list.flatMap(({ is, items }) => (is === undefined ? [items] : []))));
    for (const one of now.suggestions) {
      const lost = answered.has(one.key) ? [] : one.pending.flatMap((items) => gone.parts(items).filter(({ within }) => within));
      if (lost.length > 0) answer(draft, one, false, lost);
    }
    for (const [root, list] of parts) become(draft, root, list);
  });
}

export function reject(draft: SharedDraft, chosen: readonly Suggestion[]): void {
  draft.decides(() => {
    for (const one of chosen) answer(draft, one, false, answerable(one));
    for (const [root, list] of partsOf(draft, { ...accepting([]), dropped: pendingOf(chosen) })) become(draft, root, list);
  });
}

/** Takes back what one proposed oneself; nothing is answered. */
export function withdraw(draft: SharedDraft, one: Suggestion): void {
  const records = new Ranges(one.asked.map(({ id }) => id));
  draft.settle();
  draft.alone(() =>
    draft.propose(one.sid, () => {
      for (const { client, clock, index } of embedsIn(draft.asks).toReversed()) if (records.has(client, clock)) draft.asks.delete(index, 1);
      for (const [root, list] of partsOf(draft, { ...accepting([]), dropped: pendingOf([one]) })) become(draft, root, list);
    }),
  );
}

/** What of others' proposed words an editor has deleted in this transaction is answered no in it. */
export function answerDeleted(draft: SharedDraft, deleted: ReadonlyMap<number, readonly { clock: number; len: number }[]>): void {
  const proposed = [...deleted].filter(([client]) => ![undefined, draft.own].includes(draft.proposer.handleOf(client)));
  if (proposed.length === 0) return;
  const said = new Said(draft);
  const lost = new Map<string, { handle: string; sid: string; items: Items[] }>();
  for (const [client, stretches] of proposed) {
    const handle = said.proposes.get(client);
    if (handle === undefined) continue;
    for (const items of stretches.flatMap(({ clock, len }) => said.settled.parts({ client, clock, len }).filter(({ within }) => !within))) {
      for (const part of said.bySid(items)) {
        const known = lost.get(`${handle}.${part.sid}`) ?? { handle, sid: part.sid, items: [] };
        known.items.push(part.items);
        lost.set(`${handle}.${part.sid}`, known);
      }
    }
  }
  for (const { handle, sid, items } of lost.values()) answer(draft, { handle, sid }, false, items);
}

/** In the order of their keys, and of rivals the first: as everything reads that is accepted at once. */
function takenOf(chosen: readonly Suggestion[]): Set<string> {
  const taken = new Set<string>();
  for (const { key, rivals } of chosen.toSorted((one, other) => (one.key < other.key ? -1 : 1))) if (!rivals.some((rival) => taken.has(rival))) taken.add(key);
  return taken;
}

function pendingOf(suggestions: readonly Suggestion[]): Ranges {
  return new Ranges(suggestions.flatMap(({ pending }) => pending));
}

function answer(draft: SharedDraft, { handle, sid }: Pick<Suggestion, 'handle' | 'sid'>, accepted: boolean, of: readonly Items[]): void {
  const stretches = joined(of);
  for (let at = 0; at < stretches.length; at += STRETCHES_MAX) {
    const embed = embedOfFate({ suggestion: { handle, sid }, accepted, of: stretches.slice(at, at + STRETCHES_MAX) });
    draft.fates.insertEmbed(draft.fates.length, embed, {});
  }
}

function partsOf(draft: SharedDraft, settlement: Settlement): [root: string, parts: Part[]][] {
  const roots = [BODY, ...draft.noteIds().map(noteRoot)];
  return roots.map((root) => [root, settled(draft.doc.getText(root), settlement)]);
}

/** From the end, so that what is still to be done keeps its place. */
function become(draft: SharedDraft, root: string, parts: readonly Part[]): void {
  const text = draft.doc.getText(root);
  for (const { from, items, was, is } of parts.toReversed()) {
    const changed = is === undefined ? undefined : difference(was, is);
    if (is === undefined) text.delete(from, items.len);
    else if (changed !== undefined) text.format(from, items.len, changed);
  }
}

