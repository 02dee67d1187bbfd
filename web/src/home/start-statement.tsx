// Starting a statement: a title, a language, and where it is going if that is known already.
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStartStatement } from '../api/queries';
import { Confirm } from '../parts/confirm';
import { SelectField, TextField } from '../parts/field';

const LANGUAGES = ['en', 'fr', 'es', 'ar', 'zh', 'ru', 'pt'] as const;
// As the server's; the field stops there so that nobody types in vain.
const TITLE_MAX = 300;
const FORUM_MAX = 200;

export function StartStatement({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('home');
  const navigate = useNavigate();
  const start = useStartStatement();
  const [title, setTitle] = useState('');
  const [language, setLanguage] = useState('en');
  const [forum, setForum] = useState('');
  const [tried, setTried] = useState(false);
  const missing = title.trim() === '';

  const begin = () => {
    setTried(true);
    if (missing) return;
    const body = { title: title.trim(), language, ...(forum.trim() === '' ? {} : { forum: forum.trim() }) };
    start.mutate(body, { onSuccess: ({ id }) => void navigate({ to: '/statements/$id', params: { id } }) });
  };

  return (
    <Confirm
      opened={opened}
      title={t('start.title')}
      verb={t('start.verb')}
      busy={start.isPending}
      error={start.error}
      onConfirm={begin}
      onClose={onClose}
    >
      <TextField
        label={t('start.name')}
        hint={t('start.name-hint')}
        problem={tried && missing ? t('start.name-problem') : undefined}
        value={title}
        maxLength={TITLE_MAX}
        dir="auto"
        data-autofocus
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <SelectField label={t('start.language')} value={language} onChange={(event) => setLanguage(event.currentTarget.value)}>
        {LANGUAGES.map((code) => (
          <option key={code} value={code}>
            {t(`languages.${code}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('start.forum')}
        hint={t('start.forum-hint')}
        value={forum}
        maxLength={FORUM_MAX}
        dir="auto"
        onChange={(event) => setForum(event.currentTarget.value)}
      />
      <p className="quiet">{t('start.what')}</p>
    </Confirm>
  );
}
