// A version is given a name, and so is the text as it stands, which is kept with it.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeepVersion, useNameVersion } from '../api/queries';
import type { Version } from '../api/types';
import { Confirm } from '../parts/confirm';
import { TextField } from '../parts/field';

// As the server has it.
const NAME_CHARS_MAX = 120;

export function NameNow({ statement, onClose }: { statement: string; onClose: () => void }) {
  const { t } = useTranslation('versions');
  const { mutate, isPending, error } = useKeepVersion(statement);
  const onName = (name: string) => mutate(name, { onSuccess: onClose });
  return <Naming title={t('name.title-now')} verb={t('name.verb-now')} named="" busy={isPending} error={error} onName={onName} onClose={onClose} />;
}

export function NameVersion({ version, onClose }: { version: Version; onClose: () => void }) {
  const { t } = useTranslation('versions');
  const { mutate, isPending, error } = useNameVersion(version.id);
  const onName = (name: string) => mutate(name, { onSuccess: onClose });
  return <Naming title={t('name.title')} verb={t('name.verb')} named={version.name ?? ''} busy={isPending} error={error} onName={onName} onClose={onClose} />;
}

interface NamingProps {
  title: string;
  verb: string;
  named: string;
  busy: boolean;
  error: unknown;
  onName: (name: string) => void;
  onClose: () => void;
}

function Naming({ title, verb, named, busy, error, onName, onClose }: NamingProps) {
  const { t } = useTranslation('versions');
  const [name, setName] = useState(named);
  return (
    <Confirm opened title={title} verb={verb} busy={busy} error={error} ready={name.trim() !== ''} onConfirm={() => onName(name.trim())} onClose={onClose}>
      <TextField
        label={t('name.field')}
        hint={t('name.hint')}
        value={name}
        maxLength={NAME_CHARS_MAX}
        dir="auto"
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </Confirm>
  );
}
