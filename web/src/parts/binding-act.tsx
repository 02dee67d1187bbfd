// What one confirms is what one saw. A page that asks for a binding act holds still what it shows, and sends its
// fingerprint with the act. Where the server answers that this is no longer what would happen, the page looks again, says
// what changed, and asks again.
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/client';
import { Icon } from './icon';

interface Act<Look, In, Out> {
  /** What the page shows as it opens. Later values are not shown until the reader is told. */
  look: Look;
  /** Looks afresh. */
  again: () => Promise<Look>;
  mutation: UseMutationResult<Out, Refusal, In>;
}

export interface BindingAct<Look, In, Out> {
  /** What the page shows, and what is confirmed. */
  shown: Look;
  /** What it showed before, once that turned out to have changed. */
  before: Look | undefined;
  /** Sends the act; `done` hears of its success. */
  confirm: (input: In, done?: (answer: Out) => void) => void;
  busy: boolean;
  /** A refusal that looking again does not answer. */
  error: unknown;
}

export function useBindingAct<Look, In, Out>({ look, again, mutation }: Act<Look, In, Out>): BindingAct<Look, In, Out> {
  const [held, setHeld] = useState<{ shown: Look; before: Look | undefined }>({ shown: look, before: undefined });
  const [looking, setLooking] = useState(false);
  const [blind, setBlind] = useState<unknown>();

  const lookAgain = async () => {
    setLooking(true);
    try {
      const shown = await again();
      setHeld((was) => ({ shown, before: was.shown }));
    } catch (failure) {
      setBlind(failure);
    } finally {
      setLooking(false);
    }
  };
  const confirm = (input: In, done?: (answer: Out) => void) => {
    setBlind(undefined);
    mutation.mutate(input, {
      onSuccess: done,
      onError: (refusal) => {
        if (hasChanged(refusal)) void lookAgain();
      },
    });
  };
  const refused = hasChanged(mutation.error) ? undefined : mutation.error;
  return { ...held, confirm, busy: mutation.isPending || looking, error: blind ?? refused ?? undefined };
}

/** What a query found since its page was opened; what another page found before is not what one sees here. */
export function lookOf<Look>({ data, isFetchedAfterMount }: UseQueryResult<Look>): Look | undefined {
  return isFetchedAfterMount ? data : undefined;
}

/** Asks for a look once more; throws where it is refused. */
export async function afresh<Look>(query: UseQueryResult<Look>): Promise<Look> {
  const { data } = await query.refetch({ throwOnError: true });
  if (data === undefined) throw new Refusal(0, {});
  return data;
}

// What was looked at is not what would happen; or it is a text that can no longer be frozen.
const CHANGED: ReadonlySet<string> = new Set(['seen-changed', 'text-unsettled']);

function hasChanged(error: unknown): boolean {
  return error instanceof Refusal && CHANGED.has(error.code);
}

/** The button that was pressed may stand far below: one is led to what changed. */
function leadTo(notice: HTMLElement | null): void {
  notice?.focus();
}

interface ChangedProps {
  /** Whole sentences. */
  changes: readonly string[];
  /** Whether there is still something to confirm. */
  asks?: boolean;
}

/** Says that what was on the screen has changed, and how. */
export function Changed({ changes, asks = true }: ChangedProps) {
  const { t } = useTranslation('parts');
  return (
    <div key={changes.join('\n')} className="notice amber" role="alert" ref={leadTo} tabIndex={-1}>
      <Icon name="warning" />
      <div className="notice-body">
        <p>
          <b>{t('changed.heading')}</b>
        </p>
        {changes.length > 0 && (
          <ul className="dots">
            {changes.map((change) => (
              <li key={change} dir="auto">
                {change}
              </li>
            ))}
          </ul>
        )}
        <p>{asks ? t('changed.next') : t('changed.nothing')}</p>
      </div>
    </div>
  );
}
