// A text that is settled: read-only, with its digest, and the next act for those who may take it.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEdition, useReopen } from '../api/queries';
import type { StatementDetail } from '../api/types';
import { useAddress } from '../parts/address';
import { Confirm } from '../parts/confirm';
import { Digest } from '../parts/digest';
import { Empty, Loading, Problem } from '../parts/states';
import { TextView } from '../parts/text-view';
import { useWhen } from '../parts/when';
import { StatementFrame } from '../shell/statement-frame';

export function SettledPage({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('statements');
  const when = useWhen();
  const address = useAddress();
  const { editions } = statement;
  const newest = statement.edition ?? editions.at(-1);
  const shown = (editions.find(({ label }) => label === address.read('edition')) ?? newest)?.id;
  const edition = useEdition(shown);
  const choose = (id: string) => address.choose({ edition: id === newest?.id ? '' : (editions.find((one) => one.id === id)?.label ?? '') });
  const others = editions.length > 1;
  return (
    <StatementFrame statement={statement}>
      <div className="settled">
        <div>
          {shown === undefined && <Empty title={t('settled.none')} />}
          {edition.isPending && shown !== undefined && <Loading lines={10} />}
          {edition.isError && <Problem error={edition.error} retry={() => edition.refetch()} />}
          {edition.data !== undefined && <TextView text={edition.data.text} />}
        </div>
        <aside className="settled-side">
          <NextAct statement={statement} />
          {others && (
            <label className="settled-editions">
              <b>{t('settled.editions')}</b>
              <select value={shown} onChange={(event) => choose(event.currentTarget.value)}>
                {editions.map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
          )}
          {edition.data !== undefined && (
            <dl className="facts">
              <dt>{t('settled.edition')}</dt>
              <dd>{edition.data.label}</dd>
              <dt>{t('settled.frozen')}</dt>
              <dd>{when(edition.data.frozen_at)}</dd>
              <dt>{t('settled.length')}</dt>
              <dd>{t('words', { count: edition.data.words })}</dd>
              <dt>{t('settled.digest')}</dt>
              <dd>
                <Digest value={edition.data.digest} />
                <span className="quiet">{t('settled.digest-means')}</span>
              </dd>
            </dl>
          )}
        </aside>
      </div>
    </StatementFrame>
  );
}

function NextAct({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('statements');
  const [reopening, setReopening] = useState(false);
  const params = { id: statement.id };
  const may = (act: string) => statement.may.includes(act);
  return (
    <section className="next" aria-labelledby="next">
      <h2 id="next">{t(`next.${statement.state}`)}</h2>
      <div className="acts">
        {may('open-round') && (
          <Link className="btn primary" to="/statements/$id/round" params={params}>
            {t('next.open-round')}
          </Link>
        )}
        {statement.state === 'open' && statement.round !== undefined && (
          <Link className="btn primary" to="/statements/$id/round" params={params}>
            {t('next.see-round')}
          </Link>
        )}
        {may('publish') && (
          <Link className="btn primary" to="/statements/$id/publish" params={params}>
            {t('next.publish')}
          </Link>
        )}
        {statement.public_url !== undefined && (
          <a className="btn" href={statement.public_url}>
            {t('next.public-page')}
          </a>
        )}
        {may('reopen') && (
          <button type="button" className="btn" onClick={() => setReopening(true)}>
            {t('next.reopen')}
          </button>
        )}
      </div>
      {reopening && <Reopen statement={statement} onClose={() => setReopening(false)} />}
    </section>
  );
}

function Reopen({ statement, onClose }: { statement: StatementDetail; onClose: () => void }) {
  const { t } = useTranslation('statements');
  const reopen = useReopen(statement.id);
  const label = statement.edition?.label ?? '';
  const round = statement.state === 'open' || statement.state === 'closed';
  return (
    <Confirm
      opened
      title={t('reopen.title')}
      verb={t('reopen.verb')}
      busy={reopen.isPending}
      error={reopen.error}
      onConfirm={() => reopen.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <ul className="what-happens">
        <li>{t('reopen.draft', { label })}</li>
        <li>{t('reopen.next', { next: statement.next_edition })}</li>
        {round && <li>{t('reopen.signed', { label })}</li>}
        {statement.state === 'open' && <li>{t('reopen.round')}</li>}
        {statement.state === 'published' && <li>{t('reopen.public', { label })}</li>}
      </ul>
    </Confirm>
  );
}
