// Instants as people read them. Every time is shown with its place, because a coalition lives in many zones.
// Nothing here reads the clock: `now` is an argument, and comes from the server.

import places from '../words/en/places.json';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * The city a zone is known by today, whatever name of the zone a browser or a register uses: "Geneva", "Kyiv". Cities that
 * were renamed stand in the words; a zone without a place is an offset.
 */
export function placeOf(zone: string): string {
  const known = (places as Record<string, string>)[`place.${zone}`];
  if (known !== undefined) return known;
  // The names of these zones count westwards, as POSIX does; people count eastwards.
  const [, west, hours] = /^Etc\/GMT([+-])(\d+)$/u.exec(zone) ?? [];
  if (west !== undefined) return `UTC${west === '+' ? '−' : '+'}${hours}`;
  const last = zone.split('/').at(-1) ?? zone;
  return last.replaceAll('_', ' ');
}

/** The zone of this browser, or UTC where it will not say. */
export function viewerZone(): string {
  return zoneHere(Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');
}

/** The zone, if this browser knows it, else UTC: the server may have heard of a new zone or a new name before it. */
export function zoneHere(zone: string): string {
  const found = zonesHere.get(zone) ?? asked(zone);
  zonesHere.set(zone, found);
  return found;
}

// Asking the browser takes longer than drawing what asks.
const zonesHere = new Map<string, string>();

function asked(zone: string): string {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}

// Making one takes longer than drawing what it writes, and a page writes hundreds of times.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, format);
  return format;
}

/** "Fri 6 February 2026, 17:00" in a zone, without the place. The year is left out when it is the year of `now`. */
export function dayAndTime(instant: string, zone: string, language: string, now?: string): string {
  return `${day(instant, zone, language, now)}, ${time(instant, zone, language)}`;
}

/** "Fri 6 February 2026" in a zone. */
export function day(instant: string, zone: string, language: string, now?: string): string {
  const date = new Date(instant);
  const sameYear = now !== undefined && yearIn(date, zone) === yearIn(new Date(now), zone);
  return formatOf(language, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  })
    .format(date)
    .replace(/^(\p{L}+),/u, '$1');
}

/** "17:00" in a zone. */
export function time(instant: string, zone: string, language: string): string {
  return formatOf(language, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(instant),
  );
}

/** "Fri 17:00" for tables, while a weekday can mean one day only; further off the whole day, and the year where it is another. */
export function weekdayAndTime(instant: string, zone: string, language: string, now: string): string {
  if (Math.abs(Date.parse(instant) - Date.parse(now)) >= 6 * DAY_MS) return dayAndTime(instant, zone, language, now);
  const weekday = formatOf(language, { timeZone: zone, weekday: 'short' }).format(new Date(instant));
  return `${weekday} ${time(instant, zone, language)}`;
}

export type Left = { unit: 'days' | 'hours' | 'minutes'; count: number } | { unit: 'past' };

/** How long until an instant, in the largest unit that says something: 2 days, 5 hours, 40 minutes. */
export function left(until: string, now: string): Left {
  const ms = Date.parse(until) - Date.parse(now);
  if (!(ms > 0)) return { unit: 'past' };
  if (ms >= 2 * DAY_MS) return { unit: 'days', count: Math.floor(ms / DAY_MS) };
  if (ms >= 2 * HOUR_MS) return { unit: 'hours', count: Math.floor(ms / HOUR_MS) };
  return { unit: 'minutes', count: Math.max(1, Math.floor(ms / MINUTE_MS)) };
}

/**
 * The instant at which a wall clock in `zone` shows `date` (`2026-02-06`) and `clock` (`17:00`).
 * A time that the zone skips in spring is moved on to the next one that exists; a time that comes twice in autumn is the first.
 * Returns nothing when the two are not a date and a time.
 */
export function instantIn(zone: string, date: string, clock: string): string | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  const hands = /^(\d\d):(\d\d)$/.exec(clock);
  if (!parts || !hands) return undefined;
  const [year, month, dayOfMonth] = parts.slice(1).map(Number) as [number, number, number];
  const [hour, minute] = hands.slice(1).map(Number) as [number, number];
  const wall = Date.UTC(year, month - 1, dayOfMonth, hour, minute);
  const check = new Date(wall);
  if (Number.isNaN(wall) || check.getUTCDate() !== dayOfMonth || check.getUTCHours() !== hour) return undefined;

  // The offset in force is one of those a day before and a day after; try both, the earlier instant first.
  const offsets = [offsetMs(wall - DAY_MS, zone), offsetMs(wall + DAY_MS, zone)];
  const candidates = offsets.map((offset) => wall - offset).toSorted((a, b) => a - b);
  const exact = candidates.find((candidate) => candidate + offsetMs(candidate, zone) === wall);
  // In the gap the offset before the change leads to the same distance after it.
  return new Date(exact ?? wall - (offsets[0] ?? 0)).toISOString();
}

/** What a wall clock in `zone` shows: the values of a date and a time field. */
export function wallClock(instant: string, zone: string): { date: string; clock: string } {
  const wall = new Date(Date.parse(instant) + offsetMs(Date.parse(instant), zone)).toISOString();
  return { date: wall.slice(0, 10), clock: wall.slice(11, 16) };
}

function yearIn(date: Date, zone: string): string {
  return formatOf('en', { timeZone: zone, year: 'numeric' }).format(date);
}

function offsetMs(instant: number, zone: string): number {
  const fields = formatOf('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(instant));
  const value = (type: Intl.DateTimeFormatPartTypes) => Number(fields.find((field) => field.type === type)?.value);
  const wall = Date.UTC(value('year'), value('month') - 1, value('day'), value('hour'), value('minute'), value('second'));
  return wall - Math.floor(instant / 1000) * 1000;
}
