// The codes of the register in the reader's words. A code we do not know stands as it was written: better than nothing,
// and the register may be older or newer than this page.
import { useTranslation } from 'react-i18next';
import { useRegionName } from '../parts/region';

export function useRegisterWords() {
  const { t, i18n } = useTranslation('organisations');
  const region = useRegionName();
  const known =
    (group: 'status' | 'membership' | 'visibility' | 'rule' | 'role') =>
    (code: string): string => {
      const key = `${group}.${code}`;
      return i18n.exists(key, { ns: 'organisations' }) ? t(key as 'status.none') : code;
    };
  return {
    region,
    status: known('status'),
    membership: known('membership'),
    visibility: known('visibility'),
    rule: known('rule'),
    role: known('role'),
  };
}
