// A socket that counts the updates it sends, and keeps back those that must not leave.
import { frameOf, mayLeave, type Happening, type Standing } from './acknowledge';
import { framed, updateOf } from './frames';
import { partsOf } from './parts';
import { ANSWER_BYTES_MAX, type Unsent } from './unsent';

/** What the socket reads and tells of the draft it serves. */
export interface Counted {
  standing: () => Standing;
  mayEdit: () => boolean;
  unsent: Unsent;
  happen: (happening: Happening) => void;
}

export function counting(Socket: typeof WebSocket, { standing, mayEdit, unsent, happen }: Counted): typeof WebSocket {
  return class extends Socket {
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      const frame = data instanceof Uint8Array ? frameOf(data) : { kind: 'other' as const };
      const inParts = (update: Uint8Array): number => {
        for (const part of partsOf(update, ANSWER_BYTES_MAX)) {
          super.send(framed(part) as never);
          happen({ what: 'sent' });
        }
        return standing().sent;
      };
      if (!mayLeave(frame, standing(), mayEdit())) {
        if (frame.kind === 'answer' && !frame.empty) happen({ what: 'withheld' });
        return;
      }
      if (frame.kind === 'answer' && data instanceof Uint8Array && data.length > ANSWER_BYTES_MAX) {
        unsent.each((update) => inParts(update));
        return;
      }
      if (frame.kind === 'update' && data instanceof Uint8Array && data.length > ANSWER_BYTES_MAX) {
        unsent.left(inParts(updateOf(data)));
        return;
      }
      super.send(data as never);
      if (frame.kind !== 'answer' && frame.kind !== 'update') return;
      happen({ what: 'sent' });
      if (frame.kind === 'answer') unsent.allLeft(standing().sent);
      else unsent.left(standing().sent);
    }
  };
}
