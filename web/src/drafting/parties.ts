// Who else has the draft open, put together from presence, which carries handles, and from what the server tells this reader
// of them.
import type { WriterLine, Writers } from '../api/types';
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

/** Under which handle the reader writes: that of their organisation, or the secretariat's, which is in no organisation. */
export function ownHandle(told: Pick<Writers, 'own' | 'writers'> | undefined): string | undefined {
  if (told === undefined) return undefined;
  if (told.own !== null && told.own !== undefined) return told.own.handle;
  return told.writers.find(({ organisation, unnamed }) => (organisation ?? undefined) === undefined && !unnamed)?.handle;
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

/**
 * Who has come and who has gone, as they are announced. Nobody has where an organisation is only called otherwise than before: to
 * say of one name that it left and of none that it joined would tie the two together.
 */
export function comings(before: readonly Party[], now: readonly Party[]): { joined: string[]; left: string[] } {
  const called = ({ handle, acronym, unnamed }: Party) => `${handle} ${acronym} ${String(unnamed)}`;
  const renamed = (party: Party, others: readonly Party[]) => others.some((one) => one.handle === party.handle && called(one) !== called(party));
  const missing = (these: readonly Party[], others: readonly Party[]) => {
    const there = new Set(linesOf(others).map(({ key }) => key));
    const gone = linesOf(these).filter(({ key, party }) => !there.has(key) && !renamed(party, others));
    return gone.map(({ name, party, isPerson }) => (isPerson ? `${name} (${party.acronym})` : name));
  };
  return { joined: missing(now, before), left: missing(before, now) };
}

/** Whether an organisation that is here wrote under its name before and writes unnamed now, or the other way round. */
export function choseAnew(before: readonly Writer[], now: readonly Writer[]): boolean {
  const colours = new Map(before.map(({ handle, colour }) => [handle, colour]));
  return now.some(({ handle, colour }) => colours.has(handle) && colours.get(handle) !== colour);
}
