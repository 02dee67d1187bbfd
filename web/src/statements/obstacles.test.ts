import { describe, expect, it } from 'vitest';
import { toldObstacles } from './obstacles';

describe('the obstacles of a refused freeze', () => {
  const place = { block: 2, kind: 'paragraph', offset: 3, length: 1, excerpt: 'hu⟨U+00AD⟩man' };

  it('keep their places', () => {
    const told = [{ code: 'draft-problem-unseen', sentence: 'Take it out.', character: { code: 'U+00AD', name: 'soft hyphen' }, place }];
    expect(toldObstacles(told)).toEqual(told);
  });

  it('are left out where they are none', () => {
    for (const nonsense of [undefined, 'x', [null], [{ code: 1, sentence: 'x' }], [{ code: 'x' }]]) expect(toldObstacles(nonsense)).toEqual([]);
    expect(toldObstacles([{ code: 'x', sentence: 'y', place: { block: 'two' } }])).toEqual([{ code: 'x', sentence: 'y' }]);
  });
});
