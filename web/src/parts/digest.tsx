// A digest in readable groups, with a button that copies it whole.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon';

/** Groups of four characters; an algorithm's name in front (`sha256:`) is left off. */
export function digestGroups(digest: string): string {
  const hex = digest.replace(/^sha-?256:/u, '');
  return hex.match(/.{1,4}/gu)?.join(' ') ?? hex;
}

export function Digest({ value }: { value: string }) {
  const { t } = useTranslation('parts');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // Without a secure context there is no clipboard; the digest can still be selected by hand.
    await navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <div className="digest-row">
      <code className="digest">{digestGroups(value)}</code>
      <button type="button" className="btn small plain" onClick={() => void copy()}>
        <Icon name={copied ? 'tick' : 'copy'} />
        <span aria-live="polite">{copied ? t('digest.copied') : t('digest.copy')}</span>
      </button>
    </div>
  );
}
