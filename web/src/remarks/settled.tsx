// What was said about a draft, once its text is frozen: it can be read.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useThreads } from '../api/queries';
import { Loading, Problem } from '../parts/states';
import { listed, type Tab } from './order';
import { NoThreads } from './panel';
import { Tabs } from './tabs';
import { ThreadCard } from './thread-card';

const NOWHERE = new Map<string, never>();
const NONE = new Set<string>();
const nothing = () => undefined;

export function SettledRemarks({ statement }: { statement: string }) {
  const { t } = useTranslation('remarks');
  const found = useThreads(statement);
  const [tab, setTab] = useState<Tab>('open');
  if (found.data?.threads.length === 0) return null;
  const threads = found.data?.threads ?? [];
  const list = listed(threads, tab, NOWHERE, NONE);
  return (
    <section className="remarks-read" aria-labelledby="remarks">
      <header className="remarks-head">
        <h2 id="remarks">{t('heading')}</h2>
        <Tabs tab={tab} threads={threads} onTab={setTab} />
      </header>
      <p className="quiet">{t('closed')}</p>
      {found.isPending && <Loading lines={3} />}
      {found.isError && found.data === undefined && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.data !== undefined && list.length === 0 && <NoThreads tab={tab} mayTakePart={false} />}
      <ul className="notes">
        {list.map((thread) => (
          <li key={thread.id}>
            <ThreadCard statement={statement} thread={thread} stands isChosen={false} mayTakePart={false} mentionable={[]} words={undefined} onWrite={nothing} />
          </li>
        ))}
      </ul>
    </section>
  );
}
