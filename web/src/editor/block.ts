// The one kind of block the editor knows. What it is (a heading, a list's item) is an attribute, as it is stored; how it looks
// follows from that.
import { Node } from '@tiptap/core';
import type { DOMOutputSpec } from '@tiptap/pm/model';
import { PARAGRAPH, shapeOf } from '../text/draft';

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
    return drawn(node.attrs.block, node.attrs.dir === 'ltr' || node.attrs.dir === 'rtl' ? node.attrs.dir : 'auto');
  },
});

function drawn(block: unknown, dir: string): DOMOutputSpec {
  const shape = shapeOf(block);
  const attributes = { dir, 'data-block': shape?.kind ?? 'unknown', ...(shape === undefined || shape.level === 0 ? {} : { 'data-level': shape.level }) };
  switch (shape?.kind) {
    case 'title':
      return ['h1', attributes, 0];
    case 'heading':
      return [`h${shape.level + 1}`, attributes, 0];
    case 'bullet':
      return ['ul', attributes, ['li', 0]];
    case 'ordered':
      return ['ol', attributes, ['li', 0]];
    case 'quotation':
      return ['blockquote', attributes, ['p', 0]];
    default:
      return ['p', attributes, 0];
  }
}
