// How long a text is, against its limit and read aloud, in the same words wherever it is said. A limit warns and stops nothing.
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { against, seconds, type Counts, type Limit } from '../text/count';

export interface LimitSaid {
  /** "919 of 1,500 words". */
  of: string;
  /** "581 left", or "32 over the limit". */
  left: string;
  /** A whole sentence, for lists. */
  sentence: string;
  isOver: boolean;
  /** Between 0 and 1, of a meter. */
  share: number;
}

export function useLengthSaid() {
  const { t } = useTranslation('statements');
  const number = (count: number) => new Intl.NumberFormat(i18next.language).format(count);

  const limited = (limit: Limit, counts: Counts): LimitSaid => {
    const { counted, left } = against(limit, counts);
    const notes = limit.with_notes ? t('limit.with-notes') : t('limit.without-notes');
    const of = t('limit.of', { counted: number(counted), max: number(limit.words), count: limit.words });
    const isOver = left < 0;
    return {
      of,
      left: isOver ? t('limit.over', { number: number(-left), count: -left }) : t('limit.left', { number: number(left), count: left }),
      sentence: isOver ? t('limit.is-over', { number: number(-left), count: -left, max: number(limit.words), notes }) : t('limit.is-within', { of, notes }),
      isOver,
      share: Math.min(counted / limit.words, 1),
    };
  };

  /** "about 7 min 40 s"; nothing for a language whose pace is not known. */
  const aloud = (words: number, language: string): string | undefined => {
    const takes = seconds(words, language);
    if (takes === undefined) return undefined;
    const [minutes, rest] = [Math.floor(takes / 60), takes % 60];
    return minutes === 0 ? t('limit.aloud-short', { seconds: rest }) : t('limit.aloud', { minutes: number(minutes), seconds: rest });
  };

  return { number, limited, aloud };
}
