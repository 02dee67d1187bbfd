// What became of something pasted, where it did not all come in, or not as it was.
import { useTranslation } from 'react-i18next';
import type { PasteReport } from '../editor/pasting';
import { Icon } from '../parts/icon';
import i18next from 'i18next';

export function PasteNotice({ report, onClose }: { report: PasteReport; onClose: () => void }) {
  const { t } = useTranslation('drafting');
  const list = new Intl.ListFormat(i18next.language, { type: 'conjunction' });
  const said =
    report === 'too-long'
      ? [t('paste.too-long')]
      : [
          ...(report.retitled ? [t('paste.retitled')] : []),
          ...(report.left.length > 0 ? [t('paste.left', { what: list.format(report.left.map((one) => t(`paste.what.${one}`))) })] : []),
        ];
  return (
    <div className="notice amber paste-notice" role="status">
      <Icon name="warning" />
      <div className="notice-body">
        {said.map((one) => (
          <p key={one}>{one}</p>
        ))}
        <p className="acts">
          <button type="button" className="btn small" onClick={onClose}>
            {t('paste.close')}
          </button>
        </p>
      </div>
    </div>
  );
}
