// Words that wait on this device: they are saved as soon as the server takes them, whatever page its writer is at. Those that cannot be
// saved are shown to nobody but their writer, to be copied.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries';
import { device } from '../device/here';
import { Icon } from '../parts/icon';
import type { Stranded } from './bring-back';

// Between two looks while the server is not there.
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
    const look = async () => {
      clearTimeout(timer);
      const waits = await device.unsent(person).catch(() => []);
      if (waits.length === 0 || left) return;
      const { bringBack } = await import('./bring-back');
      const brought = await bringBack(queries, person);
      if (left) return;
      setStranded(brought.stranded);
      if (brought.again) timer = setTimeout(() => void look().catch(() => undefined), AGAIN_MS);
    };
    const looks = () => void look().catch(() => undefined);
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
  return stranded.map((one) => <StrandedWords key={one.draft} words={one.words} onDone={() => done(one)} />);
}

function StrandedWords({ words, onDone }: { words: string; onDone: () => Promise<void> }) {
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
          <b>{t('stranded.what')}</b>
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
