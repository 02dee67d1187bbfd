import { expect, it } from 'vitest';
import { keyOf } from './keys';

const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, target: null };

it.each([
  ['Ctrl+Alt+M', { ctrlKey: true, altKey: true, key: 'm', code: 'KeyM' }, false, 'comment'],
  ['Cmd+Option+M, which types µ', { metaKey: true, altKey: true, key: 'µ', code: 'KeyM' }, true, 'comment'],
  ['AltGr+M', { ctrlKey: true, altKey: true, key: 'µ', code: 'KeyM', getModifierState: () => true }, false, undefined],
  ['Alt+↓', { altKey: true, key: 'ArrowDown', code: 'ArrowDown' }, false, 'next'],
  ['Alt+↑', { altKey: true, key: 'ArrowUp', code: 'ArrowUp' }, false, 'previous'],
  ['Option+↓, which moves by paragraphs', { altKey: true, key: 'ArrowDown', code: 'ArrowDown' }, true, undefined],
  ['Ctrl+Option+↓', { altKey: true, ctrlKey: true, key: 'ArrowDown', code: 'ArrowDown' }, true, 'next'],
  ['Alt+Shift+↓', { altKey: true, shiftKey: true, key: 'ArrowDown', code: 'ArrowDown' }, false, undefined],
  ['Escape', { key: 'Escape', code: 'Escape' }, false, 'back'],
  ['↓', { key: 'ArrowDown', code: 'ArrowDown' }, false, undefined],
])('%s', (_name, pressed, onMac, wanted) => {
  expect(keyOf({ ...none, getModifierState: () => false, ...pressed }, onMac)).toBe(wanted);
});
