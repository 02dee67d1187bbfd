// Words that are composed before they are chosen, and letters that are more than one unit, beside somebody who writes in the same
// paragraph, breaks it, joins it, makes another kind of it or deletes it. The word stands once, where it was composed.
import { pastes } from '../world/clipboard.ts';
import { blocksOf, chooses, goesToTheEnd, showTheSame, stands } from '../world/hands.ts';
import { expect, test, type Person, type World } from '../world/index.ts';
import { CHINESE, composes, JAPANESE, KOREAN, type Word } from '../world/input-method.ts';
import { DRAFTERS, TITLE } from '../world/register.ts';

interface Place {
  where: string;
  /** Goes there, in the paragraph `tag one two`. */
  goes: (writer: Person, tag: string) => Promise<void>;
  /** What stands around the word afterwards, the word being `~`. */
  stands: (tag: string) => string;
}

const key = (name: string) => async (writer: Person) => writer.page.keyboard.press(name);
const middle = async (writer: Person, tag: string) => stands(writer, `${tag} one`);
const inKind = (name: string) => async (writer: Person, tag: string) => {
  await middle(writer, tag);
  await key(name)(writer);
};
/** Makes something of the words and goes into their middle. */
const inLooks = (make: (writer: Person) => Promise<void>) => async (writer: Person, tag: string) => {
  await chooses(writer, `${tag} one two`);
  await make(writer);
  await stands(writer, `${tag} on`);
};

const PLACES: Place[] = [
  { where: 'at the start of a paragraph', goes: async (writer, tag) => stands(writer, tag, 'before'), stands: (tag) => `~${tag}` },
  { where: 'in the middle of a paragraph', goes: middle, stands: () => ' one~ two' },
  { where: 'at the end of a paragraph', goes: async (writer, tag) => stands(writer, `${tag} one two`), stands: () => ' one two~' },
  { where: 'in an empty block', goes: async (writer, tag) => {
    await stands(writer, `${tag} one two`);
    await key('Enter')(writer);
  }, stands: () => '\n~' },
  { where: 'in a heading', goes: inKind('Control+Alt+2'), stands: () => ' one~ two' },
  { where: 'in an item of a list', goes: inKind('Control+Shift+8'), stands: () => ' one~ two' },
  { where: 'in an item of a numbered list', goes: inKind('Control+Shift+7'), stands: () => ' one~ two' },
  { where: 'in a numbered paragraph', goes: inKind('Control+Alt+7'), stands: () => ' one~ two' },
  { where: 'in bold', goes: inLooks(key('Control+b')), stands: () => ' on~e two' },
  { where: 'in a link', goes: inLooks(linked), stands: () => ' on~e two' },
  { where: 'before the number of a footnote', goes: async (writer, tag) => {
    await middle(writer, tag);
    await noted(writer);
    // The first chooses the number.
    await key('ArrowLeft')(writer);
    await key('ArrowLeft')(writer);
  }, stands: () => ' one~* two' },
  { where: 'behind the number of a footnote', goes: async (writer, tag) => {
    await middle(writer, tag);
    await noted(writer);
  }, stands: () => ' one*~ two' },
  { where: 'over chosen words', goes: async (writer, tag) => chooses(writer, `${tag} one`), stands: () => '~ two' },
];

async function linked(writer: Person): Promise<void> {
  await pastes(writer, 'https://example.org/', 'text/plain');
  await expect(writer.editor.locator('a[href="https://example.org/"]').first()).toBeVisible();
}

/** A footnote where one stands; then one stands behind its number. */
async function noted(writer: Person): Promise<void> {
  await writer.page.keyboard.press('Control+Alt+f');
  await expect(writer.page.getByRole('textbox', { name: 'Footnote' })).toBeFocused();
  await writer.page.keyboard.type('A note.');
  await writer.page.keyboard.press('Escape');
}

interface Act {
  what: string;
  /** Where the other stands before. */
  goes: (other: Person, tag: string) => Promise<void>;
  does: (other: Person, step: number) => Promise<void>;
}

