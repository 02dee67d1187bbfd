// The brackets beside the text, in its order: what each says in its alternatives, who stands behind which, what is agreed, and how it is
// resolved. Where they stand is read from the draft, what was said about them is asked of the server. On a phone they are a sheet.
import type { Editor } from '@tiptap/react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useBrackets, useEnterBracket } from '../api/queries';
import type { BracketSaid, StatementDetail } from '../api/types';
import { alternativeKey, type Bracketed, type Standing } from '../editor/bracketed';
import { spelled } from '../editor/keys';
import { goToPassage } from '../editor/remarked';
import { announce } from '../parts/announce';
import { Icon } from '../parts/icon';
import { Problem } from '../parts/states';
import { useCalls } from './author';
import { BracketCard, bracketCardOf } from './bracket-card';

interface Props {
  statement: StatementDetail;
  /** Of the text; and the one that is written in, which may be that of an open footnote. */
  editor: Editor;
  active: Editor;
  brackets: Bracketed;
  editable: boolean;
  /** Whether the sheet is open, where there is one. */
  opened: boolean;
  onOpen: (opened: boolean) => void;
  /** Counts how often a bracket was asked for elsewhere on the page. */
  asked: number;
}

const NONE: readonly BracketSaid[] = [];

export function Brackets({ statement, editor, active, brackets, editable, opened, onOpen, asked }: Props) {
  const { t } = useTranslation('remarks');
  const found = useBrackets(statement.id);
  const { brackets: said = NONE, may_stand: mayStand = false, may_bracket: mayBracket = false } = found.data ?? {};
  const { standing, chosen } = useSyncExternalStore(brackets.subscribe, brackets.snapshot);
  const enter = useEnterBracket(statement.id);
  const [nothingChosen, setNothingChosen] = useState(false);
  useBehind(brackets, said);

  useEffect(() => {
    if (asked === 0 || !editable) return;
    const id = brackets.begin(active);
    setNothingChosen(id === undefined);
    onOpen(true);
    if (id === undefined) return;
    announce(t('bracket.made'));
    enter.mutate(id);
    // Only what was asked counts, not that it could be answered otherwise now.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [asked]);

  // A bracket that was chosen in the text brings its card into sight.
  useEffect(() => {
    if (chosen !== undefined) requestAnimationFrame(() => document.getElementById(bracketCardOf(chosen))?.scrollIntoView({ block: 'nearest' }));
  }, [chosen]);

  const close = () => {
    onOpen(false);
    editor.commands.focus();
  };
  const goes = (one: Standing) => {
    brackets.choose(one.id);
    onOpen(false);
    goToPassage(editor, one);
  };
  if (standing.length === 0 && !nothingChosen && !opened) return null;
  return (
    <section id="brackets-panel" className={opened ? 'remarks brackets opened' : 'remarks brackets'} aria-labelledby="brackets">
      <header className="remarks-head">
        <h2 id="brackets">
          {t('bracket.heading')} <span className="nums">{standing.length}</span>
        </h2>
        <button type="button" className="btn small plain remarks-close" aria-label={t('bracket.close')} onClick={close}>
          <Icon name="cross" />
        </button>
      </header>
      <p className="quiet" role="status">
        {nothingChosen ? t('bracket.choose-first') : standing.length === 0 ? t('bracket.none') : ''}
      </p>
      {editable && mayBracket && (
        <button
          type="button"
          className="btn small"
          aria-keyshortcuts={spelled('bracket')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            const id = brackets.begin(active);
            setNothingChosen(id === undefined);
            if (id !== undefined) enter.mutate(id);
          }}
        >
          <Icon name="bracket" /> {t('bracket.new')}
        </button>
      )}
      {enter.isError && <Problem beside error={enter.error} retry={() => Promise.resolve(enter.mutate(enter.variables))} />}
      {found.isError && found.data === undefined && <Problem beside error={found.error} retry={() => found.refetch()} />}
      <ul className="notes">
        {standing.map((one) => (
          <li key={`${one.root} ${one.id}`}>
            <BracketCard
              statement={statement.id}
              bracket={one}
              said={said.find(({ id }) => id === one.id)}
              brackets={brackets}
              isChosen={one.id === chosen}
              mayEdit={editable && mayBracket}
              mayStand={mayStand}
              onGo={() => goes(one)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Draws in the text who stands behind which words. */
function useBehind(brackets: Bracketed, said: readonly BracketSaid[]): void {
  const calls = useCalls();
  const behind = useMemo(() => {
    const names = new Map<string, string>();
    for (const { id, stands } of said) {
      for (const { alternative, by } of stands) {
        const key = alternativeKey(id, alternative);
        names.set(key, [names.get(key), calls(by).acronym].filter((name) => name !== undefined).join(', '));
      }
    }
    return names;
    // What somebody is called changes with the language alone, and with that the page.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [said]);
  useEffect(() => brackets.stand(behind), [brackets, behind]);
}
