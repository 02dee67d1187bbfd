import { describe, expect, it } from 'vitest';
import { after, AT_FIRST, endingOf, frameOf, mayLeave, saved, type Happening, type Standing } from './acknowledge';

const run = (...happenings: Happening[]): Standing => happenings.reduce(after, AT_FIRST);
const committed = (updates: number): Happening => ({ what: 'committed', updates });
const connected: Happening = { what: 'connected' };
const answered: Happening = { what: 'answered' };
const written: Happening = { what: 'written' };
const sent: Happening = { what: 'sent' };
const lost: Happening = { what: 'disconnected' };

describe('"Saved" is said', () => {
  it.each<[string, Happening[], string]>([
    ['not before the server has asked what we have', [connected], 'connecting'],
    ['when there was nothing to send', [connected, answered], 'saved'],
    ['not while an edit is on its way', [connected, answered, written, sent], 'saving'],
    ['when the edit is committed', [connected, answered, written, sent, committed(1)], 'saved'],
    ['not when only the first of two is', [connected, answered, written, sent, written, sent, committed(1)], 'saving'],
    ['not for a loss of connection that leaves an edit behind', [connected, answered, written, sent, lost], 'offline-unsaved'],
    ['not by an old count on a new connection', [connected, answered, written, sent, lost, connected, committed(9)], 'saving'],
    ['after the answer of a new connection is committed', [connected, answered, written, sent, lost, connected, sent, answered, committed(1)], 'saved'],
    ['of an edit made offline once it has travelled', [connected, answered, lost, written, connected, sent, answered], 'saving'],
    ['not when a server counts more than was sent', [connected, answered, committed(5), written, sent], 'saving'],
  ])('%s', (_, happenings, expected) => {
    expect(saved(run(...happenings), true, 'keeping')).toBe(expected);
  });

  it('and a page that lost nothing is merely offline', () => {
    expect(saved(run(connected, answered, lost), true, 'kept')).toBe('offline');
    expect(saved(AT_FIRST, false, 'kept')).toBe('connecting');
  });
});

describe('words that no commit covers, on a page without a server', () => {
  it.each([
    ['kept', 'offline-kept'],
    ['keeping', 'offline-unsaved'],
    ['full', 'offline-full'],
    ['not', 'offline-unkept'],
  ] as const)('are called what they are: %s', (kept, expected) => {
    expect(saved(run(connected, answered, lost, written), true, kept)).toBe(expected);
  });
});

describe('a frame', () => {
  const standing = run(connected);
  it('is read by its first two bytes', () => {
    expect(frameOf(Uint8Array.of(0, 0, 1, 0))).toEqual({ kind: 'ask' });
    expect(frameOf(Uint8Array.of(0, 1, 2, 0, 0))).toEqual({ kind: 'answer', empty: true });
    expect(frameOf(Uint8Array.of(0, 1, 3, 1, 1, 7))).toEqual({ kind: 'answer', empty: false });
    expect(frameOf(Uint8Array.of(0, 2, 2, 0, 0))).toEqual({ kind: 'update' });
    expect(frameOf(Uint8Array.of(1, 4))).toEqual({ kind: 'other' });
    expect(frameOf(new Uint8Array())).toEqual({ kind: 'other' });
  });
  it('that writes never leaves the page of someone who may only read', () => {
    expect(mayLeave({ kind: 'update' }, after(standing, answered), false)).toBe(false);
    expect(mayLeave({ kind: 'answer', empty: false }, standing, false)).toBe(false);
    expect(mayLeave({ kind: 'ask' }, standing, false)).toBe(true);
  });
  it('with an edit waits for the question, whose answer carries it', () => {
    expect(mayLeave({ kind: 'update' }, standing, true)).toBe(false);
    expect(mayLeave({ kind: 'answer', empty: false }, standing, true)).toBe(true);
    expect(mayLeave({ kind: 'update' }, after(standing, answered), true)).toBe(true);
  });
});

it('every reason the server gives for closing has its sentence', () => {
  expect([4400, 4401, 4403, 4409, 4423, 4429, 4499].map((code) => endingOf(code))).toEqual([
    'malformed',
    'signed-out',
    'no-right',
    'foreign-client',
    'frozen',
    'too-much',
    'refused',
  ]);
  expect(endingOf(4429, 'room-full')).toBe('room-full');
  expect(endingOf(4429, 'place-crowded')).toBe('place-crowded');
  expect(endingOf(4403, 'only-suggestions')).toBe('only-suggestions');
});
