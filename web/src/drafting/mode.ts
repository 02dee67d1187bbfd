// How one is at work in a draft: no further than one's right goes, and as one was last on this device, which forgets it when one signs out.
import type { May } from '../api/types';
import { MODES } from '../device/here';

export type Mode = 'edit' | 'suggest' | 'read';

/** The most that a right allows, where one asks for more. */
export function capped(mode: Mode, right: May): Mode {
  if (mode === 'edit' && whyNoEdit(right) !== undefined) return capped('suggest', right);
  return mode === 'suggest' && whyNoSuggesting(right) !== undefined ? 'read' : mode;
}

export type Barred = 'mode.no-edit-suggest' | 'mode.no-edit-comment' | 'mode.no-edit-read' | 'mode.no-suggest-comment' | 'mode.no-suggest-read';

/** Nothing for whoever edits. */
export function whyNoEdit(right: May): Barred | undefined {
  switch (right) {
    case 'edit':
      return undefined;
    case 'suggest':
      return 'mode.no-edit-suggest';
    case 'comment':
      return 'mode.no-edit-comment';
    case 'read':
      return 'mode.no-edit-read';
  }
}

/** Nothing for whoever suggests, or edits. */
export function whyNoSuggesting(right: May): Barred | undefined {
  switch (right) {
    case 'edit':
    case 'suggest':
      return undefined;
    case 'comment':
      return 'mode.no-suggest-comment';
    case 'read':
      return 'mode.no-suggest-read';
  }
}

export function modeKept(statement: string): Mode | undefined {
  try {
    const kept = globalThis.localStorage.getItem(MODES + statement);
    return kept === 'edit' || kept === 'suggest' || kept === 'read' ? kept : undefined;
  } catch {
    // A browser that keeps nothing begins as ever.
    return undefined;
  }
}

export function keepsMode(statement: string, mode: Mode): void {
  try {
    globalThis.localStorage.setItem(MODES + statement, mode);
  } catch {
    // As above.
  }
}
