// The words that came as suggestions and stand, by suggestion: how an accepted one is told once nobody remembers what it did.
import { ContentString } from 'yjs';
import { startOf } from './changes';
import { NOTE_SIGN } from './proposals';
import { Said } from './said';
import type { SharedDraft } from './shared';

/** Under `handle.sid`; in the order of the texts. One walk over all of them. */
export function broughtIn(draft: SharedDraft): ReadonlyMap<string, string> {
  const said = new Said(draft);
  const found = new Map<string, string>();
  for (const text of [draft.body, ...draft.noteIds().map((id) => draft.note(id))]) {
    for (let item = startOf(text); item !== null; item = item.right) {
      const { client, clock } = item.id;
      const handle = said.proposes.get(client);
      if (handle === undefined || item.deleted || !item.countable) continue;
      const words = item.content instanceof ContentString ? item.content.str : NOTE_SIGN;
      for (const { sid, items } of said.bySid({ client, clock, len: item.length })) {
        const key = `${handle}.${sid}`;
        found.set(key, (found.get(key) ?? '') + words.slice(items.clock - clock, items.clock - clock + items.len));
      }
    }
  }
  return found;
}
