// Answers to suggestions, as they are written. Within a transaction of somebody who edits.
import { embedOfFate, joined, type Items } from '../../text/asks';
import { Said } from './said';
import type { SharedDraft } from './shared';

/** How many stretches of items one embed names: far below what the server takes of one. */
const STRETCHES_MAX = 200;

export function answer(draft: SharedDraft, { handle, sid }: { handle: string; sid: string }, accepted: boolean, of: readonly Items[]): void {
  const stretches = joined(of);
  for (let at = 0; at < stretches.length; at += STRETCHES_MAX) {
    const embed = embedOfFate({ suggestion: { handle, sid }, accepted, of: stretches.slice(at, at + STRETCHES_MAX) });
    draft.fates.insertEmbed(draft.fates.length, embed, {});
  }
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
