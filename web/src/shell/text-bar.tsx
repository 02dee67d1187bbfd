// The bar above a text that fills the page: whose text it is and how it stands, and what else the page puts there.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Statement } from '../api/types';
import { Mark } from '../parts/icon';
import { StateBadge } from '../parts/state-badge';
import { useStateLine } from './statement-frame';

interface Props {
  statement: Statement;
  /** Said behind how it stands, and what follows that. */
  said?: string;
  more?: ReactNode;
  children?: ReactNode;
}

export function TextBar({ statement, said = '', more, children }: Props) {
  const { t } = useTranslation();
  const line = useStateLine(statement);
  return (
    <header className="topbar draft-bar">
      <Link className="brand" to="/" aria-label={t('home-link')}>
        <Mark />
      </Link>
      <div className="what">
        <h1 dir="auto" lang={statement.language}>
          {statement.title}
        </h1>
        <p>
          <StateBadge state={statement.state} />
          <span>
            {line}
            {said}
          </span>
          {more}
        </p>
      </div>
      {children}
    </header>
  );
}
