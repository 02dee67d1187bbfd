import { expect, it } from 'vitest';
import { fulfilled, wishFor } from './choice';

const set = (...names: string[]): ReadonlySet<string> => new Set(names);

it('stands on what others chose meanwhile', () => {
  const wish = wishFor(set('ajo', 'bcap'), set('ajo', 'bcap', 'rmvb'));
  expect(fulfilled(set('ajo', 'osap'), wish)).toEqual(set('ajo', 'osap', 'rmvb'));
});

it('takes nobody out twice and lets nobody in twice', () => {
  const wish = wishFor(set('ajo', 'bcap'), set('ajo', 'rmvb'));
  const meanwhile = set('ajo', 'rmvb');
  expect(fulfilled(meanwhile, wish)).toEqual(meanwhile);
  expect(wishFor(meanwhile, fulfilled(meanwhile, wish))).toEqual({ letIn: set(), takeOut: set() });
});
