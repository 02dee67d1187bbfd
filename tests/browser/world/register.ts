// The demo's register and what its organisations do in the whole job: the same cast as the server's own demo plays.
import { readFileSync } from 'node:fs';
import { REGISTER } from './server.ts';

export interface Organisation {
  ref: string;
  name: string;
  nameEnglish: string;
  acronym: string;
  withheld: boolean;
  focalPoint: string;
  /** Whoever may sign: the register's approver, or the focal point where it names none. */
  signer: string;
  /** What all its addresses end in. */
  domain: string;
}

export const COORDINATOR = 'focalpoint@lfea-us.example';
export const DELEGATE = 'delegate@lfea-us.example';
export const DRAFTERS = ['focalpoint@ajo-ch.example', 'focalpoint@bcap-ke.example'] as const;
export const TITLE = 'Heeding the Signals: Preventing Atrocity Crimes in the Veldorian Marshlands';

const REGISTERED = all();

const SIGNING = [
  1, 2, 4, 5, 6, 10, 11, 12, 15, 17, 19, 21, 22, 27, 28, 30, 31, 34, 35, 36, 40, 42, 44, 45, 46, 49, 52, 53, 55, 56, 57, 59, 63, 64, 65,
  66, 68, 71,
];
const DECLINING = [3, 7, 16];
const WITHDRAWING = [8];
const SILENT = [9, 13];

export const signing = SIGNING.map(organisation);
export const declining = DECLINING.map(organisation);
export const withdrawing = WITHDRAWING.map(organisation);
export const silent = SILENT.map(organisation);
export const invited = [...signing, ...declining, ...withdrawing, ...silent];

/** By the number in the register: 1 is `ORG-001`. */
export function organisation(number: number): Organisation {
  const ref = `ORG-${String(number).padStart(3, '0')}`;
  const found = REGISTERED.find((one) => one.ref === ref);
  if (found === undefined) throw new Error(`${ref} is not in the register`);
  return found;
}

/** A file for the register with these organisations, by their numbers. */
export function registerOf(names: Record<string, string>): string {
  const [head = ''] = readFileSync(REGISTER, 'utf8').split(/\r?\n/u);
  const row = (ref: string, name: string) =>
    `${ref},${name},${name},${ref},KE,KEN,African Group,Nairobi,Africa/Nairobi,en,None,,member,public,single,,A,B,office@${ref.toLowerCase()}.example,,`;
  return [head, ...Object.entries(names).map(([ref, name]) => row(ref, name)), ''].join('\n');
}

function all(): Organisation[] {
  const [head = [], ...rows] = records(readFileSync(REGISTER, 'utf8'));
  return rows.map((row) => {
    // One name comes in decomposed letters, as files from some machines do; the server composes them.
    const cell = (column: string) => (row[head.indexOf(column)] ?? '').normalize('NFC');
    const focalPoint = cell('focal_point_email');
    return {
      ref: cell('org_id'),
      name: cell('display_name'),
      nameEnglish: cell('name_en'),
      acronym: cell('acronym'),
      withheld: cell('default_visibility') === 'confidential',
      focalPoint,
      signer: cell('approver_email') || focalPoint,
      domain: focalPoint.split('@')[1] ?? '',
    };
  });
}

/** RFC 4180: quotes around a cell, doubled inside one. */
function records(csv: string): string[][] {
  return csv
    .replace(/^\uFEFF/u, '')
    .split(/\r?\n/u)
    .filter((line) => line !== '')
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gu)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? ''));
}
