// What is in a Word file that was downloaded: its parts, read from the header before each (ZIP, APPNOTE 4.3).
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import type { Download } from '@playwright/test';

const HEADER = 30;
const MARK = 0x04034b50;

export async function partsOf(download: Download): Promise<Record<string, string>> {
  const file = readFileSync(await download.path());
  const parts: Record<string, string> = {};
  for (let at = 0; file.readUInt32LE(at) === MARK; ) {
    const begins = at + HEADER + file.readUInt16LE(at + 26);
    const ends = begins + file.readUInt32LE(at + 18);
    parts[file.toString('utf8', at + HEADER, begins)] = inflateRawSync(file.subarray(begins, ends)).toString('utf8');
    at = ends;
  }
  return parts;
}
