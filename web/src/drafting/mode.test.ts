import { expect, it } from 'vitest';
import { capped, keepsMode, modeKept } from './mode';

it('nobody is at work in a mode that their right does not reach', () => {
  const modes = (right: Parameters<typeof capped>[1]) => (['edit', 'suggest', 'read'] as const).map((mode) => capped(mode, right)).join(' ');
  expect(modes('edit')).toBe('edit suggest read');
  expect(modes('suggest')).toBe('suggest suggest read');
  expect(modes('comment')).toBe('read read read');
  expect(modes('read')).toBe('read read read');
});

it('each statement is opened as it was left', () => {
  expect(modeKept('one')).toBeUndefined();
  keepsMode('one', 'suggest');
  keepsMode('two', 'read');
  expect([modeKept('one'), modeKept('two'), modeKept('three')]).toEqual(['suggest', 'read', undefined]);
});
