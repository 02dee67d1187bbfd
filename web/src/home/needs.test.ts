import { expect, it } from 'vitest';
import type { Statement } from '../api/types';
import { needs, needsAnswer } from './needs';

const statement = (id: string, more: Partial<Statement>): Statement => ({
  id,
  title: id,
  language: 'en',
  forum: '',
  state: 'drafting',
  next_edition: 'Rev.1',
  updated_at: '2026-02-01T10:00:00Z',
  may: [],
  ...more,
});
const round = (closes_at: string, answered: number) => ({
  id: 'r',
  closes_at,
  ended_early: false,
  invited: 44,
  answered,
  signed: answered,
  withheld: 0,
});

it('what closes soonest stands first, then what waits for a decision', () => {
  const all = [
    statement('frozen', { state: 'frozen', may: ['open-round'] }),
    statement('closed', { state: 'closed', may: ['publish'] }),
    statement('late', { state: 'open', may: ['remind'], round: round('2026-02-10T17:00:00Z', 12) }),
    statement('soon', { state: 'open', may: ['remind'], round: round('2026-02-06T16:00:00Z', 37) }),
  ];
  expect(needs(all).map(({ statement: { id } }) => id)).toEqual(['soon', 'late', 'closed', 'frozen']);
});

it('a round that everybody has answered needs nobody', () => {
  expect(needs([statement('full', { state: 'open', may: ['remind'], round: round('2026-02-06T16:00:00Z', 44) })])).toEqual([]);
});

it('an open round needs whoever may sign and has not answered', () => {
  expect(needsAnswer({ may_sign: true })).toBe(true);
  expect(needsAnswer({ may_sign: false })).toBe(false);
  expect(needsAnswer({ may_sign: true, answer: { kind: 'declined', at: '2026-02-01T10:00:00Z' } })).toBe(false);
});
