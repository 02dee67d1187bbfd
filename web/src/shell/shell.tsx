// The frame of every work page: who you are first, then the page. Nothing of a page is drawn before the server said who asks.
import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/client';
import { useMe } from '../api/queries';
import { hearPages } from '../device/here';
import { Empty, Loading, Problem } from '../parts/states';
import { comes, leaves, useTitle } from '../parts/title';

/** `beside` is shown on every page of somebody who is signed in. */
export function Shell({ beside }: { beside: ReactNode }) {
  const { t } = useTranslation();
  const me = useMe();
  useArrivals();
  useSignedOutElsewhere(me.data?.person.id);
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      {me.data !== undefined && <Outlet />}
      {me.data !== undefined && beside}
      {me.data === undefined && me.isPending && (
        <main className="page" id="main">
          <Loading />
        </main>
      )}
      {me.data === undefined && me.isError && <NoAnswer error={me.error} retry={() => me.refetch()} />}
    </>
  );
}

/** From one page to the next, but not when only what a page shows has changed. */
function useArrivals(): void {
  const router = useRouter();
  useEffect(() => {
    const stops = [
      router.subscribe('onBeforeLoad', ({ fromLocation, pathChanged }) => {
        if (fromLocation !== undefined && pathChanged) leaves();
      }),
      router.subscribe('onRendered', comes),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [router]);
}

// Pages that wrote have said by then that nothing is to be saved.
const GONE_AFTER_MS = 100;

/** Who signs out in one page of a browser leaves all that are theirs. */
function useSignedOutElsewhere(person: string | undefined): void {
  useEffect(
    () =>
      hearPages((heard) => {
        if (heard.what === 'signed-out' && heard.person === person) setTimeout(() => globalThis.location.replace('/sign-in'), GONE_AFTER_MS);
      }),
    [person],
  );
}

function NoAnswer({ error, retry }: { error: unknown; retry: () => unknown }) {
  const { t } = useTranslation();
  const signedOut = error instanceof Refusal && error.status === 401;
  useTitle(signedOut ? t('signed-out.title') : undefined);
  return (
    <main className="page" id="main">
      {signedOut ? (
        <Empty page title={t('signed-out.title')}>
          <p>{t('signed-out.next')}</p>
          <p>{t('signed-out.kept')}</p>
          <a className="btn primary" href="/sign-in">
            {t('signed-out.button')}
          </a>
        </Empty>
      ) : (
        <Problem error={error} retry={retry} />
      )}
    </main>
  );
}

/** A page whose code or drawing failed. Usually a new version took the old files away: loading again mends it. */
export function Failed() {
  const { t } = useTranslation();
  useTitle(t('failed.title'));
  return (
    <main className="page" id="main">
      <Empty page title={t('failed.title')}>
        <p>{t('failed.next')}</p>
        <button type="button" className="btn primary" onClick={() => globalThis.location.reload()}>
          {t('failed.button')}
        </button>
      </Empty>
    </main>
  );
}
