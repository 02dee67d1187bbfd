// An organisation's acronym on its colour. The colour never speaks alone: the acronym is always there, and whoever draws a
// chip writes the name beside it.

/** `colour` is 1 to 8; anything else gets the neutral one. */
export function orgClass(colour: number | undefined): string {
  return colour !== undefined && Number.isInteger(colour) && colour >= 1 && colour <= 8 ? `o${colour}` : '';
}

export function OrgChip({ acronym, name, colour }: { acronym: string; name: string; colour?: number }) {
  return <span className={`org ${orgClass(colour)}`}>{acronym || name.slice(0, 5)}</span>;
}

/** Up to two letters of a person's name. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => Array.from(word ?? '')[0] ?? '').join('').toLocaleUpperCase();
}
