// The messages that carry updates, written and read without the provider.
import { createDecoder, readVarUint, readVarUint8Array, type Decoder } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding';
import { writeUpdate } from 'y-protocols/sync';
import { MESSAGE_SYNC } from './acknowledge';

/** An update as the message that carries it. */
export function framed(update: Uint8Array): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, MESSAGE_SYNC);
  writeUpdate(encoder, update);
  return toUint8Array(encoder);
}

/** The update that a whole message carries. */
export function updateOf(message: Uint8Array): Uint8Array {
  const decoder = createDecoder(message);
  readVarUint(decoder);
  readVarUint(decoder);
  return readVarUint8Array(decoder);
}

/** The update in a message that is read no further; a copy, because the message's bytes are the socket's. */
export function updateIn(message: Decoder): Uint8Array {
  const { pos } = message;
  message.pos += 1;
  const update = readVarUint8Array(message).slice();
  message.pos = pos;
  return update;
}
