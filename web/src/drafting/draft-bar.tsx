// The bar above a draft: what it is, whether it is saved, who is here, how one is at work, and the way on.
import { Link } from '@tanstack/react-router';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementDetail } from '../api/types';
import { Icon, Mark, type IconName } from '../parts/icon';
import { StateBadge } from '../parts/state-badge';
import { Tip } from '../parts/tip';
import { useStateLine } from '../shell/statement-frame';
import type { DraftConnection } from './connection';
import type { Party } from './parties';
import { Presence } from './presence';
import { useSaid } from './use-draft';

export type Mode = 'edit' | 'read';

interface Props {
  statement: StatementDetail;
  connection: DraftConnection | undefined;
  parties: readonly Party[] | undefined;
  mode: Mode;
  mayEdit: boolean;
  onMode: (mode: Mode) => void;
}

export function DraftBar({ statement, connection, parties, mode, mayEdit, onMode }: Props) {
  const { t } = useTranslation('drafting');
  const { t: shell } = useTranslation('shell');
  const line = useStateLine(statement);
  return (
    <header className="topbar draft-bar">
      <Link className="brand" to="/" aria-label={shell('home-link')}>
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
            {statement.forum !== undefined && statement.forum !== '' && ` · ${statement.forum}`}
          </span>
        </p>
      </div>
      <div className="end">
        <SavedMark connection={connection} />
        <Presence parties={parties} />
        <Modes mode={mode} mayEdit={mayEdit} onMode={onMode} />
        {statement.may.includes('freeze') && (
          <Link className="btn primary" to="/statements/$id/freeze" params={{ id: statement.id }}>
            {t('freeze')}
          </Link>
        )}
      </div>
    </header>
  );
}

function SavedMark({ connection }: { connection: DraftConnection | undefined }) {
  const { t } = useTranslation('drafting');
  const [ending, saved, unsaved] = [useSaid(connection, 'ending'), useSaid(connection, 'saved'), useSaid(connection, 'unsaved')];
  const standing = ending === undefined ? saved : 'ended';
  const icon: IconName = standing === 'saved' ? 'cloud' : standing === 'saving' || standing === 'connecting' ? 'cloud-busy' : 'cloud-off';
  const worrying = unsaved && (standing === 'offline-unsaved' || standing === 'ended');
  return (
    <span className={worrying ? 'saved worrying' : 'saved'} role="status" data-saved={standing}>
      <Icon name={icon} />
      {t(`saved.${standing}`)}
    </span>
  );
}

const MODES = [
  { mode: 'edit', icon: 'edit' },
  { mode: 'suggest', icon: 'suggest' },
  { mode: 'read', icon: 'eye' },
] as const;

/** One tab stop, arrows inside. A mode that cannot be chosen stays visible and says why. */
function Modes({ mode, mayEdit, onMode }: { mode: Mode; mayEdit: boolean; onMode: (mode: Mode) => void }) {
  const { t } = useTranslation('drafting');
  const [asked, setAsked] = useState<'edit' | 'suggest'>();
  const group = useRef<HTMLDivElement>(null);
  const why = { edit: mayEdit ? undefined : t('mode.no-edit'), suggest: t('mode.no-suggest'), read: undefined };

  const choose = (to: 'edit' | 'suggest' | 'read') => {
    if (to === 'suggest' || (to === 'edit' && !mayEdit)) {
      setAsked(to);
      return;
    }
    setAsked(undefined);
    onMode(to);
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...(group.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };

  return (
    <div className="modes-place">
      <div className="modes" role="radiogroup" aria-label={t('mode.label')} ref={group} onKeyDown={move}>
        {MODES.map(({ mode: name, icon }) => (
          <Tip key={name} words={asked === name ? undefined : why[name]}>
            <button
              type="button"
              role="radio"
              aria-checked={name === mode}
              aria-disabled={why[name] !== undefined || undefined}
              tabIndex={name === mode ? 0 : -1}
              onClick={() => choose(name)}
            >
              <Icon name={icon} />
              <span>{t(`mode.${name}`)}</span>
            </button>
          </Tip>
        ))}
      </div>
      <p className="modes-why" role="status">
        {asked !== undefined && why[asked]}
      </p>
    </div>
  );
}
