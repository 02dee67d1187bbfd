// A text that was frozen and is written on, made by requests: for stories that begin there.
import { expect } from '@playwright/test';
import type { Person } from './people.ts';

/** A statement that was frozen as Rev.1 and is open for writing again. */
export async function frozenAndReopened(harriet: Person, language: string, title: string, blocks: unknown[]): Promise<string> {
  const { request } = harriet.context;
  const started = await request.post('/api/statements', { data: { title, language } });
  const { id } = (await started.json()) as { id: string };
  const filled = await request.post(`/api/statements/${id}/draft`, { data: { text: { v: 'text/v1', language, blocks } } });
  expect(filled.status(), await filled.text()).toBe(204);
  await freezes(harriet, id);
  await confirms(harriet, `/api/statements/${id}/reopen`);
  return id;
}

export async function freezes(harriet: Person, id: string): Promise<void> {
  await confirms(harriet, `/api/statements/${id}/freeze`);
}

/** Looks at what an act would do, and confirms it. */
async function confirms(harriet: Person, path: string): Promise<void> {
  const { request } = harriet.context;
  const { seen } = (await (await request.get(path)).json()) as { seen: string };
  const done = await request.post(path, { data: { seen } });
  expect(done.ok(), await done.text()).toBe(true);
}
