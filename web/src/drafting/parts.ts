// One act can be more than the server takes at once: a book brought back by undo. It goes in parts then, in the order in which its
// items were written, so that each part stands on those before it; what it deleted goes last.
import { writeVarUint } from 'lib0/encoding';
import { decodeUpdate, diffUpdate, encodeStateVector, UpdateEncoderV1 } from 'yjs';

type Struct = ReturnType<typeof decodeUpdate>['structs'][number];

/** The same update in parts of at most so many bytes. An item is never taken apart: one that is larger by itself stays so. */
export function partsOf(update: Uint8Array, bytesMax: number): Uint8Array[] {
  if (update.length <= bytesMax) return [update];
  const parts: Struct[][] = [];
  const ends = new Map<number, number>();
  let bytes = 0;
  for (const struct of decodeUpdate(update).structs) {
    // By itself it has a head of its own, so this is a little more than it adds.
    const more = written([struct]).length;
    ends.set(struct.id.client, struct.id.clock + struct.length);
    const last = parts.at(-1);
    if (last !== undefined && last.at(-1)?.id.client === struct.id.client && bytes + more <= bytesMax) {
      last.push(struct);
      bytes += more;
    } else {
      parts.push([struct]);
      bytes = more;
    }
  }
  const deletions = diffUpdate(update, encodeStateVector(ends));
  const deletesNothing = deletions.every((byte) => byte === 0);
  return [...parts.map(written), ...(deletesNothing ? [] : [deletions])];
}

/** An update of these, which follow one another under one client id. */
function written(structs: readonly Struct[]): Uint8Array {
  const encoder = new UpdateEncoderV1();
  const [first] = structs;
  writeVarUint(encoder.restEncoder, 1);
  writeVarUint(encoder.restEncoder, structs.length);
  encoder.writeClient(first?.id.client ?? 0);
  writeVarUint(encoder.restEncoder, first?.id.clock ?? 0);
  for (const struct of structs) struct.write(encoder, 0);
  // It deletes nothing.
  writeVarUint(encoder.restEncoder, 0);
  return encoder.toUint8Array();
}
