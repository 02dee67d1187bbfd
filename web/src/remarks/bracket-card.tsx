// One bracket: its alternatives, each with those who stand behind it, and what can be done about it. Whoever stood behind words that were
// changed since is told apart: they may mean something else by now.
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAgree, useEnterBracket, useStandBehind } from '../api/queries';
import type { BracketSaid } from '../api/types';
import type { Alternative } from '../editor/binding/brackets';
import type { Bracketed, Standing } from '../editor/bracketed';
import { announce } from '../parts/announce';
import { Icon } from '../parts/icon';
import { OrgChip } from '../parts/org-chip';
import { Problem } from '../parts/states';
import { useRecent } from '../parts/when';
import { ALTERNATIVES_MAX } from '../text/draft';
import { useCalls } from './author';
import { Composer } from './composer';
import type { Mentionable } from './mentions';
import { shortened } from './thread-card';

const Confirm = lazy(async () => ({ default: (await import('../parts/confirm')).Confirm }));

// Words of the text mention nobody.
const NOBODY: readonly Mentionable[] = [];

interface Props {
  statement: string;
  bracket: Standing;
  /** What was said about it; nothing before the server knows it. */
  said: BracketSaid | undefined;
  brackets: Bracketed;
  isChosen: boolean;
  mayEdit: boolean;
  mayStand: boolean;
  onGo: () => void;
}

export function BracketCard({ statement, bracket, said, brackets, isChosen, mayEdit, mayStand, onGo }: Props) {
  const { t } = useTranslation('remarks');
  const [words, setWords] = useState<string>();
  const [keeping, setKeeping] = useState<{ seen: Standing; alternative: Alternative }>();
  const { id, alternatives } = bracket;
  const first = alternatives[0];
  const adds = () => {
    if (words === undefined || !brackets.add(id, words)) return;
    announce(t('bracket.added'));
    setWords(undefined);
  };
  return (
    <article
      id={bracketCardOf(id)}
      className={isChosen ? 'note bracket-card current' : 'note bracket-card'}
      tabIndex={-1}
      aria-label={t('bracket.on', { words: shortened(first?.words ?? '') })}
      aria-current={isChosen || undefined}
    >
      {said !== undefined && <MadeLine {...said} />}
      <ol className="alternatives">
        {alternatives.map((alternative) => (
          <li key={alternative.number}>
            <AlternativeLine
              statement={statement}
              id={id}
              alternative={alternative}
              said={said}
              mayEdit={mayEdit}
              mayStand={mayStand}
              onGo={onGo}
              {...(alternatives.length > 1 ? { onKeep: () => setKeeping({ seen: bracket, alternative }) } : {})}
            />
          </li>
        ))}
      </ol>
      {mayEdit && words === undefined && (
        <footer>
          {alternatives.length < ALTERNATIVES_MAX && (
            <button type="button" className="btn small" onClick={() => setWords('')}>
              {t('bracket.add')}
            </button>
          )}
          {alternatives.length === 1 && (
            <button
              type="button"
              className="btn small plain"
              onClick={() => {
                brackets.lift(id);
                announce(t('bracket.lifted'));
              }}
            >
              {t('bracket.lift')}
            </button>
          )}
        </footer>
      )}
      {mayEdit && words !== undefined && (
        <Composer label={t('bracket.words')} verb={t('bracket.add')} words={words} mentionable={NOBODY} busy={false} error={undefined} onWrite={setWords} onSend={adds} onCancel={() => setWords(undefined)} />
      )}
      {keeping !== undefined && (
        <Suspense>
          <Keep {...keeping} brackets={brackets} onClose={() => setKeeping(undefined)} />
        </Suspense>
      )}
    </article>
  );
}

interface LineProps extends Pick<Props, 'statement' | 'said' | 'mayEdit' | 'mayStand' | 'onGo'> {
  id: string;
  alternative: Alternative;
  /** Where there are others. */
  onKeep?: () => void;
}

