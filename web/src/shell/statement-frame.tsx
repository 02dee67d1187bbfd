// What stands on top of every page about one statement: its state, its title, its pages, its life.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Statement } from '../api/types';
import { Lifeline, StateBadge } from '../parts/state-badge';
import { useTitle } from '../parts/title';
import { useWhen } from '../parts/when';
import { Topbar } from './topbar';

/** `page` says which of the statement's pages this is; the text itself needs no name beside the title. */
export function StatementFrame({ statement, page, children }: { statement: Statement; page?: string; children: ReactNode }) {
  const line = useStateLine(statement);
  useTitle(page === undefined ? statement.title : `${page} – ${statement.title}`);
  return (
    <>
      <Topbar />
      <main className="page" id="main">
        <header>
          <p className="crumb">
            <StateBadge state={statement.state} more={line} />
          </p>
          <h1 className="statement-title" dir="auto" lang={statement.language}>
            {statement.title}
          </h1>
          <div className="subtabs">
            <StatementTabs statement={statement} />
            <span className="end">
              <Lifeline state={statement.state} />
            </span>
          </div>
        </header>
        {children}
      </main>
    </>
  );
}

/** The pages of one statement. A page that does not exist yet in this state is not offered. */
export function StatementTabs({ statement }: { statement: Statement }) {
  const { t } = useTranslation();
  const params = { id: statement.id };
  // How a round stands is told to coordinators only; for the others there is no page to open.
  const round = statement.round !== undefined || statement.may.includes('open-round');
  return (
    <nav className="tabs" aria-label={t('tabs.label')}>
      <Link to="/statements/$id" params={params} activeOptions={{ exact: true, includeSearch: false }}>
        {t('tabs.text')}
      </Link>
      {statement.may.includes('compare') && (
        <Link to="/statements/$id/compare" params={params} activeOptions={{ includeSearch: false }}>
          {t('tabs.compare')}
        </Link>
      )}
      {round && (
        <Link to="/statements/$id/round" params={params}>
          {t('tabs.round')}
        </Link>
      )}
      {(statement.may.includes('publish') || statement.state === 'published') && (
        <Link to="/statements/$id/publish" params={params}>
          {t('tabs.publish')}
        </Link>
      )}
      {isOfTheHouse(statement) && (
        <Link to="/statements/$id/versions" params={params}>
          {t('tabs.versions')}
        </Link>
      )}
      {statement.may.includes('history') && (
        <Link to="/statements/$id/history" params={params}>
          {t('tabs.history')}
        </Link>
      )}
    </nav>
  );
}

/** Whoever is told who may write it sees how it came about. */
function isOfTheHouse(statement: Statement & { drafters?: readonly unknown[] }): boolean {
  return statement.may.includes('history') || (statement.drafters ?? []).length > 0;
}

/** "Rev.1 · closes Fri 6 February, 17:00 Zurich": beside the state, in words. */
export function useStateLine(statement: Statement): string {
  const { t } = useTranslation();
  const when = useWhen();
  const label = statement.edition?.label ?? statement.next_edition;
  const closing = statement.round?.closes_at;
  switch (statement.state) {
    case 'drafting':
      return t('state-line.towards', { label: statement.next_edition });
    case 'frozen':
    case 'published':
      return label;
    case 'closed': // when it ended stands on the round's page
      return statement.round?.ended_early === true ? t('state-line.closed-early', { label }) : label;
    case 'open':
      return closing === undefined ? label : t('state-line.open', { label, when: when(closing) });
  }
}
