// The three things a page can be besides full: loading, refused, empty.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/client';
import { Icon } from './icon';
import { useTitle } from './title';

/** Grey lines where the content will stand. Shown at once, announced politely. */
export function Loading({ lines = 5 }: { lines?: number }) {
  const { t } = useTranslation('parts');
  return (
    <div className="loading" role="status">
      <span className="hidden-words">{t('loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <i key={line} aria-hidden="true" />
      ))}
    </div>
  );
}

/** What went wrong, in the server's own sentence where there is one, and the way out. `beside` what the page is about it is said when
 * there is a pause, and interrupts nobody. */
export function Problem({ error, retry, beside = false }: { error: unknown; retry?: () => unknown; beside?: boolean }) {
  const { t } = useTranslation('parts');
  const sentence = useSentence(error);
  const refusal = error instanceof Refusal ? error : undefined;
  return (
    <div className="notice red" role={beside ? 'status' : 'alert'}>
      <Icon name="warning" />
      <div className="notice-body">
        <p>{sentence}</p>
        {refusal?.reference !== undefined && refusal.status >= 500 && (
          <p className="quiet">{t('problem.reference', { reference: refusal.reference })}</p>
        )}
        {refusal?.status === 401 && <a href="/sign-in">{t('problem.sign-in')}</a>}
        {retry !== undefined && mayPass(refusal) && (
          <button type="button" className="btn small" onClick={() => void retry()}>
            {t('problem.retry')}
          </button>
        )}
      </div>
    </div>
  );
}

/** Whether asking again can help: silence, a fault of the server, or too many questions at once. */
function mayPass(refusal: Refusal | undefined): boolean {
  return refusal === undefined || refusal.status === 0 || refusal.status === 429 || refusal.status >= 500;
}

/** The sentence for a failure: the server's, or ours where it sent none. */
export function useSentence(error: unknown): string {
  const { t } = useTranslation('parts');
  if (!(error instanceof Refusal)) return t('problem.unknown');
  if (error.message !== '') return error.message;
  if (error.status === 0) return t('problem.unreachable');
  if (error.status === 401) return t('problem.signed-out');
  if (error.status === 403) return t('problem.forbidden');
  if (error.status === 404) return t('problem.not-found');
  return t('problem.unknown');
}

/** An empty list says what to do next. */
export function Empty({ title, page = false, children }: { title: string; page?: boolean; children?: ReactNode }) {
  // Where the empty list is the whole page, its title is the page's.
  const Title = page ? 'h1' : 'p';
  return (
    <div className="empty">
      <Title className="t">{title}</Title>
      {children}
    </div>
  );
}

export function NotFound() {
  const { t } = useTranslation('parts');
  useTitle(t('not-found.title'));
  return (
    <main className="page" id="main">
      <Empty page title={t('not-found.title')}>
        <p>{t('not-found.next')}</p>
        <Link to="/" className="btn">
          {t('not-found.home')}
        </Link>
      </Empty>
    </main>
  );
}
