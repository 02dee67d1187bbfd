// An input method, as Chromium lets a test play one: letters that are not final stand in the text until a word is chosen.
import type { Person } from './people.ts';

export interface Word {
  /** What stands there, one after another, before the word is chosen. */
  steps: string[];
  word: string;
}

export const JAPANESE: Word = { steps: ['ｎ', 'に', 'にほ', 'にほん', '日本'], word: '日本' };
export const CHINESE: Word = { steps: ['zh', 'zhong', "zhong'guo"], word: '中国' };
export const KOREAN: Word = { steps: ['ㅎ', '하', '한'], word: '한' };

/** Composes a word where the caret stands. Between the steps somebody else may do something, told which step it is. */
export async function composes(person: Person, { steps, word }: Word, between: (step: number) => Promise<void> = async () => undefined): Promise<void> {
  const devtools = await person.context.newCDPSession(person.page);
  for (const [step, text] of steps.entries()) {
    await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await between(step);
  }
  await devtools.send('Input.insertText', { text: word });
  await devtools.detach();
}
