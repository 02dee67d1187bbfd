// Payloads cut and stirred at random: whatever comes, what is read is blocks a draft may hold, and never a program's own matter.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import table from '../text/draft.json';
import { stands } from '../text/link';
import { readHtml, readPlain, type PastedBlock } from '.';
import { isStart, shapeOf } from '../text/draft';
import { isNote } from './blocks';
import { dice, vector, type Dice } from './testing';

const PAYLOADS = ['cases', 'paste'].flatMap((folder) =>
  readdirSync(join(import.meta.dirname, '../../../tests/vectors', folder))
    .filter((file) => file.endsWith('.html'))
    .map((file) => vector(`${folder}/${file}`)),
);

it('a damaged payload is blocks all the same', () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const roll = dice(seed);
    const payload = stirred(roll, PAYLOADS[roll(PAYLOADS.length)] ?? '');
    for (const { blocks, open } of [readHtml(payload), readPlain(payload)]) {
      expect(blocks.flatMap(faults), `seed ${seed}`).toEqual([]);
      if (open) expect(blocks, `seed ${seed}`).toHaveLength(1);
    }
  }
}, 60_000);

/** Pieces taken out, doubled, and put elsewhere. */
function stirred(roll: Dice, payload: string): string {
  let left = payload;
  for (let times = 1 + roll(5); times > 0; times -= 1) {
    const from = roll(left.length);
    const to = from + roll(200);
    const elsewhere = roll(left.length);
    const piece = left.slice(from, to);
    left = left.slice(0, from) + left.slice(to);
    if (roll(2) === 0) left = left.slice(0, elsewhere) + piece + (roll(2) === 0 ? piece : '') + left.slice(elsewhere);
  }
  return left;
}

function faults({ block, start, content }: PastedBlock): string[] {
  const found = shapeOf(block) !== undefined ? [] : [block];
  if (start !== undefined && !(block.startsWith('ordered') && isStart(start))) found.push(`${block} from ${start}`);
  for (const one of content) {
    if (isNote(one)) {
      for (const paragraph of one.note) {
        if (!table.note_blocks.includes(paragraph.block)) found.push(`${paragraph.block} in a note`);
        if (paragraph.content.some((part) => isNote(part))) found.push('a note in a note');
        found.push(...faults(paragraph));
      }
    } else {
      if (one.text === '' || /[\n\r\t]/u.test(one.text)) found.push(JSON.stringify(one.text));
      if (one.link !== undefined && !stands(one.link)) found.push(one.link);
    }
  }
  return found;
}
