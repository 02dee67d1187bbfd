import { useEffect, useState, useSyncExternalStore } from 'react';
import { DraftConnection, type Snapshot } from './connection';

const NOT_YET: Snapshot = { saved: 'connecting', unsaved: false, met: false, ending: undefined, present: [] };
const never = () => () => undefined;

/** Opens the draft while the page is shown, and leaves it with the page. */
export function useDraft(id: string, mayEdit: boolean): { connection: DraftConnection | undefined; draft: Snapshot } {
  const [connection, setConnection] = useState<DraftConnection>();
  useEffect(() => {
    const opened = new DraftConnection(id, mayEdit);
    setConnection(opened);
    return () => {
      setConnection(undefined);
      opened.leave();
    };
    // A changed right is told to the open connection below; it opens no new one.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [id]);
  useEffect(() => connection?.allow(mayEdit), [connection, mayEdit]);
  const draft = useSyncExternalStore(connection?.subscribe ?? never, connection?.snapshot ?? (() => NOT_YET));
  return { connection, draft };
}
