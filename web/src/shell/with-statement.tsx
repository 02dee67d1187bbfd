// Loads one statement and hands it to a page; shows the wait and the refusal in the same place for all of them.
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useStatement } from '../api/queries';
import type { StatementDetail } from '../api/types';
import { servedIsShown } from '../parts/served';
import { Loading, Problem, useSentence } from '../parts/states';
import { useTitle } from '../parts/title';
import { Topbar } from './topbar';

export function WithStatement({ children }: { children: (statement: StatementDetail) => ReactNode }) {
  const { id } = useParams({ strict: false });
  const statement = useStatement(id ?? '');
  if (statement.data !== undefined) return children(statement.data);
  // Nobody would see it, and its menus would come before the editor.
  if (statement.isPending && servedIsShown()) return null;
  return (
    <>
      <Topbar />
      <main className="page" id="main">
        {statement.isError ? <Refused error={statement.error} retry={() => statement.refetch()} /> : <Loading />}
      </main>
    </>
  );
}

function Refused({ error, retry }: { error: unknown; retry: () => unknown }) {
  useTitle(useSentence(error));
  return <Problem error={error} retry={retry} />;
}