function AlternativeLine({ statement, id, alternative, said, mayEdit, mayStand, onGo, onKeep }: LineProps) {
  const { t } = useTranslation('remarks');
  const enter = useEnterBracket(statement);
  const stand = useStandBehind(statement);
  const agree = useAgree(statement);
  const calls = useCalls();
  const recent = useRecent();
  const { number, words } = alternative;
  const spoken = spokenOf(words);
  const stands = said?.stands.filter((one) => one.alternative === number) ?? [];
  const own = stands.find((one) => one.own);
  const agreed = said?.agreed?.alternative === number ? said.agreed : undefined;
  const isBusy = enter.isPending || stand.isPending || agree.isPending;
  const error = enter.error ?? stand.error ?? agree.error;
  // A bracket that the server has not heard of is entered by the first who says something about it and may.
  const maySpeak = said !== undefined || mayEdit;
  const says = async (act: typeof stand | typeof agree, speaks: boolean, told: string) => {
    if (said === undefined) await enter.mutateAsync(id);
    await act.mutateAsync({ bracket: id, on: speaks ? { alternative: number, words: spoken } : null });
    announce(told);
  };
  return (
    <>
      <button type="button" className="quote" dir="auto" aria-label={t('go', { quote: shortened(words) })} onClick={onGo}>
        {words}
      </button>
      {stands.length > 0 && (
        <ul className="behind" aria-label={t('bracket.behind')}>
          {stands.map(({ by, at, words: then }) => (
            <li key={`${by.organisation?.id ?? ''} ${at}`}>
              <OrgChip {...calls(by)} />
              {then !== spoken && <span className="quiet">{t('bracket.changed')}</span>}
            </li>
          ))}
        </ul>
      )}
      {agreed !== undefined && (
        <p className="kind agreed">
          <Icon name="tick" />
          <span>
            {t('bracket.agreed-by', { who: calls(agreed.by).name, when: recent(agreed.at) })} {agreed.words !== spoken && t('bracket.changed')}
          </span>
        </p>
      )}
      {error !== null && <Problem error={error} />}
      {maySpeak && (mayStand || mayEdit) && (
        <div className="acts">
          {mayStand && (
            <button type="button" className="btn small" disabled={isBusy} onClick={() => void says(stand, own?.words !== spoken, t(own?.words === spoken ? 'bracket.stepped-back' : 'bracket.stood')).catch(() => undefined)}>
              {t(own === undefined ? 'bracket.stand' : own.words === spoken ? 'bracket.step-back' : 'bracket.stand-again')}
            </button>
          )}
          {mayEdit && (
            <button type="button" className="btn small plain" disabled={isBusy} onClick={() => void says(agree, agreed === undefined, t(agreed === undefined ? 'bracket.is-agreed' : 'bracket.not-agreed')).catch(() => undefined)}>
              {t(agreed === undefined ? 'bracket.agree' : 'bracket.disagree')}
            </button>
          )}
          {mayEdit && onKeep !== undefined && (
            <button type="button" className="btn small plain" onClick={onKeep}>
              {t('bracket.keep')}
            </button>
          )}
        </div>
      )}
    </>
  );
}

function MadeLine({ made_by: by, made_at: at }: BracketSaid) {
  const { t } = useTranslation('remarks');
  const recent = useRecent();
  return <p className="quiet">{t('bracket.made-by', { who: useCalls()(by).name, when: recent(at) })}</p>;
}

interface KeepProps {
  seen: Standing;
  alternative: Alternative;
  brackets: Bracketed;
  onClose: () => void;
}

/** Before words go, it says which. */
function Keep({ seen, alternative, brackets, onClose }: KeepProps) {
  const { t } = useTranslation('remarks');
  const [changed, setChanged] = useState(false);
  const keeps = () => {
    if (!brackets.keep(seen, alternative.number)) {
      setChanged(true);
      return;
    }
    announce(t('bracket.kept'));
    onClose();
  };
  const others = seen.alternatives.filter(({ number }) => number !== alternative.number);
  return (
    <Confirm
      opened
      title={t('bracket.keep-title')}
      verb={t('bracket.keep-verb')}
      busy={false}
      {...(changed ? { changes: [t('bracket.keep-changed')], asks: false } : {})}
      onConfirm={changed ? onClose : keeps}
      onClose={onClose}
    >
      <p>{t('bracket.keeps')}</p>
      <blockquote dir="auto">{alternative.words}</blockquote>
      <p>{t('bracket.deletes', { count: others.length })}</p>
      {others.map(({ number, words }) => (
        <blockquote key={number} dir="auto">
          <del>{words}</del>
        </blockquote>
      ))}
    </Confirm>
  );
}

/** What is kept of the words that somebody stands behind, as the server bounds it (`ALTERNATIVE_CHARS_MAX`). */
const SPOKEN_CHARS_MAX = 2_000;

function spokenOf(words: string): string {
  return Array.from(words.replaceAll('\0', '')).slice(0, SPOKEN_CHARS_MAX).join('');
}

export function bracketCardOf(id: string): string {
  return `bracket-${id}`;
}
