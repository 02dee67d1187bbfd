// The acts of a suggestion in words, the first of them; words that come and go are drawn as in the text.
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlockName } from '../editor/says';
import type { Act } from './acts';

/** More than one reads on a card; the text shows them all. */
const TOLD_MAX = 6;
const WORDS_MAX = 240;

interface Props {
  acts: readonly Act[];
  /** The organisation's colour. */
  colour: string;
}

export function ActsSaid({ acts, colour }: Props) {
  const { t } = useTranslation('suggestions');
  const more = acts.length - TOLD_MAX;
  return (
    <>
      {acts.slice(0, TOLD_MAX).map((act, at) => (
        // A list that is only drawn anew as a whole.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={at} className="act">
          {act.inNote && <span className="quiet">{t('act.in-footnote')} </span>}
          <ActSaid act={act} colour={colour} />
        </span>
      ))}
      {more > 0 && <span className="act quiet">{t('act.more', { count: more })}</span>}
    </>
  );
}

function ActSaid({ act, colour }: { act: Act; colour: string }) {
  const { t } = useTranslation('suggestions');
  const block = useBlockName();
  const look = `said-words ${colour}`;
  const ins = (words: string) => (
    <ins className={look} dir="auto">
      {cut(words)}
    </ins>
  );
  const del = (words: string) => (
    <del className={look} dir="auto">
      {cut(words)}
    </del>
  );
  switch (act.is) {
    case 'insert':
      return woven(t('act.insert', HOLES), { words: ins(act.words) });
    case 'delete':
      return woven(t('act.delete', HOLES), { words: del(act.words) });
    case 'replace':
      return woven(t('act.replace', HOLES), { old: del(act.old), words: ins(act.words) });
    case 'style':
      return woven(t(`act.${act.act}`, HOLES), { words: <q dir="auto">{cut(act.words)}</q>, to: <bdi>{act.to}</bdi> });
    case 'block':
      return t('act.block', { block: block(act.set) });
    case 'split':
    case 'join':
    case 'footnote':
    case 'delete-footnote':
      return t(`act.${act.is}`);
  }
}

// Words that somebody wrote are never part of a sentence that is read for signs; they are put where its holes are.
const HOLE = '\uE000';
const HOLES = { words: `${HOLE}words${HOLE}`, old: `${HOLE}old${HOLE}`, to: `${HOLE}to${HOLE}` };

function woven(sentence: string, parts: Record<string, ReactNode>): ReactNode {
  return sentence.split(HOLE).map((part, at) => (
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={at}>{at % 2 === 0 ? part : parts[part]}</Fragment>
  ));
}

function cut(words: string): string {
  const letters = Array.from(words);
  return letters.length <= WORDS_MAX ? words : `${letters.slice(0, WORDS_MAX - 1).join('')}…`;
}
