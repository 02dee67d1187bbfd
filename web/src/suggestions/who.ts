// Whose a suggestion is, as this reader may know it: by what the server tells of it, and until it does by the writer's handle.
import type { RemarkAuthor, SuggestionLine, WriterLine } from '../api/types';

export interface Whose {
  by: RemarkAuthor;
  /** Nothing where it is not told, or not yet. */
  at: string | undefined;
  /** 0 is nobody's. */
  colour: number;
}

export class Authors {
  private readonly lines: ReadonlyMap<string, SuggestionLine>;
  private readonly writers: ReadonlyMap<string, WriterLine>;

  constructor(
    told: readonly SuggestionLine[],
    writers: readonly WriterLine[],
    private readonly own: string | undefined,
  ) {
    this.lines = new Map(told.map((line) => [`${line.handle}.${line.sid}`, line]));
    this.writers = new Map(writers.map((line) => [line.handle, line]));
  }

  of({ handle, sid }: { handle: string; sid: string }): Whose {
    const line = this.lines.get(`${handle}.${sid}`);
    if (line === undefined) return this.writer(handle);
    const { organisation, person, unnamed, own, begun_at: at } = line;
    return { by: { unnamed, own, ...(organisation ? { organisation } : {}), ...(person ? { person } : {}) }, at: at ?? undefined, colour: organisation?.colour ?? 0 };
  }

  /** Of a handle without more; of whom nothing is told yet is nobody in particular. */
  writer(handle: string): Whose {
    const { organisation, unnamed = true } = this.writers.get(handle) ?? {};
    return { by: { unnamed, own: handle === this.own, ...(organisation ? { organisation } : {}) }, at: undefined, colour: organisation?.colour ?? 0 };
  }
}
