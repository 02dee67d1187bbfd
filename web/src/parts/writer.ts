// Somebody at work in a draft, as presence tells it: a handle, which stands for an organisation and names nobody, and a colour.
// Both are the server's word: what a browser says about itself is overwritten there. Whom a handle stands for is asked of the
// server, which tells each page what its reader may know.

export interface Writer {
  handle: string;
  /** 0 is nobody's. */
  colour: number;
}

const HANDLE_CHARS_MAX = 40;

/** Reads one writer from a presence state; nothing where anything is missing or of the wrong kind. */
export function writerOf(state: unknown): Writer | undefined {
  const user = field(state, 'user');
  const handle = field(user, 'handle');
  const colour = field(user, 'color');
  if (typeof handle !== 'string' || handle === '' || handle.length > HANDLE_CHARS_MAX) return undefined;
  return { handle, colour: typeof colour === 'number' ? colour : 0 };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** What this page calls those behind the handles. It comes a moment after their carets, and may change. */
export class Names {
  private names: ReadonlyMap<string, string> = new Map();
  private colours: ReadonlyMap<string, number> = new Map();
  private readonly listeners = new Set<() => void>();

  /** Empty until it is known. */
  of(handle: string): string {
    return this.names.get(handle) ?? '';
  }

  /** 0 where none is known. */
  colourOf(handle: string): number {
    return this.colours.get(handle) ?? 0;
  }

  know(names: ReadonlyMap<string, string>, colours: ReadonlyMap<string, number> = new Map()): void {
    const same = alike(names, this.names) && alike(colours, this.colours);
    this.names = names;
    this.colours = colours;
    if (!same) for (const listener of this.listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

function alike<Value>(one: ReadonlyMap<string, Value>, other: ReadonlyMap<string, Value>): boolean {
  return one.size === other.size && [...one].every(([handle, value]) => other.get(handle) === value);
}