const behindTag = async (other: Person, tag: string) => stands(other, tag);
const choosesTag = async (other: Person, tag: string) => {
  await stands(other, tag);
  await other.page.keyboard.press('Shift+Home');
};
const once = (act: (other: Person) => Promise<void>) => async (other: Person, step: number) => {
  if (step === 0) await act(other);
};

const ACTS: Act[] = [
  { what: 'writes in it', goes: behindTag, does: async (other, step) => other.page.keyboard.type('#+-!?'[step] ?? '') },
  { what: 'breaks it', goes: behindTag, does: once(key('Enter')) },
  { what: 'breaks it softly', goes: behindTag, does: once(key('Shift+Enter')) },
  { what: 'joins it to the one before', goes: async (other, tag) => {
    await stands(other, tag);
    await other.page.keyboard.press('Home');
  }, does: once(key('Backspace')) },
  { what: 'makes a heading of it', goes: behindTag, does: once(key('Control+Alt+3')) },
  { what: 'makes a list of it', goes: behindTag, does: once(key('Control+Shift+8')) },
  { what: 'makes it bold', goes: choosesTag, does: once(key('Control+b')) },
  { what: 'deletes its beginning', goes: choosesTag, does: once(key('Delete')) },
  { what: 'undoes that it was written', goes: behindTag, does: once(key('Control+z')) },
];

async function desks(world: World): Promise<[Person, Person]> {
  const both = [await world.signedIn('François', DRAFTERS[0]), await world.signedIn('Wanjiru', DRAFTERS[1])] as [Person, Person];
  for (const one of both) {
    await one.opensStatement(TITLE);
    await expect(one.editor).toContainText('sleep in their clothes');
  }
  return both;
}

/** A fresh paragraph at the end; both see it. */
async function paragraph(person: Person, other: Person, words: string): Promise<void> {
  await goesToTheEnd(person);
  await person.page.keyboard.press('Enter');
  await person.page.keyboard.press('Control+Alt+0');
  await person.page.keyboard.type(words);
  await expect(other.editor).toContainText(words);
}

const lines = async (person: Person) => (await blocksOf(person)).map((block) => block.replace(/^\S+ /u, '')).join('\n');
const LANGUAGES: [string, Word][] = [['Japanese', JAPANESE], ['Chinese', CHINESE], ['Korean', KOREAN]];

for (const [at, [language, word]] of LANGUAGES.entries()) {
  test(`a word of ${language} is composed everywhere while somebody else is at the same paragraph`, async ({ world }) => {
    const [francois, wanjiru] = await desks(world);
    for (const [nth, place] of PLACES.entries()) {
      // Each language meets each place with another act.
      const act = ACTS[(nth + at * 4) % ACTS.length];
      if (act === undefined) continue;
      await test.step(`${place.where}; the other ${act.what}`, async () => {
        const tag = `Q${String.fromCodePoint(65 + nth)}`;
        await paragraph(francois, wanjiru, `${tag} one two`);
        await place.goes(wanjiru, tag);
        await showTheSame(francois, wanjiru);
        await act.goes(francois, tag);
        await composes(wanjiru, word, async (step) => act.does(francois, step));
        await francois.seesSaved();
        await wanjiru.seesSaved();
        await showTheSame(francois, wanjiru);
        const text = await lines(francois);
        const what = `${place.where}; the other ${act.what}: ${text.slice(-80)}`;
        expect(text.split(word.word).length - 1, what).toBe(nth + 1);
        expect(word.steps.filter((step) => step !== word.word && text.includes(step)), what).toEqual([]);
        // Who undoes what they wrote takes the words around it away.
        if (!act.what.startsWith('undoes')) expect(text, what).toContain(place.stands(tag).replace('~', word.word));
        if (act.what === 'writes in it') expect(text, what).toContain('#+-!?'.slice(0, word.steps.length));
      });
    }
  });
}

