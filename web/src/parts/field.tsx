// Label, hint, field and, if need be, what to do about it; wired together for screen readers. None of these fields is about the
// person who fills it in, and what they type is for no browser to keep and offer to the next one at this desk.
import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react';
import { Icon } from './icon';

interface Shared {
  label: string;
  hint?: string;
  problem?: string | undefined;
}

export function TextField({ label, hint, problem, ...input }: Shared & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem}>
      <input autoComplete="off" {...input} id={id} {...described(id, hint, problem)} />
    </Frame>
  );
}

export function SelectField({
  label,
  hint,
  problem,
  children,
  ...select
}: Shared & SelectHTMLAttributes<HTMLSelectElement> & { children: ReactNode }) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem}>
      <select {...select} id={id} {...described(id, hint, problem)}>
        {children}
      </select>
    </Frame>
  );
}

function Frame({ id, label, hint, problem, children }: { id: string; label: string; hint?: string; problem?: string | undefined; children: ReactNode }) {
  return (
    <div className={problem === undefined ? 'field' : 'field wrong'}>
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {problem !== undefined && (
        <span className="problem" id={`${id}-problem`} role="alert">
          <Icon name="warning" />
          {problem}
        </span>
      )}
      {children}
    </div>
  );
}

function described(id: string, hint: string | undefined, problem: string | undefined) {
  const by = [hint === undefined ? '' : `${id}-hint`, problem === undefined ? '' : `${id}-problem`].filter((part) => part !== '');
  return {
    'aria-describedby': by.length > 0 ? by.join(' ') : undefined,
    'aria-invalid': problem !== undefined || undefined,
  };
}
