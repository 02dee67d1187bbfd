// What needs the reader, decided from what the server already says about each statement and each open round: no rule of
// its own.
import type { Asked, Statement } from '../api/types';

export type Need =
  | { kind: 'waiting'; statement: Statement; waiting: number; invited: number; closesAt: string }
  | { kind: 'publish'; statement: Statement; signed: number; withheld: number }
  | { kind: 'open-round'; statement: Statement };

const ORDER: readonly Need['kind'][] = ['waiting', 'publish', 'open-round'];

/** Most pressing first: what closes soonest, then what only waits for a decision. */
export function needs(statements: readonly Statement[]): Need[] {
  return statements
    .flatMap(needsOf)
    .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || closing(a).localeCompare(closing(b)));
}

/** Whether a round still needs the reader's own answer. Whoever only reads, or has answered, is not nagged. */
export function needsAnswer({ may_sign, answer }: Pick<Asked, 'may_sign' | 'answer'>): boolean {
  return may_sign && answer === undefined;
}

function needsOf(statement: Statement): Need[] {
  const found: Need[] = [];
  const { round } = statement;
  switch (statement.state) {
    case 'open':
      if (round !== undefined && statement.may.includes('remind') && round.answered < round.invited) {
        const waiting = round.invited - round.answered;
        found.push({ kind: 'waiting', statement, waiting, invited: round.invited, closesAt: round.closes_at });
      }
      break;
    case 'frozen':
      if (statement.may.includes('open-round')) found.push({ kind: 'open-round', statement });
      break;
    case 'closed':
      if (statement.may.includes('publish')) {
        found.push({ kind: 'publish', statement, signed: round?.signed ?? 0, withheld: round?.withheld ?? 0 });
      }
      break;
    case 'drafting':
    case 'published':
      break;
  }
  return found;
}

function closing(need: Need): string {
  return need.kind === 'waiting' ? need.closesAt : need.statement.updated_at;
}
