// Why suggestions were rejected, on the way to the server. An answer must be on its disk before its reason is taken, so a reason waits
// until all is saved, also over a line that is gone for a while.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Refusal } from '../api/client';
import { giveReason } from '../api/queries';

interface Reason {
  handle: string;
  sid: string;
  reason: string;
  tries: number;
}

// What was saved may be told a moment before it is noted.
const AGAIN_MS = 1_500;
const TRIES_MAX = 8;

export interface Reasons {
  gives: (reason: Omit<Reason, 'tries'>) => void;
  waits: boolean;
  /** What the server said to one that it does not take. */
  refused: unknown;
}

export function useReasons(statement: string, isSaved: boolean): Reasons {
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState<readonly Reason[]>([]);
  const [refused, setRefused] = useState<unknown>();
  const [next] = waiting;
  useEffect(() => {
    if (next === undefined || !isSaved) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const sends = async () => {
      try {
        await giveReason(statement, next);
        void queries.invalidateQueries({ queryKey: ['suggestions', statement] });
      } catch (failure) {
        const isFinal = failure instanceof Refusal && next.tries + 1 >= TRIES_MAX;
        if (isFinal) setRefused(failure);
        else {
          timer = setTimeout(() => {
            if (!isGone) setWaiting(([first, ...rest]) => (first === undefined ? rest : [...rest, { ...first, tries: first.tries + (failure instanceof Refusal ? 1 : 0) }]));
          }, AGAIN_MS);
          return;
        }
      }
      setWaiting((now) => now.filter((one) => one !== next));
    };
    void sends();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [next, isSaved, statement, queries]);
  return {
    gives: (reason) => {
      setRefused(undefined);
      setWaiting((now) => [...now, { ...reason, tries: 0 }]);
    },
    waits: waiting.length > 0,
    refused,
  };
}
