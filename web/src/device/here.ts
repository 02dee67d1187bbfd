// The device of this page, and what its pages tell one another: that words were kept, that a person has signed out.
import { haveTables } from './database';
import { Device, type Whose } from './device';

export const device = new Device();

export type Told = ({ what: 'kept' } & Whose) | { what: 'signed-out'; person: string };

const CHANNEL = 'undersigned';
/** A page does not hear itself. */
const PAGE = Math.random();

export function tellPages(told: Told): void {
  const channel = open();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none: it reaches this origin only
  channel?.postMessage({ ...told, page: PAGE });
  channel?.close();
}

/** Hears what the other pages of this browser tell; returns how to stop. */
export function hearPages(hear: (told: Told) => void): () => void {
  const channel = open();
  channel?.addEventListener('message', ({ data }: MessageEvent<Told & { page: number }>) => {
    if (data.page !== PAGE) hear(data);
  });
  return () => channel?.close();
}

function open(): BroadcastChannel | undefined {
  return typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);
}

let asked = false;

/** Words that exist nowhere else: the browser is asked once not to clear them away when it wants room. */
export function askToStay(): void {
  if (asked) return;
  asked = true;
  void globalThis.navigator?.storage?.persist?.().catch(() => undefined);
}

/**
 * Nothing of this person's stays on the device, in no page of this browser. Done here and not by the server's word to clear all
 * that is stored (`Clear-Site-Data`): that would take the unsent words of whoever used the machine before.
 */
export async function forget(person: string): Promise<'forgotten' | 'left-behind'> {
  tellPages({ what: 'signed-out', person });
  await device.forgets(person).catch(() => undefined);
  forgetIds();
  await forgetShell();
  // A page that was still writing when it heard has written by now.
  return device.forgets(person).then(
    () => 'forgotten',
    async () => ((await haveTables()) ? 'left-behind' : 'forgotten'),
  );
}

/** Which numbers a person's pages wrote under (drafting/lease.ts). */
export const IDS = 'client-ids ';
/** How a person was last at work in a statement (drafting/mode-kept.ts). */
export const MODES = 'mode ';

function forgetIds(): void {
  try {
    for (const key of Object.keys(globalThis.localStorage)) if (key.startsWith(IDS) || key.startsWith(MODES)) globalThis.localStorage.removeItem(key);
  } catch {
    // A browser that forbids the shelf has kept nothing on it.
  }
}

/** The program's own files are nobody's, but say that it was used here. */
async function forgetShell(): Promise<void> {
  try {
    for (const name of (await globalThis.caches?.keys()) ?? []) await globalThis.caches.delete(name);
    for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
  } catch {
    // Nothing of a person's stands there.
  }
}

const SHELL_AFTER_MS_MAX = 15_000;

/** Keeps the program's own files on this device, once the page is drawn and the line is free. */
export function keepShell(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const register = () => void navigator.serviceWorker.register('/app/sw.js', { scope: '/app' }).catch(() => undefined);
  const idle = () => (typeof requestIdleCallback === 'undefined' ? setTimeout(register, 1_000) : requestIdleCallback(register, { timeout: 5_000 }));
  // As long again as the page took to come: on a narrow line the words that are awaited come first.
  const later = () => setTimeout(idle, Math.min(performance.now(), SHELL_AFTER_MS_MAX));
  if (document.readyState === 'complete') later();
  else globalThis.addEventListener('load', later, { once: true });
}

/** Says to the other pages of this browser that something is in hands here; returns how to let it go. Several may hold it. */
export function hold(name: string): () => void {
  let release: () => void = () => undefined;
  const held = new Promise<void>((done) => {
    release = done;
  });
  globalThis.navigator?.locks?.request(name, { mode: 'shared' }, () => held).catch(() => undefined);
  return () => release();
}

/** Does it unless a page of this browser has that in hands. */
export async function unlessHeld(name: string, act: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks;
  if (locks === undefined) return act();
  await locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? undefined : act()));
}
