// One thread: what it is about, what was said, and the next word.
import { useTranslation } from 'react-i18next';
import { useReply, useSettle } from '../api/queries';
import type { Mention, Thread } from '../api/types';
import { announce } from '../parts/announce';
import { Icon } from '../parts/icon';
import { Problem } from '../parts/states';
import { useRecent } from '../parts/when';
import { Author, useCalls } from './author';
import { Composer } from './composer';
import { mentionedIn, type Mentionable } from './mentions';

interface Props {
  statement: string;
  thread: Thread;
  /** Whether its words stand in the text. */
  stands: boolean;
  isChosen: boolean;
  mayTakePart: boolean;
  mentionable: readonly Mentionable[];
  /** What is being written to it; nothing where nobody writes. */
  words: string | undefined;
  onWrite: (words: string | undefined) => void;
  /** Nothing where there is no text to go to. */
  onGo?: () => void;
}

export function ThreadCard({ statement, thread, stands, isChosen, mayTakePart, mentionable, words, onWrite, onGo }: Props) {
  const { t } = useTranslation('remarks');
  const { id, quote, remarks, among, resolved, seen } = thread;
  const reply = useReply(statement, id);
  const settle = useSettle(statement, id);
  const sends = async () => {
    if (words === undefined) return;
    await reply.mutateAsync({ body: words, mentions: mentionedIn(words, mentionable).map(({ as }) => as) });
    announce(t('replied'));
    onWrite(undefined);
  };
  const settles = async (to: boolean) => {
    await settle.mutateAsync({ resolved: to, seen });
    announce(t(to ? 'settled' : 'reopened'));
  };
  return (
    <article
      id={cardOf(id)}
      className={isChosen ? 'note current' : 'note'}
      tabIndex={-1}
      aria-label={t('on', { quote: shortened(quote) })}
      aria-current={isChosen || undefined}
    >
      {stands && onGo !== undefined ? (
        <button type="button" className="quote" dir="auto" aria-label={t('go', { quote: shortened(quote) })} onClick={onGo}>
          {quote}
        </button>
      ) : (
        <p className="quote gone" dir="auto">
          {quote}
        </p>
      )}
      {!stands && onGo !== undefined && <p className="quiet">{t('gone')}</p>}
      {among === 'coordinators' && (
        <p className="kind">
          <Icon name="lock" /> {t('among')}
        </p>
      )}
      {remarks.map(({ id: key, by, at, body, mentions }, place) => (
        <div key={key} className={place === 0 ? 'said' : 'said reply'}>
          <Author by={by} at={at} />
          <p dir="auto">{body}</p>
          {mentions.length > 0 && <Mentioned mentions={mentions} />}
        </div>
      ))}
      {resolved !== undefined && <ResolvedLine {...resolved} />}
      {settle.isError && <Problem error={settle.error} />}
      {mayTakePart && words === undefined && (
        <footer>
          <button type="button" className="btn small" disabled={settle.isPending} onClick={() => void settles(resolved === undefined).catch(() => undefined)}>
            {t(resolved === undefined ? 'resolve' : 'reopen')}
          </button>
          <button type="button" className="btn small plain" onClick={() => onWrite('')}>
            {t('reply')}
          </button>
        </footer>
      )}
      {words !== undefined && (
        <Composer
          label={t('reply-to')}
          verb={t('reply')}
          words={words}
          mentionable={mentionable}
          busy={reply.isPending}
          error={reply.error}
          onWrite={onWrite}
          onSend={() => void sends().catch(() => undefined)}
          onCancel={() => onWrite(undefined)}
        >
          {resolved !== undefined && <p className="quiet">{t('resolved-meanwhile')}</p>}
        </Composer>
      )}
    </article>
  );
}

function Mentioned({ mentions }: { mentions: readonly Mention[] }) {
  const { t } = useTranslation('remarks');
  const called = ({ whom, organisation, person }: Mention) => {
    if (whom === 'secretariat') return t('mention.secretariat');
    return organisation?.name ?? person ?? t(whom === 'person' ? 'mention.somebody' : 'mention.unnamed');
  };
  return <p className="kind">{t('mention.asked', { who: mentions.map(called) })}</p>;
}

function ResolvedLine({ at, by }: NonNullable<Thread['resolved']>) {
  const { t } = useTranslation('remarks');
  const recent = useRecent();
  const { name } = useCalls()(by);
  return <p className="kind">{t('resolved-by', { who: by.person === undefined ? name : `${by.person}, ${name}`, when: recent(at) })}</p>;
}

export function cardOf(thread: string): string {
  return `thread-${thread}`;
}

const QUOTE_HEARD_MAX = 60;

/** As much of a quote as is said with a button's name. */
export function shortened(quote: string): string {
  const letters = Array.from(quote.replaceAll('\n', ' '));
  return letters.length <= QUOTE_HEARD_MAX ? letters.join('') : `${letters.slice(0, QUOTE_HEARD_MAX - 1).join('')}…`;
}
