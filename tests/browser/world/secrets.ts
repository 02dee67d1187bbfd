// What must be nowhere: the names and addresses of organisations that signed with their name withheld.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plain } from './letters.ts';
import type { Organisation } from './register.ts';
import type { Seen } from './watch.ts';

/** Where one of these organisations is named or its addresses stand. Empty is good. */
export function traces(of: readonly Organisation[], seen: readonly Seen[]): string[] {
  const secrets = of.flatMap(({ name, nameEnglish, domain }) => [name, nameEnglish, domain]).map(folded);
  return seen.flatMap(({ who, where, text }) => {
    const hay = readings(text).map(folded);
    return secrets.filter((secret) => hay.some((one) => one.includes(secret))).map((secret) => `${who}, ${where}: “${secret}”`);
  });
}

/** Every letter that left for an address outside these organisations, decoded. */
export function lettersToOthers(data: string, of: readonly Organisation[]): Seen[] {
  const folder = join(data, 'letters');
  return readdirSync(folder)
    .map((file) => ({ file, raw: readFileSync(join(folder, file), 'utf8') }))
    .filter(({ raw }) => !of.some(({ domain }) => recipient(raw).includes(domain)))
    .map(({ file, raw }) => ({ who: 'a letter', where: file, text: raw }));
}

function recipient(raw: string): string {
  return /^To:.*(?:\r?\n[ \t].*)*/mu.exec(raw)?.[0] ?? '';
}

/** A text as it stands and as HTML, JSON, an address, quoted-printable and base64 would be read. */
function readings(text: string): string[] {
  const json = text.replaceAll(/\\u([0-9a-f]{4})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))).replaceAll(/\\(["\\/])/gu, '$1');
  const address = text.replaceAll(/(?:%[0-9a-f]{2})+/giu, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
  const soft = text.replaceAll(/=\r?\n/gu, '');
  const printable = soft.replaceAll(/(?:=[0-9A-F]{2})+/gu, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'));
  const packed = [...text.matchAll(/(?:^[A-Za-z0-9+/]{20,}={0,2}\r?\n?)+/gmu)].map(([block]) => Buffer.from(block, 'base64').toString('utf8'));
  return [text, plain(text), json, address, printable, ...packed];
}

/** Without case and without any space, because files break lines where they like. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/[\s\u00AD\u200B]/gu, '');
}
