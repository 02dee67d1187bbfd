// Whether one's organisation writes this draft under its name. Any of its drafters may change that; what a change means is said
// before it is made.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChooseName, useOwnName, useWriters } from '../api/queries';
import type { OwnName as Own } from '../api/types';
import { afresh, lookOf, useBindingAct } from '../parts/binding-act';
import { Confirm } from '../parts/confirm';
import { Problem } from '../parts/states';

export function OwnName({ statement: id, edits }: { statement: string; edits: boolean }) {
  const { t } = useTranslation('drafting');
  const own = useWriters(id).data?.own;
  const [wish, setWish] = useState<'named' | 'unnamed'>();
  if (own === undefined) return null;
  const acronym = shortOf(own);
  return (
    <div className="own-name">
      <p>
        {edits ? (own.unnamed ? t('own.unnamed') : t('own.named', { acronym })) : own.unnamed ? t('own.here-unnamed') : t('own.here', { acronym })}
        <span className="quiet">{own.unnamed ? t('own.unnamed-what') : t('own.named-what')}</span>
      </p>
      {own.may_choose && (
        <button type="button" className="btn small" onClick={() => setWish(own.unnamed ? 'named' : 'unnamed')}>
          {own.unnamed ? t('own.choose-named', { acronym }) : t('own.choose-unnamed')}
        </button>
      )}
      {wish !== undefined && <ChooseName id={id} wish={wish} onClose={() => setWish(undefined)} />}
    </div>
  );
}

interface ChooseProps {
  id: string;
  wish: 'named' | 'unnamed';
  onClose: () => void;
}

function ChooseName({ id, wish, onClose }: ChooseProps) {
  const present = useOwnName(id);
  const look = lookOf(present);
  if (look !== undefined) return <Choice id={id} wish={wish} look={look} again={() => afresh(present)} onClose={onClose} />;
  return present.isError ? <Problem error={present.error} retry={() => present.refetch()} /> : null;
}

function Choice({ id, wish, look, again, onClose }: ChooseProps & { look: Own; again: () => Promise<Own> }) {
  const { t } = useTranslation('drafting');
  const { shown, before, confirm, busy, error } = useBindingAct({ look, again, mutation: useChooseName(id) });
  const acronym = shortOf(shown);
  const unnamed = wish === 'unnamed';
  // Somebody of the same organisation may have wished the same.
  const asks = shown.unnamed !== unnamed;
  const now = shown.unnamed ? t('own.changed-unnamed') : t('own.changed-named', { acronym });
  const verb = unnamed ? t('own.verb-unnamed') : t('own.verb-named', { acronym });
  return (
    <Confirm
      opened
      title={unnamed ? t('own.title-unnamed') : t('own.title-named', { acronym })}
      verb={asks ? verb : t('own.done')}
      busy={busy}
      error={error}
      changes={before === undefined && asks ? undefined : [now]}
      asks={asks}
      onConfirm={() => (asks ? confirm({ unnamed, seen: shown.seen }, onClose) : onClose())}
      onClose={onClose}
    >
      {asks && (
        <ul className="what-happens">
          {unnamed ? (
            <>
              <li>{t('own.then-unnamed', { name: shown.organisation.name })}</li>
              <li>
                <b>{t('own.known-already')}</b>
              </li>
              <li>{t('own.coordinators')}</li>
            </>
          ) : (
            <>
              <li>{t('own.then-named', { name: shown.organisation.name })}</li>
              <li>{t('own.before-too')}</li>
            </>
          )}
        </ul>
      )}
    </Confirm>
  );
}

function shortOf({ organisation }: Own): string {
  return organisation.acronym || organisation.name;
}
