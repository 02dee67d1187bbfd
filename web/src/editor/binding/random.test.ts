// Some runs of the random editors with every suite, many by a command (`make test-random`). A run that fails is named by its seed.
import { expect, it } from 'vitest';
import { run } from './random-editors';

const FROM = Number(process.env.RANDOM_FROM ?? 1);
const RUNS = Number(process.env.RANDOM_RUNS ?? 300);

it(`random editors ${FROM} to ${FROM + RUNS - 1} lose nobody's words`, { timeout: 0 }, () => {
  const failed = [];
  let [letters, acts, twice] = [0, 0, 0];
  for (let seed = FROM; seed < FROM + RUNS; seed += 1) {
    const outcome = run(seed);
    letters += outcome.letters;
    acts += outcome.acts;
    twice += outcome.twice;
    if (outcome.faults.length > 0) failed.push({ seed, faults: outcome.faults });
  }
  console.info(`seeds ${FROM}–${FROM + RUNS - 1}: ${acts} acts, ${letters} letters, ${twice} twice after two people moved or undid them`);
  expect(failed.slice(0, 10)).toEqual([]);
});
