// Lists out of levels, for drawing; the server does the same for its pages (server/text/nesting.rs). Bullets and ordered items that
// stand together are lists; a deeper one stands in the item before it, and so does what continues that item. Pure.
import type { Block } from '../api/types';

export type Part = { block: Block } | { ordered: boolean; items: Item[] } | { quoted: Block[] };

export interface Item {
  block: Block;
  /** What stands in it after its own words. */
  inside: Part[];
}

export function partsOf(blocks: readonly Block[]): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < blocks.length; ) {
    const block = blocks[at];
    if (block === undefined) break;
    const last = parts.at(-1);
    let end = at + 1;
    if (block.type === 'bullet' || block.type === 'ordered') {
      while (end < blocks.length && standsIn(blocks[end], levelOf(block))) end += 1;
      const item = { block, inside: partsOf(blocks.slice(at + 1, end)) };
      const ordered = block.type === 'ordered';
      const goesOn = last !== undefined && 'items' in last && last.ordered === ordered && levelOf(last.items.at(-1)?.block) === levelOf(block);
      if (goesOn) last.items.push(item);
      else parts.push({ ordered, items: [item] });
    } else if (block.type === 'quotation') {
      while (blocks[end]?.type === 'quotation') end += 1;
      parts.push({ quoted: blocks.slice(at, end) });
    } else {
      parts.push({ block });
    }
    at = end;
  }
  return parts;
}

function standsIn(block: Block | undefined, level: number): boolean {
  if (block?.type === 'bullet' || block?.type === 'ordered') return levelOf(block) > level;
  return block?.type === 'continuation' && levelOf(block) >= level;
}

function levelOf(block: Block | undefined): number {
  return block?.level ?? 1;
}
