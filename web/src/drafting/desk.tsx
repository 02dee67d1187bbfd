// The desk at which a draft is written: tools above the text, what is in it and what stands in its way beside it. It is loaded while the
// page above it opens the draft (draft-page.tsx), and its tools while it is drawn: on a narrow line whoever writes waits for neither.
import { Suspense, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchDraft } from '../api/queries';
import type { StatementDetail } from '../api/types';
import { Footnotes, Outline } from '../editor/outline';
import type { PasteReport } from '../editor/pasting';
import { Bracketed } from '../editor/bracketed';
import { Proposed } from '../editor/proposed';
import { Remarked } from '../editor/remarked';
import { RemovedNotes } from '../editor/removed-notes';
import type { View } from '../editor/settled-text';
import { TextEditor, useTextEditor } from '../editor/text-editor';
import { useMeasure } from '../editor/use-measure';
import { WhatLeaves, WordFile } from '../parts/word-file';
import { StatementTabs } from '../shell/statement-frame';
import { directionOf } from '../words/direction';
import type { DraftConnection } from './connection';
import { Ended } from './ended';
import { wordFileIn } from './incoming';
import { Aids, BeforeFreezing, Beside, Brackets, BracketsButton, Drafters, LinkDialog, RemarksButton, SettledText, Toolbar, WhoAsked, WordDialog, WordIntake } from './later';
import type { Mode } from './mode';
import { PasteNotice } from './paste-notice';
import { StatusBar } from './status-bar';
import { useSaid } from './use-draft';

export { Ended } from './ended';

interface Props {
  statement: StatementDetail;
  connection: DraftConnection;
  mode: Mode;
  /** The person is done with a draft that is no draft any more. */
  onDone: () => void;
  onReadAlong: () => void;
}

