// The drafting page: the text is the hero. It opens the draft, and stays as it is when the draft ends under one's hands:
// what was written and not saved remains on the screen until the person leaves. The desk, which is large, comes meanwhile.
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useRef, useState, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries';
import type { StatementDetail } from '../api/types';
import { Icon } from '../parts/icon';
import { takesServedText } from '../parts/served';
import { Loading } from '../parts/states';
import { useTitle } from '../parts/title';
import type { DraftConnection } from './connection';
import { DraftBar } from './draft-bar';
import { Confirm, until } from './later';
import { capped, keepsMode, modeKept, type Mode } from './mode';
import { useSight } from './sight';
import { useDraft, useSaid } from './use-draft';
import { useParties } from './use-parties';

interface Props {
  statement: StatementDetail;
  /** The person is done with a draft that is no draft any more. */
  onDone: () => void;
}

export function DraftPage({ statement, onDone }: Props) {
  const right = statement.my_right ?? 'read';
  // What is suggested is written, too.
  const mayEdit = capped('edit', right) !== 'read';
  const [mode, setMode] = useState<Mode>(() => modeKept(statement.id) ?? 'edit');
  const person = useMe().data?.person.id ?? '';
  const connection = useDraft({ draft: statement.id, person, mayEdit });
  const parties = useParties(statement.id, useSaid(connection, 'present'), connection);
  const met = useSaid(connection, 'met');
  useTitle(statement.title);
  useSight();
  const [readsAlong, setReadsAlong] = useState(false);
  const shown: Mode = readsAlong ? 'read' : capped(mode, right);
  const reads = (along: boolean) => {
    setReadsAlong(along);
    connection?.readsAlong(along);
  };
  const turns = (to: Mode) => {
    if (readsAlong && to !== 'read') reads(false);
    setMode(to);
    keepsMode(statement.id, to);
  };
  useEffect(() => {
    if (connection === undefined) return;
    connection.draft.mayOnlySuggest(right === 'suggest');
    connection.draft.turnTo(shown === 'suggest' ? 'suggest' : 'edit');
  }, [connection, shown, right]);
  const desk = useDesk();
  const atDesk = connection !== undefined && met && desk !== undefined;
  return (
    <>
      <DraftBar
        statement={statement}
        connection={connection}
        parties={parties}
        mode={shown}
        atDesk={atDesk}
        onMode={turns}
      />
      {atDesk ? (
        <desk.Desk statement={statement} connection={connection} mode={shown} onDone={onDone} onReadAlong={() => reads(true)} />
      ) : (
        <Waiting connection={connection} desk={desk} onDone={onDone} onReadAlong={() => reads(true)} />
      )}
      <LeaveGuard connection={connection} />
    </>
  );
}

type DeskCode = typeof import('./desk');

/** The desk, once it has come. */
function useDesk(): DeskCode | undefined {
  const [desk, setDesk] = useState<DeskCode>();
  useEffect(() => void until(() => import('./desk')).then(setDesk), []);
  return desk;
}

// Longer than any sound connection needs; then the person is told that something is the matter.
const SLOW_AFTER_MS = 6_000;

interface WaitingProps {
  connection: DraftConnection | undefined;
  desk: DeskCode | undefined;
  onDone: () => void;
  onReadAlong: () => void;
}

/** Before the text has arrived: what the server drew of it stays in sight, and nothing moves. */
function Waiting({ connection, desk, onDone, onReadAlong }: WaitingProps) {
  const { t } = useTranslation('drafting');
  const ending = useSaid(connection, 'ending');
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="draft">
      <span className="draft-side" />
      <main className="draft-page" id="main">
        {ending !== undefined && connection !== undefined && desk !== undefined ? (
          <desk.Ended connection={connection} editor={undefined} onDone={onDone} onReadAlong={onReadAlong} />
        ) : (
          <Served>
            <div className="text fetching">
              {slow && (
                <div className="notice amber" role="status">
                  <Icon name="cloud-off" />
                  <p>{t('editor.slow')}</p>
                </div>
              )}
              <Loading lines={9} />
            </div>
          </Served>
        )}
      </main>
    </div>
  );
}

/** The text as the server drew it; `children` where it drew none. */
function Served({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [has, setHas] = useState<boolean>();
  useLayoutEffect(() => {
    if (place.current !== null && takesServedText(place.current)) setHas(true);
  }, []);
  return (
    <>
      <div ref={place} />
      {has !== true && children}
    </>
  );
}

/** Leaving with words that no commit covers and no device keeps asks first, inside the app and when the window closes. */
function LeaveGuard({ connection }: { connection: DraftConnection | undefined }) {
  const { t } = useTranslation('drafting');
  const isKept = useSaid(connection, 'kept') === 'kept';
  const unsaved = useSaid(connection, 'unsaved') && !isKept;
  const blocker = useBlocker({ shouldBlockFn: () => unsaved, enableBeforeUnload: () => unsaved, withResolver: true });
  return (
    <Suspense>
      {blocker.status === 'blocked' && (
        <Confirm opened title={t('leave.title')} verb={t('leave.verb')} busy={false} onConfirm={() => blocker.proceed()} onClose={() => blocker.reset()}>
          <p>{t('leave.body')}</p>
        </Confirm>
      )}
    </Suspense>
  );
}
