// The state of a statement: a circle that fills as it moves on, and always its word.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { State } from '../api/types';

const STATES: readonly State[] = ['drafting', 'frozen', 'open', 'closed', 'published'];

export function StateBadge({ state, more }: { state: State; more?: ReactNode }) {
  const { t } = useTranslation('parts');
  return (
    <span className="state">
      <StateShape state={state} />
      <span>{t(`state.${state}`)}</span>
      {more !== undefined && <span className="more">{more}</span>}
    </span>
  );
}

/** The five states in a row, the present one in bold. */
export function Lifeline({ state }: { state: State }) {
  const { t } = useTranslation('parts');
  return (
    <ol className="lifeline" aria-label={t('lifeline')}>
      {STATES.map((step) => (
        <li key={step} aria-current={step === state ? 'step' : undefined}>
          <StateShape state={step} />
          {t(`step.${step}`)}
        </li>
      ))}
    </ol>
  );
}

function StateShape({ state }: { state: State }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      {shape(state)}
    </svg>
  );
}

function shape(state: State) {
  const ring = <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.8" />;
  switch (state) {
    case 'drafting':
      return <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="2.7 2.17" />;
    case 'frozen':
      return (
        <>
          {ring}
          <rect x="5.3" y="5.3" width="5.4" height="5.4" fill="currentColor" />
        </>
      );
    case 'open':
      return (
        <>
          {ring}
          <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
        </>
      );
    case 'closed':
      return <circle cx="8" cy="8" r="7.1" fill="currentColor" />;
    case 'published':
      return (
        <>
          <circle cx="8" cy="8" r="7.1" fill="currentColor" />
          <path
            className="state-tick"
            d="M4.7 8.300l2.300 2.300 4.300-4.900"
            fill="none"
            strokeWidth="1.8"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      );
  }
}
