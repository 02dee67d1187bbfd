// Every key of the page, from the table that its handlers are bound by (editor/keys.ts), and what one types to the same end.
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { HABITS } from '../editor/habits';
import { caps, GROUPS } from '../editor/keys';
import { useFocusReturned } from '../parts/confirm';

export function KeysList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('drafting');
  useFocusReturned(true);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('keys.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('keys.close') }}
      // The dialog's head is no banner of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      <div className="keys-list">
        {GROUPS.map(({ group, keys }) => (
          <section key={group} aria-labelledby={`keys-${group}`}>
            <h3 id={`keys-${group}`}>{t(`keys.group.${group}`)}</h3>
            <dl>
              {keys.map((key) => (
                <div key={key}>
                  <dt>{t(`keys.key.${key}`)}</dt>
                  <dd dir="ltr">
                    {caps(key).map((way, at) => (
                      <span key={way.join('+')}>
                        {at > 0 && <span className="quiet">{t('keys.or')}</span>}
                        {way.map((cap) => (
                          <kbd key={cap}>{cap}</kbd>
                        ))}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section aria-labelledby="keys-typed">
          <h3 id="keys-typed">{t('keys.group.typed')}</h3>
          <p className="quiet">{t('keys.typed')}</p>
          <dl>
            <div>
              <dt>{t('keys.slash')}</dt>
              <dd dir="ltr">
                <kbd>/</kbd>
              </dd>
            </div>
            {HABITS.map(({ typed, block }) => (
              <div key={block}>
                <dt>{block === 'bullet:1' ? t('toolbar.bullets') : t(`style.${dashed(block)}`)}</dt>
                <dd dir="ltr">
                  <kbd>{typed[0]}</kbd> <kbd>{t('keys.space')}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  );
}

type Dashed<Name extends string> = Name extends `${infer Kind}:${infer Level}` ? `${Kind}-${Level}` : Name;

function dashed<Name extends string>(block: Name): Dashed<Name> {
  return block.replace(':', '-') as Dashed<Name>;
}
