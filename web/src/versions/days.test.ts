import { expect, it } from 'vitest';
import type { EditionSummary, VersionLine } from '../api/types';
import { daysOf } from './days';

const version = (id: string, at: string) => ({ id, at }) as VersionLine;
const edition = (label: string, frozen_at: string) => ({ id: label, label, frozen_at }) as EditionSummary;

it('versions and editions stand day by day, newest first', () => {
  const days = daysOf(
    [version('c', '2026-02-03T10:00:00.000Z'), version('b', '2026-02-03T09:00:00.000Z'), version('a', '2026-02-01T12:00:00.000Z')],
    [edition('Rev.1', '2026-02-03T10:00:00.000Z'), edition('Rev.0', '2026-01-01T00:00:00.000Z')],
    (at) => at.slice(0, 10),
  );
  const shown = days.map(({ name, rows }) => [name, ...rows.map((row) => ('version' in row ? row.version.id : row.edition.label))]);
  expect(shown).toEqual([
    ['2026-02-03', 'Rev.1', 'c', 'b'],
    ['2026-02-01', 'a'],
    ['2026-01-01', 'Rev.0'],
  ]);
});

it('of nothing there is nothing', () => {
  expect(daysOf([], [], () => 'day')).toEqual([]);
});
