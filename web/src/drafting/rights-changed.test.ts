import { expect, it } from 'vitest';
import type { May } from '../api/types';
import { changesSince } from './rights-changed';

const look = (rights: Record<string, May>, remarks_until?: string | null) => ({
  organisations: Object.entries(rights).map(([id, may]) => ({ id, name: id.toUpperCase(), may })),
  ...(remarks_until === undefined ? {} : { remarks_until }),
});

it('tells who may do something else by now, who is new, who is gone, and the other end of comments', () => {
  expect(changesSince(look({ ajo: 'edit', bcap: 'edit', jba: 'read' }), look({ ajo: 'edit', bcap: 'comment', osap: 'read' }, '2031-01-01T00:00:00Z'))).toEqual([
    { what: 'right', name: 'BCAP', may: 'comment' },
    { what: 'right', name: 'OSAP', may: 'read' },
    { what: 'gone', name: 'JBA' },
    { what: 'until', until: '2031-01-01T00:00:00Z' },
  ]);
});

it('tells nothing where all is as it was', () => {
  expect(changesSince(look({ ajo: 'edit' }), look({ ajo: 'edit' }, null))).toEqual([]);
});
