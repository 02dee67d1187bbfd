// From the stored text to the editor's document. Whatever is stored has a document; what the description does not know becomes a
// placeholder in it.
import type { Node, Schema } from '@tiptap/pm/model';
import { isNoteId } from '../../text/draft';
import { blockAttributes, marksOf, type Attributes } from './attributes';
import { BREAK, MARK } from './units';

/** What Yjs calls a delta: the text in stretches. */
export interface Stretch {
  insert?: unknown;
  attributes?: Attributes;
}

/** Letters, footnotes and soft returns of one stretch without paragraph marks. */
export function inlineOf(schema: Schema, insert: unknown, attributes: Attributes | undefined): Node[] {
  const marks = marksOf(schema, attributes);
  if (typeof insert !== 'string') return [embedded(schema, insert).mark(marks)];
  return insert
    .split(new RegExp(`([${BREAK}${RETURN}])`, 'u'))
    .filter((part) => part !== '')
    .map((part) => (part === BREAK ? schema.node('break', null, undefined, marks) : part === RETURN ? embedded(schema, part).mark(marks) : schema.text(part, marks)));
}

// No page writes it. An editor that reads its page again takes it for the end of a line, and would write that in its person's name.
const RETURN = '\r';

function embedded(schema: Schema, insert: unknown): Node {
  const note: unknown = typeof insert === 'object' && insert !== null && 'note' in insert ? insert.note : undefined;
  if (isNoteId(note) && Object.keys(insert as object).length === 1) return schema.node('footnote', { id: note });
  return schema.node('unknown', { json: safely(insert) });
}

function safely(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? '').slice(0, 200);
  } catch {
    return '';
  }
}

/** The document of a whole text. Words behind the last mark are a paragraph, and so is an empty text. */
export function documentOf(schema: Schema, stretches: readonly Stretch[]): Node {
  const blocks: Node[] = [];
  let content: Node[] = [];
  // One by one: a stretch may have more of them than a call takes arguments.
  const add = (insert: unknown, attributes: Attributes | undefined) => inlineOf(schema, insert, attributes).forEach((node) => content.push(node));
  const close = (attributes: Attributes | undefined) => {
    blocks.push(schema.node('block', blockAttributes(attributes), joined(content)));
    content = [];
  };
  for (const { insert, attributes } of stretches) {
    if (typeof insert !== 'string') {
      add(insert, attributes);
      continue;
    }
    const parts = insert.split(MARK);
    parts.forEach((part, at) => {
      if (part !== '') add(part, attributes);
      if (at < parts.length - 1) close(attributes);
    });
  }
  if (content.length > 0 || blocks.length === 0) close(undefined);
  return schema.node('doc', null, blocks);
}

/** Letters that look alike are one piece to the editor. */
function joined(nodes: Node[]): Node[] {
  const all: Node[] = [];
  for (const node of nodes) {
    const last = all.at(-1);
    if (last?.isText && node.isText && last.sameMarkup(node)) {
      all[all.length - 1] = node.type.schema.text(`${last.text}${node.text}`, last.marks);
    } else {
      all.push(node);
    }
  }
  return all;
}
