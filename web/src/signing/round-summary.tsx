// One glance: how many have answered, in strokes and in words; when it closes; what can be done now.
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../api/client';
import { useCloseRound, useExtend, useRemind, useRound } from '../api/queries';
import type { Round } from '../api/types';
import { afresh, useBindingAct } from '../parts/binding-act';
import { Confirm } from '../parts/confirm';
import { Icon } from '../parts/icon';
import { left, wallClock } from '../parts/moment';
import { Tally } from '../parts/tally';
import { Deadline, useDeadline } from '../parts/deadline';
import { OtherClocks, useMoments, useWhen } from '../parts/when';

export function RoundSummary({ round }: { round: Round }) {
  const { t } = useTranslation('signing');
  const signed = round.signed_public + round.withheld;
  const answered = round.invited - round.waiting;
  return (
    <section className="hero" aria-labelledby="sum">
      <div>
        <h2 id="sum">
          {round.state === 'open' ? (
            <>
              <b>{answered}</b> {t('hero.answered', { count: round.invited })}
            </>
          ) : (
            <>
              <b>{signed}</b> {t('hero.signed', { count: round.invited })}
            </>
          )}
        </h2>
        <Tally counts={{ signedPublic: round.signed_public, withheld: round.withheld, waiting: round.waiting }} />
        <ul className="key">
          <li>
            <i />
            <span>
              <b>{round.signed_public}</b> {t('key.public')}
            </span>
          </li>
          <li className="withheld">
            <i />
            <span>
              <b>{round.withheld}</b> {t('key.withheld')}
            </span>
          </li>
          <li className="waiting">
            <i />
            <span>
              <b>{round.waiting}</b> {round.state === 'open' ? t('key.waiting') : t('key.silent')}
            </span>
          </li>
          <li>
            <span className="quiet">{t('key.others', { declined: round.declined, withdrawn: round.withdrawn })}</span>
          </li>
        </ul>
      </div>
      <Closing round={round} />
    </section>
  );
}

type Act = Exclude<Round['may'][number], 'reveal'>;

function Closing({ round }: { round: Round }) {
  const { t } = useTranslation('signing');
  const when = useWhen();
  const { now } = useMoments();
  const [act, setAct] = useState<Act>();
  const [told, setTold] = useState<string>();
  const may = (what: Act) => round.may.includes(what);
  const remaining = left(round.closes_at, now);
  const ends = round.state === 'closed' ? (round.closed_at ?? round.closes_at) : round.closes_at;
  const early = round.state === 'closed' && round.closed_at !== undefined && Date.parse(round.closed_at) < Date.parse(round.closes_at);
  const close = () => setAct(undefined);
  const done = (sentence: string) => {
    setTold(sentence);
    close();
  };

  return (
    <div className="closing">
      {round.state === 'open' ? (
        <>
          <p className="quiet">{t('closing.in')}</p>
          <p className="big">
            {remaining.unit === 'past' ? t('closing.now') : t(`closing.${remaining.unit}`, { count: remaining.count })}
          </p>
        </>
      ) : (
        <p className="big">{early ? t('closing.closed-early') : t('closing.closed')}</p>
      )}
      <p>
        <b>{when(ends)}</b>
        <br />
        <OtherClocks instant={ends} />
      </p>
      {round.state === 'open' && (
        <div className="acts">
          {may('remind') && round.waiting > 0 && (
            <button type="button" className="btn primary" onClick={() => setAct('remind')}>
              <Icon name="letter" />
              {t('remind.button', { count: round.waiting })}
            </button>
          )}
          {may('extend') && (
            <button type="button" className="btn" onClick={() => setAct('extend')}>
              {t('extend.button')}
            </button>
          )}
          {may('close') && (
            <button type="button" className="btn" onClick={() => setAct('close')}>
              {t('close.button')}
            </button>
          )}
        </div>
      )}
      <p className="told" role="status">
        {told}
      </p>
      {act === 'remind' && <Remind round={round} onDone={done} onClose={close} />}
      {act === 'extend' && <Extend round={round} onDone={done} onClose={close} />}
      {act === 'close' && <Close round={round} onDone={done} onClose={close} />}
    </div>
  );
}

