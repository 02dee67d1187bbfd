// Every change in a list beside the text, and the way from one to the next: buttons, links, and Alt with the arrows.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon';
import type { Change } from './changes';
import { SIGN, useTelling } from './how';
import { Said, type Reading } from './pieces';

interface Props {
  reading: Reading;
  language: string;
  onGo: (change: number) => void;
}

export function ChangeList({ reading, language, onGo }: Props) {
  const { t } = useTranslation('comparing');
  const { changes } = reading;
  return (
    <aside className="rail changes" aria-label={t('list.label')}>
      <div className="stepper">
        <p>{useStanding(reading)}</p>
        <Steps reading={reading} onGo={onGo} />
      </div>
      <ol>
        {changes.map((change) => (
          <Line key={change.number} change={change} language={language} current={change.number === reading.current} onGo={onGo} />
        ))}
      </ol>
      {changes.length > 1 && <p className="quiet keys">{t('list.keys')}</p>}
    </aside>
  );
}

/** The same at the lower edge of a narrow screen. */
export function NarrowSteps({ reading, onGo }: Omit<Props, 'language'>) {
  const { t } = useTranslation('comparing');
  const { where } = useTelling();
  const change = reading.changes[reading.current - 1];
  const standing = useStanding(reading);
  return (
    <div className="narrow-step" role="region" aria-label={t('list.narrow')}>
      <Steps reading={reading} onGo={onGo}>
        <span className="standing">
          <b>{standing}</b>
          {change !== undefined && where(change.where)}
        </span>
      </Steps>
    </div>
  );
}

function useStanding({ changes, current }: Reading): string {
  const { t } = useTranslation('comparing');
  return current === 0 ? t('list.where', { count: changes.length }) : t('list.at', { number: current, all: changes.length });
}

function Steps({ reading: { changes, current }, onGo, children }: Omit<Props, 'language'> & { children?: React.ReactNode }) {
  const { t } = useTranslation('comparing');
  return (
    <div className="go">
      <button type="button" className="btn small" disabled={current <= 1} aria-keyshortcuts="Alt+ArrowUp" onClick={() => onGo(current - 1)}>
        <span className="turned">
          <Icon name="chevron" />
        </span>
        {t('list.previous')}
      </button>
      {children}
      <button type="button" className="btn small" disabled={current >= changes.length} aria-keyshortcuts="Alt+ArrowDown" onClick={() => onGo(current + 1)}>
        <Icon name="chevron" />
        {t('list.next')}
      </button>
    </div>
  );
}

interface LineProps {
  change: Change;
  language: string;
  current: boolean;
  onGo: (change: number) => void;
}

function Line({ change, language, current, onGo }: LineProps) {
  const { t } = useTranslation('comparing');
  const { where, what, form, look } = useTelling();
  const { number, excerpt } = change;
  return (
    <li className={current ? 'chg current' : 'chg'} id={`listed-${number}`}>
      <a
        href={`#change-${number}`}
        aria-current={current ? 'true' : undefined}
        onClick={(event) => {
          event.preventDefault();
          onGo(number);
          document.querySelector<HTMLElement>(`#change-${number}`)?.focus({ preventScroll: true });
        }}
      >
        <span className="cm" aria-hidden="true">
          <span>{SIGN[change.what]}</span>
          <b>{number}</b>
        </span>
        <span className="k">
          <bdi>{where(change.where)}</bdi> <span>{what(change)}</span>
        </span>
        {change.form !== undefined && <span className="x quiet">{form(change.form)}</span>}
        {change.look !== undefined && <span className="x quiet">{look(change.look)}</span>}
        <span className="x excerpt" dir="auto" lang={language}>
          {excerpt.before}
          {excerpt.out !== '' && (
            <del className="accent">
              <Said>{t('said.out')}</Said>
              {excerpt.out}
            </del>
          )}
          {excerpt.out !== '' && excerpt.in !== '' && ' '}
          {excerpt.in !== '' && (
            <ins className="accent">
              <Said>{t('said.in')}</Said>
              {excerpt.in}
            </ins>
          )}
          {change.look === undefined ? excerpt.after : <span className="restyled">{excerpt.after}</span>}
        </span>
      </a>
    </li>
  );
}

/** Alt with the arrows goes from change to change, wherever one is on the page but in a field that has its own use for them. */
export function useSteps({ changes, current }: Reading, onGo: (change: number) => void): void {
  const count = changes.length;
  useEffect(() => {
    const step = (event: KeyboardEvent) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by === undefined || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.target instanceof Element && event.target.closest('select, input, textarea') !== null) return;
      event.preventDefault();
      const to = Math.min(Math.max(current + by, 1), count);
      if (count === 0) return;
      onGo(to);
      document.querySelector<HTMLElement>(`#change-${to}`)?.focus({ preventScroll: true });
    };
    document.addEventListener('keydown', step);
    return () => document.removeEventListener('keydown', step);
  }, [count, current, onGo]);
}
