// Which folder may use which. A folder uses itself and what stands before it in the order; what stands between two arrows
// does not meet, so drafting and signing know nothing of each other here as on the server. No file is part of a circle.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { expect, it } from 'vitest';

const ORDER = 'words → worker → text → device → paste → api → parts → editor, shell → comparing, home, organisations, statements → remarks, versions → suggestions → drafting, signing → router → main';

const ROOMS = ORDER.split('→').map((step) => step.split(',').map((name) => name.trim()));

it('folders use only folders that stand before them', () => {
  expect(imports().filter(({ from, to }) => climbs(room(from), room(to))).map(({ from, to }) => `${from} may not use ${to}`)).toEqual([]);
});

it('no file uses what uses it', () => {
  expect(circles(imports())).toEqual([]);
});

it('every folder has its place in the order', () => {
  const named = new Set([...ROOMS.flat(), 'styles', 'arrows']);
  expect(readdirSync('src').map(room).filter((name) => !named.has(name))).toEqual([]);
});

it('the checks see what is wrong', () => {
  expect(climbs('parts', 'shell')).toBe(true);
  expect(climbs('signing', 'drafting')).toBe(true);
  expect(climbs('drafting', 'statements')).toBe(false);
  expect(circles([arrow('a', 'b'), arrow('b', 'c'), arrow('c', 'b'), arrow('c', 'd')])).toEqual(['b → c → b']);
  expect(targets(`import type { A } from './a';\nexport * from "../b";\nimport './c.css';\nimport { D } from 'd';\nlazy(() => import('./e'))`)).toEqual([
    './a',
    '../b',
    './c.css',
    './e',
  ]);
});

interface Arrow {
  from: string;
  to: string;
}

function arrow(from: string, to: string): Arrow {
  return { from, to };
}

/** Every import of one source file by another, types and pages loaded later included. */
function imports(): Arrow[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  const sources = files.filter((path) => /\.tsx?$/u.test(path) && path !== 'arrows.test.ts');
  const file = (path: string) => ['', '.ts', '.tsx', '.d.ts', '/index.ts'].map((end) => path + end).find((one) => files.includes(one) && one.includes('.'));
  return sources.flatMap((from) =>
    targets(readFileSync(`src/${from}`, 'utf8')).map((target) => {
      const to = file(join(dirname(from), target));
      if (to === undefined) throw new Error(`${from} uses ${target}, which is not there`);
      return arrow(from, to);
    }),
  );
}

function targets(source: string): string[] {
  return [...source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]*)['"]/gu)].map(([, target]) => target ?? '');
}

/** The folder of a path, or what a file beside the folders is called. */
function room(path: string): string {
  return path.split('/', 1)[0]?.split('.', 1)[0] ?? '';
}

function climbs(from: string, to: string): boolean {
  if (from === to || to === 'styles') return false;
  return ROOMS.findIndex((step) => step.includes(to)) >= ROOMS.findIndex((step) => step.includes(from));
}

/** One circle for each file from which one comes back to it, from wherever it is entered first. */
function circles(arrows: Arrow[]): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: string[]) => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (path.includes(file) || done.has(file)) return;
    for (const { from, to } of arrows) if (from === file) walk(to, [...path, file]);
    done.add(file);
  };
  for (const { from } of arrows) walk(from, []);
  return found;
}
