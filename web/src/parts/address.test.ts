import { expect, it } from 'vitest';
import { oneOf, valueOf } from './address';

it('a value of the address is held against what is known', () => {
  expect(oneOf('open', ['all', 'open'], 'all')).toBe('open');
  expect(oneOf('Open', ['all', 'open'], 'all')).toBe('all');
  expect(oneOf('', ['all', 'open'], 'all')).toBe('all');
});

it('a value is a line of text, whatever was written into the address', () => {
  expect([valueOf('Perú'), valueOf(2026), valueOf(true)]).toEqual(['Perú', '2026', 'true']);
  expect([valueOf(undefined), valueOf({ a: 1 }), valueOf(['x'])]).toEqual(['', '', '']);
  expect(valueOf('x'.repeat(1000))).toHaveLength(100);
});
