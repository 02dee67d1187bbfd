// The server numbers the same texts (server/text/numbers.rs).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { shapeOf } from './draft';
import { Numbering } from './numbering';

interface Case {
  blocks: (string | [string, number])[];
  labels: string[];
  cited?: string[];
}

const CASES = JSON.parse(readFileSync(join(import.meta.dirname, '../../../tests/vectors/drafts/numbering.json'), 'utf8')) as Case[];

it.each(CASES)('$labels', ({ blocks, labels, cited }) => {
  const numbering = new Numbering();
  const numbered = blocks.map((block) => (typeof block === 'string' ? numbering.next(shapeOf(block), null) : numbering.next(shapeOf(block[0]), block[1])));
  expect(numbered.map(({ label }) => label ?? '')).toEqual(labels);
  if (cited !== undefined) expect(numbered.map((one) => one.cited ?? '')).toEqual(cited);
});
