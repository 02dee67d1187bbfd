// A Word file is asked for and handed to the browser. It may be refused, and then the sentence stands where the button does: a page is not
// left for a file that does not come.
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../api/client';
import { announce } from './announce';
import { Icon } from './icon';
import { Problem } from './states';

interface Props {
  /** The name says nothing of what is in it: whoever looks over a shoulder sees a folder of downloads. */
  name: `${string}.docx`;
  fetch: () => Promise<Blob>;
  className?: string;
}

/** What goes along with a draft: whoever sends a file on is to know. */
export function WhatLeaves() {
  const { t } = useTranslation('parts');
  return <p className="quiet">{t('word.draft')}</p>;
}

export function WordFile({ name, fetch, className = 'btn small' }: Props) {
  const { t } = useTranslation('parts');
  const file = useMutation<Blob, Refusal>({
    mutationFn: fetch,
    onSuccess: (blob) => {
      handOver(blob, name);
      announce(t('word.done'));
    },
  });
  return (
    <>
      <button type="button" className={className} aria-disabled={file.isPending} onClick={() => !file.isPending && file.mutate()}>
        <Icon name="download" />
        {file.isPending ? t('word.making') : t('word.download')}
      </button>
      {file.isError && <Problem error={file.error} retry={() => file.mutate()} />}
    </>
  );
}

function handOver(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by then; at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
