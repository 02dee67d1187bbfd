// How one is at work in a draft: writing, suggesting, reading.
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon';
import { Tip } from '../parts/tip';

export type Mode = 'edit' | 'read';

const MODES = [
  { mode: 'edit', icon: 'edit' },
  { mode: 'suggest', icon: 'suggest' },
  { mode: 'read', icon: 'eye' },
] as const;

/** One tab stop, arrows inside. A mode that cannot be chosen stays visible and says why. */
export function Modes({ mode, mayEdit, onMode }: { mode: Mode; mayEdit: boolean; onMode: (mode: Mode) => void }) {
  const { t } = useTranslation('drafting');
  const [asked, setAsked] = useState<'edit' | 'suggest'>();
  const group = useRef<HTMLDivElement>(null);
  const why = { edit: mayEdit ? undefined : t('mode.no-edit'), suggest: t('mode.no-suggest'), read: undefined };

  const choose = (to: 'edit' | 'suggest' | 'read') => {
    if (to === 'suggest' || (to === 'edit' && !mayEdit)) {
      setAsked(to);
      return;
    }
    setAsked(undefined);
    onMode(to);
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...(group.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };

  return (
    <div className="modes-place">
      <div className="modes" role="radiogroup" aria-label={t('mode.label')} ref={group} onKeyDown={move}>
        {MODES.map(({ mode: name, icon }) => (
          <Tip key={name} words={asked === name ? undefined : why[name]}>
            <button
              type="button"
              role="radio"
              aria-checked={name === mode}
              aria-disabled={why[name] !== undefined || undefined}
              tabIndex={name === mode ? 0 : -1}
              onClick={() => choose(name)}
            >
              <Icon name={icon} />
              <span>{t(`mode.${name}`)}</span>
            </button>
          </Tip>
        ))}
      </div>
      <p className="modes-why" role="status">
        {asked !== undefined && why[asked]}
      </p>
    </div>
  );
}
