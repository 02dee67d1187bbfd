// Answering suggestions: one act that names exactly what was shown, so that what somebody writes at the same moment is still asked,
// and that undo takes back whole. What is accepted becomes text where it stands; what is not goes. Of rivals one is accepted, and the
// others are answered no in the same act.
import { BODY, noteRoot } from '../text/draft';
import { answer } from './binding/answering';
import { difference } from './binding/attributes';
import { answerable, type Proposals, type Suggestion } from './binding/proposals';
import { Ranges } from './binding/ranges';
import { accepting, settled, type Part, type Settlement } from './binding/settling';
import type { SharedDraft } from './binding/shared';
import { takeAway } from './binding/taking';

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
  draft.settle();
  draft.alone(() =>
    draft.propose(one.sid, () => {
      takeAway(draft.asks, one.asked.map(({ id }) => id));
      for (const root of rootsOf(draft)) takeAway(draft.doc.getText(root), one.pending);
    }),
  );
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

function partsOf(draft: SharedDraft, settlement: Settlement): [root: string, parts: Part[]][] {
  return rootsOf(draft).map((root) => [root, settled(draft.doc.getText(root), settlement)]);
}

function rootsOf(draft: SharedDraft): string[] {
  return [BODY, ...draft.noteIds().map(noteRoot)];
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

