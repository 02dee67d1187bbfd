import { expect, it } from 'vitest';
import type { Block } from '../api/types';
import { partsOf, type Part } from './text-nesting';

/** `-` a bullet, `#` an ordered item, `=` a continuation, `q` a quotation, `.` what stands alone. */
function drawn(parts: Part[]): string {
  return parts
    .map((part) => {
      if ('items' in part) return `(${part.items.map(({ inside }) => (part.ordered ? '#' : '-') + drawn(inside)).join('')})`;
      if ('quoted' in part) return 'q'.repeat(part.quoted.length);
      return part.block.type === 'continuation' ? '=' : '.';
    })
    .join('');
}

// The server's test has the same rows (server/text/nesting.rs).
it.each([
  ['paragraph bullet:1 bullet:1 paragraph', '.(--).'],
  ['ordered:1 bullet:2 bullet:2 ordered:1', '(#(--)#)'],
  ['bullet:1 continuation:1 bullet:2 continuation:2 continuation:1 bullet:1', '(-=(-=)=-)'],
  ['bullet:1 ordered:1 bullet:1', '(-)(#)(-)'],
  ['bullet:1 bullet:3 bullet:2', '(-(-)(-))'],
  ['bullet:2 bullet:1', '(-)(-)'],
  ['numbered:1 continuation:1 bullet:1 numbered:2', '.=(-).'],
  ['quotation quotation heading:2 quotation', 'qq.q'],
  ['bullet:1 quotation bullet:1', '(-)q(-)'],
])('%s is %s', (names, wanted) => {
  const blocks = names.split(' ').map((name): Block => {
    const [type = '', level] = name.split(':');
    return { type: type as Block['type'], content: [], ...(level === undefined ? {} : { level: Number(level) }) };
  });
  expect(drawn(partsOf(blocks))).toBe(wanted);
});
