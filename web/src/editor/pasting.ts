// The clipboard and the text. What other programs hand over is read in a document of its own (paste/), and comes in as blocks of ours;
// what is copied goes out as they like it, and as we like it again.
import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { isNote, readHtml, readPlain, type LeftOut, type Pasted, type PastedBlock } from '../paste';
import { PARAGRAPH } from '../text/draft';
import { addressOf } from '../text/link';
import type { SharedDraft } from './binding/shared';
import { carry } from './copying';
import { insert } from './insertion';

/** A payload beyond this is a book; Word's for a statement of thirty pages has about 400 kB. */
const PAYLOAD_CHARS_MAX = 4_000_000;
/** Words that a draft has room for, with much to spare. */
const LETTERS_MAX = 1_000_000;

export interface Pasting {
  left: LeftOut[];
  /** A title became a heading: the text has one already. */
  retitled: boolean;
}

export type PasteReport = Pasting | 'too-long';

export interface Options {
  draft: SharedDraft;
  /** Of a footnote: paragraphs only, and no footnotes. */
  inNote: boolean;
  /** What came of it; often nothing was left out. */
  onPaste: (report: PasteReport) => void;
  /** Files were let go or pasted. Whether they are a matter of the page's. */
  onFiles: (files: FileList) => boolean;
}

export function pasting(options: Options): Extension {
  return Extension.create({
    name: 'pasting',
    priority: 300,
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          // While a word is composed; otherwise taken before ProseMirror reads the payload, too, in the page's own document.
          handlePaste: (view, event) => event.clipboardData !== null && brings(view, event.clipboardData, options),
          handleDOMEvents: {
            paste(view, event) {
              if (view.composing || event.clipboardData === null || !brings(view, event.clipboardData, options)) return false;
              event.preventDefault();
              return true;
            },
            copy: (view, event) => takes(view, event, options),
            cut(view, event) {
              if (!takes(view, event, options)) return false;
              if (view.editable) view.dispatch(view.state.tr.deleteSelection().scrollIntoView());
              return true;
            },
          },
        },
      }),
    ],
  });
}

/** Puts what a clipboard or a hand holds where the selection is. Whether there was anything. */
export function brings(view: EditorView, data: DataTransfer, { draft, inNote, onPaste, onFiles }: Options): boolean {
  if (!view.editable) return true;
  if (data.files.length > 0 && onFiles(data.files)) return true;
  const [html, plain] = [data.getData('text/html'), data.getData('text/plain')];
  if (html === '' && plain === '') {
    if (data.files.length > 0) onPaste({ left: ['images'], retitled: false });
    return data.files.length > 0;
  }
  if (html.length > PAYLOAD_CHARS_MAX || plain.length > LETTERS_MAX) {
    onPaste('too-long');
    return true;
  }
  if (linksSelection(view, plain)) return true;
  const pasted = html === '' ? readPlain(plain) : readHtml(html);
  const fits = inNote ? asNote(pasted) : pasted;
  if (fits.blocks.reduce((sum, { content }) => sum + lettersIn(content), 0) > LETTERS_MAX) {
    onPaste('too-long');
    return true;
  }
  let retitled = false;
  draft.alone(() => {
    retitled = insert(view, fits, draft);
  });
  onPaste({ left: fits.left, retitled });
  return true;
}

function takes(view: EditorView, event: ClipboardEvent, { draft }: Options): boolean {
  const { selection } = view.state;
  if (selection.empty || event.clipboardData === null) return false;
  event.preventDefault();
  carry(event.clipboardData, selection.content(), draft);
  return true;
}

/** An address pasted over chosen words becomes their link. */
function linksSelection(view: EditorView, plain: string): boolean {
  const { selection, schema, tr } = view.state;
  const words = plain.trim();
  const href = /\s/u.test(words) ? undefined : addressOf(words);
  if (selection.empty || href === undefined || !/^(https?:\/\/|mailto:|www\.)/iu.test(words)) return false;
  view.dispatch(tr.addMark(selection.from, selection.to, schema.mark('link', { href })));
  return true;
}

/** In a footnote there are paragraphs, and no footnotes. */
function asNote({ blocks, left, open }: Pasted): Pasted {
  const plain = blocks.map(({ content, dir }): PastedBlock => ({ block: PARAGRAPH, ...(dir === undefined ? {} : { dir }), content: content.filter((one) => !isNote(one)) }));
  const had = blocks.some(({ content }) => content.some(isNote));
  return { blocks: plain, open, left: had && !left.includes('notes') ? [...left, 'notes'] : left };
}

function lettersIn(content: PastedBlock['content']): number {
  return content.reduce((sum, one) => sum + (isNote(one) ? one.note.reduce((all, block) => all + lettersIn(block.content), 1) : one.text.length), 1);
}
