import { expect, it } from 'vitest';
import { refusedRows } from './import-register';

it('refused rows are read with care', () => {
  expect(refusedRows([{ row: 3, column: 'country', reason: 'No such country.' }, null, { row: 4 }, 'x'])).toEqual([
    { row: 3, column: 'country', reason: 'No such country.' },
  ]);
  expect(refusedRows(undefined)).toEqual([]);
});
