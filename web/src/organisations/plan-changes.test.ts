import { expect, it } from 'vitest';
import type { ImportPreview } from '../api/types';
import { planChanges } from './plan-changes';

const AMBER = { reference: 'ORG-901', name: 'Amber House' };
const CEDAR = { reference: 'ORG-902', name: 'Cedar House' };
const renamed = (row: typeof AMBER, before: string) => ({ ...row, name: before, changes: [{ column: 'display_name', before, after: row.name }] });
const plan = (added: ImportPreview['added'], updated: ImportPreview['updated'] = []): ImportPreview => ({
  added,
  updated,
  unchanged: 0,
  shared_mailboxes: [],
  seen: '',
});
const names = (found: ReturnType<typeof planChanges>) =>
  Object.fromEntries(Object.entries(found).map(([kind, rows]) => [kind, rows.map(({ reference }: typeof AMBER) => reference)]));

it('names what is in the register by now, alike or otherwise', () => {
  expect(names(planChanges(plan([AMBER, CEDAR]), plan([], [renamed(CEDAR, 'Cedar Houses')])))).toEqual({
    alike: ['ORG-901'],
    otherwise: ['ORG-902'],
    changed: [],
  });
});

it('names what has changed though the numbers are the same', () => {
  const found = planChanges(plan([AMBER], [renamed(CEDAR, 'Cedar Houses')]), plan([AMBER], [renamed(CEDAR, 'Cedar Mansion')]));
  expect(names(found)).toEqual({ alike: [], otherwise: [], changed: ['ORG-902'] });
});

it('names what was as in the file and is so no more', () => {
  expect(names(planChanges(plan([AMBER]), plan([AMBER], [renamed(CEDAR, 'Cedar Mansion')])))).toEqual({
    alike: [],
    otherwise: [],
    changed: ['ORG-902'],
  });
});
