// Somebody at work in a draft, as presence tells it. Names and colours come from the server: what a browser says about
// itself is overwritten there.

export interface Writer {
  name: string;
  /** The acronym of the organisation they write for. */
  organisation: string;
  colour: number;
}

/** Reads one writer from a presence state; anything missing or of the wrong kind becomes empty. */
export function writerOf(state: unknown): Writer | undefined {
  const user = field(state, 'user');
  if (typeof user !== 'object' || user === null) return undefined;
  const name = text(field(user, 'name'));
  const organisation = text(field(user, 'organisation'));
  const colour = Number(field(user, 'color'));
  return name === '' && organisation === '' ? undefined : { name, organisation, colour };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 80) : '';
}
