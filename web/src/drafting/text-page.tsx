// The text of a statement: the draft while it is a draft, the settled text afterwards. The editor is loaded only for a draft.
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useMe } from '../api/queries';
import type { StatementDetail } from '../api/types';
import { Loading } from '../parts/states';
import { WithStatement } from '../shell/with-statement';

const SettledPage = lazy(async () => ({ default: (await import('../statements/settled-page')).SettledPage }));
const SettledRemarks = lazy(async () => ({ default: (await import('../remarks/settled')).SettledRemarks }));
const DraftPage = lazy(async () => ({ default: (await import('./draft-page')).DraftPage }));

export function TextPage() {
  return <WithStatement>{(statement) => <Text key={statement.id} statement={statement} />}</WithStatement>;
}

function Text({ statement }: { statement: StatementDetail }) {
  const queries = useQueryClient();
  // A draft that is frozen under one's hands stays open until its writer has seen why and kept the last words.
  const [drafting, setDrafting] = useState(statement.state === 'drafting');
    const done = () => {
    setDrafting(false);
    void queries.invalidateQueries();
  };
  return (
    <Suspense fallback={<Loading lines={9} />}>
      {statement.state !== 'drafting' && !drafting ? <SettledPage statement={statement} beside={<BesideSettled statement={statement} />} /> : <DraftPage statement={statement} onDone={done} />}
    </Suspense>
  );
}

/** Those who see how a text came about see what was said about it. */
function BesideSettled({ statement }: { statement: StatementDetail }) {
  const isCoordinator = useMe().data?.coordinator === true;
  const wrote = statement.drafters.length > 0 || statement.drafters_unnamed > 0;
  return <Suspense>{(isCoordinator || wrote) && statement.kept !== true && <SettledRemarks statement={statement.id} />}</Suspense>;
}
