// What a list shows (a filter, a search, a page of it) stands in the address, so that Back, a reload and a link that is passed
// on show the same list again. A choice is a step one can go back from; what is typed replaces the step it is typed on.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

// After a pause in the typing, so that neither the server nor the address follows every letter.
const TYPED_AFTER_MS = 250;
// As the server's, for a search; choices are shorter.
const VALUE_CHARS_MAX = 100;

/** What becomes of each named value; an empty one leaves the address. */
type Changes = Record<string, string>;

export interface Address {
  /** The value of that name, or nothing. It was written by anybody: hold it against what is known. */
  read: (name: string) => string;
  choose: (changes: Changes) => void;
  /** As `choose`, without a step to go back from. */
  retype: (changes: Changes) => void;
}

export function useAddress(): Address {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const write = (changes: Changes, replace: boolean) =>
    void navigate({
      to: '.',
      search: (before: Record<string, unknown>) => ({ ...before, ...Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value || undefined])) }),
      replace,
      // The list changes under the reader's eyes, and they stay where they are.
      resetScroll: false,
    });
  return {
    read: (name) => valueOf(search[name]),
    choose: (changes) => write(changes, false),
    retype: (changes) => write(changes, true),
  };
}

/** A value as it may be used: a line of text of bounded length; numbers and the like are read as they were written. */
export function valueOf(found: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof found) ? String(found).slice(0, VALUE_CHARS_MAX) : '';
}

/** A value of the address that is one of a few, or `otherwise`. */
export function oneOf<const T extends string>(value: string, known: readonly T[], otherwise: T): T {
  return known.find((one) => one === value) ?? otherwise;
}

/** A field whose words go into the address after a pause, and follow it when it changes under them. `more` changes with them. */
export function useTyped(address: Address, name: string, more: Changes = {}): { typed: string; type: (words: string) => void } {
  const settled = address.read(name);
  const [typed, setTyped] = useState(settled);
  const written = useRef(settled);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (settled === written.current) return;
    written.current = settled;
    clearTimeout(timer.current);
    setTyped(settled);
  }, [settled]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const { retype } = address;
  const type = (words: string) => {
    setTyped(words);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      written.current = words.trim();
      retype({ ...more, [name]: written.current });
    }, TYPED_AFTER_MS);
  };
  return { typed, type };
}
