// The drafting page: the text is the hero. It opens the draft, and stays as it is when the draft ends under one's hands:
// what was written and not saved remains on the screen until the person leaves.
import { useBlocker } from '@tanstack/react-router';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries';
import type { StatementDetail } from '../api/types';
import { LinkDialog } from '../editor/link-dialog';
import { Footnotes, Outline } from '../editor/outline';
import { RemovedNotes } from '../editor/removed-notes';
import { TextEditor, useTextEditor } from '../editor/text-editor';
import { Toolbar } from '../editor/toolbar';
import type { PasteReport } from '../editor/pasting';
import { useMeasure } from '../editor/use-measure';
import { Confirm } from '../parts/confirm';
import { directionOf } from '../words/direction';
import { Icon } from '../parts/icon';
import { takesServedText } from '../parts/served';
import { Loading } from '../parts/states';
import { useTitle } from '../parts/title';
import { StatementTabs } from '../shell/statement-frame';
import { BeforeFreezing } from './before-freezing';
import type { DraftConnection } from './connection';
import { DraftBar, type Mode } from './draft-bar';
import { Drafters } from './drafters';
import { Ended } from './ended';
import { PasteNotice } from './paste-notice';
import { useSight } from './sight';
import { StatusBar } from './status-bar';
import { useDraft, useSaid } from './use-draft';
import { useParties } from './use-parties';

interface Props {
  statement: StatementDetail;
  /** The person is done with a draft that is no draft any more. */
  onDone: () => void;
}

export function DraftPage({ statement, onDone }: Props) {
  const mayEdit = statement.may.includes('edit');
  const [mode, setMode] = useState<Mode>(mayEdit ? 'edit' : 'read');
  const person = useMe().data?.person.id ?? '';
  const connection = useDraft({ draft: statement.id, person, mayEdit });
  const parties = useParties(statement.id, useSaid(connection, 'present'), connection);
  const met = useSaid(connection, 'met');
  useTitle(statement.title);
  useSight();
  const shown: Mode = mayEdit ? mode : 'read';
  const [readsAlong, setReadsAlong] = useState(false);
  const reads = (along: boolean) => {
    setReadsAlong(along);
    setMode(along ? 'read' : 'edit');
    connection?.readsAlong(along);
  };
  return (
    <>
      <DraftBar statement={statement} connection={connection} parties={parties} mode={shown} mayEdit={mayEdit} onMode={(to) => (readsAlong && to === 'edit' ? reads(false) : setMode(to))} />
      {connection !== undefined && met ? (
        <Desk statement={statement} connection={connection} editing={shown === 'edit'} onDone={onDone} onReadAlong={() => reads(true)} />
      ) : (
        <Waiting connection={connection} onDone={onDone} onReadAlong={() => reads(true)} />
      )}
      <LeaveGuard connection={connection} />
    </>
  );
}

interface DeskProps extends Props {
  connection: DraftConnection;
  editing: boolean;
  onReadAlong: () => void;
}

function Desk({ statement, connection, editing, onDone, onReadAlong }: DeskProps) {
  const { t } = useTranslation('drafting');
  const toolbar = useRef<HTMLDivElement>(null);
  const [linking, setLinking] = useState(false);
  const [outline, setOutline] = useState(false);
  const [paste, setPaste] = useState<PasteReport>();
  const ending = useSaid(connection, 'ending');
  const editable = editing && ending === undefined;
  const link = useCallback(() => setLinking(true), []);
  const { draft: shared } = connection;
  const { editor, active } = useTextEditor({
    draft: shared,
    others: connection,
    language: statement.language,
    editable,
    onToolbar: () => toolbar.current?.querySelector<HTMLElement>('button[tabindex="0"], button')?.focus(),
    onLink: link,
    onCompose: (is) => connection.composes(is),
    onPaste: (report) => setPaste(report === 'too-long' || report.retitled || report.left.length > 0 ? report : undefined),
  });
  // What was said of a paste that is taken back holds no more.
  useEffect(() => {
    const forget = ({ type }: { type: 'undo' | 'redo' }) => {
      if (type === 'undo') setPaste(undefined);
    };
    shared.undo.on('stack-item-popped', forget);
    return () => shared.undo.off('stack-item-popped', forget);
  }, [shared]);
  const text = useMeasure(editor, shared);

  return (
    <>
      <section className="tools" aria-label={t('toolbar.region')}>
        <StatementTabs statement={statement} />
        {editable ? <Toolbar ref={toolbar} editor={active} inNote={active !== editor} onLink={link} /> : <span />}
        <div className="tools-end">
          <button type="button" className="outline-button" aria-expanded={outline} aria-controls="sides" onClick={() => setOutline(!outline)}>
            {t('outline.open')}
          </button>
        </div>
      </section>
      <div className="draft">
        <aside id="sides" className={outline ? 'draft-side opened' : 'draft-side'}>
          <Outline editor={editor} headings={text.headings} onJump={() => setOutline(false)} />
        </aside>
        <main className="draft-page" id="main">
          <Ended connection={connection} editor={editor} onDone={onDone} onReadAlong={onReadAlong} />
          {paste !== undefined && <PasteNotice report={paste} onClose={() => setPaste(undefined)} />}
          <TextEditor editor={editor} />
          <div className="text below" lang={statement.language} dir={directionOf(statement.language)}>
            <Footnotes editor={editor} notes={text.notes} />
            <RemovedNotes editor={editor} draft={shared} removed={text.removed} editable={editable} />
          </div>
        </main>
        <div className="rail">
          <BeforeFreezing statement={statement} shared={shared} editor={editor} editable={editable} text={text} connection={connection} />
          {statement.kept !== true && <Drafters statement={statement} />}
        </div>
      </div>
      <StatusBar text={text} editor={editor} />
      {linking && editable && <LinkDialog editor={active} onClose={() => setLinking(false)} />}
    </>
  );
}

// Longer than any sound connection needs; then the person is told that something is the matter.
const SLOW_AFTER_MS = 6_000;

type WaitingProps = Pick<DeskProps, 'onDone' | 'onReadAlong'> & { connection: DraftConnection | undefined };

/** Before the text has arrived: what the server drew of it stays in sight, and nothing moves. */
function Waiting({ connection, onDone, onReadAlong }: WaitingProps) {
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
        {ending !== undefined && connection !== undefined ? (
          <Ended connection={connection} editor={undefined} onDone={onDone} onReadAlong={onReadAlong} />
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
    <Confirm
      opened={blocker.status === 'blocked'}
      title={t('leave.title')}
      verb={t('leave.verb')}
      busy={false}
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      <p>{t('leave.body')}</p>
    </Confirm>
  );
}
