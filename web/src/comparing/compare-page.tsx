// Two texts of a statement in one reading: which two, what differs, and the way through it. Which two stands in the address, so that a
// link shows the same again; one whose text is not there any more says so, and others can be chosen.
import { Link } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchChanges, useComparison } from '../api/queries';
import type { ComparedCounts, Comparison, StatementDetail } from '../api/types';
import { useAddress } from '../parts/address';
import { announce } from '../parts/announce';
import { Empty, Loading, Problem } from '../parts/states';
import { useTitle } from '../parts/title';
import { WordFile } from '../parts/word-file';
import { StatementTabs } from '../shell/statement-frame';
import { TextBar } from '../shell/text-bar';
import { WithStatement } from '../shell/with-statement';
import '../styles/comparing.css';
import { ChangeList, NarrowSteps, useSteps } from './change-list';
import { tell } from './changes';
import { useTelling } from './how';
import { Merged } from './merged';
import { chosen, Picker, SidesLine, useSideName, useSides } from './sides';

export function ComparePage() {
  return <WithStatement>{(statement) => <Compare statement={statement} />}</WithStatement>;
}

function Compare({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('comparing');
  const address = useAddress();
  const asked = { from: address.read('from'), to: address.read('to') };
  const sides = useSides(statement, [asked.from, asked.to]);
  const name = useSideName(sides);
  const { from, to } = chosen(statement, sides, asked);
  const two = from !== '' && to !== '';
  const comparison = useComparison(statement.id, { from, to }, two);
  useTitle(`${two ? t('title-of', { from: name(from), to: name(to) }) : t('title')} – ${statement.title}`);
  return (
    <div className="comparing">
      <TextBar statement={statement} />
      <section className="tools" aria-label={t('pick.label')}>
        <StatementTabs statement={statement} />
        {two ? <Picker sides={sides} from={from} to={to} /> : <span />}
      </section>
      {comparison.data === undefined ? (
        <div className="draft">
          <SidesLine statement={statement} sides={sides} from={from} to={to} />
          <main className="draft-page" id="main">
            {!two && <OneText statement={statement} />}
            {two && comparison.isPending && <Loading lines={9} />}
            {comparison.isError && <Problem error={comparison.error} retry={() => comparison.refetch()} />}
          </main>
        </div>
      ) : (
        <Read key={`${from} ${to}`} statement={statement} comparison={comparison.data.comparison} from={from} to={to}>
          <SidesLine statement={statement} sides={sides} from={from} to={to} />
        </Read>
      )}
    </div>
  );
}

function OneText({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('comparing');
  return (
    <Empty title={t('one-text.title')}>
      <p>{t('one-text.next')}</p>
      <Link className="btn" to="/statements/$id" params={{ id: statement.id }}>
        {t('one-text.back')}
      </Link>
    </Empty>
  );
}

interface ReadProps {
  statement: StatementDetail;
  comparison: Comparison;
  /** The two sides, as the address says them; one text may have been asked for on both. */
  from: string;
  to: string;
  children: React.ReactNode;
}

function Read({ statement, comparison, from, to, children }: ReadProps) {
  const { t } = useTranslation('comparing');
  const { where, what } = useTelling();
  const { language } = statement;
  const told = useMemo(() => tell(comparison.rows), [comparison]);
  const [current, setCurrent] = useState(0);
  const [whole, setWhole] = useState(told.changes.length === 0);
  const reading = { changes: told.changes, current };
  const go = useCallback(
    (number: number) => {
      const change = told.changes[number - 1];
      if (change === undefined) return;
      setCurrent(number);
      document.querySelector(`#listed-${number}`)?.scrollIntoView({ block: 'nearest' });
      document.querySelector(`#change-${number}`)?.scrollIntoView({ block: 'center' });
      announce(`${t('list.at', { number, all: told.changes.length })}. ${where(change.where)}, ${what(change)}`);
    },
    // Told in the language of the page, which does not change while one reads.
    // oxlint-disable-next-line react/exhaustive-deps
    [told],
  );
  useSteps(reading, go);
  return (
    <>
      <div className="draft">
        {children}
        <main className="draft-page" id="main">
          {comparison.same ? (
            <Empty title={t('same.title')}>
              <p>{from === to ? t('same.itself') : t('same.next')}</p>
            </Empty>
          ) : (
            <Legend whole={whole} onWhole={told.changes.length > 0 ? setWhole : undefined}>
              <WordFile name="compare.docx" className="btn small plain" fetch={() => fetchChanges(statement.id, { from, to })} />
            </Legend>
          )}
          <Merged told={told} language={language} reading={reading} whole={whole} />
        </main>
        {told.changes.length > 0 && <ChangeList reading={reading} language={language} onGo={go} />}
      </div>
      <Counts counts={comparison.counts} />
      {told.changes.length > 0 && <NarrowSteps reading={reading} onGo={go} />}
    </>
  );
}

function Legend({ whole, onWhole, children }: { whole: boolean; onWhole: ((whole: boolean) => void) | undefined; children: React.ReactNode }) {
  const { t } = useTranslation('comparing');
  return (
    <div className="legend">
      <ul aria-label={t('legend.label')}>
        <li>
          <ins className="accent">{t('legend.added')}</ins> {t('legend.added-is')}
        </li>
        <li>
          <del className="accent">{t('legend.removed')}</del> {t('legend.removed-is')}
        </li>
        <li>
          <span className="box double" aria-hidden="true" /> {t('legend.moved')}
        </li>
        <li>
          <span className="box dotted" aria-hidden="true" /> {t('legend.look')}
        </li>
      </ul>
      <div className="acts">
        {onWhole !== undefined && (
          <button type="button" className="btn small plain" onClick={() => onWhole(!whole)}>
            {whole ? t('legend.close-all') : t('legend.open-all')}
          </button>
        )}
        {children}
      </div>
    </div>
  );
}

function Counts({ counts }: { counts: ComparedCounts }) {
  const { t } = useTranslation('comparing');
  const told = (['added', 'removed', 'moved', 'restyled', 'notes', 'renumbered'] as const).filter((name) => counts[name] > 0);
  return (
    <footer className="statusbar">
      <span className="words">
        <b className="nums">{t('counts.words', { old: counts.old_words, new: counts.new_words })}</b>
        <span>{t('counts.words-differ', { added: counts.words_added, removed: counts.words_removed })}</span>
      </span>
      <span className="end">
        {told.map((name) => (
          <span key={name}>{t(`counts.${name}`, { count: counts[name] })}</span>
        ))}
      </span>
    </footer>
  );
}
