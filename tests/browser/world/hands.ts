// Hands at an editor, finer than clicks: a caret put beside a word, and chance acts done within one page.
import { expect, type Locator } from '@playwright/test';
import type { Person } from './people.ts';

/** Puts the caret right after these words, or before them, by a click there. */
export async function stands(person: Person, words: string, where: 'after' | 'before' = 'after'): Promise<void> {
  await expect(person.editor).toContainText(words);
  // A person looks where the caret stands before typing, and clicks again if it is not there.
  await expect(async () => {
    const at = await placeOf(person, words, where === 'after');
    await person.page.mouse.click(at.x, at.y);
    const stood = await person.page.evaluate(() => [getSelection()?.anchorNode?.textContent, getSelection()?.anchorOffset]);
    expect(stood).toEqual([at.text, at.offset]);
  }).toPass();
}

/** Puts the caret behind the last letter of the text. */
export async function goesToTheEnd(person: Person): Promise<void> {
  await person.editor.focus();
  await person.page.keyboard.press('Control+End');
}

/** Chooses these words with the mouse. */
export async function chooses(person: Person, words: string): Promise<void> {
  await expect(async () => {
    const [from, to] = [await placeOf(person, words, false), await placeOf(person, words, true)];
    await person.page.mouse.move(from.x, from.y);
    await person.page.mouse.down();
    await person.page.mouse.move(to.x, to.y, { steps: 4 });
    await person.page.mouse.up();
    expect(await person.page.evaluate(() => String(getSelection()))).toBe(words);
  }).toPass();
}

/** Drags what is selected, taken by the end of its words `grip` or by an element, to the end of other words; `meanwhile` is done while it is in the hand. */
export async function drags(person: Person, grip: string | Locator, to: string, meanwhile: () => Promise<void> = async () => undefined): Promise<void> {
  const { mouse } = person.page;
  if (typeof grip === 'string') await placeOf(person, grip, true);
  const from = typeof grip === 'string' ? await placeOf(person, grip, true, false) : await middleOf(grip);
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move(from.x + 6, from.y + 2, { steps: 3 });
  await meanwhile();
  const there = await placeOf(person, to, true, false);
  await mouse.move(there.x, there.y, { steps: 4 });
  await mouse.up();
}

async function middleOf(element: Locator): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await element.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: x + width / 2, y: y + height / 2 };
}

/** Where on the page a word begins or ends, brought into sight if it `scrolls`. */
async function placeOf(person: Person, words: string, end: boolean, scrolls = true): Promise<{ x: number; y: number; text: string; offset: number }> {
  return person.editor.evaluate(
    (editor, given) => {
      const walk = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
        const at = node.textContent?.indexOf(given.words) ?? -1;
        if (at < 0) continue;
        const offset = at + (given.end ? given.words.length : 0);
        if (given.scrolls) node.parentElement?.scrollIntoView({ block: 'center' });
        const range = document.createRange();
        range.setStart(node, offset);
        range.collapse(true);
        const { left, top, height } = range.getClientRects()[0] ?? range.getBoundingClientRect();
        return { x: left, y: top + height / 2, text: node.textContent ?? '', offset };
      }
      throw new Error(`nowhere: ${given.words}`);
    },
    { words, end, scrolls },
  );
}

/** The text as the page shows it: each block's kind and words. Footnotes and others' carets are left out. */
export async function blocksOf(person: Person): Promise<string[]> {
  return person.editor.evaluate((editor) =>
    Array.from(editor.children).map((block) => {
      const copy = block.cloneNode(true) as HTMLElement;
      for (const other of Array.from(copy.querySelectorAll('.caret, .fn-pop, .ProseMirror-trailingBreak, [data-unknown], img'))) other.remove();
      for (const note of Array.from(copy.querySelectorAll('.fn'))) note.replaceWith('*');
      for (const br of Array.from(copy.querySelectorAll('br'))) br.replaceWith('/');
      const { block: kind = '?', level } = copy.dataset;
      return `${kind}${level === undefined ? '' : `:${level}`} ${copy.textContent}`;
    }),
  );
}

