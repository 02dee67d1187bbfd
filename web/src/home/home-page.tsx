// Home: how many things need me, then what moves.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsked, useMe, useStatements } from '../api/queries';
import { Icon, type IconName } from '../parts/icon';
import { dayAndTime } from '../parts/moment';
import { Loading, Problem } from '../parts/states';
import { useTitle } from '../parts/title';
import { useMoments, useWhen } from '../parts/when';
import { Topbar } from '../shell/topbar';
import { AskedRow } from './asked-row';
import { needs, needsAnswer, type Need } from './needs';
import { StartStatement } from './start-statement';
import { StatementsTable } from './statements-table';

export function HomePage() {
  const { t } = useTranslation('home');
  const me = useMe();
  const statements = useStatements();
  const asked = useAsked();
  const { zone, language, now, place } = useMoments();
  const [starting, setStarting] = useState(false);
  useTitle(t('title'));
  if (me.data === undefined) return null;

  const mine = needs(statements.data ?? []);
  const invited = asked.data ?? [];
  const count = mine.length + invited.filter(needsAnswer).length;
  return (
    <>
      <Topbar />
      <main className="page" id="main">
        <header className="page-head">
          <div>
            <p className="quiet">
              {me.data.coalition.name !== '' && `${me.data.coalition.name} · `}
              {dayAndTime(now, zone, language)} {place}
            </p>
            <h1>{statements.data === undefined || asked.data === undefined ? t('title') : t('needs.heading', { count })}</h1>
          </div>
          {me.data.coordinator && (
            <button type="button" className="btn primary" onClick={() => setStarting(true)}>
              <Icon name="add" />
              {t('start.button')}
            </button>
          )}
        </header>
        {statements.isPending && <Loading lines={6} />}
        {statements.isError && <Problem error={statements.error} retry={() => statements.refetch()} />}
        {statements.data !== undefined && (
          <>
            <section className="needsme" aria-label={t('needs.label')}>
              {asked.isError && <Problem error={asked.error} retry={() => asked.refetch()} />}
              {mine.length > 0 || invited.length > 0 ? (
                <ul>
                  {invited.map((one) => (
                    <AskedRow key={`${one.round} ${one.organisation.id}`} asked={one} />
                  ))}
                  {mine.map((need, place_) => (
                    <NeedRow key={`${need.statement.id} ${need.kind}`} need={need} first={invited.length === 0 && place_ === 0} />
                  ))}
                </ul>
              ) : (
                <p className="quiet">{t('needs.nothing')}</p>
              )}
            </section>
            <StatementsTable statements={statements.data} coordinator={me.data.coordinator} onStart={() => setStarting(true)} />
          </>
        )}
      </main>
      <StartStatement opened={starting} onClose={() => setStarting(false)} />
    </>
  );
}

function NeedRow({ need, first }: { need: Need; first: boolean }) {
  const { t } = useTranslation('home');
  const when = useWhen();
  const { icon, kind, detail, act, to } = words();
  return (
    <li>
      <Icon name={icon} />
      <div>
        <p className="k">{kind}</p>
        <p className="t serif" dir="auto" lang={need.statement.language}>
          {need.statement.title}
        </p>
        <p className="quiet">{detail}</p>
      </div>
      <Link className={first ? 'btn primary' : 'btn'} to={to} params={{ id: need.statement.id }}>
        {act}
      </Link>
    </li>
  );

  function words(): { icon: IconName; kind: string; detail: string; act: string; to: '/statements/$id' | '/statements/$id/round' | '/statements/$id/publish' } {
    switch (need.kind) {
      case 'waiting':
        return {
          icon: 'clock',
          kind: t('needs.waiting', { count: need.waiting, invited: need.invited }),
          detail: t('needs.waiting-detail', { when: when(need.closesAt) }),
          act: t('needs.waiting-act'),
          to: '/statements/$id/round',
        };
      case 'publish':
        return {
          icon: 'tick',
          kind: t('needs.publish'),
          detail: t('needs.publish-detail', {
            label: need.statement.edition?.label ?? '',
            signed: need.signed,
            withheld: need.withheld,
          }),
          act: t('needs.publish-act'),
          to: '/statements/$id/publish',
        };
      case 'open-round':
        return {
          icon: 'letter',
          kind: t('needs.open-round'),
          detail: t('needs.open-round-detail', { label: need.statement.edition?.label ?? '' }),
          act: t('needs.open-round-act'),
          to: '/statements/$id/round',
        };
    }
  }
}
