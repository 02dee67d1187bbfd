// How one is at work in a draft: writing, suggesting, or reading.
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { May } from '../api/types';
import { Icon } from '../parts/icon';
import { Tip } from '../parts/tip';
import { whyNoEdit, whyNoSuggesting, type Barred, type Mode } from './mode';

const MODES = [
  { mode: 'edit', icon: 'edit' },
  { mode: 'suggest', icon: 'suggest' },
  { mode: 'read', icon: 'eye' },
] as const;

interface Props {
  mode: Mode;
  /** What one may do here. */
  right: May;
  onMode: (mode: Mode) => void;
}

/** One tab stop, arrows inside. A mode that one has no right to stays visible and says why. */
export function Modes({ mode, right, onMode }: Props) {
  const { t } = useTranslation('drafting');
  const [asked, setAsked] = useState<Mode>();
  const group = useRef<HTMLDivElement>(null);
  const said = (barred: Barred | undefined) => (barred === undefined ? undefined : t(barred));
  const why = { edit: said(whyNoEdit(right)), suggest: said(whyNoSuggesting(right)), read: undefined };

  const choose = (to: Mode) => {
    setAsked(why[to] === undefined ? undefined : to);
    if (why[to] === undefined) onMode(to);
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
