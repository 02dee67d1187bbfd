// One glance: how many have answered, in strokes and in words; when it closes; what can be done now.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCloseRound, useExtend, useRemind } from '../api/queries';
import type { Round, StatementDetail } from '../api/types';
import { Confirm } from '../parts/confirm';
import { Icon } from '../parts/icon';
import { left, wallClock } from '../parts/moment';
import { Tally } from '../parts/tally';
import { OtherClocks, useMoments, useWhen } from '../parts/when';
import { Deadline, useDeadline } from './deadline';

export function RoundSummary({ statement, round }: { statement: StatementDetail; round: Round }) {
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
      <Closing statement={statement} round={round} />
    </section>
  );
}

type Act = 'remind' | 'extend' | 'close';

function Closing({ statement, round }: { statement: StatementDetail; round: Round }) {
  const { t } = useTranslation('signing');
  const when = useWhen();
  const { now } = useMoments();
  const [act, setAct] = useState<Act>();
  const [told, setTold] = useState<string>();
  const may = (what: Act) => round.may.includes(what) || statement.may.includes(what);
  const remaining = left(round.closes_at, now);
  const ends = round.state === 'closed' ? (round.closed_at ?? round.closes_at) : round.closes_at;
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
        <p className="big">{t('closing.closed')}</p>
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

function Remind({ round, onDone, onClose }: ActProps) {
  const { t } = useTranslation('signing');
  const remind = useRemind(round.id);
  return (
    <Confirm
      opened
      title={t('remind.title', { count: round.waiting })}
      verb={t('remind.verb')}
      busy={remind.isPending}
      error={remind.error}
      onConfirm={() => remind.mutate(undefined, { onSuccess: ({ letters }) => onDone(t('remind.done', { count: letters })) })}
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
  const extend = useExtend(round.id);
  const deadline = useDeadline(wallClock(round.closes_at, zone));
  const [tried, setTried] = useState(false);
  const problem = deadline.problem(now, round.closes_at);
  return (
    <Confirm
      opened
      title={t('extend.title')}
      verb={t('extend.verb')}
      busy={extend.isPending}
      error={extend.error}
      onConfirm={() => {
        setTried(true);
        if (problem !== undefined || deadline.instant === undefined) return;
        const later = deadline.instant;
        extend.mutate(later, { onSuccess: () => onDone(t('extend.done', { when: when(later) })) });
      }}
      onClose={onClose}
    >
      <p>{t('extend.what')}</p>
      <Deadline deadline={deadline} problem={tried ? problem : undefined} />
    </Confirm>
  );
}

function Close({ round, onDone, onClose }: ActProps) {
  const { t } = useTranslation('signing');
  const close = useCloseRound(round.id);
  return (
    <Confirm
      opened
      title={t('close.title')}
      verb={t('close.verb')}
      busy={close.isPending}
      error={close.error}
      onConfirm={() => close.mutate(undefined, { onSuccess: () => onDone(t('close.done')) })}
      onClose={onClose}
    >
      <ul className="what-happens">
        <li>{t('close.waiting', { count: round.waiting })}</li>
        <li>{t('close.record')}</li>
        <li>{t('close.undo')}</li>
      </ul>
    </Confirm>
  );
}
