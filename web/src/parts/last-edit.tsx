// Who last edited a draft, and when. Who writes unnamed is not told: then it is only when.
import { useTranslation } from 'react-i18next';
import type { Statement } from '../api/types';
import { useRecent } from './when';

/** Nothing before anybody has. */
export function LastEdit({ statement: { last_edit: last } }: { statement: Pick<Statement, 'last_edit'> }) {
  const { t } = useTranslation('parts');
  const recent = useRecent();
  if (last === undefined || last === null) return null;
  const who = last.secretariat ? t('last-edit.secretariat') : last.organisation?.acronym || last.organisation?.name;
  const when = recent(last.at);
  return <span className="quiet sub2">{who === undefined ? t('last-edit.unnamed', { when }) : t('last-edit.by', { who, when })}</span>;
}
