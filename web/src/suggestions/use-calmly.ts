// What is proposed, as cards show it: they follow the text after a pause in the writing, because drawing two hundred of them anew at
// every key would hold up the key. What is decided is read at that moment, and refused where it is not what the card shows.
import { useEffect, useState } from 'react';
import { afterAPause } from '../editor/after-a-pause';
import type { Proposals } from '../editor/binding/proposals';
import type { Proposed } from '../editor/proposed';

const PAUSE_MS = 150;
const AT_LATEST_MS = 1_000;

export function useCalmly(proposed: Proposed): Proposals {
  const [told, setTold] = useState(proposed.snapshot);
  useEffect(() => {
    const { soon, never } = afterAPause(() => setTold(proposed.snapshot()), PAUSE_MS, AT_LATEST_MS);
    const deaf = proposed.subscribe(soon);
    return () => {
      never();
      deaf();
    };
  }, [proposed]);
  return told;
}
