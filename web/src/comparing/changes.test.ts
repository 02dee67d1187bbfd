import { describe, expect, it } from 'vitest';
import type { BlockFrame, ComparedPiece, ComparedRow, Inline } from '../api/types';
import { folds, looks, tell, type Stretch } from './changes';

const words = (text: string): Inline[] => [{ type: 'text', text }];
const same = (text: string): ComparedPiece => ({ is: 'same', content: words(text) });
const out = (text: string): ComparedPiece => ({ is: 'out', content: words(text) });
const come = (text: string): ComparedPiece => ({ is: 'in', content: words(text) });
const numbered = (label: string, level = 1): BlockFrame => ({ type: 'numbered', level, label });
const row = (kind: 'same' | 'changed', frame: BlockFrame, ...pieces: ComparedPiece[]): ComparedRow => ({ row: kind, old: frame, new: frame, pieces });

describe('the list of changes', () => {
  it('counts what is gone and what came in its place as one, and says where it stands', () => {
    const { changes, rows } = tell([
      row('same', { type: 'heading', level: 1 }, same('Title')),
      row('changed', numbered('6.'), same('Monitors counted '), out('more than 300'), come('312'), same(' households, '), come('all told, '), same('refused.')),
      row('changed', numbered('(d)', 2), same('a team'), out(' soon')),
    ]);
    expect(changes.map(({ number, what, where }) => [number, what, where])).toEqual([
      [1, 'replaced', { in: 'paragraph', cited: '6' }],
      [2, 'added', { in: 'paragraph', cited: '6' }],
      [3, 'removed', { in: 'paragraph', cited: '6 (d)' }],
    ]);
    expect(changes[0]?.excerpt).toEqual({ before: 'Monitors counted ', out: 'more than 300', in: '312', after: ' households, ' });
    expect(rows[1]?.pieces).toEqual([undefined, { change: 1, ends: false }, { change: 1, ends: true }, undefined, { change: 2, ends: true }, undefined]);
  });

  it('says of what was moved where from, and leads there from its trace', () => {
    const told = tell([
      { row: 'stood', id: 1 },
      row('same', numbered('1.'), same('We ask.')),
      { row: 'moved', id: 1, old: numbered('1.'), new: numbered('2.'), pieces: [out('Third'), come('Fourth'), same(', armed groups')] },
    ]);
    expect(told.changes.map(({ what, from }) => [what, from])).toEqual([['moved', '1.'], ['replaced', undefined]]);
    expect(told.rows[0]?.moved).toBe(told.rows[2]);
  });

  it('takes neighbours whose form changed alike for one change', () => {
    const turned = (label: string, text: string): ComparedRow => ({ row: 'changed', old: { type: 'bullet', level: 1 }, new: numbered(label, 2), pieces: [same(text)] });
    const told = tell([turned('(a)', 'One.'), turned('(b)', 'Two.'), row('same', numbered('2.'), same('Three.')), turned('(a)', 'Four.')]);
    expect(told.rows.map(({ form }) => form)).toEqual([1, 1, undefined, 2]);
    expect(told.changes).toHaveLength(2);
  });

  it('puts changed footnotes last, where they are read', () => {
    const note = (is: 'same' | 'in'): ComparedPiece => ({ is: 'note', old: 3, new: 4, paragraphs: [{ old: {}, new: {}, pieces: [{ is, content: words('Figures.') }] }] });
    const told = tell([row('changed', numbered('1.'), same('We recall'), note('in'), come(' now')), row('same', numbered('2.'), note('same'))]);
    expect(told.changes.map(({ what, where }) => [what, where])).toEqual([['added', { in: 'paragraph', cited: '1' }], ['note', { in: 'note', number: 4 }]]);
    expect(told.notes.map(({ id, was, change }) => [id, was, change])).toEqual([['note-4', 3, 2], ['note-4', 3, undefined]]);
  });

  it('keeps an excerpt short', () => {
    const { changes } = tell([{ row: 'removed', old: { type: 'paragraph', content: words('word '.repeat(60)) } }]);
    expect(changes[0]?.excerpt.out).toMatch(/^(?:word ){16}.*…$/u);
  });
});

describe('what is the same', () => {
  const drawn = (stretches: Stretch[]) => stretches.map((stretch) => ('folded' in stretch ? stretch.folded.length : 'shown'));

  it('is folded, headings and what leads to a change left in sight', () => {
    const { rows } = tell([
      row('same', { type: 'heading', level: 1 }, same('Title')),
      row('same', numbered('1.'), same('One.')),
      row('same', numbered('2.'), same('Two.')),
      row('same', { type: 'heading', level: 2 }, same('What to do')),
      row('same', numbered('3.'), same('We ask that:')),
      row('changed', numbered('(a)', 2), same('they listen'), come(' well')),
      row('same', numbered('4.'), same('Four.')),
    ]);
    expect(drawn(folds(rows))).toEqual(['shown', 2, 'shown', 'shown', 'shown', 1]);
  });
});

it('says how words look otherwise', () => {
  const run = (look: object): Inline[] => [{ type: 'text', text: 'now', ...look }];
  expect(looks(run({}), run({ bold: true }))).toEqual([{ how: 'bold' }]);
  expect(looks(run({ bold: true, italic: true }), run({}))).toEqual([{ how: 'not-bold' }, { how: 'not-italic' }]);
  expect(looks(run({ link: 'https://a.example' }), run({ link: 'https://b.example' }))).toEqual([{ how: 'other-link', from: 'https://a.example', to: 'https://b.example' }]);
  expect(looks(run({}), run({ lang: 'fr' }))).toEqual([{ how: 'lang' }]);
});
