// An evidence bundle in the hands of somebody who would like it to say something else.
import { spawnSync } from 'node:child_process';

interface Bundle {
  leaves: unknown[];
}

/** The same bundle, each time with one thing changed. */
export function bent(file: string): Record<string, string> {
  const whole = JSON.parse(file) as Bundle;
  const leaves = whole.leaves;
  const last = leaves.length - 1;
  const [first, second, ...rest] = leaves;
  // The digit of a digest or a signature: a file that is still JSON, and wrong.
  const at = file.search(/[0-9a-f]{40}/u) + 7;
  const digit = file[at] === '0' ? '1' : '0';
  return {
    'one byte changed': file.slice(0, at) + digit + file.slice(at + 1),
    'one leaf dropped': canonical({ ...whole, leaves: leaves.toSpliced(Math.floor(last / 2), 1) }),
    'the last leaf dropped': canonical({ ...whole, leaves: leaves.slice(0, last) }),
    'two leaves swapped': canonical({ ...whole, leaves: [second, first, ...rest] }),
  };
}

/** The same bundle, read and written again: what `bent` does, without a change. */
export function rewritten(file: string): string {
  return canonical(JSON.parse(file));
}

/** RFC 8785 as far as a bundle needs it. A browser's own writer puts keys that look like numbers first. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}

/** The words of a PDF as poppler reads them, without any space: files break lines where they like. */
export function wordsOf(pdf: Buffer): string {
  const done = spawnSync('pdftotext', ['-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.status !== 0) throw new Error(`pdftotext: ${done.stderr}`);
  return closedUp(done.stdout);
}

export function closedUp(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s\u00AD\u200B\u2010-]/gu, '');
}

/** Names whose letters a PDF keeps in the order they are drawn, not in the order they are read. */
export function isDrawnInAnotherOrder(name: string): boolean {
  return /[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Deva}\p{sc=Beng}\p{sc=Taml}\p{sc=Telu}\p{sc=Sinh}\p{sc=Mymr}\p{sc=Khmr}\p{sc=Guru}\p{sc=Gujr}\p{sc=Mlym}\p{sc=Knda}\p{sc=Tibt}\p{sc=Thai}\p{sc=Laoo}]/u.test(name);
}
