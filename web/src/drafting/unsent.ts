// What was written here and no commit covers yet, act by act. A page that comes back answers the server's question with one update; one
// that is larger than the server takes (a long text pasted while nothing was connected) goes act by act instead, in the order written;
// an act that is too large by itself goes in parts.

/** What the server takes as one update (server/drafting/limits.rs, UPDATE_BYTES_MAX), less the frame. */
export const ANSWER_BYTES_MAX = 250 * 1024;

export interface Act {
  update: Uint8Array;
  /** Which of the updates sent on this connection it went with. */
  sentAs: number | undefined;
  /** Where it stands on this device. */
  row: number | undefined;
}

export class Unsent {
  private acts: Act[] = [];

  wrote(update: Uint8Array): Act {
    const act: Act = { update, sentAs: undefined, row: undefined };
    this.acts.push(act);
    return act;
  }

  /** Written before this page was opened, or on another page of the same person. */
  holds(acts: readonly Act[]): void {
    this.acts.push(...acts);
  }

  /** The act written last left as this update of the connection. */
  left(sentAs: number): void {
    const last = this.acts.at(-1);
    if (last !== undefined) last.sentAs ??= sentAs;
  }

  /** The answer covers everything written so far. */
  allLeft(sentAs: number): void {
    for (const act of this.acts) act.sentAs ??= sentAs;
  }

  /** On a new connection nothing has left yet. */
  reconnects(): void {
    for (const act of this.acts) act.sentAs = undefined;
  }

  /** Answers which acts that covers. */
  committed(updates: number): Act[] {
    const covers = ({ sentAs }: Act) => sentAs !== undefined && sentAs <= updates;
    const goes = this.acts.filter(covers);
    this.acts = this.acts.filter((act) => !covers(act));
    return goes;
  }

  /** The server has everything that stands here. */
  allCommitted(): Act[] {
    return this.acts.splice(0);
  }

  /** Each by itself; `send` answers as which update of the connection its last part went. */
  each(send: (update: Uint8Array) => number): void {
    for (const act of this.acts) act.sentAs = send(act.update);
  }
}
