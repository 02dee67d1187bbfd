// What a root of embeds says, with the ids under which it is said.
import { ContentEmbed, type Text } from 'yjs';
import { startOf } from './changes';

export interface Said {
  client: number;
  clock: number;
  /** Where it stands now. */
  index: number;
  embed: unknown;
}

/** Those that nobody has deleted, in the order of the root. */
export function embedsIn(text: Text): Said[] {
  const said: Said[] = [];
  let index = 0;
  for (let item = startOf(text); item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (item.content instanceof ContentEmbed) said.push({ client: item.id.client, clock: item.id.clock, index, embed: item.content.embed });
    index += item.length;
  }
  return said;
}
