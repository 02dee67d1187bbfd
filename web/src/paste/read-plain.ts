// Reads plain text: a line is a paragraph, as every program writes it. Numbers and bullets that were typed are told apart from
// words as in HTML.
import { BLOCKS_MAX, type Pasted } from './blocks';
import { contentsOf, type Piece } from './letters';
import type { Found } from './numbering';
import { settled } from './settle';

export function readPlain(text: string): Pasted {
  const lines = text.split(/\r\n|[\n\r\u0085\u2029\f]/u, BLOCKS_MAX + 1);
  const open = lines.length === 1;
  const found = lines.flatMap((line) => {
    // Word's soft return is a vertical tab.
    const pieces = line.split(/[\v\u2028]/u).flatMap((part, at): Piece[] => (at > 0 ? ['break', { text: part }] : [{ text: part }]));
    return contentsOf(pieces, open ? 'kept' : 'trimmed').map((content): Found => ({ kind: 'paragraph', level: 1, content }));
  });
  return settled(found, [], open);
}
