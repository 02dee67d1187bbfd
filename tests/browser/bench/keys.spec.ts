// From a key to the screen: one page in Chromium on a text of twenty pages, alone and among fifty-nine scripted writers at two letters
// a second each, at full speed and on a machine four times slower. Speed belongs here and not into the tests: nothing fails.
import { writeFileSync } from 'node:fs';
import { test } from '@playwright/test';
import { OtherClient } from '../world/client.ts';
import { Person } from '../world/people.ts';
import { COORDINATOR } from '../world/register.ts';
import { Server } from '../world/server.ts';
import { Watch } from '../world/watch.ts';
import { keys, KEYS, longText, PARAGRAPHS } from './measured.ts';

const WRITERS = 59;

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
