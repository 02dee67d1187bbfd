import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { askOf, embedOfAsk, embedOfFate, fateOf, itemsWritten } from './asks';

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, '../../../tests/vectors/asks/forms.json'), 'utf8')) as Record<
  'asks' | 'fates' | 'in_another_order' | 'neither',
  string[]
>;

/** As an update carries it; nothing for what is no JSON, which no editor hands over, nor for what JSON itself would write otherwise. */
function embedded(json: string): unknown {
  try {
    const embed: unknown = JSON.parse(json);
    return JSON.stringify(embed) === json ? embed : undefined;
  } catch {
    return undefined;
  }
}

test.each(vectors.asks)('an ask is read and written the same: %s', (json) => {
  const ask = askOf(embedded(json));
  expect(ask && JSON.stringify(embedOfAsk(ask))).toBe(json);
  expect(fateOf(embedded(json))).toBeUndefined();
});

test.each(vectors.fates)('an answer is read and written the same: %s', (json) => {
  const fate = fateOf(embedded(json));
  expect(fate && JSON.stringify(embedOfFate(fate))).toBe(json);
  expect(askOf(embedded(json))).toBeUndefined();
});

test.each(vectors.in_another_order)('the order of names says nothing: %s', (json) => {
  const embed = embedded(json);
  const [ask, fate] = [askOf(embed), fateOf(embed)];
  const again = JSON.stringify(ask === undefined ? fate && embedOfFate(fate) : embedOfAsk(ask));
  expect(again).not.toBe(json);
  expect(again?.length).toBe(json.length);
});

test.each(vectors.neither)('all else is read as nothing: %s', (json) => {
  expect(askOf(embedded(json))).toBeUndefined();
  expect(fateOf(embedded(json))).toBeUndefined();
});

test('items are put in order and joined where they touch', () => {
  const items = [
    { client: 11, clock: 5, len: 1 },
    { client: 10, clock: 3, len: 2 },
    { client: 10, clock: 0, len: 3 },
    { client: 10, clock: 36, len: 36 },
  ];
  expect(itemsWritten(items)).toBe('a.0.5 a.10.10 b.5');
});
