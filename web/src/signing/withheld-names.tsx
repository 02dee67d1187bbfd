// The names that are withheld: a number for everybody here, and a confirmed, recorded act to see them.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReveal, useRound } from '../api/queries';
import type { Revealed, Round } from '../api/types';
import { afresh, useBindingAct } from '../parts/binding-act';
import { Confirm } from '../parts/confirm';
import { Icon } from '../parts/icon';
import { useRecent } from '../parts/when';

export function WithheldNames({ round }: { round: Round }) {
  const { t } = useTranslation('signing');
  const recent = useRecent();
  const [asking, setAsking] = useState(false);
  // Held by this page only, and gone with it; or once they are no longer those that are counted.
  const [revealed, setNames] = useState<Revealed>();
  const names = round.withheld > 0 && revealed?.organisations.length === round.withheld ? revealed : undefined;
  const mayReveal = round.may.includes('reveal');

  return (
    <section aria-labelledby="withheld">
      <div className="section-head">
        <h2 id="withheld" className="section-title">
          {t('withheld.heading')} <span className="count">{round.withheld}</span>
        </h2>
        {names !== undefined && (
          <button type="button" className="btn small plain" onClick={() => setNames(undefined)}>
            {t('withheld.hide')}
          </button>
        )}
      </div>
      {round.withheld === 0 && <p className="quiet foot">{t('withheld.none')}</p>}
      {round.withheld > 0 && names === undefined && (
        <div className="withheld-row">
          <p>{t('withheld.count', { count: round.withheld })}</p>
          {mayReveal && (
            <button type="button" className="btn" onClick={() => setAsking(true)}>
              <Icon name="eye" />
              {t('withheld.reveal')}
            </button>
          )}
        </div>
      )}
      {names !== undefined && (
        <ul className="sigs">
          {names.organisations.map(({ id, name, country_name, answered_at }) => (
            <li key={id} className="sig">
              <bdi>{name}</bdi>
              <span className="at">
                {country_name} · {recent(answered_at)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {asking && (
        <Reveal
          round={round}
          onShown={(answer) => {
            setNames(answer);
            setAsking(false);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

interface RevealProps {
  round: Round;
  onShown: (names: Revealed) => void;
  onClose: () => void;
}

function Reveal({ round, onShown, onClose }: RevealProps) {
  const { t } = useTranslation('signing');
  const query = useRound(round.id);
  const { shown, before, confirm, busy, error } = useBindingAct({ look: round, again: () => afresh(query), mutation: useReveal(round.id) });
  const changes = (was: Round) =>
    was.withheld === shown.withheld ? [] : [t('changed.withheld', { before: was.withheld, now: shown.withheld })];
  const nobody = shown.withheld === 0;
  return (
    <Confirm
      opened
      title={t('withheld.title', { count: shown.withheld })}
      verb={nobody ? t('withheld.close') : t('withheld.verb')}
      asks={!nobody}
      busy={busy}
      error={error}
      changes={before === undefined ? undefined : changes(before)}
      onConfirm={() => (nobody ? onClose() : confirm(shown.seen.reveal, onShown))}
      onClose={onClose}
    >
      {!nobody && <p>{t('withheld.what', { count: shown.withheld })}</p>}
      {!nobody && <p>{t('withheld.logged')}</p>}
    </Confirm>
  );
}
