// What still stands in the way of freezing, in words. Those who may freeze see the server's own list; the others see
// what can be seen from here.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFreezePreview } from '../api/queries';
import type { StatementDetail } from '../api/types';
import type { Measure } from '../editor/measure';
import { Icon } from '../parts/icon';
import type { Snapshot } from './connection';

// The server reads the whole text to answer; asked after a pause in the writing, not at every letter.
const ASK_AGAIN_MS = 4_000;

export function BeforeFreezing({ statement, text, draft }: { statement: StatementDetail; text: Measure; draft: Snapshot }) {
  const { t } = useTranslation('drafting');
  const mayFreeze = statement.may.includes('freeze');
  const preview = useFreezePreview(statement.id, mayFreeze);
  const { refetch } = preview;
  const settled = draft.saved === 'saved';
  // The text the server's list is about. While it is another one, what can be seen from here is truer than that list.
  const [readText, setReadText] = useState<Measure>();
  useEffect(() => {
    if (!mayFreeze || !settled) return undefined;
    const timer = setTimeout(() => void refetch().then(() => setReadText(text)), ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [mayFreeze, settled, text, refetch]);

  const emptyNotes = text.notes.filter((note) => note.text.trim() === '').length;
  const seen = [
    { key: 'title', done: text.title !== '', words: text.title === '' ? t('ready.no-title') : t('ready.title') },
    { key: 'text', done: text.words > 0, words: text.words === 0 ? t('ready.no-text') : t('ready.text') },
    ...(text.notes.length === 0
      ? []
      : [{ key: 'notes', done: emptyNotes === 0, words: emptyNotes === 0 ? t('ready.no-empty-notes') : t('ready.empty-notes', { count: emptyNotes }) }]),
  ];
  const fromServer = (readText === text ? preview.data : undefined)?.problems.map(({ code, sentence }) => ({ key: `${code} ${sentence}`, done: false, words: sentence }));
  const items = [
    ...(fromServer === undefined ? seen : fromServer.length > 0 ? fromServer : [{ key: 'clear', done: true, words: t('ready.clear') }]),
    { key: 'saved', done: !draft.unsaved, words: draft.unsaved ? t('ready.unsaved') : t('ready.saved') },
  ];
  return (
    <section className="ready" aria-labelledby="ready">
      <h2 id="ready">{t('ready.heading')}</h2>
      <ul>
        {items.map(({ key, done, words }) => (
          <li key={key} className={done ? 'done' : 'todo'}>
            <Icon name={done ? 'tick' : 'circle'} />
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
