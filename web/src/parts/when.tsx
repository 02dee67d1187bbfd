// Dates on the page, always with their place. The language is the page's; the zone is the coalition's unless told otherwise.
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries';
import { day, dayAndTime, placeOf, time, viewerZone, zoneHere } from './moment';

/** What the page measures time by: the coalition's zone, the server's now, the language for dates. */
export function useMoments() {
  const { i18n } = useTranslation();
  const me = useMe();
  const zone = zoneHere(me.data?.coalition.timezone ?? 'UTC');
  // British day order for plain English; every other language follows its own rules.
  const language = i18n.language === 'en' ? 'en-GB' : i18n.language;
  // The server's clock when it last answered, carried on by ours: a wrong clock on the desk moves no deadline.
  const here = useSyncExternalStore(everyTick, thisTick);
  const now = new Date(me.data === undefined ? here : Date.parse(me.data.now) + Math.max(0, here - me.dataUpdatedAt)).toISOString();
  return { zone, language, now, place: placeOf(zone) };
}

/** "Fri 6 February, 17:00 Zurich" */
export function useWhen() {
  const { zone, language, now, place } = useMoments();
  return (instant: string) => `${dayAndTime(instant, zone, language, now)} ${place}`;
}

/** "11:20 today" or "Tue 3 February": for columns of last changes. */
export function useRecent() {
  const { t } = useTranslation('parts');
  const { zone, language, now } = useMoments();
  return (instant: string) => {
    const thatDay = day(instant, zone, language, now);
    return thatDay === day(now, zone, language, now) ? t('today', { time: time(instant, zone, language) }) : thatDay;
  };
}

/** The other clocks of a deadline: UTC, and the reader's own when it differs from the coalition's. */
export function OtherClocks({ instant }: { instant: string }) {
  const { t } = useTranslation('parts');
  const { zone, language, now } = useMoments();
  const mine = viewerZone();
  const utc = dayAndTime(instant, 'UTC', language, now);
  const own = dayAndTime(instant, mine, language, now);
  const shown = dayAndTime(instant, zone, language, now);
  return (
    <span className="quiet">
      {t('clock.utc', { when: utc })}
      {own !== shown && own !== utc && ` · ${t('clock.own', { when: `${own} ${placeOf(mine)}` })}`}
    </span>
  );
}

// Countdowns are in minutes at the finest; twice a minute is soon enough.
const TICK_MS = 30_000;
let tick = Date.now();

function thisTick(): number {
  return tick;
}

function everyTick(heard: () => void): () => void {
  tick = Date.now();
  const timer = setInterval(() => {
    tick = Date.now();
    heard();
  }, TICK_MS);
  return () => clearInterval(timer);
}
