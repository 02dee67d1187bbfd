// The comment that is being written on a passage.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenThread } from '../api/queries';
import type { NewThread, ThreadList } from '../api/types';
import type { Passage } from '../editor/remarked';
import { announce } from '../parts/announce';
import { Composer } from './composer';
import { mentionable, mentionedIn } from './mentions';
import { shortened } from './thread-card';

interface Props {
  statement: string;
  passage: Passage;
  mayBeAmong: boolean;
  known: ThreadList['may_mention'];
  words: string;
  onWrite: (words: string) => void;
  /** The thread that was opened; nothing where it was given up. */
  onDone: (id?: string) => void;
}

export function NewRemark({ statement, passage, mayBeAmong, known, words, onWrite, onDone }: Props) {
  const { t } = useTranslation('remarks');
  const open = useOpenThread(statement);
  const [among, setAmong] = useState<NewThread['among']>('all');
  const may = mentionable(known, t('mention.secretariat'), among);
  const sends = async () => {
    const { id } = await open.mutateAsync({ ...passage, among, body: words, mentions: mentionedIn(words, may).map(({ as }) => as) });
    announce(t('sent'));
    onDone(id);
  };
  return (
    <article className="note current" aria-label={t('on', { quote: shortened(passage.quote) })}>
      <p className="quote" dir="auto">
        {passage.quote}
      </p>
      <Composer label={t('write')} verb={t('send')} words={words} mentionable={may} busy={open.isPending} error={open.error} onWrite={onWrite} onSend={() => void sends().catch(() => undefined)} onCancel={() => onDone()}>
        {mayBeAmong && (
          <label className="check">
            <input type="checkbox" checked={among === 'coordinators'} onChange={(event) => setAmong(event.currentTarget.checked ? 'coordinators' : 'all')} />
            <span>
              {t('among-choice')}
              <span className="quiet">{t('among-hint')}</span>
            </span>
          </label>
        )}
      </Composer>
    </article>
  );
}