test('a word is composed where somebody else stands', async ({ world }) => {
  // Chromium keeps the looks of what a word is composed over, by a style of its own.
  world.watch.expects(/inline style/u);
  const [francois, wanjiru] = await desks(world);
  for (const [language, word] of LANGUAGES) {
    await test.step(`${language}, in one empty block`, async () => {
      await paragraph(francois, wanjiru, 'QA');
      await francois.page.keyboard.press('Enter');
      await francois.seesSaved();
      await showTheSame(francois, wanjiru);
      await goesToTheEnd(wanjiru);
      await expect(francois.editor.locator('.caret')).toHaveCount(1);
      await composes(francois, word, async (step) => wanjiru.page.keyboard.type('#+-!?'[step] ?? ''));
      await francois.seesSaved();
      const written = '#+-!?'.slice(0, word.steps.length);
      await expect.poll(() => last(wanjiru)).toMatch(new RegExp(`^(${sign(written)}${word.word}|${word.word}${sign(written)})$`, 'u'));
      await showTheSame(francois, wanjiru);
    });
    await test.step(`${language}, over words that both have chosen`, async () => {
      await paragraph(francois, wanjiru, 'QBx one two');
      await chooses(francois, 'QBx one');
      await stands(wanjiru, 'QBx');
      await wanjiru.page.keyboard.press('Shift+Home');
      await expect(francois.editor.locator('.remote-selection')).toHaveText('QBx');
      await composes(francois, word, async (step) => (step === 0 ? wanjiru.page.keyboard.press('Control+b') : undefined));
      await francois.seesSaved();
      await expect.poll(() => last(wanjiru)).toBe(`${word.word} two`);
      await showTheSame(francois, wanjiru);
    });
  }
});

const last = async (person: Person) => (await lines(person)).split('\n').at(-1);
const sign = (written: string) => written.replaceAll(/[+?]/gu, String.raw`\$&`);

test('letters of several units are typed, passed and taken away one by one beside another writer', async ({ world }) => {
  const [francois, wanjiru] = await desks(world);
  const LETTERS: Record<string, string[]> = {
    Arabic: ['ش', 'ك', 'ر', 'ا'],
    Hebrew: ['ש', 'ל', 'ו', 'ם'],
    Adlam: ['𞤀', '𞤁', '𞤂'],
    'plane 2': ['𠀀', '𪛖', '𫝀'],
    emoji: ['👍🏽', '👩🏾‍🚀', '👨‍👩‍👧', '🇨🇭', '🇰🇪'],
  };
  for (const [at, [script, letters]] of Object.entries(LETTERS).entries()) {
    await test.step(script, async () => {
      const tag = `Q${String.fromCodePoint(65 + at)}`;
      await paragraph(francois, wanjiru, `${tag} end`);
      await stands(wanjiru, `${tag} en`);
      await stands(francois, `${tag} `);
      for (const letter of letters) await Promise.all([francois.page.keyboard.insertText(letter), wanjiru.page.keyboard.type('.')]);
      const dots = '.'.repeat(letters.length);
      await expect.poll(() => last(wanjiru)).toBe(`${tag} ${letters.join('')}en${dots}d`);
      // Over all of them and back, then one at a time, whichever way they run.
      const [back, forth] = /[\u0590-\u08FF]|[\u{1E900}-\u{1E95F}]/u.test(letters.join('')) ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
      for (const arrow of [back, forth]) for (const letter of letters) await Promise.all([francois.page.keyboard.press(arrow), wanjiru.page.keyboard.type(letter === '' ? '' : '.')]);
      for (let left = letters.length; left > 0; left -= 1) {
        await francois.page.keyboard.press('Backspace');
        await expect.poll(() => last(francois)).toMatch(/^Q[A-E] /u);
        expect((await last(francois))?.includes('\uFFFD')).toBe(false);
      }
      await francois.seesSaved();
      await wanjiru.seesSaved();
      await showTheSame(francois, wanjiru);
      expect((await last(francois))?.replaceAll('.', '')).toMatch(/^Q[A-E] end$/u);
    });
  }
});
