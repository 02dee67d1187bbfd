// Under which handle a person writes a draft, as this browser last heard it: whoever opens a kept draft without a network suggests in
// their own name. It goes with the ids they write under when they sign out.
import { IDS } from '../device/here';

interface Whose {
  draft: string;
  person: string;
}

export function ownHandleKept(whose: Whose): string | undefined {
  try {
    const kept = globalThis.localStorage.getItem(keyOf(whose)) ?? '';
    return /^[a-z0-9]{10}$/u.test(kept) ? kept : undefined;
  } catch {
    // A browser that keeps nothing asks the server.
    return undefined;
  }
}

export function keepsOwnHandle(whose: Whose, handle: string): void {
  try {
    globalThis.localStorage.setItem(keyOf(whose), handle);
  } catch {
    // As above.
  }
}

function keyOf({ draft, person }: Whose): string {
  return `${IDS}${draft} ${person} handle`;
}
