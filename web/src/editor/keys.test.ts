import { expect, it } from 'vitest';
import { bound, caps, GROUPS, isKey, KEYS, spelled, type Key } from './keys';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey', boolean>> = {}) => new KeyboardEvent('keydown', { key, ...held });

it('every key stands in the list once, and no two are pressed alike', () => {
  const listed = GROUPS.flatMap(({ keys }) => [...keys]);
  expect(listed.toSorted()).toEqual((Object.keys(KEYS) as Key[]).toSorted());
  const written = Object.values(KEYS).flat();
  expect(new Set(written).size).toBe(written.length);
});

it('a key is what it is with what is held, and with nothing more', () => {
  expect(isKey('find', press('f', { ctrlKey: true }))).toBe(true);
  expect(isKey('find', press('F', { ctrlKey: true }))).toBe(true);
  expect(isKey('find', press('f', { ctrlKey: true, altKey: true }))).toBe(false);
  expect(isKey('find', press('f'))).toBe(false);
  expect(isKey('tools', press('F10', { altKey: true }))).toBe(true);
  expect(isKey('redo', press('Z', { ctrlKey: true, shiftKey: true }))).toBe(true);
  expect(isKey('keys', press('/', { ctrlKey: true }))).toBe(true);
});

it('handlers are bound, and people are told, by the same table', () => {
  const act = () => true;
  expect(Object.keys(bound({ redo: act, bold: act }))).toEqual(['Mod-y', 'Shift-Mod-z', 'Mod-b']);
  expect(spelled('footnote')).toBe('Control+Alt+F');
  expect(caps('redo')).toEqual([
    ['Ctrl', 'Y'],
    ['Ctrl', 'Shift', 'Z'],
  ]);
});
