import { expect, it } from 'vitest';
import type { StatementText } from '../api/types';
import { textChanges } from './text-changes';

const text = (...paragraphs: string[]): StatementText => ({
  v: 'text/v1',
  language: 'en',
  blocks: paragraphs.map((words) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] })),
});

it('says which paragraphs came, went or were written otherwise', () => {
  expect(textChanges(text('We ask.', 'We thank.'), text('We ask.', 'We demand.', 'We hope.'))).toEqual({
    now: ['We demand.', 'We hope.'],
    before: ['We thank.'],
  });
});

it('counts a paragraph that stands twice', () => {
  expect(textChanges(text('Yes.'), text('Yes.', 'Yes.'))).toEqual({ now: ['Yes.'], before: [] });
});

it('shows a long paragraph from where it differs', () => {
  const long = 'Our members do not ask the Council to take a side in the politics of any State.';
  expect(textChanges(text(long), text(`${long} Seven more.`)).now).toEqual(['…take a side in the politics of any State. Seven more.']);
});

it('shows the beginning of a long one and not all of a new text', () => {
  const { now } = textChanges(text(), text(...Array.from({ length: 30 }, (_, n) => `${n} ${'word '.repeat(60)}`)));
  expect(now).toHaveLength(12);
  expect(now[0]?.length).toBeLessThanOrEqual(201);
});
