// Opening a round: whom to ask, until when; then exactly what will happen, and one button.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllOrganisations, useOpenRound } from '../api/queries';
import type { StatementDetail } from '../api/types';
import { Confirm } from '../parts/confirm';
import { Digest } from '../parts/digest';
import { wallClock } from '../parts/moment';
import { OrganisationPicker } from '../parts/organisation-picker';
import { Loading, Problem } from '../parts/states';
import { OtherClocks, useMoments, useWhen } from '../parts/when';
import { Deadline, useDeadline } from './deadline';

// A round of two weeks is what coalitions give when nothing presses.
const USUAL_ROUND_MS = 14 * 86_400_000;
const USUAL_CLOCK = '17:00';

export function OpenRound({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('signing');
  const { zone, now } = useMoments();
  const when = useWhen();
  const organisations = useAllOrganisations();
  const open = useOpenRound(statement.id);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const deadline = useDeadline({
    date: wallClock(new Date(Date.parse(now) + USUAL_ROUND_MS).toISOString(), zone).date,
    clock: USUAL_CLOCK,
  });
  const problem = deadline.problem(now);
  const label = statement.edition?.label ?? '';

  return (
    <section className="open-round" aria-labelledby="open">
      <h2 id="open">{t('open.title', { label })}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (chosen.size > 0 && problem === undefined) setConfirming(true);
        }}
      >
        <fieldset>
          <legend>{t('open.who')}</legend>
          {organisations.isPending && <Loading />}
          {organisations.isError && <Problem error={organisations.error} retry={() => organisations.refetch()} />}
          {organisations.data !== undefined && (
            <OrganisationPicker organisations={organisations.data} chosen={chosen} onChoose={setChosen} />
          )}
          {tried && chosen.size === 0 && (
            <p className="problem" role="alert">
              {t('open.nobody')}
            </p>
          )}
        </fieldset>
        <fieldset>
          <legend>{t('open.until')}</legend>
          <Deadline deadline={deadline} problem={tried ? problem : undefined} />
        </fieldset>
        <button type="submit" className="btn primary">
          {t('open.look')}
        </button>
      </form>
      {confirming && deadline.instant !== undefined && (
        <Confirm
          opened
          title={t('open.question', { count: chosen.size })}
          verb={t('open.verb', { count: chosen.size })}
          busy={open.isPending}
          error={open.error}
          onConfirm={() => {
            if (deadline.instant !== undefined) open.mutate({ organisations: [...chosen], closes_at: deadline.instant });
          }}
          onClose={() => setConfirming(false)}
        >
          <dl className="facts wide">
            <dt>{t('open.text')}</dt>
            <dd>
              <span dir="auto">{statement.title}</span>, {label}
              {statement.edition !== undefined && <Digest value={statement.edition.digest} />}
            </dd>
            <dt>{t('open.closes')}</dt>
            <dd>
              <b>{when(deadline.instant)}</b>
              <br />
              <OtherClocks instant={deadline.instant} />
            </dd>
          </dl>
          <ul className="what-happens">
            <li>{t('open.letters')}</li>
            <li>{t('open.change')}</li>
            <li>{t('open.clock')}</li>
          </ul>
        </Confirm>
      )}
    </section>
  );
}
