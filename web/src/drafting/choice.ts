// Who may do what, as one wishes it: for each organisation whose right is to change, what it may then, or nothing where it is
// taken out. Held so, a wish stands on whatever others have chosen meanwhile, and undoes none of it.
import type { May } from '../api/types';

export type Rights = ReadonlyMap<string, May>;
export type Wish = ReadonlyMap<string, May | undefined>;

/** What makes this choice of the rights that stand now. */
export function wishFor(present: Rights, chosen: Rights): Wish {
  const all = new Set([...present.keys(), ...chosen.keys()]);
  return new Map([...all].filter((id) => present.get(id) !== chosen.get(id)).map((id) => [id, chosen.get(id)]));
}

/** The rights once the wish is fulfilled. */
export function fulfilled(present: Rights, wish: Wish): Rights {
  const all = new Map([...present, ...wish]);
  return new Map([...all].flatMap(([id, may]) => (may === undefined ? [] : [[id, may]])));
}

/** Those ticked keep the right they have here; who is new among them edits, until one says otherwise. */
export function ticked(rights: Rights, chosen: ReadonlySet<string>): Rights {
  return new Map([...chosen].map((id) => [id, rights.get(id) ?? 'edit']));
}

/** Who edits now and will not. */
export function stopped(present: Rights, wish: Wish): string[] {
  return [...wish].filter(([id, may]) => present.get(id) === 'edit' && may !== 'edit').map(([id]) => id);
}
