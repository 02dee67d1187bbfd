// The bar above a draft: what it is, whether it is saved, who is here, how one is at work, and the way on.
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementDetail } from '../api/types';
import { Icon, type IconName } from '../parts/icon';
import { TextBar } from '../shell/text-bar';
import type { DraftConnection } from './connection';
import { Modes, Presence } from './later';
import type { Mode } from './mode';
import type { Party } from './parties';
import { useSaid } from './use-draft';

interface Props {
  statement: StatementDetail;
  connection: DraftConnection | undefined;
  parties: readonly Party[] | undefined;
  mode: Mode;
  /** The text stands; before, there is nothing to be done with it. */
  atDesk: boolean;
  onMode: (mode: Mode) => void;
}

export function DraftBar({ statement, connection, parties, mode, atDesk, onMode }: Props) {
  const { t } = useTranslation('drafting');
  const { t: comparing } = useTranslation('comparing');
  const forum = statement.forum !== undefined && statement.forum !== '' ? ` · ${statement.forum}` : '';
  const since = statement.edition !== undefined && statement.may.includes('compare') && (
    <Link to="/statements/$id/compare" params={{ id: statement.id }} search={{ from: statement.edition.label, to: 'now' }}>
      {comparing('since', { label: statement.edition.label })}
    </Link>
  );
  return (
    <TextBar statement={statement} said={forum} more={since}>
      <div className="end">
        <SavedMark connection={connection} />
        <Suspense>
          {atDesk && <Presence parties={parties} />}
          {atDesk && <Modes mode={mode} right={statement.my_right ?? 'read'} onMode={onMode} />}
        </Suspense>
        {statement.may.includes('freeze') && (
          <Link className="btn primary" to="/statements/$id/freeze" params={{ id: statement.id }}>
            {t('freeze')}
          </Link>
        )}
      </div>
    </TextBar>
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
