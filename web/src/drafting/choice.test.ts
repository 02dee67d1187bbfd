import { expect, it } from 'vitest';
import type { May } from '../api/types';
import { fulfilled, stopped, ticked, wishFor, type Rights } from './choice';

const rights = (said: Record<string, May>): Rights => new Map(Object.entries(said));

it('stands on what others chose meanwhile', () => {
  const wish = wishFor(rights({ ajo: 'edit', bcap: 'edit', jba: 'read' }), rights({ ajo: 'edit', bcap: 'comment', rmvb: 'read' }));
  expect(fulfilled(rights({ ajo: 'read', osap: 'comment', jba: 'edit' }), wish)).toEqual(
    rights({ ajo: 'read', osap: 'comment', bcap: 'comment', rmvb: 'read' }),
  );
});

it('changes nothing that is so by now', () => {
  const wish = wishFor(rights({ ajo: 'edit', bcap: 'edit' }), rights({ ajo: 'edit', rmvb: 'comment' }));
  const meanwhile = rights({ ajo: 'edit', rmvb: 'comment' });
  expect(fulfilled(meanwhile, wish)).toEqual(meanwhile);
  expect(wishFor(meanwhile, fulfilled(meanwhile, wish)).size).toBe(0);
});

it('gives who is ticked to edit, and leaves the others their right', () => {
  expect(ticked(rights({ ajo: 'comment', bcap: 'edit' }), new Set(['ajo', 'osap']))).toEqual(rights({ ajo: 'comment', osap: 'edit' }));
});

it('knows whose writing stops', () => {
  const present = rights({ ajo: 'edit', bcap: 'edit', jba: 'comment', osap: 'read' });
  expect(stopped(present, wishFor(present, rights({ ajo: 'comment', osap: 'edit' })))).toEqual(['ajo', 'bcap']);
});
