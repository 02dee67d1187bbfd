// From a key to the screen: one page in Chromium on a text of twenty pages, alone and among fifty-nine scripted writers at two letters
// a second each, at full speed and on a machine four times slower. Speed belongs here and not into the tests: nothing fails.
import { writeFileSync } from 'node:fs';
import { test, type Page } from '@playwright/test';
import { OtherClient } from '../world/client.ts';
import { Person } from '../world/people.ts';
import { COORDINATOR } from '../world/register.ts';
import { Server } from '../world/server.ts';
import { Watch } from '../world/watch.ts';

const WRITERS = 59;
const KEYS = 150;
const PARAGRAPHS = 120;
// Some 83 words: with 120 paragraphs about 10,000 words, twenty pages.
const SENTENCE =
  'We, the undersigned organisations, urge all States to keep the marshlands open to those who have lived there for generations, to publish what is decided about them, and to answer within the year. ';

test('from a key to the screen', async ({ browser }) => {
  const server = await Server.started();
  const ana = await Person.at(browser, server, new Watch('bench'), 'coordinator', COORDINATOR, {});
  await ana.signsIn();
  const statement = await longText(ana);
  await ana.goes(`/app/statements/${statement}`);
  await ana.editor.getByText('urge all States').first().waitFor();
  const devtools = await ana.context.newCDPSession(ana.page);
  const lines: string[] = [];
  const measure = async (what: string, rate: number) => {
    await devtools.send('Emulation.setCPUThrottlingRate', { rate });
    const { median, late } = await keys(ana.page);
    lines.push(`  ${what.padEnd(34)} median ${median.toFixed(1).padStart(6)}   p99 ${late.toFixed(1).padStart(6)}`);
  };
  await measure('alone', 1);
  await measure('alone, 4 × slower', 4);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const writers = await Promise.all(Array.from({ length: WRITERS }, () => OtherClient.joins(server.url, statement, ana)));
  const typing = writers.map((writer, at) => setInterval(() => writer.types(at), 500));
  await measure(`among ${WRITERS} writers`, 1);
  await measure(`among ${WRITERS} writers, 4 × slower`, 4);
  for (const timer of typing) clearInterval(timer);
  for (const writer of writers) writer.leaves();
  const said = `From a key to the screen: ${KEYS} keys each, ${PARAGRAPHS} paragraphs, milliseconds\n${lines.join('\n')}\n`;
  process.stdout.write(said);
  const { UNDERSIGNED_BENCH_KEYS: file } = process.env;
  if (file !== undefined) writeFileSync(file, said);
  await ana.leaves();
  await server.endsWell();
  server.forgets();
});

interface Measured {
  median: number;
  late: number;
}

/** Types with pauses, as people do, and reads when each letter was painted. */
async function keys(page: Page): Promise<Measured> {
  await page.getByText('urge all States').nth(60).click();
  // Finding the place in so long a page, and the page's coming to it, are not the key's.
  await page.waitForTimeout(1_000);
  await page.evaluate(() => {
    const found: number[] = [];
    Object.assign(globalThis, { painted: found });
    const painted = (since: number) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => found.push(performance.now() - since);
        port2.postMessage(undefined);
      });
    };
    document.addEventListener('keydown', ({ timeStamp }) => painted(timeStamp), { capture: true });
  });
  for (let key = 0; key < KEYS; key += 1) await page.keyboard.press('abcdefghij'[key % 10] ?? 'x', { delay: 30 });
  const times = await page.evaluate(() => (globalThis as unknown as { painted: number[] }).painted.toSorted((one, other) => one - other));
  return { median: times[Math.floor(times.length / 2)] ?? 0, late: times[Math.floor(times.length * 0.99)] ?? 0 };
}

/** A new statement whose draft begins with twenty pages. */
async function longText(ana: Person): Promise<string> {
  const { request } = ana.context;
  const started = await request.post('/api/statements', { data: { title: 'Twenty pages', language: 'en', forum: '' } });
  const { id } = (await started.json()) as { id: string };
  const paragraph = (at: number) => ({ type: 'paragraph', content: [{ type: 'text', text: `${at}. ${SENTENCE.repeat(3)}` }] });
  const text = { v: 'text/v1', language: 'en', blocks: Array.from({ length: PARAGRAPHS }, (_, at) => paragraph(at)) };
  const begun = await request.post(`/api/statements/${id}/draft`, { data: { text } });
  if (!begun.ok()) throw new Error(await begun.text());
  return id;
}
