// The program's own files, kept so that a draft's page opens without a server. They are the same for everybody and say
// nothing of anybody: no answer of the server's interface, no public page and no letter passes through here.
//
// While there is a network the server's document is what is shown; the kept one only where no answer comes. Each build keeps
// its document and its files together, so that neither is ever met by the other's; the build before stays as long as pages
// of it may be open.
/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;
/** The build and its files, put in place of this name when they are known (vite.config.ts). */
declare const __SHELL__: { build: string; files: string[] };

const { build, files } = __SHELL__;
const OURS = 'undersigned-';
const CACHE = OURS + build;
/** Every address of the work pages has this document. */
const DOCUMENT = '/app/';
const ASSETS = '/app/app-assets/';
// Longer than a bad line needs for a first byte; then the kept document is shown, which looks for the server by itself.
const PATIENCE_MS = 6_000;
/** What a gate in front of a shut server answers (RFC 9110, 15.6). */
const SHUT: ReadonlySet<number> = new Set([502, 503, 504]);

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll([new Request(DOCUMENT, { cache: 'reload' }), ...files]);
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const kept = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
      // Names come in the order in which they were made.
      for (const name of kept.slice(0, -1)) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(documentFor(request));
  else if (pathname.startsWith(ASSETS)) event.respondWith(file(event));
});

async function documentFor(request: Request): Promise<Response> {
  const late = new Promise<undefined>((done) => setTimeout(done, PATIENCE_MS));
  const asked = fetch(request).catch(() => undefined);
  const answer = await Promise.race([asked, late]);
  if (answer !== undefined && !SHUT.has(answer.status)) return answer;
  const kept = await caches
    .open(CACHE)
    .then((cache) => cache.match(DOCUMENT))
    .catch(() => undefined);
  return kept ?? answer ?? (await asked) ?? Response.error();
}

/** A file's name says what is in it. */
async function file(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const kept = await caches.match(request).catch(() => undefined);
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  // Letters of other scripts come when a text first needs them. A device without room shows them all the same.
  if (answer.ok) event.waitUntil(keeps(request, answer.clone()).catch(() => undefined));
  return answer;
}

async function keeps(request: Request, answer: Response): Promise<void> {
  await (await caches.open(CACHE)).put(request, answer);
}

// oxlint-disable-next-line unicorn/require-module-specifiers -- a module, so that its `self` is no page's
export {};
