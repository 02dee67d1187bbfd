/** Calls `act` once a pause follows the last of many calls, and at the latest after `atLatestMs` of calls without one. */
export function afterAPause(act: () => void, pauseMs: number, atLatestMs: number): { soon: () => void; never: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest: number | undefined;
  const acts = () => {
    latest = undefined;
    act();
  };
  return {
    soon: () => {
      latest ??= performance.now() + atLatestMs;
      clearTimeout(timer);
      timer = setTimeout(acts, Math.max(0, Math.min(pauseMs, latest - performance.now())));
    },
    never: () => clearTimeout(timer),
  };
}
