// A text that is settled: read-only, with its digest, and the next act for those who may take it.
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEdition, useReopen, useReopenPreview } from '../api/queries';
import type { Move, ReopenPreview, StatementDetail } from '../api/types';
import { afresh, lookOf, useBindingAct } from '../parts/binding-act';
import { useAddress } from '../parts/address';
import { Confirm } from '../parts/confirm';
import { Digest } from '../parts/digest';
import { Empty, Loading, Problem } from '../parts/states';
import { TextView } from '../parts/text-view';
import { useWhen } from '../parts/when';
import { StatementFrame } from '../shell/statement-frame';

/** `beside` stands below what is told of the edition. */
export function SettledPage({ statement, beside }: { statement: StatementDetail; beside?: ReactNode }) {
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
          <Compared statement={statement} shown={shown} />
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
          {beside}
        </aside>
      </div>
    </StatementFrame>
  );
}

/** What became of the edition before in the one that is shown. */
function Compared({ statement, shown }: { statement: StatementDetail; shown: string | undefined }) {
  const { t } = useTranslation('comparing');
  const { editions, may } = statement;
  const at = editions.findIndex(({ id }) => id === shown);
  const [to, from] = [editions[at], editions[at + 1]];
  if (!may.includes('compare') || to === undefined || from === undefined) return null;
  return (
    <Link to="/statements/$id/compare" params={{ id: statement.id }} search={{ from: from.label, to: to.label }}>
      {t('between', { from: from.label, to: to.label })}
    </Link>
  );
}

function NextAct({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('statements');
  const [reopening, setReopening] = useState(false);
  const params = { id: statement.id };
  const may = (act: Move) => statement.may.includes(act);
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
  const preview = useReopenPreview(statement.id);
  const look = lookOf(preview);
  if (look === undefined) return preview.isError ? <Problem error={preview.error} retry={() => preview.refetch()} /> : null;
  return <ReopenLook id={statement.id} look={look} again={() => afresh(preview)} onClose={onClose} />;
}

interface ReopenProps {
  id: string;
  look: ReopenPreview;
  again: () => Promise<ReopenPreview>;
  onClose: () => void;
}

function ReopenLook({ id, look, again, onClose }: ReopenProps) {
  const { t } = useTranslation('statements');
  const { t: parts } = useTranslation('parts');
  const { shown, before, confirm, busy, error } = useBindingAct({ look, again, mutation: useReopen(id) });
  const { state, label } = shown;
  const changes = (was: ReopenPreview) => [
    ...(was.state === state ? [] : [t('reopen.changed-state', { before: parts(`state.${was.state}`), now: parts(`state.${state}`) })]),
    ...(was.label === label ? [] : [t('reopen.changed-label', { before: was.label, now: label })]),
  ];
  return (
    <Confirm
      opened
      title={t('reopen.title')}
      verb={t('reopen.verb')}
      busy={busy}
      error={error}
      changes={before === undefined ? undefined : changes(before)}
      onConfirm={() => confirm(shown.seen, onClose)}
      onClose={onClose}
    >
      <ul className="what-happens">
        <li>{t('reopen.draft', { label })}</li>
        <li>{t('reopen.next', { next: shown.next_edition })}</li>
        {(state === 'closed' || state === 'published') && <li>{t('reopen.signed', { label })}</li>}
        {state === 'published' && <li>{t('reopen.public', { label })}</li>}
      </ul>
    </Confirm>
  );
}
