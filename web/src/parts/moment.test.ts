import { describe, expect, it } from 'vitest';
import places from '../words/places.cases.json';
import { dayAndTime, instantIn, left, placeOf, wallClock, weekdayAndTime, zoneHere } from './moment';

describe('an instant', () => {
  it('is shown with the day and hour of the zone it is read in', () => {
    expect(dayAndTime('2026-02-06T16:00:00Z', 'Europe/Zurich', 'en-GB', '2026-02-04T10:00:00Z')).toBe('Fri 6 February, 17:00');
    expect(dayAndTime('2026-02-06T16:00:00Z', 'Pacific/Fiji', 'en-GB', '2025-02-04T10:00:00Z')).toBe('Sat 7 February 2026, 04:00');
  });
  it('is a weekday and an hour only while that means one day', () => {
    const nairobi = (now: string) => weekdayAndTime('2026-02-06T16:00:00Z', 'Africa/Nairobi', 'en-GB', now);
    expect(nairobi('2026-02-04T10:00:00Z')).toBe('Fri 19:00');
    expect(nairobi('2026-01-20T10:00:00Z')).toBe('Fri 6 February, 19:00');
    expect(nairobi('2025-12-20T10:00:00Z')).toBe('Fri 6 February 2026, 19:00');
    expect(nairobi('2026-03-20T10:00:00Z')).toBe('Fri 6 February, 19:00');
  });
  // The server's own function is held against the same list (`server/words/dates.rs`).
  it.each(Object.entries(places))('in %s names the place %s', (zone, place) => {
    expect(placeOf(zone)).toBe(place);
  });
  it('names no place like code, in any zone a browser knows', () => {
    expect(Intl.supportedValuesOf('timeZone').map(placeOf).filter((place) => !/^(?:UTC(?:[+−]\d+)?|(?=.*\p{Ll})[\p{L} ’.,-]+)$/u.test(place))).toEqual([]);
  });
  it('is read in UTC where the browser does not know the zone', () => {
    expect([zoneHere('Europe/Zurich'), zoneHere('Europe/Nowhere'), zoneHere('')]).toEqual(['Europe/Zurich', 'UTC', 'UTC']);
  });
  it('is counted down in the largest unit that still says something', () => {
    const now = '2026-02-04T10:00:00Z';
    expect(left('2026-02-06T16:00:00Z', now)).toEqual({ unit: 'days', count: 2 });
    expect(left('2026-02-05T16:00:00Z', now)).toEqual({ unit: 'hours', count: 30 });
    expect(left('2026-02-04T10:00:20Z', now)).toEqual({ unit: 'minutes', count: 1 });
    expect(left(now, now)).toEqual({ unit: 'past' });
  });
});

describe('a deadline written on a wall clock', () => {
  it.each([
    ['Europe/Zurich', '2026-02-06', '17:00', '2026-02-06T16:00:00.000Z'],
    ['Europe/Zurich', '2026-07-06', '17:00', '2026-07-06T15:00:00.000Z'],
    ['Asia/Kathmandu', '2026-02-06', '17:00', '2026-02-06T11:15:00.000Z'],
    ['Europe/Zurich', '2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'], // skipped: moved on by the hour that is missing
    ['Europe/Zurich', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'], // comes twice: the first
  ])('in %s on %s at %s is %s', (zone, date, clock, instant) => {
    expect(instantIn(zone, date, clock)).toBe(instant);
  });
  it('is refused when there is no such day', () => {
    expect(instantIn('UTC', '2026-02-30', '10:00')).toBeUndefined();
    expect(instantIn('UTC', '', '10:00')).toBeUndefined();
    expect(instantIn('UTC', '2026-02-03', '25:00')).toBeUndefined();
  });
  it('comes back as it was written', () => {
    expect(wallClock('2026-02-06T16:00:00.000Z', 'Europe/Zurich')).toEqual({ date: '2026-02-06', clock: '17:00' });
  });
});
