// Some runs of random editors and suggesters beside the other tests; a thousand by `make test-random`. A run that fails is named by its seed.
import { appendFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runSuggesting, type SuggestingOutcome } from './random-suggesters';

const FROM = Number(process.env.RANDOM_FROM ?? 1);
const RUNS = Number(process.env.RANDOM_RUNS ?? 200);
// Where to write the runs down for the server's own test of them.
const RECORD = process.env.RANDOM_RECORD;

it(`random suggesters ${FROM} to ${FROM + RUNS - 1} change no text, and nobody's words are lost`, { timeout: 0 }, () => {
  const failed = [];
  let [letters, acts, twice, suggested, answered, sentAway] = [0, 0, 0, 0, 0, 0];
  for (let seed = FROM; seed < FROM + RUNS; seed += 1) {
    const outcome = runSuggesting(seed);
    letters += outcome.letters;
    acts += outcome.acts;
    twice += outcome.twice;
    suggested += outcome.suggested;
    answered += outcome.answered;
    sentAway += outcome.sentAway;
    if (RECORD !== undefined) appendFileSync(RECORD, `${recorded(outcome)}\n`);
    if (outcome.faults.length > 0) failed.push({ seed, faults: outcome.faults });
  }
  console.info(`seeds ${FROM}–${FROM + RUNS - 1}: ${acts} acts, ${letters} letters, ${suggested} suggestions, ${answered} answered, ${sentAway} pages sent away, ${twice} letters twice`);
  expect(failed.slice(0, 10)).toEqual([]);
});

function recorded({ seed, journal, texts, seats }: SuggestingOutcome): string {
  return JSON.stringify({ seed, seats, journal: journal.map(({ from, update }) => [from, Buffer.from(update).toString('base64')]), texts });
}
