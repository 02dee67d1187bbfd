// What became of something pasted, where it did not all come in.
import { useTranslation } from 'react-i18next';
import type { PasteReport } from '../editor/pasting';
import { Icon } from '../parts/icon';
import i18next from 'i18next';

export function PasteNotice({ report, onClose }: { report: PasteReport; onClose: () => void }) {
  const { t } = useTranslation('drafting');
  const list = new Intl.ListFormat(i18next.language, { type: 'conjunction' });
  const said = report === 'too-long' ? t('paste.too-long') : t('paste.left', { what: list.format(report.left.map((one) => t(`paste.what.${one}`))) });
  return (
    <div className="notice amber paste-notice" role="status">
      <Icon name="warning" />
      <div className="notice-body">
        <p>{said}</p>
        <p className="acts">
          <button type="button" className="btn small" onClick={onClose}>
            {t('paste.close')}
          </button>
        </p>
      </div>
    </div>
  );
}
