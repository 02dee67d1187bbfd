// What needs the reader, decided from what the server already says about each statement: no rule of its own.
import type { Me, Statement } from '../api/types';

export type Need =
  | { kind: 'answer'; statement: Statement; organisations: string[]; closesAt: string | undefined }
  | { kind: 'waiting'; statement: Statement; waiting: number; invited: number; closesAt: string }
  | { kind: 'publish'; statement: Statement; signed: number; withheld: number }
  | { kind: 'open-round'; statement: Statement };

const ORDER: readonly Need['kind'][] = ['answer', 'waiting', 'publish', 'open-round'];

/** Most pressing first: what closes soonest, then what only waits for a decision. */
export function needs(me: Me, statements: readonly Statement[]): Need[] {
  const signing = me.memberships
    .filter(({ roles }) => roles.includes('signing-authority'))
    .map(({ organisation }) => organisation.name);
  return statements
    .flatMap((statement) => needsOf(statement, signing))
    .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || closing(a).localeCompare(closing(b)));
}

function needsOf(statement: Statement, signing: string[]): Need[] {
  const found: Need[] = [];
  const { round } = statement;
  switch (statement.state) {
    case 'open':
      // Only coordinators are told how the round stands; a signing authority is reminded of it all the same.
      if (signing.length > 0) found.push({ kind: 'answer', statement, organisations: signing, closesAt: round?.closes_at });
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
  return (need.kind === 'answer' || need.kind === 'waiting' ? need.closesAt : undefined) ?? need.statement.updated_at;
}
