// What leaves the text, copied, cut or dragged: blocks with the words of their footnotes, as other programs like them and as we like
// them again.
import type { Mark, Node, Slice } from '@tiptap/pm/model';
import { writeHtml, writePlain, type Letters, type PastedBlock } from '../paste';
import { isDirection, isStart, PARAGRAPH, shapeOf } from '../text/draft';
import { documentOf, type Stretch } from './binding/reading';
import type { SharedDraft } from './binding/shared';
import { BREAK } from './binding/units';

/** Puts part of a text on a clipboard, or in the hand that drags it. */
export function carry(data: DataTransfer, slice: Slice, draft: SharedDraft): void {
  const { blocks, open } = copied(slice, draft);
  data.clearData();
  data.setData('text/html', writeHtml(blocks, open));
  data.setData('text/plain', writePlain(blocks));
}

/** The whole text in plain letters, with its numbers and the words of its footnotes. */
export function plainText(doc: Node, draft: SharedDraft): string {
  return writePlain(doc.children.map((block) => blockOf(block, draft)));
}

function copied({ content }: Slice, draft: SharedDraft): { blocks: PastedBlock[]; open: boolean } {
  const blocks = content.content.filter(({ type }) => type.name === 'block');
  if (blocks.length === 0) return { blocks: [{ block: PARAGRAPH, content: lettersOf(content.content, draft) }], open: true };
  return { blocks: blocks.map((block) => blockOf(block, draft)), open: blocks.length === 1 };
}

function blockOf({ attrs, children }: Node, draft: SharedDraft): PastedBlock {
  const { block, dir, start } = attrs as { block: string; dir: unknown; start: unknown };
  return {
    block: shapeOf(block) === undefined ? PARAGRAPH : block,
    ...(isDirection(dir) ? { dir } : {}),
    ...(isStart(start) ? { start } : {}),
    content: lettersOf(children, draft),
  };
}

function lettersOf(nodes: readonly Node[], draft: SharedDraft): PastedBlock['content'] {
  return nodes.flatMap((node): PastedBlock['content'] => {
    if (node.type.name === 'footnote') {
      const id = String(node.attrs.id);
      return [{ id, note: documentOf(node.type.schema, draft.note(id).toDelta() as Stretch[]).children.map((block) => blockOf(block, draft)) }];
    }
    const text = node.isText ? (node.text ?? '') : node.type.name === 'break' ? BREAK : '';
    return text === '' ? [] : [{ text, ...looks(node.marks) }];
  });
}

function looks(marks: readonly Mark[]): Omit<Letters, 'text'> {
  const found: Omit<Letters, 'text'> = {};
  for (const { type, attrs } of marks) {
    if (type.name === 'bold' || type.name === 'italic') found[type.name] = true;
    if (type.name === 'link') found.link = String(attrs.href);
    if (type.name === 'lang') found.lang = String(attrs.lang);
  }
  return found;
}
