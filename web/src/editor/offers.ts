// What "/" offers in the text of a statement: the kinds a paragraph can be of, by the names these have in the tools, and a footnote.
import type { Extension } from '@tiptap/core';
import type { TFunction } from 'i18next';
import type { SharedDraft } from './binding/shared';
import { slash } from './slash';

const FOOTNOTE = 'footnote';

const LABELS = {
  'heading:1': 'style.heading-1',
  'heading:2': 'style.heading-2',
  'heading:3': 'style.heading-3',
  'numbered:1': 'style.numbered-1',
  'numbered:2': 'style.numbered-2',
  'numbered:3': 'style.numbered-3',
  'bullet:1': 'toolbar.bullets',
  'ordered:1': 'toolbar.numbers',
  quotation: 'style.quotation',
  title: 'style.title',
  [FOOTNOTE]: 'toolbar.footnote',
} as const;

const OFFERED = Object.keys(LABELS) as (keyof typeof LABELS)[];

export function offers(t: TFunction<'drafting'>, draft: SharedDraft): Extension {
  return slash({
    offers: () => OFFERED.map((what) => ({ what, label: t(LABELS[what]) })),
    // One act: undo gives back the slash, and what was typed behind it.
    take: (editor, what, slashed) =>
      draft.alone(() => {
        const chain = editor.chain().focus().deleteRange(slashed);
        (what === FOOTNOTE ? chain.insertFootnote() : chain.setBlock(what)).run();
      }),
  });
}
