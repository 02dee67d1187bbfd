// The one kind of block the editor knows. What it is (a heading, a list's item) is an attribute, as it is stored; how it looks
// follows from that. The list around an item is drawn with its number (numbers.ts).
import { Node } from '@tiptap/core';
import type { DOMOutputSpec, Node as ProseNode } from '@tiptap/pm/model';
import { isDirection, PARAGRAPH, shapeOf } from '../text/draft';

export const Block = Node.create({
  name: 'block',
  group: 'block',
  content: 'inline*',
  // Typed over as a whole it keeps its kind.
  defining: true,
  priority: 1000,

  addAttributes() {
    return { block: { default: PARAGRAPH }, dir: { default: null }, start: { default: null } };
  },

  parseHTML() {
    return [{ tag: 'p' }];
  },

  renderHTML({ node }) {
    return drawn(node);
  },
});

/** What its outermost element says of a block. */
export function attributesOf({ attrs: { block, dir } }: ProseNode): Record<string, string> {
  const shape = shapeOf(block);
  const level: Record<string, string> = shape === undefined || shape.level === 0 ? {} : { 'data-level': String(shape.level) };
  return { dir: isDirection(dir) ? dir : 'auto', 'data-block': shape?.kind ?? 'unknown', ...level };
}

function drawn(node: ProseNode): DOMOutputSpec {
  const shape = shapeOf(node.attrs.block);
  const attributes = attributesOf(node);
  switch (shape?.kind) {
    case 'title':
      return ['h1', attributes, 0];
    case 'heading':
      return [`h${shape.level + 1}`, attributes, 0];
    case 'bullet':
    case 'ordered':
      return ['li', 0];
    case 'quotation':
      return ['blockquote', attributes, ['p', 0]];
    default:
      return ['p', attributes, 0];
  }
}