/** Everybody shows the same text, and no half letters. */
export async function showTheSame(...people: [Person, ...Person[]]): Promise<string[]> {
  const [first, ...rest] = people;
  for (const one of rest) await expect(async () => expect(await blocksOf(one)).toEqual(await blocksOf(first))).toPass({ timeout: 30_000 });
  const shown = await blocksOf(first);
  expect(shown.filter((block) => /\p{Surrogate}/u.test(block))).toEqual([]);
  return shown;
}

export interface Told {
  typed: string[];
  removed: string[];
}

/** Does `acts` chance acts in a person's page, one after another, each whole before the next. Every letter typed is a new one. */
export async function actsByChance(person: Person, acts: number, seed: number, letters: number): Promise<Told> {
  return person.editor.evaluate(
    async (editor, given) => {
      let state = given.seed;
      const random = (below: number) => {
        state = Math.trunc(state + 0x6d2b79f5);
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
        return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
      };
      const soon = () => new Promise((done) => setTimeout(done));
      const words = () => {
        const copy = editor.cloneNode(true) as HTMLElement;
        for (const other of Array.from(copy.querySelectorAll('.caret, .fn-pop'))) other.remove();
        return new Set(copy.textContent);
      };
      const typed: string[] = [];
      const removed: string[] = [];
      const word = () => {
        const letter = String.fromCodePoint((typed.length % 4 === 3 ? 0x20000 : 0x4e00) + given.letters + typed.length);
        typed.push(letter);
        return letter;
      };
      const place = (): [Node, number] => {
        const blocks = Array.from(editor.children);
        const block = blocks[random(blocks.length)] ?? editor;
        const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
          node.parentElement?.closest('.caret, .fn') === null ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT,
        );
        const texts: Node[] = [];
        for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) texts.push(node);
        const text = texts[random(texts.length)];
        if (text === undefined) return [block.querySelector('li, p') ?? block, 0];
        let at = random((text.textContent?.length ?? 0) + 1);
        if (/[\uDC00-\uDFFF]/u.test(text.textContent?.[at] ?? '') || /[\uD800-\uDBFF]$/.test(text.textContent?.slice(0, at) ?? '')) at -= 1;
        return [text, Math.max(0, at)];
      };
      const key = (name: string, more: KeyboardEventInit = {}) => editor.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more }));
      for (let act = 0; act < given.acts; act += 1) {
        (editor as HTMLElement).focus();
        const [node, at] = place();
        getSelection()?.collapse(node, at);
        const kind = random(16);
        if (kind >= 10 && kind <= 13 && node.nodeType === Node.TEXT_NODE) {
          const [to, end] = random(3) === 0 ? place() : [node, Math.min(node.textContent?.length ?? 0, at + 2 * random(3))];
          if (!/[\uDC00-\uDFFF]/.test(to.textContent?.[end] ?? '')) getSelection()?.extend(to, end);
        }
        document.dispatchEvent(new Event('selectionchange'));
        await soon();
        const before = words();
        if (kind < 5) document.execCommand('insertText', false, word());
        else if (kind < 7) key('Enter', { keyCode: 13 });
        else if (kind === 7) key('Backspace', { keyCode: 8 }) && document.execCommand('delete');
        else if (kind === 8) key('Enter', { keyCode: 13, shiftKey: true });
        else if (kind === 9) key(random(2) === 0 ? '7' : '8', { ctrlKey: true, altKey: true, keyCode: 55 });
        else if (kind === 10) key('Backspace', { keyCode: 8 }) && document.execCommand('delete');
        else if (kind === 11) key('b', { ctrlKey: true, keyCode: 66 });
        else if (kind === 12) key('8', { ctrlKey: true, shiftKey: true, keyCode: 56 });
        else if (kind === 13) {
          const data = new DataTransfer();
          data.setData('text/html', `<ul><li>${word()}</li><li>${word()}<ul><li>${word()}</li></ul></li></ul><p>${word()}</p>`);
          editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        } else if (kind === 14) key('z', { ctrlKey: true, keyCode: 90 });
        else key('Tab', { keyCode: 9, shiftKey: random(2) === 0 });
        await soon();
        const after = words();
        for (const letter of before) if (!after.has(letter)) removed.push(letter);
      }
      return { typed, removed };
    },
    { acts, seed, letters },
  );
}