interface ActProps {
  round: Round;
  onDone: (sentence: string) => void;
  onClose: () => void;
}

/** An act on the round as its page showed it when the reader began. */
function useActOnRound<In, Out>(round: Round, mutation: UseMutationResult<Out, Refusal, In>) {
  const { t } = useTranslation('signing');
  const when = useWhen();
  const query = useRound(round.id);
  const { shown, before, ...act } = useBindingAct({ look: round, again: () => afresh(query), mutation });
  const changes = (was: Round) => [
    ...(was.closes_at === shown.closes_at ? [] : [t('changed.closes', { before: when(was.closes_at), now: when(shown.closes_at) })]),
    ...(was.state === shown.state ? [] : [t('changed.closed')]),
    ...COUNTED.filter((name) => was[name] !== shown[name]).map((name) => t(`changed.${name}`, { before: was[name], now: shown[name] })),
  ];
  return { shown, changes: before === undefined ? undefined : changes(before), ...act };
}

const COUNTED = ['signed_public', 'withheld', 'declined', 'withdrawn', 'waiting'] as const;

function Remind({ round, onDone, onClose }: ActProps) {
  const { t } = useTranslation('signing');
  const { shown, changes, confirm, busy, error } = useActOnRound(round, useRemind(round.id));
  return (
    <Confirm
      opened
      title={t('remind.title', { count: shown.waiting })}
      verb={t('remind.verb')}
      busy={busy}
      error={error}
      changes={changes}
      onConfirm={() => confirm(shown.seen.remind, ({ organisations }) => onDone(t('remind.done', { count: organisations })))}
      onClose={onClose}
    >
      <p>{t('remind.what')}</p>
      <p className="quiet">{t('remind.only')}</p>
    </Confirm>
  );
}

function Extend({ round, onDone, onClose }: ActProps) {
  const { t } = useTranslation('signing');
  const { zone, now } = useMoments();
  const when = useWhen();
  const { shown, changes, confirm, busy, error } = useActOnRound(round, useExtend(round.id));
  const deadline = useDeadline(wallClock(round.closes_at, zone));
  const [tried, setTried] = useState(false);
  const problem = deadline.problem(now, shown.closes_at);
  return (
    <Confirm
      opened
      title={t('extend.title')}
      verb={t('extend.verb')}
      busy={busy}
      error={error}
      changes={changes}
      onConfirm={() => {
        setTried(true);
        if (problem !== undefined || deadline.instant === undefined) return;
        const later = deadline.instant;
        confirm({ closes_at: later, seen: shown.seen.extend }, () => onDone(t('extend.done', { when: when(later) })));
      }}
      onClose={onClose}
    >
      <p>{t('extend.what')}</p>
      <p>{t('extend.present', { when: when(shown.closes_at) })}</p>
      <Deadline deadline={deadline} problem={tried ? problem : undefined} />
    </Confirm>
  );
}

function Close({ round, onDone, onClose }: ActProps) {
  const { t } = useTranslation('signing');
  const { shown, changes, confirm, busy, error } = useActOnRound(round, useCloseRound(round.id));
  return (
    <Confirm
      opened
      title={t('close.title')}
      verb={t('close.verb')}
      busy={busy}
      error={error}
      changes={changes}
      onConfirm={() => confirm(shown.seen.close, () => onDone(t('close.done')))}
      onClose={onClose}
    >
      <ul className="what-happens">
        <li>{t('close.waiting', { count: shown.waiting })}</li>
        <li>{t('close.record')}</li>
        <li>{t('close.undo')}</li>
      </ul>
    </Confirm>
  );
}
