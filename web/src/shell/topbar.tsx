// The bar on top of every page but the drafting one, which has its own.
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../parts/icon';

// Its menu is large, and the page is read before it is opened.
const PersonMenu = lazy(async () => ({ default: (await import('./person-menu')).PersonMenu }));

export function Topbar() {
  const { t } = useTranslation();
  return (
    <header className="topbar">
      <Link className="brand" to="/" aria-label={t('home-link')}>
        <Mark />
        <span>{t('product')}</span>
      </Link>
      <nav aria-label={t('nav.main')}>
        <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
          {t('nav.home')}
        </Link>
        <Link to="/organisations">{t('nav.organisations')}</Link>
      </nav>
      <div className="end">
        <Suspense fallback={<span className="person-button" />}>
          <PersonMenu />
        </Suspense>
      </div>
    </header>
  );
}
