// Whose a suggestion is, as this reader may know it.
import type { RemarkAuthor, WriterLine } from '../api/types';

export interface Whose {
  by: RemarkAuthor;
  /** 0 is nobody's. */
  colour: number;
}

/** By handle; of whom nothing is told yet is nobody in particular. */
export function authorsIn(writers: readonly WriterLine[] | undefined, own: string | undefined): (handle: string) => Whose {
  const lines = new Map((writers ?? []).map((line) => [line.handle, line]));
  return (handle) => {
    const line = lines.get(handle);
    const organisation = line?.organisation;
    return { by: { unnamed: line?.unnamed ?? true, own: handle === own, ...(organisation === undefined ? {} : { organisation }) }, colour: organisation?.colour ?? 0 };
  };
}
