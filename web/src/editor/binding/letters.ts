// The letters between two places of a text by their ids, as the server tells whose they are. Marks and footnotes' places are left out.
import { ContentString, type Text } from 'yjs';
import { startOf } from './changes';
import { MARK } from './units';

export interface Letters {
  /** `client.clock.length`, in the order of the text. */
  stretches: string[];
  /** Every letter in UTF-16 units; the first of a paragraph that others stand before has the mark with it. */
  units: string[];
}

/** Units `from` up to `to` of the text. */
export function lettersOf(text: Text, from: number, to: number): Letters {
  const found: { client: number; clock: number; length: number }[] = [];
  const units: string[] = [];
  let index = 0;
  let mark = '';
  for (let item = startOf(text); item !== null && index < to; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { content, length, id } = item;
    const [start, end] = [Math.max(from - index, 0), Math.min(to - index, length)];
    index += length;
    if (!(content instanceof ContentString)) continue;
    for (let at = start; at < end; at += 1) {
      const unit = content.str.charAt(at);
      if (unit === MARK) {
        mark = units.length > 0 ? MARK : '';
        continue;
      }
      units.push(mark + unit);
      mark = '';
      const last = found.at(-1);
      if (last !== undefined && last.client === id.client && last.clock + last.length === id.clock + at) last.length += 1;
      else found.push({ client: id.client, clock: id.clock + at, length: 1 });
    }
  }
  return { stretches: found.map(({ client, clock, length }) => `${client}.${clock}.${length}`), units };
}
