// Importing the register from a CSV file: what it would change is shown, then all of it is taken, or nothing and every row
// that stood in the way is named.
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/client';
import { previewImport, useImport } from '../api/queries';
import type { ImportPreview } from '../api/types';
import { useBindingAct } from '../parts/binding-act';
import { Confirm } from '../parts/confirm';
import { Icon } from '../parts/icon';
import { useSentence } from '../parts/states';
import { planChanges, type Named } from './plan-changes';

// As the server's: a register of some thousand organisations is far smaller.
const FILE_MAX_BYTES = 2 * 1024 * 1024;
// More than a screen can show is no help; the number of the rest is.
const ROWS_SHOWN_MAX = 100;
// A short list is read at once; a long one is opened.
const OPEN_MAX = 12;
// In a sentence, names are read while they are few.
const NAMES_MAX = 5;

interface RefusedRow {
  row: number;
  column: string;
  reason: string;
}

interface ReadFile {
  file: Blob;
  look: ImportPreview;
}

export function ImportRegister({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('organisations');
  const read = useMutation<ReadFile, Refusal, File>({
    mutationFn: async (chosen) => {
      const taken = await bytesOf(chosen, t('import.saved-anew'));
      return { file: taken, look: await previewImport(taken) };
    },
  });
  const [file, setFile] = useState<File>();
  const tooLarge = file !== undefined && file.size > FILE_MAX_BYTES;

  // As it lies on the disk: the server judges the file the same by page and by command, and says how to save it again.
  const send = () => {
    if (file !== undefined && !tooLarge) read.mutate(file);
  };

  if (read.data !== undefined) return <Look file={read.data.file} look={read.data.look} onClose={onClose} />;
  return (
    <Confirm
      opened
      title={t('import.title')}
      verb={t('import.look')}
      busy={read.isPending}
      ready={file !== undefined && !tooLarge}
      onConfirm={send}
      onClose={onClose}
    >
      <p>{t('import.what')}</p>
      <label className="dropzone">
        <Icon name="upload" />
        <b>{file === undefined ? t('import.choose') : file.name}</b>
        <input
          type="file"
          accept=".csv,text/csv"
          // The same file, saved anew, can be chosen again.
          onClick={(event) => {
            event.currentTarget.value = '';
          }}
          onChange={(event) => {
            setFile(event.currentTarget.files?.[0]);
            read.reset();
          }}
        />
      </label>
      {tooLarge && <Refused sentence={t('import.too-large')} />}
      {read.error !== null && <Failure error={read.error} />}
    </Confirm>
  );
}

/** What the file would change, organisation by organisation; then the act. */
function Look({ file, look, onClose }: { file: Blob; look: ImportPreview; onClose: () => void }) {
  const { t } = useTranslation('organisations');
  const take = useImport();
  const { shown, before, confirm, busy, error } = useBindingAct({ look, again: () => previewImport(file), mutation: take });
  const changes = useImportChanges();
  if (take.data !== undefined) {
    return (
      <Confirm opened title={t('import.done')} verb={t('import.close')} asks={false} busy={false} onConfirm={onClose} onClose={onClose}>
        <ul className="what-happens">
          <li>{t('import.added', { count: take.data.added })}</li>
          <li>{t('import.updated', { count: take.data.updated })}</li>
          <li>{t('import.unchanged', { count: take.data.unchanged })}</li>
        </ul>
      </Confirm>
    );
  }
  const nothing = shown.added.length === 0 && shown.updated.length === 0;
  return (
    <Confirm
      opened
      title={nothing ? t('import.nothing') : t('import.question')}
      verb={nothing ? t('import.close') : t('import.verb')}
      asks={!nothing}
      busy={busy}
      error={error}
      changes={before === undefined ? undefined : changes(before, shown)}
      onConfirm={() => (nothing ? onClose() : confirm({ file, seen: shown.seen }))}
      onClose={onClose}
    >
      {shown.shared_mailboxes.length > 0 && (
        <div className="notice amber">
          <Icon name="warning" />
          <div className="notice-body">
            <p>
              <b>{t('import.shared', { count: shown.shared_mailboxes.length })}</b>
            </p>
            <ul className="dots">
              {shown.shared_mailboxes.map(({ address, organisations }) => (
                <li key={address}>
                  <span dir="ltr">{address}</span>: <bdi>{organisations.join(' · ')}</bdi>
                </li>
              ))}
            </ul>
            <p>{t('import.shared-next')}</p>
          </div>
        </div>
      )}
      <Rows heading={t('import.would-add', { count: shown.added.length })} open={shown.added.length <= OPEN_MAX}>
        {shown.added.map(({ reference, name }) => (
          <li key={reference}>
            <bdi>{name}</bdi> <span className="quiet">{reference}</span>
          </li>
        ))}
      </Rows>
      <Rows heading={t('import.would-update', { count: shown.updated.length })} open={shown.updated.length <= OPEN_MAX}>
        {shown.updated.map(({ reference, name, changes: columns }) => (
          <li key={reference}>
            <bdi>{name}</bdi> <span className="quiet">{reference}</span>
            <ul className="quiet">
              {columns.map(({ column, before: was, after }) => (
                <li key={column}>
                  {column}: <s dir="auto">{was || t('import.empty')}</s> → <b dir="auto">{after || t('import.empty')}</b>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </Rows>
      <p className="quiet">{t('import.same', { count: shown.unchanged })}</p>
    </Confirm>
  );
}

/** What the register has become since the file was held against it, in sentences. */
function useImportChanges() {
  const { t } = useTranslation('organisations');
  const names = (some: Named[]) => {
    const few = some.slice(0, NAMES_MAX).map(({ name, reference }) => `${name} (${reference})`);
    return [...few, ...(some.length > NAMES_MAX ? [t('import.more-names', { count: some.length - NAMES_MAX })] : [])].join(' · ');
  };
  return (before: ImportPreview, now: ImportPreview) => {
    const { alike, otherwise, changed } = planChanges(before, now);
    const sentences = [
      ...(alike.length === 0 ? [] : [t('import.changed-alike', { names: names(alike) })]),
      ...(otherwise.length === 0 ? [] : [t('import.changed-otherwise', { names: names(otherwise) })]),
      ...(changed.length === 0 ? [] : [t('import.changed-meanwhile', { names: names(changed) })]),
    ];
    return sentences.length === 0 ? [t('import.changed-elsewhere')] : sentences;
  };
}

function Rows({ heading, open, children }: { heading: string; open: boolean; children: ReactNode[] }) {
  if (children.length === 0) return <p className="quiet">{heading}</p>;
  return (
    <details open={open}>
      <summary>{heading}</summary>
      <ul className="would-ask">{children}</ul>
    </details>
  );
}

function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation('organisations');
  const sentence = useSentence(error);
  const rows = error instanceof Refusal ? refusedRows(error.params.rows) : [];
  return (
    <Refused sentence={sentence}>
      {rows.length > 0 && (
        <table className="refused">
          <thead>
            <tr>
              <th scope="col">{t('import.row')}</th>
              <th scope="col">{t('import.column')}</th>
              <th scope="col">{t('import.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, ROWS_SHOWN_MAX).map(({ row, column, reason }) => (
              <tr key={`${row} ${column} ${reason}`}>
                <td className="nums">{row}</td>
                <td>{column}</td>
                <td dir="auto">{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > ROWS_SHOWN_MAX && <p>{t('import.more', { count: rows.length - ROWS_SHOWN_MAX })}</p>}
    </Refused>
  );
}

function Refused({ sentence, children }: { sentence: string; children?: ReactNode }) {
  return (
    <div className="notice red" role="alert">
      <Icon name="warning" />
      <div className="notice-body">
        <p>{sentence}</p>
        {children}
      </div>
    </div>
  );
}

/**
 * The file as it is now, kept: what is looked at is what is imported, whatever is saved over it meanwhile. Throws `changed`
 * where the browser no longer gives out what was chosen.
 */
async function bytesOf(file: File, changed: string): Promise<Blob> {
  try {
    return new Blob([await file.arrayBuffer()]);
  } catch {
    throw new Refusal(0, { detail: changed });
  }
}

/** The rows of a refusal, read with care: they come as free parameters. */
export function refusedRows(rows: unknown): RefusedRow[] {
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown) => {
    if (typeof row !== 'object' || row === null) return [];
    const { row: number, column, reason } = row as Record<string, unknown>;
    if (typeof reason !== 'string') return [];
    return [{ row: Number(number), column: typeof column === 'string' ? column : '', reason }];
  });
}
