// A draft's first page over a slow line: 400 kbit/s each way, 400 ms of latency, nothing on the device yet. Prints what came, in the
// order of its size, when the text could be read and when the first letter was taken. Nothing fails by it: speed belongs here.
import { test, type BrowserContextOptions, type CDPSession, type Page } from '@playwright/test';
import { Person, PHONE } from '../world/people.ts';
import { COORDINATOR, TITLE } from '../world/register.ts';
import { Server } from '../world/server.ts';
import { Watch } from '../world/watch.ts';

const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };
const OF_THE_TEXT = 'sleep in their clothes';
const LISTED_MAX = 14;

for (const [what, options] of [['a desk', {}], ['a phone', PHONE]] as const) {
  test(`a draft opens over slow 3G at ${what}`, async ({ browser }) => {
    const server = await Server.started();
    const address = await addressOfTheDraft(await someone(browser, server, {}));
    // A browser that was never here; the worker that keeps files for later fetches on a line of its own, which cannot be slowed.
    const ana = await someone(browser, server, { ...options, serviceWorkers: 'block' });
    await ana.goes('about:blank');
    const devtools = await ana.context.newCDPSession(ana.page);
    await devtools.send('Network.enable');
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: false });
    await devtools.send('Network.clearBrowserCache');
    await devtools.send('Network.emulateNetworkConditions', SLOW_3G);
    const came = counts(devtools);
    const begun = Date.now();
    const opened = ana.page.goto(new URL(address, server.url).href, { waitUntil: 'commit' });
    await ana.page.getByText(OF_THE_TEXT).first().waitFor();
    const shown = Date.now() - begun;
    // Words that stand behind a sheet of styles that has not come are not on the screen.
    const painted = await ana.page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
    const readable = Math.max(shown, Number(await painted.jsonValue()));
    await writes(ana.page);
    const writable = Date.now() - begun;
    await opened;
    const bytes = [...came.values()].reduce((sum, { size }) => sum + size, 0);
    const script = [...came.values()].reduce((sum, { name, size }) => sum + (name.endsWith('.js') ? size : 0), 0);
    const list = [...came.values()].toSorted((one, other) => other.size - one.size).slice(0, LISTED_MAX);
    process.stdout.write(
      `A draft over slow 3G at ${what}: readable after ${seconds(readable)}, writable after ${seconds(writable)}, ${kilo(bytes)}, of it script ${kilo(script)}\n${list
        .map(({ name, size, packed, from, to }) => `  ${kilo(size).padStart(9)} ${packed.padEnd(5)} ${seconds(from).padStart(7)} – ${seconds(to).padEnd(7)} ${name}`)
        .join('\n')}\n`,
    );
    await ana.leaves();
    await server.endsWell();
    server.forgets();
  });
}

async function someone(browser: Parameters<typeof Person.at>[0], server: Server, options: BrowserContextOptions): Promise<Person> {
  const ana = await Person.at(browser, server, new Watch('bench'), 'coordinator', COORDINATOR, options);
  await ana.signsIn();
  return ana;
}

async function addressOfTheDraft(ana: Person): Promise<string> {
  await ana.goes('/app');
  const address = await ana.page.getByRole('link', { name: TITLE }).first().getAttribute('href');
  await ana.leaves();
  if (address === null) throw new Error('the draft is not listed');
  return address;
}

/** As soon as there is something to write in, a letter is typed; it is taken when it stands there. */
async function writes(page: Page): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'Text of the statement' });
  await editor.and(page.locator('[contenteditable="true"]')).waitFor({ timeout: 120_000 });
  await editor.focus();
  await page.keyboard.type('§');
  await editor.getByText('§').first().waitFor();
}

interface Came {
  name: string;
  size: number;
  packed: string;
  from: number;
  to: number;
}

function counts(devtools: CDPSession): Map<string, Came> {
  const came = new Map<string, Came>();
  let begun = 0;
  devtools.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => {
    begun ||= timestamp;
    const { pathname } = new URL(request.url);
    came.set(requestId, { name: pathname.split('/').at(-1) ?? '', size: 0, packed: '', from: (timestamp - begun) * 1000, to: 0 });
  });
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    const one = came.get(requestId);
    if (one !== undefined) one.packed = response.headers['content-encoding'] ?? '';
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength, timestamp }) => {
    const one = came.get(requestId);
    if (one === undefined) return;
    one.size = encodedDataLength;
    one.to = (timestamp - begun) * 1000;
  });
  return came;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const kilo = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
