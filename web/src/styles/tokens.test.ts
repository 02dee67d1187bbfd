import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const tokens = readFileSync('src/styles/tokens.css', 'utf8');

it('the dark values are the same whether the person or the system asks for them', () => {
  const chosen = /:root\[data-theme='dark'\] \{([^}]*)\}/.exec(tokens)?.[1];
  const system = /:root:not\(\[data-theme='light'\]\) \{([^}]*)\}/.exec(tokens)?.[1];
  const values = (block: string | undefined) => block?.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  expect(values(chosen)?.length).toBeGreaterThan(30);
  expect(values(system)).toEqual(values(chosen));
});
