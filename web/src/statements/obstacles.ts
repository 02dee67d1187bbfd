// Obstacles in words. What the server tells comes as a sentence; what is seen from here is told with the same words.
import { useTranslation } from 'react-i18next';
import type { Obstacle, Place } from '../api/types';
import type { Found } from '../editor/obstacles';
import { plainly } from '../text/unseen';
import type { english } from '../words';

/** Obstacles of one kind. */
export interface Group {
  code: string;
  /** What they are, where there are several. */
  heading: string | undefined;
  items: { obstacle: Obstacle; words: string }[];
}

type Words = keyof typeof english.obstacles;

const WHAT_CHARS_MAX = 120;

export function useTelling() {
  const { t } = useTranslation(['obstacles', 'statements']);
  const said = (key: Words, values: Record<string, string>) => t(key, { ns: 'obstacles', ...values });

  /** A place in words, as the server says it. */
  const phrase = (place: Place): string => {
    const { footnote, kind, label, excerpt } = place;
    if (footnote !== undefined) return said('draft-place.footnote', { number: String(footnote), excerpt });
    if (kind === 'heading') return said('draft-place.heading', { excerpt });
    return label === undefined ? said('draft-place.paragraph', { excerpt }) : said('draft-place.numbered', { label, excerpt });
  };

  const told = ({ code, place, values }: Found): Obstacle => {
    const plain = Object.entries(values).map(([name, value]) => [name, plainly([...value].slice(0, WHAT_CHARS_MAX).join(''), true)]);
    const mentioned: Record<string, string> = Object.fromEntries(plain);
    const named = code === 'unseen' ? said(`character.${values.character}` as Words, {}) : undefined;
    if (named !== undefined) mentioned.character = named;
    if (place !== undefined) mentioned.place = phrase(place);
    return {
      code: `draft-problem-${code}`,
      sentence: said(`draft-problem.${code}`, mentioned),
      ...(place === undefined ? {} : { place }),
      ...(named === undefined ? {} : { character: { code: values.code ?? '', name: named } }),
    };
  };

  const heading = (code: string, count: number): string => {
    switch (code) {
      case 'draft-problem-unseen':
        return t('many.unseen', { ns: 'statements', count });
      case 'draft-problem-unprintable':
        return t('many.unprintable', { ns: 'statements', count });
      case 'draft-problem-forbidden-link':
      case 'draft-problem-link-not-whole':
        return t('many.link', { ns: 'statements', count });
      case 'draft-problem-link-names-another':
        return t('many.link-names-another', { ns: 'statements', count });
      case 'draft-problem-open-bracket':
        return t('many.open-bracket', { ns: 'statements', count });
      case 'draft-problem-empty-footnote':
        return t('many.empty-footnote', { ns: 'statements', count });
      case 'draft-problem-open-suggestion':
        return t('many.open-suggestion', { ns: 'statements', count });
      default:
        return t('many.other', { ns: 'statements', count });
    }
  };

  /** One of many: which character, and where. */
  const briefly = ({ sentence, character, place }: Obstacle): string => {
    if (place === undefined) return sentence;
    if (character === undefined) return phrase(place);
    return t('many.character', { ns: 'statements', ...character, place: phrase(place) });
  };

  /** One of a kind is told whole; of many, each says where it stands. */
  const grouped = (obstacles: Obstacle[]): Group[] => {
    const kinds = new Map<string, Obstacle[]>();
    for (const one of obstacles) kinds.set(one.code, [...(kinds.get(one.code) ?? []), one]);
    return [...kinds].map(([code, all]) => {
      if (all.length === 1) return { code, heading: undefined, items: all.map((obstacle) => ({ obstacle, words: obstacle.sentence })) };
      const items = all.map((obstacle) => ({ obstacle, words: briefly(obstacle) }));
      return { code, heading: heading(code, all.length), items };
    });
  };

  return { told, grouped };
}
