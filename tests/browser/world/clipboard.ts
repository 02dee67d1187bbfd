// What other programs put on the clipboard, handed to the editor as a browser hands it on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HERE } from './server.ts';
import type { Person } from './people.ts';

/** An input that once went wrong (tests/vectors/cases). */
export const casePath = (file: string) => join(HERE, '../vectors/cases', file);

export const clipboard = (file: string) => readFileSync(casePath(file), 'utf8');

/**
 * Pastes where the caret stands. No hand is so quick that the page has not yet heard where a key before it put the caret; this
 * one is, and tells it.
 */
export async function pastes(person: Person, given: string, type: 'text/html' | 'text/plain' = 'text/html'): Promise<void> {
  await person.editor.evaluate((editor, payload) => {
    document.dispatchEvent(new Event('selectionchange'));
    const data = new DataTransfer();
    data.setData(payload.type, payload.given);
    editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, { given, type });
}
