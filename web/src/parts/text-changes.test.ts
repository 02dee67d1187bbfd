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

it('knows a paragraph by its number, and a footnote by all its paragraphs', () => {
  const noted = (label: string): StatementText => {
    const paragraphs = ['A note.', 'Its end.'].map((words) => ({ content: [{ type: 'text' as const, text: words }] }));
    const content = [
      { type: 'text' as const, text: 'We ask.' },
      { type: 'footnote' as const, number: 1, content: paragraphs },
    ];
    return { v: 'text/v1', language: 'en', blocks: [{ type: 'numbered', level: 1, label, content }] };
  };
  expect(textChanges(noted('1.'), noted('2.'))).toEqual({ now: ['2. We ask.'], before: ['1. We ask.'] });
  expect(textChanges(text('x'), noted('1.')).now).toEqual(['1. We ask.', 'A note. Its end.']);
});
