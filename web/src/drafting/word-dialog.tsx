// A file of a word processor, looked at before it comes in: what is in it, what of the draft would change, who changed what in it, which
// comments it has, what is left out. Confirmed, its text is written as one act of whoever brings it in, or suggested where they suggest. Where the draft has changed since,
// nothing is written, and what would come now is shown instead.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Editor } from '@tiptap/react';
import i18next from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { previewWord } from '../api/queries';
import type { StatementDetail, WordComment, WordPreview } from '../api/types';
import { hasOnlyBegun } from '../editor/beginning';
import type { SharedDraft } from '../editor/binding/shared';
import { bring } from '../editor/bringing';
import { announce } from '../parts/announce';
import { Confirm } from '../parts/confirm';
import { Loading, Problem } from '../parts/states';
import { changedIn, open, placed, type Placed } from './word-comments';

interface Props {
  statement: StatementDetail;
  file: File;
  editor: Editor;
  draft: SharedDraft;
  onClose: () => void;
}

type Changes = 'with' | 'without';

export function WordDialog({ statement, file, editor, draft, onClose }: Props) {
  const { t } = useTranslation('bringing');
  const client = useQueryClient();
  const [changes, setChanges] = useState<Changes>('with');
  const [brings, setBrings] = useState(true);
  const [named, setNamed] = useState(false);
  const [marked, setMarked] = useState(false);
  const [meanwhile, setMeanwhile] = useState(false);
  const [busy, setBusy] = useState(false);
  const [unbrought, setUnbrought] = useState<string[]>();
  const look = useQuery({
    queryKey: ['word', statement.id, file.name, file.size, file.lastModified, changes],
    queryFn: () => previewWord(statement.id, file, changes),
    // It is of the draft as it stands at this moment, and nobody else's.
    gcTime: 0,
    staleTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const preview = look.isFetching ? undefined : look.data;

  const confirms = async () => {
    if (preview === undefined) return;
    setBusy(true);
    setMeanwhile(false);
    try {
      if (!bring(editor.view, preview.comparison, draft)) {
        await look.refetch();
        setMeanwhile(true);
        return;
      }
      announce(t('done'));
      const found = (comments: readonly WordComment[]): Placed[] => placed(comments, preview.comparison, editor, draft);
      const who = found(marked && changes === 'with' ? changedIn(preview, (authors) => t('tracked.said', { authors: listed(authors) })) : []);
      const all = found(brings ? preview.comments : []);
      const failed = [
        ...(await open(statement.id, who, () => '')),
        ...(await open(statement.id, all, (author) => `${named && author !== '' ? t('comments.said-by', { author }) : t('comments.said')}\n`)),
      ];
      if (all.length + who.length > 0) await client.invalidateQueries({ queryKey: ['threads', statement.id] });
      if (failed.length > 0) setUnbrought(failed);
      else onClose();
    } finally {
      setBusy(false);
    }
  };

  if (unbrought !== undefined) {
    return (
      <Confirm opened title={t('title', { name: file.name })} verb={t('close')} busy={false} asks={false} onConfirm={onClose} onClose={onClose}>
        <Unbrought comments={unbrought} />
      </Confirm>
    );
  }
  const idle = preview?.comparison.same === true && (preview.comments.length === 0 || !brings);
  return (
    <Confirm
      opened
      title={t('title', { name: file.name })}
      verb={t('verb')}
      busy={busy}
      changes={meanwhile ? [t('meanwhile')] : undefined}
      ready={preview !== undefined && !idle}
      onConfirm={() => void confirms()}
      onClose={onClose}
    >
      {look.error !== null && !look.isFetching && <Problem error={look.error} />}
      {look.isFetching && (
        <div role="status" aria-label={t('reading')}>
          <Loading lines={4} />
        </div>
      )}
      {preview !== undefined && (
        <>
          <Holds preview={preview} begins={hasOnlyBegun(editor.state.doc)} suggests={draft.mode === 'suggest'} />
          {preview.tracked.length > 0 && <Tracked preview={preview} changes={changes} marked={marked} onChoose={setChanges} onMark={setMarked} />}
          {preview.comments.length > 0 && <Comments comments={preview.comments} brings={brings} named={named} onBring={setBrings} onName={setNamed} />}
          {preview.left_out.length > 0 && <p>{t('left', { what: listed(preview.left_out.map((one) => t(`what.${one}`))) })}</p>}
        </>
      )}
    </Confirm>
  );
}

const listed = (words: readonly string[]) => new Intl.ListFormat(i18next.language, { type: 'conjunction' }).format(words);
const number = (count: number) => new Intl.NumberFormat(i18next.language).format(count);

/** What is in the file, and what becomes of the draft. */
function Holds({ preview: { comparison, paragraphs, words, footnotes }, begins, suggests }: { preview: WordPreview; begins: boolean; suggests: boolean }) {
  const { t } = useTranslation('bringing');
  const count = (name: 'paragraphs' | 'words' | 'notes' | 'changed' | 'added' | 'removed' | 'moved', of: number) => t(name, { count: of, number: number(of) });
  const rows = (name: 'changed' | 'added' | 'removed' | 'moved') => {
    const of = comparison.rows.filter(({ row }) => row === name).length;
    return of === 0 ? [] : [count(name, of)];
  };
  const what = [...rows('changed'), ...rows('added'), ...rows('removed'), ...rows('moved')];
  return (
    <>
      <p>{t('holds', { paragraphs: count('paragraphs', paragraphs), words: count('words', words), notes: count('notes', footnotes) })}</p>
      <p>{what.length === 0 ? t('will.same') : begins ? t(suggests ? 'will.begin-suggested' : 'will.begin') : t(suggests ? 'will.suggest' : 'will.compare', { what: listed(what) })}</p>
    </>
  );
}

interface TrackedProps {
  preview: WordPreview;
  changes: Changes;
  marked: boolean;
  onChoose: (changes: Changes) => void;
  onMark: (marked: boolean) => void;
}

function Tracked({ preview, changes, marked, onChoose, onMark }: TrackedProps) {
  const { t } = useTranslation('bringing');
  const count = (name: 'inserted' | 'deleted' | 'moves' | 'restyled', of: number) => (of === 0 ? [] : [t(`tracked.${name}`, { count: of, number: number(of) })]);
  return (
    <fieldset className="choices">
      <legend>{t('tracked.title')}</legend>
      <ul>
        {preview.tracked.map(({ author, inserted, deleted, moved, restyled }) => (
          <li key={author} dir="auto">
            {t('tracked.by', {
              author: author === '' ? t('tracked.unnamed') : author,
              what: listed([...count('inserted', inserted), ...count('deleted', deleted), ...count('moves', moved), ...count('restyled', restyled)]),
            })}
          </li>
        ))}
      </ul>
      {(['with', 'without'] as const).map((one) => (
        <label key={one} className="check">
          <input type="radio" name="tracked" checked={changes === one} onChange={() => onChoose(one)} />
          {t(`tracked.${one}`)}
        </label>
      ))}
      {changes === 'with' && preview.changed.length > 0 && (
        <label className="check">
          <input type="checkbox" checked={marked} onChange={(event) => onMark(event.currentTarget.checked)} />
          {t('tracked.named')}
        </label>
      )}
    </fieldset>
  );
}

interface CommentsProps {
  comments: readonly WordComment[];
  brings: boolean;
  named: boolean;
  onBring: (brings: boolean) => void;
  onName: (named: boolean) => void;
}

function Comments({ comments, brings, named, onBring, onName }: CommentsProps) {
  const { t } = useTranslation('bringing');
  const authors = [...new Set(comments.flatMap(({ author, replies }) => [author, ...replies.map((reply) => reply.author)]))].filter((author) => author !== '');
  return (
    <div className="choices">
      <label className="check">
        <input type="checkbox" checked={brings} onChange={(event) => onBring(event.currentTarget.checked)} />
        {t('comments.bring', { count: comments.length, number: number(comments.length) })}
      </label>
      {authors.length > 0 && (
        <label className="check">
          <input type="checkbox" checked={named} disabled={!brings} onChange={(event) => onName(event.currentTarget.checked)} />
          {t('comments.named', { authors: listed(authors) })}
        </label>
      )}
    </div>
  );
}

/** What one has to bring in by hand. */
function Unbrought({ comments }: { comments: readonly string[] }) {
  const { t } = useTranslation('bringing');
  return (
    <>
      <p>{t('unbrought.title')}</p>
      <ul className="unbrought">
        {comments.map((body, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- two may say the same, and none moves
          <li key={at} dir="auto">
            {body}
          </li>
        ))}
      </ul>
    </>
  );
}
