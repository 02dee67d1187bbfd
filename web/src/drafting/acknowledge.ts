// When "Saved" may be said. Pure: events in, standing out.
//
// The server acknowledges with message 120: "of the updates this connection sent, the first n are committed". So we
// count what really goes over the wire, and say "Saved" only when that many have been committed and the connection has
// been brought up to date. What was written while nothing was connected travels with the next handshake; where it must not
// travel, because one may only read by now, it stays unsaved and nothing says otherwise.

/** What y-websocket messages carry updates: 0 sync (0 asks, 1 answers, 2 updates), 120 our acknowledgement. */
export const MESSAGE_SYNC = 0;
export const MESSAGE_ACKNOWLEDGED = 120;
export const SYNC_ASK = 0;
export const SYNC_ANSWER = 1;
export const SYNC_UPDATE = 2;

export interface Standing {
  connected: boolean;
  /** On this connection the server asked what we have and got its answer. */
  answered: boolean;
  /** What we have was kept back from the server's question: it holds words that one may not send any more. */
  withheld: boolean;
  /** Updates sent on this connection. */
  sent: number;
  /** Of those, how many are committed. */
  committed: number;
  /** Something was written here that no commit covers yet. */
  unsaved: boolean;
}

export type Happening =
  | { what: 'connected' }
  | { what: 'disconnected' }
  | { what: 'written' }
  | { what: 'sent' }
  | { what: 'answered' }
  | { what: 'withheld' }
  | { what: 'committed'; updates: number };

export const AT_FIRST: Standing = { connected: false, answered: false, withheld: false, sent: 0, committed: 0, unsaved: false };

export function after(standing: Standing, happening: Happening): Standing {
  switch (happening.what) {
    case 'connected':
      return { ...standing, connected: true, answered: false, withheld: false, sent: 0, committed: 0 };
    case 'disconnected':
      return { ...standing, connected: false, answered: false, withheld: false, sent: 0, committed: 0 };
    case 'written':
      return { ...standing, unsaved: true };
    case 'sent':
      return { ...standing, sent: standing.sent + 1 };
    case 'answered':
      return settled({ ...standing, answered: true });
    case 'withheld':
      return { ...standing, withheld: true };
    case 'committed':
      // A count can only grow, and never beyond what was sent: a confused server must not make us forget an edit.
      return settled({ ...standing, committed: Math.min(standing.sent, Math.max(standing.committed, happening.updates)) });
  }
}

function settled(standing: Standing): Standing {
  const everything = standing.connected && standing.answered && !standing.withheld && standing.committed >= standing.sent;
  return everything ? { ...standing, unsaved: false } : standing;
}

/** What becomes of words that no commit covers: on this device; on their way there; no room is left; this browser keeps nothing. */
export type Kept = 'kept' | 'keeping' | 'full' | 'not';

export type Saved = 'connecting' | 'saving' | 'saved' | 'offline' | 'offline-unsaved' | 'offline-kept' | 'offline-full' | 'offline-unkept';

const OFFLINE = { kept: 'offline-kept', keeping: 'offline-unsaved', full: 'offline-full', not: 'offline-unkept' } as const;

/** What the page says. `met` is false until the text has come, from the server or from this device. */
export function saved(standing: Standing, met: boolean, kept: Kept): Saved {
  if (!standing.connected) return standing.unsaved ? OFFLINE[kept] : met ? 'offline' : 'connecting';
  if (standing.unsaved) return 'saving';
  return standing.answered ? 'saved' : 'connecting';
}

export type Frame = { kind: 'ask' | 'update' | 'other' } | { kind: 'answer'; empty: boolean };

/** What a frame of the y-websocket protocol carries. */
export function frameOf(bytes: Uint8Array): Frame {
  if (bytes[0] !== MESSAGE_SYNC) return { kind: 'other' };
  switch (bytes[1]) {
    case SYNC_ASK:
      return { kind: 'ask' };
    case SYNC_ANSWER:
      // Two bytes long, no structs and no deletions: nothing to say.
      return { kind: 'answer', empty: bytes[2] === 2 && bytes[3] === 0 && bytes[4] === 0 };
    case SYNC_UPDATE:
      return { kind: 'update' };
    default:
      return { kind: 'other' };
  }
}

/**
 * Whether a frame may leave. Someone who may only read sends no updates, not even empty ones; an update made before the
 * server has asked is left out, because the answer to its question carries it, without a gap before it.
 */
export function mayLeave(frame: Frame, standing: Standing, mayEdit: boolean): boolean {
  switch (frame.kind) {
    case 'ask':
    case 'other':
      return true;
    case 'answer':
      return mayEdit && !frame.empty;
    case 'update':
      return mayEdit && standing.answered;
  }
}

/** Why the server closed the connection for good, as a key into the words. */
export type Ending = 'malformed' | 'signed-out' | 'no-right' | 'foreign-client' | 'frozen' | 'too-much' | 'room-full' | 'draft-full' | 'outdated' | 'too-many-pages' | 'place-crowded' | 'only-suggestions' | 'refused';

const TOLD = ['room-full', 'draft-full', 'too-many-pages', 'place-crowded', 'only-suggestions'] as const;

/** The number says what kind it is; for some of them the reason beside it asks for another sentence. */
export function endingOf(code: number, reason = ''): Ending {
  const told = TOLD.find((one) => one === reason);
  if (told !== undefined) return told;
  switch (code) {
    case 4400:
      return 'malformed';
    case 4401:
      return 'signed-out';
    case 4403:
      return 'no-right';
    case 4409:
      return 'foreign-client';
    case 4426:
      return 'outdated';
    case 4423:
      return 'frozen';
    case 4429:
      return 'too-much';
    default:
      return 'refused';
  }
}
