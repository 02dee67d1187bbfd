// How the text is shown: with what is suggested, without it, or as if all of it were accepted.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '../editor/settled-text';

const VIEWS = ['with', 'without', 'accepted'] as const;

export function Views({ view, onView }: { view: View; onView: (view: View) => void }) {
  const { t } = useTranslation('suggestions');
  const id = useId();
  return (
    <div className="views">
      <label htmlFor={id}>{t('view.label')}</label>
      <select id={id} className="select" value={view} onChange={(event) => onView(event.currentTarget.value as View)}>
        {VIEWS.map((one) => (
          <option key={one} value={one}>
            {t(`view.${one}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