export function Desk({ statement, connection, mode, onDone, onReadAlong }: Props) {
  const { t } = useTranslation('drafting');
  const toolbar = useRef<HTMLDivElement>(null);
  const [linking, setLinking] = useState(false);
  const [outline, setOutline] = useState(false);
  const [remarks, setRemarks] = useState(false);
  const [asked, setAsked] = useState(0);
  const [whoAsked, setWhoAsked] = useState({ opened: false, asked: 0 });
  const [brackets, setBrackets] = useState(false);
  const [bracketAsked, setBracketAsked] = useState(0);
  const [paste, setPaste] = useState<PasteReport>();
  const [file, setFile] = useState<File>();
  const takes = useCallback((files: FileList) => {
    const found = wordFileIn(files);
    if (found !== undefined) setFile(found);
    return found !== undefined;
  }, []);
  const [ending, saved] = [useSaid(connection, 'ending'), useSaid(connection, 'saved')];
  const [view, setView] = useState<View>('with');
  const { draft: shared } = connection;
  // Nobody suggests before it is known in whose name.
  const own = useSyncExternalStore(shared.subscribe, () => shared.own);
  const editable = mode !== 'read' && ending === undefined && view === 'with' && (mode === 'edit' || own !== undefined);
  const link = useCallback(() => setLinking(true), []);
  const remark = useCallback(() => setAsked((before) => before + 1), []);
  const asks = useCallback(() => setWhoAsked(({ opened, asked: before }) => ({ opened, asked: before + 1 })), []);
  const opensWhoAsked = useCallback((opened: boolean) => setWhoAsked((before) => ({ ...before, opened })), []);
  const bracket = useCallback(() => setBracketAsked((before) => before + 1), []);
  const marks = useMemo(() => new Remarked(shared), [shared]);
  const proposed = useMemo(() => new Proposed(shared), [shared]);
  const bracketed = useMemo(() => new Bracketed(shared), [shared]);
  const { editor, active } = useTextEditor({
    draft: shared,
    others: connection,
    marks,
    proposed,
    brackets: bracketed,
    language: statement.language,
    editable,
    onToolbar: () => toolbar.current?.querySelector<HTMLElement>('button[tabindex="0"], button')?.focus(),
    onLink: link,
    onBracket: bracket,
    onCompose: (is) => connection.composes(is),
    onFiles: takes,
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
  const text = useMeasure(editor, shared, proposed);

  return (
    <>
      <section className="tools" aria-label={t('toolbar.region')}>
        <StatementTabs statement={statement} />
        <Suspense fallback={<span className="toolbar" />}>
          {editable ? (
            <Toolbar ref={toolbar} editor={active} inNote={active !== editor} onLink={link} onRemark={remark} onAsk={asks} onBracket={mode === 'edit' ? bracket : undefined} />
          ) : (
            <span />
          )}
        </Suspense>
        <div className="tools-end">
          <Suspense>
            <Aids editor={editor} active={active} draft={shared} editable={editable} />
          </Suspense>
          <Suspense>{statement.kept !== true && <RemarksButton statement={statement.id} proposed={proposed} opened={remarks} onOpen={setRemarks} />}</Suspense>
          <Suspense>{statement.kept !== true && <BracketsButton brackets={bracketed} opened={brackets} onOpen={setBrackets} />}</Suspense>
          <button type="button" className="outline-button" aria-expanded={outline} aria-controls="sides" onClick={() => setOutline(!outline)}>
            {t('outline.open')}
          </button>
        </div>
      </section>
      <div className="draft">
        <aside id="sides" className={['draft-side', ...(outline ? ['opened'] : []), ...(whoAsked.opened ? ['asking'] : [])].join(' ')}>
          <Outline editor={editor} headings={text.headings} onJump={() => setOutline(false)} />
          <Suspense>
            {statement.kept !== true && (
              <WhoAsked statement={statement} active={active} marks={marks} {...whoAsked} onOpen={opensWhoAsked} onRemarks={() => setRemarks(true)} />
            )}
          </Suspense>
          {statement.kept !== true && (
            <section>
              <h2>{t('file')}</h2>
              <WordFile name="draft.docx" fetch={() => fetchDraft(statement.id)} />
              <WhatLeaves />
              <Suspense>{editable && <WordIntake onFile={setFile} />}</Suspense>
            </section>
          )}
        </aside>
        <main className="draft-page" id="main">
          <Ended connection={connection} editor={editor} onDone={onDone} onReadAlong={onReadAlong} />
          {paste !== undefined && <PasteNotice report={paste} onClose={() => setPaste(undefined)} />}
          {view !== 'with' && (
            <Suspense>
              <SettledText view={view} draft={shared} proposed={proposed} language={statement.language} onBack={() => setView('with')} />
            </Suspense>
          )}
          {/* It stays where it is: whoever comes back finds it as they left it. */}
          <div hidden={view !== 'with'}>
            <TextEditor editor={editor} />
            <div className="text below" lang={statement.language} dir={directionOf(statement.language)}>
              <Footnotes editor={editor} notes={text.notes} />
              <RemovedNotes editor={editor} draft={shared} removed={text.removed} editable={editable} />
            </div>
          </div>
        </main>
        <div className="rail">
          <Suspense>
            <BeforeFreezing statement={statement} shared={shared} proposed={proposed} editor={editor} editable={editable} text={text} connection={connection} />
            {statement.kept !== true && (
              <>
                <Brackets statement={statement} editor={editor} active={active} brackets={bracketed} editable={mode === 'edit' && ending === undefined} opened={brackets} onOpen={setBrackets} asked={bracketAsked} />
                <Beside
                  statement={statement}
                  editor={editor}
                  active={active}
                  marks={marks}
                  opened={remarks}
                  onOpen={setRemarks}
                  asked={asked}
                  draft={shared}
                  proposed={proposed}
                  mayDecide={ending === undefined && statement.my_right === 'edit'}
                  mayWrite={editable}
                  isSaved={saved === 'saved'}
                  view={view}
                  onView={setView}
                />
                <Drafters statement={statement} />
              </>
            )}
          </Suspense>
        </div>
      </div>
      <StatusBar statement={statement} text={text} editor={editor} active={active} />
      <Suspense>{file !== undefined && editable && <WordDialog statement={statement} file={file} editor={editor} draft={shared} onClose={() => setFile(undefined)} />}</Suspense>
      <Suspense>{linking && editable && <LinkDialog editor={active} onClose={() => setLinking(false)} />}</Suspense>
    </>
  );
}
