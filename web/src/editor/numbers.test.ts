import { describe, expect, it } from 'vitest';
import { shapeOf } from '../text/draft';
import { itemsOf } from './numbers';

/** `2/3 at 1`: the second of three at the first level. */
const places = (...blocks: string[]) =>
  itemsOf(blocks.map(shapeOf)).map((item) => (item === undefined ? '-' : `${item.nth}/${item.list.items} at ${item.level}`));

describe('an item says which it is of how many', () => {
  it('in lists within lists', () => {
    expect(places('bullet:1', 'bullet:1', 'bullet:2', 'bullet:2', 'bullet:1')).toEqual(['1/3 at 1', '2/3 at 1', '1/2 at 2', '2/2 at 2', '3/3 at 1']);
    expect(places('bullet:1', 'bullet:2', 'bullet:1', 'bullet:2')).toEqual(['1/2 at 1', '1/1 at 2', '2/2 at 1', '1/1 at 2']);
  });

  it('anew in a list of another kind, and after any other block', () => {
    expect(places('bullet:1', 'ordered:1', 'ordered:1')).toEqual(['1/1 at 1', '1/2 at 1', '2/2 at 1']);
    expect(places('ordered:1', 'paragraph', 'ordered:1', 'heading:1')).toEqual(['1/1 at 1', '-', '1/1 at 1', '-']);
  });

  it('across what goes on under an item', () => {
    expect(places('bullet:1', 'continuation:1', 'bullet:1')).toEqual(['1/2 at 1', '-', '2/2 at 1']);
    expect(places('bullet:1', 'bullet:2', 'continuation:1', 'bullet:2')).toEqual(['1/1 at 1', '1/1 at 2', '-', '1/1 at 2']);
  });

  it('that stands deeper than anything above it', () => {
    expect(places('bullet:3', 'bullet:1')).toEqual(['1/1 at 3', '1/1 at 1']);
  });
});
