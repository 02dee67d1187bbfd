// Importing the register from a CSV file: all of it, or nothing and every row that stood in the way.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/client';
import { useImport } from '../api/queries';
import { Confirm } from '../parts/confirm';
import { Icon } from '../parts/icon';
import { useSentence } from '../parts/states';

// As the server's: a register of some thousand organisations is far smaller.
const FILE_MAX_BYTES = 2 * 1024 * 1024;
// More than a screen can show is no help; the number of the rest is.
const ROWS_SHOWN_MAX = 100;

interface RefusedRow {
  row: number;
  column: string;
  reason: string;
}

export function ImportRegister({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('organisations');
  const take = useImport();
  const [file, setFile] = useState<File>();
  const tooLarge = file !== undefined && file.size > FILE_MAX_BYTES;

  // As it lies on the disk: the server judges the file the same by page and by command, and says how to save it again.
  const send = () => {
    if (file !== undefined && !tooLarge) take.mutate(file);
  };

  if (take.data !== undefined) {
    return (
      <Confirm opened title={t('import.done')} verb={t('import.close')} busy={false} onConfirm={onClose} onClose={onClose}>
        <ul className="what-happens">
          <li>{t('import.added', { count: take.data.added })}</li>
          <li>{t('import.updated', { count: take.data.updated })}</li>
          <li>{t('import.unchanged', { count: take.data.unchanged })}</li>
        </ul>
      </Confirm>
    );
  }
  return (
    <Confirm
      opened
      title={t('import.title')}
      verb={t('import.verb')}
      busy={take.isPending}
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
          onChange={(event) => {
            setFile(event.currentTarget.files?.[0]);
            take.reset();
          }}
        />
      </label>
      {tooLarge && <Refused sentence={t('import.too-large')} />}
      {take.error !== null && <Failure error={take.error} />}
    </Confirm>
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
