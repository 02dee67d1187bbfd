// Words that wait on this device: they are saved as soon as the server takes them, whatever page its writer is at. Those that cannot be
// saved are shown to nobody but their writer, to be copied.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries';
import { device } from '../device/here';
import { Icon } from '../parts/icon';
import type { Stranded } from './bring-back';

// Between two looks. Where nothing waits, one costs a question to the device.
const AGAIN_MS = 15_000;

export function KeptWords() {
  const me = useMe();
  // Only the server says who is here.
  return me.data === undefined || me.data.kept === true ? null : <Of key={me.data.person.id} person={me.data.person.id} />;
}

function Of({ person }: { person: string }) {
  const queries = useQueryClient();
  const [stranded, setStranded] = useState<Stranded[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    let looking = false;
    const look = async () => {
      const waits = await device.unsent(person);
      if (waits.length === 0 || left) return;
      const { bringBack } = await import('./bring-back');
      const found = await bringBack(queries, person);
      if (!left) setStranded(found);
    };
    // Words may come to wait at any time: those of a page that was left while the server was away.
    const looks = () => {
      if (looking || left) return;
      looking = true;
      clearTimeout(timer);
      void look()
        .catch(() => undefined)
        .then(() => {
          looking = false;
          if (!left) timer = setTimeout(looks, AGAIN_MS);
        });
    };
    looks();
    globalThis.addEventListener('online', looks);
    return () => {
      left = true;
      clearTimeout(timer);
      globalThis.removeEventListener('online', looks);
    };
  }, [person, queries]);
  const done = async (one: Stranded) => {
    await device.discards(one.rows);
    setStranded((all) => all.filter((other) => other !== one));
  };
  return stranded.map((one) => <StrandedWords key={one.draft} {...one} onDone={() => done(one)} />);
}

function StrandedWords({ words, mayWrite, onDone }: Stranded & { onDone: () => Promise<void> }) {
  const { t } = useTranslation('drafting');
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard?.writeText(words).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <aside className="notice amber stranded" aria-label={t('stranded.label')}>
      <Icon name="warning" />
      <div className="notice-body">
        <p>
          <b>{t(mayWrite ? 'stranded.not-taken' : 'stranded.what')}</b>
        </p>
        <blockquote dir="auto">{words === '' ? t('stranded.no-words') : words}</blockquote>
        <p className="acts">
          {words !== '' && (
            <button type="button" className="btn small" onClick={() => void copy()}>
              <Icon name={copied ? 'tick' : 'copy'} />
              <span aria-live="polite">{copied ? t('ending.copied') : t('stranded.copy')}</span>
            </button>
          )}
          <button type="button" className="btn small" onClick={() => void onDone().catch(() => undefined)}>
            {t('stranded.forget')}
          </button>
        </p>
      </div>
    </aside>
  );
}
