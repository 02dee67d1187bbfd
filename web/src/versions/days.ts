// What a list of versions shows, in its order: versions and frozen editions together, newest first, day by day.
import type { EditionSummary, VersionLine } from '../api/types';

export type Row = { at: string; version: VersionLine } | { at: string; edition: EditionSummary };

export interface Day {
  name: string;
  rows: Row[];
}

/** `dayOf` says how a day is called where the reader is. */
export function daysOf(versions: readonly VersionLine[], editions: readonly EditionSummary[], dayOf: (at: string) => string): Day[] {
  const rows: Row[] = [
    // A text that was frozen after a version of the same moment stands above it.
    ...editions.map((edition) => ({ at: edition.frozen_at, edition })),
    ...versions.map((version) => ({ at: version.at, version })),
  ];
  const days = new Map<string, Row[]>();
  for (const row of rows.toSorted((one, other) => other.at.localeCompare(one.at))) {
    const name = dayOf(row.at);
    days.set(name, [...(days.get(name) ?? []), row]);
  }
  return [...days].map(([name, of]) => ({ name, rows: of }));
}
