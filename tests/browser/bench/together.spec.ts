// Sixty writers at a contested text: twenty pages with two hundred open suggestions and eighty threads. One page in Chromium among
// fifty-nine scripted writers: from a key to the screen, at full speed and on a machine four times slower; how long the draft takes to
// open there; what the page holds; what an update costs the server. Nothing fails here; what is shown is measured.
import { appendFileSync, readFileSync } from 'node:fs';
import { test, type CDPSession, type Page } from '@playwright/test';
import { OtherClient } from '../world/client.ts';
import { Person } from '../world/people.ts';
import { COORDINATOR } from '../world/register.ts';
import { Server } from '../world/server.ts';
import { Watch } from '../world/watch.ts';
import { keys, longText } from './measured.ts';

const WRITERS = 59;
const SUGGESTIONS = 200;
const THREADS = 80;
const EVERY_MS = 500;

test('sixty write together', async ({ browser }) => {
  const server = await Server.started();
  const ana = await Person.at(browser, server, new Watch('bench'), 'coordinator', COORDINATOR, {});
  await ana.signsIn();
  const statement = await longText(ana);
  // Whoever comes first is given a handle.
  const proposer = await OtherClient.joins(server.url, statement, ana);
  const { my_handle: handle } = (await (await ana.context.request.get(`/api/statements/${statement}`)).json()) as { my_handle: string };
  const passages = await proposer.proposes(handle, SUGGESTIONS);
  for (const [at, { first, last, quote }] of passages.slice(0, THREADS).entries()) {
    const data = { root: 'draft', first, last, quote, among: 'all', body: `Is that agreed? (${at})`, mentions: [] };
    const opened = await ana.context.request.post(`/api/statements/${statement}/threads`, { data });
    if (!opened.ok()) throw new Error(await opened.text());
  }
  const lines: string[] = [];
  const devtools = await ana.context.newCDPSession(ana.page);
  for (const rate of [1, 4]) {
    const took = await opening(ana.page, devtools, statement, rate);
    lines.push(`  ${`opening${rate === 1 ? '' : ', 4 × slower'}: written in after`.padEnd(34)} ${took.toFixed(0).padStart(13)} ms`);
  }
  const measure = async (what: string, rate: number) => {
    await devtools.send('Emulation.setCPUThrottlingRate', { rate });
    const { median, late } = await keys(ana.page);
    lines.push(`  ${what.padEnd(34)} median ${median.toFixed(1).padStart(6)}   p99 ${late.toFixed(1).padStart(6)}`);
  };
  await measure('alone', 1);
  await measure('alone, 4 × slower', 4);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const writers = await Promise.all(Array.from({ length: WRITERS }, () => OtherClient.joins(server.url, statement, ana)));
  const typing = writers.map((writer, at) => setInterval(() => writer.types(at), EVERY_MS));
  const [since, before] = [Date.now(), cpuSeconds(server.pid)];
  await measure(`among ${WRITERS} writers`, 1);
  await measure(`among ${WRITERS} writers, 4 × slower`, 4);
  const updates = (WRITERS * (Date.now() - since)) / EVERY_MS;
  lines.push(`  ${'the server, an update'.padEnd(34)} ${(((cpuSeconds(server.pid) - before) / updates) * 1e6).toFixed(0).padStart(13)} us of CPU, with all it sends to ${WRITERS + 1}`);
  for (const timer of typing) clearInterval(timer);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await devtools.send('Runtime.getHeapUsage')) as { usedSize: number };
  lines.push(`  ${'the page holds'.padEnd(34)} ${(usedSize / 1e6).toFixed(1).padStart(13)} MB`);
  for (const writer of [...writers, proposer]) writer.leaves();
  const said = `Together: ${SUGGESTIONS} suggestions and ${THREADS} threads in as many paragraphs, milliseconds\n${lines.join('\n')}\n`;
  process.stdout.write(said);
  const { UNDERSIGNED_BENCH_KEYS: file } = process.env;
  if (file !== undefined) appendFileSync(file, said);
  await ana.leaves();
  await server.endsWell();
  server.forgets();
});

/** From asking for the page until one can write in it with everything drawn. */
async function opening(page: Page, devtools: CDPSession, statement: string, rate: number): Promise<number> {
  await devtools.send('Emulation.setCPUThrottlingRate', { rate });
  const since = performance.now();
  await page.goto(`/app/statements/${statement}`);
  await page.locator('.editor [contenteditable="true"] ins.proposed').first().waitFor();
  const took = performance.now() - since;
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return took;
}

/** What a process and its threads have computed so far, in seconds; the kernel counts hundredths. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
