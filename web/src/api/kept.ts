// What the server said last, from this device, where it says nothing now: just enough for a draft to open. Marked as such, so
// that no page takes an empty list for an answer.
import type { KeptStatement } from '../device/device';
import { device } from '../device/here';
import { Refusal } from './client';
import type { Me, StatementDetail } from './types';

/** A line that answers nothing for so long is none, where there is something to show meanwhile. */
const ANSWER_MS_MAX = 5_000;
/** From here on an answer is a server's fault, or a gate's in front of one that is shut: no word about rights. */
const FAULT = 500;

interface Hear<T> {
  /** What this page has heard before, which says more. */
  inHand: () => T | undefined;
  said: (answer: T) => Promise<void>;
  refused: (status: number) => Promise<void> | undefined;
}

/** The server's answer, or the kept one where there is none. What the server says is kept, or forgotten, before it is shown. */
export async function orKept<T extends { kept?: true }>(
  asks: (signal?: AbortSignal) => Promise<T>,
  kept: () => Promise<T | undefined>,
  { inHand, said, refused }: Hear<T>,
): Promise<T> {
  const before = await kept().catch(() => undefined);
  let answer: T;
  try {
    answer = await asks(before === undefined ? undefined : AbortSignal.timeout(ANSWER_MS_MAX));
  } catch (failure) {
    const status = failure instanceof Refusal ? failure.status : FAULT;
    if (before !== undefined && (status === 0 || status >= FAULT)) return { ...(inHand() ?? before), kept: true };
    await refused(status)?.catch(() => undefined);
    throw failure;
  }
  await said(answer).catch(() => undefined);
  return answer;
}

export async function meAsKept(): Promise<Me | undefined> {
  const person = await device.who();
  if (person === undefined) return undefined;
  return {
    person: { ...person, email: '' },
    coalition: { name: '', timezone: 'UTC' },
    coordinator: false,
    memberships: [],
    now: new Date().toISOString(),
  };
}

export async function statementAsKept(id: string): Promise<StatementDetail | undefined> {
  const person = (await device.who())?.id;
  if (person === undefined) return undefined;
  const kept = await device.statement({ person, draft: id });
  return kept === undefined ? undefined : detail(id, kept);
}

function detail(id: string, { title, language, nextEdition }: KeptStatement): StatementDetail {
  return {
    id,
    title,
    language,
    forum: '',
    next_edition: nextEdition,
    state: 'drafting',
    may: ['edit'],
    drafters: [],
    drafters_unnamed: 0,
    my_right: 'edit',
    editions: [],
    updated_at: new Date().toISOString(),
  };
}

/** Nothing but a draft, and only for those who may write it, is kept on a device. */
export async function keepsStatement({ id, title, language, next_edition: nextEdition, state, may }: StatementDetail): Promise<void> {
  const person = (await device.who())?.id;
  if (person === undefined) return;
  if (state === 'drafting' && may.includes('edit')) await device.keepsStatement({ person, draft: id }, { title, language, nextEdition });
  else await device.forgetsDraft({ person, draft: id });
}

/** What the server lists is all that a person may write. */
export async function keepsListed(statements: readonly { id: string; state: string }[]): Promise<void> {
  const person = (await device.who())?.id;
  const drafts = statements.filter(({ state }) => state === 'drafting').map(({ id }) => id);
  if (person !== undefined) await device.keepsOnly(person, drafts);
}

export async function forgetsStatement(id: string): Promise<void> {
  const person = (await device.who())?.id;
  if (person !== undefined) await device.forgetsDraft({ person, draft: id });
}
