import { describe, expect, it } from 'vitest';
import type { May } from '../api/types';
import { foundIn, type Found } from './cause';

const ana = { said: { person: { id: 'ana' } } };
const ben = { said: { person: { id: 'ben' } } };
const draft = (state: string, my_right?: May) => ({ said: { state, ...(my_right === undefined ? {} : { my_right }) } });
const refused = (status: number) => ({ refused: { status } });

describe('what the server says about a draft and its opener', () => {
  const cases: [Parameters<typeof foundIn>[1], Parameters<typeof foundIn>[2], Found][] = [
    [ana, draft('drafting', 'edit'), 'writes'],
    [ana, draft('drafting'), 'reads'],
    [ana, draft('drafting', 'comment'), 'reads'],
    [ana, draft('drafting', 'suggest'), 'writes'],
    [ana, draft('frozen', 'edit'), 'settled'],
    [ana, draft('published'), 'settled'],
    [ana, refused(404), 'no-right'],
    [ana, refused(403), 'no-right'],
    // The session ended between the two questions.
    [ana, refused(401), 'signed-out'],
    [ana, refused(500), 'unreachable'],
    [ana, refused(0), 'unreachable'],
    [ben, draft('drafting', 'edit'), 'another-person'],
    // Somebody else's right is nobody's answer.
    [ben, refused(404), 'another-person'],
    [refused(401), refused(401), 'signed-out'],
    [refused(0), refused(0), 'unreachable'],
    [refused(503), draft('drafting', 'edit'), 'unreachable'],
  ];
  it.each(cases)('%j and %j', (me, statement, found) => {
    expect(foundIn('ana', me, statement)).toBe(found);
  });
});
