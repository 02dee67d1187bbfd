// What has become of rights between two looks. Pure.
import type { DraftersList, May } from '../api/types';

export type Change = { what: 'right'; name: string; may: May } | { what: 'gone'; name: string } | { what: 'until'; until: string | null };

type Look = { organisations: Pick<DraftersList['organisations'][number], 'id' | 'name' | 'may'>[]; remarks_until?: string | null };

export function changesSince(before: Look, now: Look): Change[] {
  const was = new Map(before.organisations.map((one) => [one.id, one.may]));
  const is = new Set(now.organisations.map(({ id }) => id));
  const rights = now.organisations.filter(({ id, may }) => was.get(id) !== may).map(({ name, may }) => ({ what: 'right', name, may }) as const);
  const gone = before.organisations.filter(({ id }) => !is.has(id)).map(({ name }) => ({ what: 'gone', name }) as const);
  const until = now.remarks_until ?? null;
  return [...rights, ...gone, ...(until === (before.remarks_until ?? null) ? [] : [{ what: 'until', until } as const])];
}
