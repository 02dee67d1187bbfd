// The one door to the server. Every answer is either data or a `Refusal` that carries the server's own sentence.
import createClient from 'openapi-fetch';
import { brought } from './brought';
import type { paths } from './schema';
import type { Present, Problem } from './types';

export const api = createClient<paths>({ credentials: 'same-origin', headers: { Accept: 'application/json' } });

api.use({ onRequest: ({ request }) => (request.method === 'GET' ? brought(new URL(request.url).pathname) : undefined) });

/** The server's "no" (RFC 9457), or `unreachable` when there was no answer at all. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Record<string, unknown>;
  /** What to quote when asking for help; only failures of the server have one. */
  readonly reference: string | undefined;

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? '');
    this.name = 'Refusal';
    this.status = status;
    this.code = problem.code ?? (status === 0 ? 'unreachable' : `http-${status}`);
    this.params = problem.params ?? {};
    this.reference = problem.instance;
  }
}

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Unwraps an answer: data, or a thrown `Refusal`. */
export async function ask<T>(call: Promise<Answered<T>>): Promise<Present<T>> {
  let answer: Answered<T>;
  try {
    answer = await call;
  } catch (failure) {
    // fetch rejects only when nothing was answered; a body that is not JSON is the server's fault all the same.
    throw new Refusal(failure instanceof SyntaxError ? 502 : 0, {});
  }
  if (!answer.response.ok) throw new Refusal(answer.response.status, asProblem(answer.error));
  return withoutNulls(answer.data) as Present<T>;
}

function asProblem(error: unknown): Partial<Problem> {
  return typeof error === 'object' && error !== null ? (error as Partial<Problem>) : {};
}

// Answers are as deep as a statement nests; the server bounds that, and JSON.parse has been there already.
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null || value instanceof Blob) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}
