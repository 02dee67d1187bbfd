// Which suggestions cannot both be accepted: they would make something else of the same paragraph, give the same letters another look,
// or both put other words in the place of the same ones. Two that only strike the same letters can.
import type { Items } from '../../text/asks';
import type { Change } from './said';

/** What of a suggestion may stand in another's way. */
interface Contender {
  key: string;
  asked: readonly { change: Change; stands: readonly Items[] }[];
  pending: readonly Items[];
}

/** Some letters, what is asked of them, and by whom. */
interface Claim extends Items {
  key: string;
  /** The paragraph's, an attribute's, or the words' themselves. */
  of: string;
  /** Two that want the same do not meet. */
  wants: string;
}

/** For each that has any, the keys of the others, in order. */
export function rivalsAmong(suggestions: readonly Contender[]): Map<string, string[]> {
  const claims = new Map<string, Claim[]>();
  for (const suggestion of suggestions) {
    for (const claim of claimsOf(suggestion)) {
      const at = `${claim.of} ${claim.client}`;
      const known = claims.get(at);
      if (known === undefined) claims.set(at, [claim]);
      else known.push(claim);
    }
  }
  const found = new Map<string, Set<string>>();
  const meet = (one: Claim, other: Claim) => {
    if (one.key === other.key || one.wants === other.wants) return;
    found.set(one.key, (found.get(one.key) ?? new Set()).add(other.key));
    found.set(other.key, (found.get(other.key) ?? new Set()).add(one.key));
  };
  for (const list of claims.values()) {
    // Those that began before and have not ended.
    let open: Claim[] = [];
    for (const claim of list.toSorted((one, other) => one.clock - other.clock)) {
      open = open.filter(({ clock, len }) => clock + len > claim.clock);
      for (const other of open) meet(claim, other);
      open.push(claim);
    }
  }
  return new Map([...found].map(([key, others]) => [key, [...others].toSorted()]));
}

function claimsOf({ key, asked, pending }: Contender): Claim[] {
  return asked.flatMap(({ change, stands }): Claim[] => {
    switch (change.is) {
      case 'block':
        return stands.map((items) => ({ ...items, key, of: 'block', wants: JSON.stringify(change.set) }));
      case 'style':
        return Object.entries(change.set).flatMap(([name, value]) => stands.map((items) => ({ ...items, key, of: name, wants: JSON.stringify(value) })));
      case 'strike':
        // Whoever brings words in the place of these wants something else than everybody else.
        return pending.length === 0 ? [] : stands.map((items) => ({ ...items, key, of: 'words', wants: key }));
    }
  });
}
