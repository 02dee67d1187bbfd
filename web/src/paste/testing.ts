// Blocks as a test reads them: a line each, `numbered:1 | words`, bold in **, italics in __, links as [words](address), a note as
// {its paragraphs / one by one}, a soft return as ⏎.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNote, SOFT_RETURN, type PastedBlock } from './blocks';

export const vector = (file: string): string => readFileSync(join(import.meta.dirname, '../../../tests/vectors', file), 'utf8');

export const shown = (blocks: PastedBlock[]): string[] =>
  blocks.map(({ block, dir, start, content }) => `${[block, dir, start].filter((part) => part !== undefined).join(' ')} | ${words(content)}`);

function words(content: PastedBlock['content']): string {
  const parts = content.map((one) => {
    if (isNote(one)) return `{${one.note.map((part) => `${part.dir === undefined ? '' : `${part.dir} `}${words(part.content)}`).join(' / ')}}`;
    const bold = one.bold ? '**' : '';
    const italic = one.italic ? '__' : '';
    const text = `${bold}${italic}${one.text.replaceAll(SOFT_RETURN, '⏎')}${italic}${bold}`;
    const said = one.lang === undefined ? text : `<${one.lang} ${text}>`;
    return one.link === undefined ? said : `[${said}](${one.link})`;
  });
  return parts.join('');
}

/** Numbers below a bound, the same ones for the same seed. */
export type Dice = (below: number) => number;

export function dice(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
