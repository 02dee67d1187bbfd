// When a page that slept looks at its connection again: it is in sight, comes out of the browser's cache, has a network; and
// every few seconds while somebody sees it. A page nobody sees asks nothing.
import type { DraftConnection } from './connection';

type Sleeper = Pick<DraftConnection, 'wake' | 'look' | 'isCutOff' | 'hurries'>;

/** Between two looks whether one may come back; a person who signed in beside this page does not wait longer. */
const LOOK_EVERY_MS = 5_000;

/** Begins to watch; returns how to end it. */
export function wakes(connection: Sleeper): () => void {
  const seen = () => document.visibilityState === 'visible';
  const wake = () => {
    if (seen()) connection.wake();
    else connection.hurries();
  };
  const hurries = () => connection.hurries();
  const look = setInterval(() => {
    if (seen()) connection.look();
  }, LOOK_EVERY_MS);
  const cutOff = () => connection.isCutOff();
  globalThis.addEventListener('offline', cutOff);
  globalThis.addEventListener('pagehide', hurries);
  const places = [
    [document, 'visibilitychange'],
    [globalThis, 'pageshow'],
    [globalThis, 'focus'],
    [globalThis, 'online'],
  ] as const;
  for (const [place, event] of places) place.addEventListener(event, wake);
  return () => {
    clearInterval(look);
    globalThis.removeEventListener('offline', cutOff);
    globalThis.removeEventListener('pagehide', hurries);
    for (const [place, event] of places) place.removeEventListener(event, wake);
  };
}
