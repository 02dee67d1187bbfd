// Who else has the draft open, put together from presence, which carries handles, and from what the server tells this reader
// of them.
import type { WriterLine } from '../api/types';
import type { Writer } from '../parts/writer';

/** An organisation, or the secretariat, of which somebody is here. */
export interface Party extends Writer {
  /** Short, for a chip and a caret. */
  acronym: string;
  name: string;
  /** Those of it who are here, by name. */
  people: readonly string[];
  unnamed: boolean;
}

/** Somebody who is here, as one line. */
export interface Present {
  key: string;
  party: Party;
  /** A person, or what stands for one who is not named. */
  name: string;
  isPerson: boolean;
}

export interface Calls {
  secretariat: { acronym: string; name: string };
  unnamed: { acronym: string; name: string };
}

/** What this page calls whoever is behind a handle: whom the reader may not know, and the secretariat, by our own words. */
export function calledBy({ organisation, unnamed }: Pick<WriterLine, 'organisation' | 'unnamed'>, calls: Calls): Calls['unnamed'] {
  return organisation ?? (unnamed ? calls.unnamed : calls.secretariat);
}

/** Each handle once, in the order they came; nothing while somebody is here of whom the server has not been asked yet. */
export function partiesOf(present: readonly Writer[], told: readonly WriterLine[] | undefined, calls: Calls): Party[] | undefined {
  const parties = new Map<string, Party>();
  for (const { handle, colour } of present) {
    const line = told?.find((one) => one.handle === handle);
    if (line === undefined) return undefined;
    const { acronym, name } = calledBy(line, calls);
    parties.set(handle, { handle, colour, acronym: acronym || name, name, people: line.people, unnamed: line.unnamed });
  }
  return [...parties.values()];
}

/** One line for every person who is named; one for a party none of whose people are. */
export function linesOf(parties: readonly Party[]): Present[] {
  return parties.flatMap((party): Present[] => {
    const { handle, people, name } = party;
    if (people.length === 0) return [{ key: handle, party, name, isPerson: false }];
    return people.map((person) => ({ key: `${handle}\n${person}`, party, name: person, isPerson: true }));
  });
}

/** Whether an organisation that is here wrote under its name before and writes unnamed now, or the other way round. */
export function choseAnew(before: readonly Writer[], now: readonly Writer[]): boolean {
  const colours = new Map(before.map(({ handle, colour }) => [handle, colour]));
  return now.some(({ handle, colour }) => colours.has(handle) && colours.get(handle) !== colour);
}
