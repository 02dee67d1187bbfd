// Every key of a draft: what the page hears and what it tells of. Handlers bind their acts to these names, and the list of keys
// (drafting/keys-list.tsx) is drawn from the same table, so that neither knows a key the other does not. Those that lead from comment to
// comment differ on a Mac; they stand with the comments (remarks/keys.ts) and are told there.
//
// Written as the editor writes them: `Mod` is Ctrl, on a Mac Command.

export const KEYS = {
  bold: ['Mod-b'],
  italic: ['Mod-i'],
  link: ['Mod-k'],
  footnote: ['Mod-Alt-f'],
  undo: ['Mod-z'],
  redo: ['Mod-y', 'Shift-Mod-z'],
  paragraph: ['Mod-Alt-0'],
  title: ['Mod-Alt-1'],
  'heading-1': ['Mod-Alt-2'],
  'heading-2': ['Mod-Alt-3'],
  'heading-3': ['Mod-Alt-4'],
  'numbered-1': ['Mod-Alt-7'],
  'numbered-2': ['Mod-Alt-8'],
  'numbered-3': ['Mod-Alt-9'],
  ordered: ['Mod-Shift-7'],
  bullet: ['Mod-Shift-8'],
  quotation: ['Mod-Shift-b'],
  'next-block': ['Enter'],
  'soft-return': ['Shift-Enter', 'Mod-Enter'],
  in: ['Tab'],
  out: ['Shift-Tab'],
  find: ['Mod-f'],
  replace: ['Mod-h'],
  'find-next': ['Mod-g'],
  'find-previous': ['Shift-Mod-g'],
  remark: ['Mod-Alt-m'],
  asked: ['Mod-Alt-a'],
  accept: ['Mod-Alt-Enter'],
  reject: ['Mod-Alt-Backspace'],
  bracket: ['Mod-Alt-b'],
  tools: ['Alt-F10'],
  back: ['Escape'],
  keys: ['Mod-/'],
} as const;

export type Key = keyof typeof KEYS;

/** In which order the list shows them. */
export const GROUPS = [
  { group: 'words', keys: ['bold', 'italic', 'link', 'footnote', 'undo', 'redo'] },
  { group: 'blocks', keys: ['paragraph', 'title', 'heading-1', 'heading-2', 'heading-3', 'numbered-1', 'numbered-2', 'numbered-3', 'ordered', 'bullet', 'quotation', 'next-block', 'soft-return', 'in', 'out'] },
  { group: 'page', keys: ['find', 'replace', 'find-next', 'find-previous', 'remark', 'asked', 'bracket', 'accept', 'reject', 'tools', 'back', 'keys'] },
] as const satisfies readonly { group: string; keys: readonly Key[] }[];

/** The editor's shortcuts for these acts. */
export function bound(acts: Partial<Record<Key, () => boolean>>): Record<string, () => boolean> {
  const pairs = Object.entries(acts).flatMap(([key, act]) => KEYS[key as Key].map((written) => [written, act] as const));
  return Object.fromEntries(pairs);
}

/** Whether a key press is this key. Caps Lock makes no difference. */
export function isKey(key: Key, event: KeyboardEvent): boolean {
  return KEYS[key].some((written) => {
    const { mod, shift, alt, name } = parsed(written);
    const [wanted, other] = isMac() ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
    return wanted === mod && !other && event.shiftKey === shift && event.altKey === alt && event.key.toLowerCase() === name.toLowerCase();
  });
}

/** As `aria-keyshortcuts` has it: `Control+Alt+F`. */
export function spelled(key: Key): string {
  const { mod, shift, alt, name } = parsed(KEYS[key][0]);
  return [mod ? (isMac() ? 'Meta' : 'Control') : '', alt ? 'Alt' : '', shift ? 'Shift' : '', capital(name)].filter((part) => part !== '').join('+');
}

/** As it stands on the keys, each way to press it. */
export function caps(key: Key): string[][] {
  return KEYS[key].map((written) => {
    const { mod, shift, alt, name } = parsed(written);
    return [mod ? (isMac() ? '⌘' : 'Ctrl') : '', alt ? 'Alt' : '', shift ? 'Shift' : '', name === 'Escape' ? 'Esc' : capital(name)].filter((part) => part !== '');
  });
}

function parsed(written: string): { mod: boolean; shift: boolean; alt: boolean; name: string } {
  const parts = written.split('-');
  const name = parts.pop() ?? '';
  return { mod: parts.includes('Mod'), shift: parts.includes('Shift'), alt: parts.includes('Alt'), name };
}

function capital(name: string): string {
  return name.length === 1 ? name.toUpperCase() : name;
}

export function isMac(): boolean {
  return /Mac|iP(?:hone|ad|od)/u.test(navigator.platform);
}
