// The keys of comments. Ctrl+Alt+M as in other writing programs; on keyboards where AltGr stands for both, AltGr+M is a letter (µ)
// and stays one. Alt with an arrow opens a list where a field has one; on a Mac it moves by paragraphs, so there Control is added.

interface Pressed {
  key: string;
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  target: unknown;
  getModifierState: (key: string) => boolean;
}

/** `back` means something in the comments only. */
export type RemarkKey = 'comment' | 'next' | 'previous' | 'back';

export function keyOf(event: Pressed, onMac: boolean): RemarkKey | undefined {
  if (event.key === 'Escape') return 'back';
  if (!event.altKey || event.shiftKey || event.getModifierState('AltGraph')) return undefined;
  if ((event.ctrlKey || event.metaKey) && event.code === 'KeyM') return 'comment';
  if (event.metaKey || event.ctrlKey !== onMac || isField(event.target)) return undefined;
  return ({ ArrowDown: 'next', ArrowUp: 'previous' } as const)[event.key];
}

function isField(target: unknown): boolean {
  return target instanceof Element && target.matches('input, select, textarea, [role="menuitemradio"], [role="menuitem"]');
}
