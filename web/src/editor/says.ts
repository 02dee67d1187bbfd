// What is said of a suggestion in the text and on its card: what a paragraph would become, and what letters would look like.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockLooks, Styles } from '../text/asks';
import { PARAGRAPH, shapeOf } from '../text/draft';
import type { Says } from './suggested';

const ATTRIBUTES = ['bold', 'italic', 'link', 'lang'] as const;

export type StyleAct = (typeof ATTRIBUTES)[number] | `not-${(typeof ATTRIBUTES)[number]}`;

/** What a style does, an act for each attribute; `to` is a link's address or a language. */
export function styleActs(set: Styles): { act: StyleAct; to: string }[] {
  return ATTRIBUTES.filter((name) => set[name] !== undefined).map((name) => {
    const value = set[name] ?? null;
    return { act: value === null ? `not-${name}` : name, to: typeof value === 'string' ? value : '' };
  });
}

/** What a paragraph would be called. */
export function useBlockName(): (set: BlockLooks) => string {
  const { t } = useTranslation(['suggestions', 'drafting']);
  return useMemo(
    () =>
      ({ block }) => {
        const shape = shapeOf(block ?? PARAGRAPH);
        if (shape === undefined) return t('drafting:style.unknown');
        const { kind, level } = shape;
        switch (kind) {
          case 'title':
          case 'paragraph':
          case 'quotation':
            return t(`drafting:style.${kind}`);
          case 'heading':
          case 'numbered':
            return t(`drafting:style.${kind}-${level as 1 | 2 | 3}`);
          case 'bullet':
          case 'ordered':
          case 'continuation':
            return t(`suggestions:block.${kind}`, { level });
        }
      },
    [t],
  );
}

export function useSays(): Says {
  const { t } = useTranslation('suggestions');
  const block = useBlockName();
  return useMemo(() => {
    const named = (who: string) => who || t('somebody');
    return {
      words: (is, who) => t(`in-text.${is}`, { who: named(who) }),
      style: (set, who) => t('in-text.style', { who: named(who), what: styleActs(set).map(({ act, to }) => t(`style.${act}`, { to })).join(', ') }),
      mark: (is, who) => t(`in-text.mark-${is}`, { who: named(who) }),
      block: (set, who) => t('in-text.block', { who: named(who), block: block(set) }),
    };
  }, [t, block]);
}
