import { expect, it } from 'vitest';
import type { Me, Statement } from '../api/types';
import { needs } from './needs';

const coordinator: Me = {
  person: { id: 'p', name: 'Harriet', email: 'h@example.org' },
  coordinator: true,
  memberships: [],
  coalition: { name: 'Lanternway', timezone: 'Europe/Zurich' },
  now: '2026-02-04T10:00:00Z',
};
const signer: Me = {
  ...coordinator,
  coordinator: false,
  memberships: [{ organisation: { id: 'o', name: 'Baobab Circle', acronym: 'BC', colour: 1 }, roles: ['signing-authority'] }],
};
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
const round = (closes_at: string, answered: number) => ({ id: 'r', closes_at, invited: 44, answered, signed: answered, withheld: 0 });

it('what closes soonest stands first, then what waits for a decision', () => {
  const all = [
    statement('frozen', { state: 'frozen', may: ['open-round'] }),
    statement('closed', { state: 'closed', may: ['publish'] }),
    statement('late', { state: 'open', may: ['remind'], round: round('2026-02-10T17:00:00Z', 12) }),
    statement('soon', { state: 'open', may: ['remind'], round: round('2026-02-06T16:00:00Z', 37) }),
  ];
  expect(needs(coordinator, all).map(({ statement: { id } }) => id)).toEqual(['soon', 'late', 'closed', 'frozen']);
});

it('a round that everybody has answered needs nobody', () => {
  expect(needs(coordinator, [statement('full', { state: 'open', may: ['remind'], round: round('2026-02-06T16:00:00Z', 44) })])).toEqual([]);
});

it('an open round needs those who sign for an organisation, and asks nothing of them that the server does not allow', () => {
  const open = statement('open', { state: 'open' });
  expect(needs(signer, [open]).map(({ kind }) => kind)).toEqual(['answer']);
  expect(needs(signer, [statement('draft', { may: ['edit'] })])).toEqual([]);
});
