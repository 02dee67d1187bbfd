// A deadline, written on the coalition's wall clock and shown at once in UTC and in the reader's own zone.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from './field';
import { instantIn } from './moment';
import { OtherClocks, useMoments, useWhen } from './when';

export interface DeadlineValue {
  date: string;
  clock: string;
  /** RFC 3339 in UTC; absent while the two fields are no date and time. */
  instant: string | undefined;
  setDate: (date: string) => void;
  setClock: (clock: string) => void;
  /** What is wrong with it: `later` must come before it. */
  problem: (now: string, later?: string) => 'missing' | 'past' | 'not-later' | undefined;
}

export function useDeadline(at: { date: string; clock: string }): DeadlineValue {
  const { zone } = useMoments();
  const [date, setDate] = useState(at.date);
  const [clock, setClock] = useState(at.clock);
  const instant = instantIn(zone, date, clock);
  return {
    date,
    clock,
    instant,
    setDate,
    setClock,
    problem: (now, later) => {
      if (instant === undefined) return 'missing';
      if (Date.parse(instant) <= Date.parse(now)) return 'past';
      if (later !== undefined && Date.parse(instant) <= Date.parse(later)) return 'not-later';
      return undefined;
    },
  };
}

export function Deadline({ deadline, problem }: { deadline: DeadlineValue; problem: 'missing' | 'past' | 'not-later' | undefined }) {
  const { t } = useTranslation('parts');
  const { place } = useMoments();
  const when = useWhen();
  return (
    <div className="deadline">
      <div className="deadline-fields">
        <TextField
          label={t('deadline.date')}
          type="date"
          required
          value={deadline.date}
          problem={problem === undefined ? undefined : t(`deadline.${problem}`)}
          onChange={(event) => deadline.setDate(event.currentTarget.value)}
        />
        <TextField
          label={t('deadline.time', { place })}
          type="time"
          required
          value={deadline.clock}
          onChange={(event) => deadline.setClock(event.currentTarget.value)}
        />
      </div>
      {deadline.instant !== undefined && (
        <p aria-live="polite">
          <b>{when(deadline.instant)}</b> <OtherClocks instant={deadline.instant} />
        </p>
      )}
    </div>
  );
}
