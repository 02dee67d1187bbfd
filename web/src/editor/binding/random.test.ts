// Some runs of the random editors beside the other tests; ten thousand by `make test-random`. A run that fails is named by its seed.
import { appendFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { COURSES, run, type Outcome } from './random-editors';

const FROM = Number(process.env.RANDOM_FROM ?? 1);
const RUNS = Number(process.env.RANDOM_RUNS ?? 300);
// Where to write the runs down for the server's own test of them (server/drafting/gate/tests/random_editors.rs).
const RECORD = process.env.RANDOM_RECORD;
// Which kind of runs: all acts, or those of a course by its name.
const COURSE = COURSES[process.env.RANDOM_COURSE ?? ''];

it(`random editors ${FROM} to ${FROM + RUNS - 1} lose nobody's words`, { timeout: 0 }, () => {
  const failed = [];
  let [letters, acts, twice] = [0, 0, 0];
  for (let seed = FROM; seed < FROM + RUNS; seed += 1) {
    const outcome = run(seed, COURSE);
    letters += outcome.letters;
    acts += outcome.acts;
    twice += outcome.twice;
    if (RECORD !== undefined) appendFileSync(RECORD, `${recorded(outcome)}\n`);
    if (outcome.faults.length > 0) failed.push({ seed, faults: outcome.faults });
  }
  console.info(`seeds ${FROM}–${FROM + RUNS - 1}: ${acts} acts, ${letters} letters, ${twice} twice after two people moved or undid them`);
  expect(failed.slice(0, 10)).toEqual([]);
});

function recorded({ seed, journal, texts }: Outcome): string {
  return JSON.stringify({ seed, journal: journal.map(({ from, update }) => [from, Buffer.from(update).toString('base64')]), texts });
}
