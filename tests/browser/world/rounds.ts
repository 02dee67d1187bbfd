// A round made by the API, for stories that are about something else.
import { expect } from '@playwright/test';
import type { Person } from './people.ts';
import type { Organisation } from './register.ts';

const WEEK_MS = 7 * 86_400_000;

/** Freezes the sample statement and asks these organisations, or all, for a week. */
export async function opensARound(coordinator: Person, among?: readonly Organisation[]): Promise<void> {
  await freezes(coordinator);
  await asks(coordinator, among);
}

/** Freezes the sample statement as it stands. */
export async function freezes(coordinator: Person): Promise<void> {
  const { request } = coordinator.context;
  const path = `/api/statements/${await theStatement(coordinator)}/freeze`;
  const { seen } = (await (await request.get(path)).json()) as { seen: string };
  const frozen = await request.post(path, { data: { seen } });
  expect(frozen.status(), await frozen.text()).toBe(200);
}

/** Asks these organisations, or all, for a week to sign the frozen statement. */
export async function asks(coordinator: Person, among?: readonly Organisation[]): Promise<void> {
  const { request } = coordinator.context;
  const get = async (path: string) => (await (await request.get(path)).json()) as Record<string, unknown>;
  const statementPath = `/api/statements/${await theStatement(coordinator)}`;
  const register = (await get('/api/organisations')).organisations as { id: string; ref: string }[];
  const asked = register.filter(({ ref }) => among === undefined || among.some((one) => one.ref === ref));
  const closes_at = new Date(Date.parse((await get('/api/me')).now as string) + WEEK_MS).toISOString();
  const ask = { organisations: asked.map(({ id }) => id), closes_at };
  const look = (await (await request.post(`${statementPath}/rounds/preview`, { data: ask })).json()) as { seen: string };
  const opened = await request.post(`${statementPath}/rounds`, { data: { ...ask, seen: look.seen } });
  expect(opened.ok(), await opened.text()).toBe(true);
}

/** Which one the sample statement is. */
export async function theStatement(person: Person): Promise<string> {
  const { statements } = (await (await person.context.request.get('/api/statements')).json()) as { statements: { id: string }[] };
  const [statement] = statements;
  expect(statement, 'there is a statement').toBeDefined();
  return statement?.id ?? '';
}

/** Closes the round of the sample statement before its time. */
export async function closes(coordinator: Person): Promise<void> {
  const { request } = coordinator.context;
  const id = await theStatement(coordinator);
  const { round } = (await (await request.get(`/api/statements/${id}`)).json()) as { round: { id: string } };
  const stands = (await (await request.get(`/api/rounds/${round.id}`)).json()) as { seen: { close: string } };
  const closed = await request.post(`/api/rounds/${round.id}/close`, { data: { seen: stands.seen.close } });
  expect(closed.ok(), await closed.text()).toBe(true);
}

/** Closes it and publishes the statement. */
export async function closesAndPublishes(coordinator: Person): Promise<void> {
  await closes(coordinator);
  const { request } = coordinator.context;
  const id = await theStatement(coordinator);
  const { seen } = (await (await request.get(`/api/statements/${id}/publish`)).json()) as { seen: string };
  const published = await request.post(`/api/statements/${id}/publish`, { data: { seen } });
  expect(published.ok(), await published.text()).toBe(true);
}
