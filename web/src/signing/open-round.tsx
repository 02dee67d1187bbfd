// Opening a round: whom to ask, until when; then exactly what will happen, and one button.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../api/client';
import { previewRound, useAllOrganisations, useOpenRound } from '../api/queries';
import type { RoundPreview, StatementDetail } from '../api/types';
import { useBindingAct } from '../parts/binding-act';
import { Confirm } from '../parts/confirm';
import { Digest } from '../parts/digest';
import { Icon } from '../parts/icon';
import { wallClock } from '../parts/moment';
import { OrganisationPicker } from '../parts/organisation-picker';
import { Loading, Problem } from '../parts/states';
import { Deadline, useDeadline } from '../parts/deadline';
import { OtherClocks, useMoments, useWhen } from '../parts/when';

// A round of two weeks is what coalitions give when nothing presses.
const USUAL_ROUND_MS = 14 * 86_400_000;
const USUAL_CLOCK = '17:00';

interface RoundAsk {
  organisations: string[];
  closes_at: string;
}

export function OpenRound({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('signing');
  const { zone, now } = useMoments();
  const organisations = useAllOrganisations();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const look = useMutation<RoundPreview, Refusal, RoundAsk>({ mutationFn: (ask) => previewRound(statement.id, ask) });
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
          if (chosen.size > 0 && problem === undefined && deadline.instant !== undefined) {
            look.mutate({ organisations: [...chosen], closes_at: deadline.instant });
          }
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
        {look.isError && <Problem error={look.error} />}
        <button type="submit" className="btn primary" disabled={look.isPending} aria-busy={look.isPending}>
          {t('open.look')}
        </button>
      </form>
      {look.data !== undefined && look.variables !== undefined && (
        <OpenLook statement={statement} ask={look.variables} look={look.data} onClose={look.reset} />
      )}
    </section>
  );
}

interface LookProps {
  statement: StatementDetail;
  ask: RoundAsk;
  look: RoundPreview;
  onClose: () => void;
}

/** Exactly what opening the round would do: which words, until when, and who gets a letter. */
function OpenLook({ statement, ask, look, onClose }: LookProps) {
  const { t } = useTranslation('signing');
  const when = useWhen();
  const again = () => previewRound(statement.id, ask);
  const { shown, before, confirm, busy, error } = useBindingAct({ look, again, mutation: useOpenRound(statement.id) });
  const changes = useRoundChanges();
  const nobody = shown.organisations.filter(({ signers }) => signers.length === 0);
  return (
    <Confirm
      opened
      title={t('open.question', { count: shown.organisations.length })}
      verb={t('open.verb', { count: shown.organisations.length })}
      busy={busy}
      error={error}
      changes={before === undefined ? undefined : changes(before, shown)}
      onConfirm={() => confirm({ ...ask, seen: shown.seen })}
      onClose={onClose}
    >
      <dl className="facts wide">
        <dt>{t('open.text')}</dt>
        <dd>
          <span dir="auto">{shown.title}</span>, {shown.edition.label}
          <Digest value={shown.edition.digest} />
        </dd>
        <dt>{t('open.closes')}</dt>
        <dd>
          <b>{when(shown.closes_at)}</b>
          <br />
          <OtherClocks instant={shown.closes_at} />
        </dd>
      </dl>
      {nobody.length > 0 && (
        <div className="notice amber">
          <Icon name="warning" />
          <div className="notice-body">
            <p>{t('open.nobody-signs', { count: nobody.length })}</p>
            <ul className="dots">
              {nobody.map(({ id, name }) => (
                <li key={id}>
                  <bdi>{name}</bdi>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <details>
        <summary>{t('open.who-gets', { count: shown.organisations.length })}</summary>
        <ul className="would-ask">
          {shown.organisations.map(({ id, name, country_name, signers, readers }) => (
            <li key={id}>
              <bdi>{name}</bdi> <span className="quiet">{country_name}</span>
              <span className="quiet sub2">
                {signers.length > 0 && t('open.signs', { names: signers.join(', ') })}
                {signers.length > 0 && readers.length > 0 && ' · '}
                {readers.length > 0 && t('open.reads', { names: readers.join(', ') })}
              </span>
            </li>
          ))}
        </ul>
      </details>
      <ul className="what-happens">
        <li>{t('open.letters')}</li>
        <li>{t('open.change')}</li>
        <li>{t('open.clock')}</li>
      </ul>
    </Confirm>
  );
}

function useRoundChanges() {
  const { t } = useTranslation('signing');
  return (before: RoundPreview, now: RoundPreview): string[] => {
    const people = ({ signers, readers }: RoundPreview['organisations'][number]) => [...signers, ...readers].join(', ') || t('open.changed-nobody');
    const were = new Map(before.organisations.map((one) => [one.id, one]));
    return [
      ...(before.edition.digest === now.edition.digest ? [] : [t('open.changed-text', { before: before.edition.label, now: now.edition.label })]),
      ...now.organisations.flatMap((one) => {
        const was = were.get(one.id);
        if (was === undefined) return [];
        return [
          ...(was.name === one.name ? [] : [t('open.changed-name', { before: was.name, now: one.name })]),
          ...(people(was) === people(one) ? [] : [t('open.changed-people', { organisation: one.name, before: people(was), now: people(one) })]),
        ];
      }),
    ];
  };
}
