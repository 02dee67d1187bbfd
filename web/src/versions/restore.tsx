// An earlier text is brought back: what that means is said before, and if the draft has changed since, that is said and asked again.
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRestore, useRestorePreview } from '../api/queries';
import type { RestorePreview, Version } from '../api/types';
import { afresh, lookOf, useBindingAct } from '../parts/binding-act';
import { Confirm } from '../parts/confirm';
import { Problem } from '../parts/states';
import { textChanges } from '../parts/text-changes';
import { useWhen } from '../parts/when';

export function Restore({ version, onClose }: { version: Version; onClose: () => void }) {
  const preview = useRestorePreview(version.id);
  const look = lookOf(preview);
  if (look !== undefined) return <Look version={version} look={look} again={() => afresh(preview)} onClose={onClose} />;
  return preview.isError ? <Problem error={preview.error} retry={() => preview.refetch()} /> : null;
}

interface LookProps {
  version: Version;
  look: RestorePreview;
  again: () => Promise<RestorePreview>;
  onClose: () => void;
}

function Look({ version, look, again, onClose }: LookProps) {
  const { t } = useTranslation('versions');
  const when = useWhen();
  const navigate = useNavigate();
  const { shown, before, confirm, busy, error } = useBindingAct({ look, again, mutation: useRestore(version.id) });
  const changes = useChanges();
  const asks = !shown.same;
  const restored = () => {
    onClose();
    void navigate({ to: '/statements/$id', params: { id: version.statement } });
  };
  return (
    <Confirm
      opened
      title={t('restore.title', { when: when(version.at) })}
      verb={asks ? t('restore.verb') : t('restore.done')}
      busy={busy}
      error={error}
      changes={before === undefined ? undefined : changes(before, shown)}
      asks={asks}
      onConfirm={() => (asks ? confirm(shown.seen, restored) : onClose())}
      onClose={onClose}
    >
      {asks ? (
        <ul className="what-happens">
          <li>{t('restore.text', { count: version.words })}</li>
          <li>{t('restore.kept', { count: shown.words })}</li>
          <li>{t('restore.others')}</li>
          <li>{t('restore.name')}</li>
        </ul>
      ) : (
        <p>{t('restore.same')}</p>
      )}
    </Confirm>
  );
}

function useChanges() {
  const { t } = useTranslation('versions');
  return (before: RestorePreview, now: RestorePreview): string[] => {
    const text = textChanges(before.present, now.present);
    return [
      ...(before.words === now.words ? [] : [t('restore.changed-words', { before: before.words, count: now.words })]),
      ...text.before.map((words) => t('restore.changed-before', { words })),
      ...text.now.map((words) => t('restore.changed-now', { words })),
    ];
  };
}
