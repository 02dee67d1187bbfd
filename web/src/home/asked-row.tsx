// One open round in which an organisation of mine is asked: until when, and what it has answered. Answering is done through
// the personal letter, which this row sends once more.
import { useTranslation } from 'react-i18next';
import { useMe, useSendLetter } from '../api/queries';
import type { Asked } from '../api/types';
import { Icon } from '../parts/icon';
import { useSentence } from '../parts/states';
import { useWhen } from '../parts/when';
import { needsAnswer } from './needs';

export function AskedRow({ asked }: { asked: Asked }) {
  const { t } = useTranslation('home');
  const when = useWhen();
  const me = useMe();
  const send = useSendLetter();
  const sentence = useSentence(send.error);
  const { organisation, answer, may_sign: maySign } = asked;
  const stands = useAnswer(asked);
  return (
    <li>
      <Icon name={answer === undefined ? 'sign' : 'tick'} />
      <div>
        <p className="k">{stands}</p>
        <p className="t serif" dir="auto" lang={asked.language}>
          {asked.title}
        </p>
        <p className="quiet">
          <bdi>{organisation.name}</bdi> · {asked.edition} · {t('needs.waiting-detail', { when: when(asked.closes_at) })}
        </p>
        <p className={send.isError ? 'problem' : 'quiet'} role="status">
          {send.isSuccess && t('asked.sent', { address: me.data?.person.email ?? '' })}
          {send.isError && sentence}
        </p>
      </div>
      <button
        type="button"
        className={needsAnswer(asked) ? 'btn primary' : 'btn'}
        disabled={send.isPending}
        aria-busy={send.isPending}
        onClick={() => send.mutate({ round: asked.round, organisation: organisation.id })}
      >
        {maySign && answer === undefined ? t('asked.send-to-answer') : t('asked.send')}
      </button>
    </li>
  );
}

function useAnswer({ answer, may_sign: maySign }: Asked): string {
  const { t } = useTranslation('home');
  const when = useWhen();
  if (answer === undefined) return maySign ? t('asked.to-answer') : t('asked.to-read');
  const at = when(answer.at);
  if (answer.kind !== 'signed') return t(`asked.${answer.kind}`, { when: at });
  return answer.visibility === 'public' ? t('asked.signed-public', { when: at }) : t('asked.signed-withheld', { when: at });
}
