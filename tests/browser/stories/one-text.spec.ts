// Two people in one paragraph: whatever one does to it, what the other writes there at that moment stands where it was written, on
// both pages, after both are back, and as the server reads it.
import { blocksOf, chooses, goesToTheEnd, showTheSame, stands } from '../world/hands.ts';
import { expect, test, type Person, type World } from '../world/index.ts';
import { COORDINATOR, DRAFTERS, TITLE } from '../world/register.ts';

interface Change {
  what: string;
  does: (person: Person, words: string) => Promise<void>;
  /** The block or blocks afterwards; `#` stands for the other's word. */
  becomes: string[];
  /** As well right, where both wrote at one place without knowing. */
  orElse?: string[];
}

const style = (name: string) => async (person: Person, words: string) => {
  await stands(person, `${words} one`);
  await person.page.getByRole('button', { name: /^Style/u }).click();
  await person.page.getByRole('menuitemradio', { name, exact: true }).click();
};
const press = (name: string) => async (person: Person, words: string) => {
  await stands(person, `${words} one`);
  await person.page.getByRole('toolbar').getByRole('button', { name, exact: true }).click();
};

const CHANGES: Change[] = [
  { what: 'Enter before it', does: async (person, words) => {
    await stands(person, `${words} one`);
    await person.page.keyboard.press('Enter');
  }, becomes: ['paragraph W one', 'paragraph  two#'] },
  { what: 'Enter after it', does: async (person, words) => {
    await stands(person, `${words} one two`);
    await person.page.keyboard.press('Enter');
  }, becomes: ['paragraph W one two#', 'paragraph '], orElse: ['paragraph W one two', 'paragraph #'] },
  { what: 'a soft return', does: async (person, words) => {
    await stands(person, `${words} one`);
    await person.page.keyboard.press('Shift+Enter');
  }, becomes: ['paragraph W one/ two#'] },
  { what: 'a heading', does: style('Heading 1'), becomes: ['heading:1 W one two#'] },
  { what: 'a numbered paragraph', does: style('Numbered paragraph'), becomes: ['numbered:1 W one two#'] },
  { what: 'a sub-paragraph', does: style('Sub-paragraph (a)'), becomes: ['numbered:2 W one two#'] },
  { what: 'a quote', does: style('Quote'), becomes: ['quotation W one two#'] },
  { what: 'a bullet list', does: press('Bullet list'), becomes: ['bullet:1 W one two#'] },
  { what: 'a numbered list', does: press('Numbered list'), becomes: ['ordered:1 W one two#'] },
  { what: 'bold words', does: async (person, words) => {
    await chooses(person, `${words} one two`);
    await person.page.keyboard.press('Control+b');
  }, becomes: ['paragraph W one two#'] },
  { what: 'a footnote', does: async (person, words) => {
    await stands(person, `${words} one`);
    await person.page.keyboard.press('Control+Alt+f');
    await person.page.keyboard.type('A note.');
    await person.page.keyboard.press('Escape');
  }, becomes: ['paragraph W one* two#'] },
  { what: 'words deleted before it', does: async (person, words) => {
    await chooses(person, `${words} one`);
    await person.page.keyboard.press('Delete');
  }, becomes: ['paragraph  two#'] },
];

async function desks(world: World): Promise<[Person, Person]> {
  const [francois, wanjiru] = [await world.signedIn('François', DRAFTERS[0]), await world.signedIn('Wanjiru', DRAFTERS[1])];
  for (const one of [francois, wanjiru]) {
    await one.opensStatement(TITLE);
    await expect(one.editor).toContainText('sleep in their clothes');
  }
  return [francois, wanjiru];
}

/** A fresh paragraph `W one two` at the end of the text; both see it. */
async function paragraph(person: Person, other: Person, words: string): Promise<void> {
  await goesToTheEnd(person);
  await person.page.keyboard.press('Enter');
  await person.page.keyboard.press('Control+Alt+0');
  await person.page.keyboard.type(`${words} one two`);
  await expect(other.editor).toContainText(`${words} one two`);
}

for (const connected of [true, false]) {
  test(`each kind of change to a paragraph somebody writes in, ${connected ? 'both connected' : 'one cut off'}`, async ({ world }) => {
    world.watch.expects(/ERR_INTERNET_DISCONNECTED|WebSocket connection/u);
    const [francois, wanjiru] = await desks(world);
    for (const [at, { what, does, becomes, orElse = becomes }] of CHANGES.entries()) {
      await test.step(what, async () => {
        const words = `W${String.fromCodePoint(65 + at)}`;
        await paragraph(francois, wanjiru, words);
        await stands(wanjiru, `${words} one two`);
        if (!connected) await wanjiru.context.setOffline(true);
        await Promise.all([does(francois, words), wanjiru.page.keyboard.type('#hash', { delay: 3 })]);
        if (!connected) await wanjiru.context.setOffline(false);
        await shows(francois, /#hash/u);
        const shown = await showTheSame(francois, wanjiru);
        const here = shown.slice(-becomes.length).map((block) => block.replace(words, 'W').replace('#hash', '#'));
        expect([becomes, orElse], what).toContainEqual(here);
        // Her caret is still behind her own last letter.
        for (let letter = 0; letter < 5; letter += 1) await wanjiru.page.keyboard.press('Backspace');
        await expect.poll(async () => (await blocksOf(francois)).join()).not.toContain('#');
      });
    }
    await francois.seesSaved();
    await wanjiru.seesSaved();
    await francois.look(connected ? 'every-change' : 'every-change-cut-off');
    if (connected) await serverReadsTheSame(world, francois);
  });
}

test('a footnote taken out while somebody writes in it keeps their words and comes back', async ({ world }) => {
  const [francois, wanjiru] = await desks(world);
  await paragraph(francois, wanjiru, 'WA');
  await stands(francois, 'WA one');
  await francois.page.keyboard.press('Control+Alt+f');
  await francois.page.keyboard.type('Begun here');
  await expect(wanjiru.page.getByRole('list', { name: 'Footnotes' })).toContainText('Begun here');
  await wanjiru.page.getByRole('list', { name: 'Footnotes' }).getByRole('listitem').filter({ hasText: 'Begun here' }).getByRole('button').click();
  await expect(wanjiru.page.getByRole('textbox', { name: 'Footnote' })).toBeFocused();
  await wanjiru.page.keyboard.type(', and goes on');
  await expect(francois.page.getByRole('textbox', { name: 'Footnote' })).toContainText('Begun here, and goes on');
  await wanjiru.look('in-a-footnote');
  await wanjiru.page.keyboard.press('Enter');
  await wanjiru.page.keyboard.type('with a second paragraph');
  await francois.page.getByRole('button', { name: 'Remove', exact: true }).click();
  const removed = francois.page.getByRole('region', { name: 'Footnotes taken out' });
  await expect(removed).toContainText('Begun here, and goes on with a second paragraph');
  await francois.look('a-footnote-taken-out');
  await stands(francois, 'WA one two');
  await removed.getByRole('button', { name: 'Put back' }).click();
  await expect(wanjiru.page.getByRole('list', { name: 'Footnotes' })).toContainText('Begun here, and goes on');
  await expect(removed).toBeHidden();
  expect(await showTheSame(francois, wanjiru)).toContain('paragraph WA one two*');
  await serverReadsTheSame(world, francois);
});

test('undo takes back one’s own, also while somebody writes on in it', async ({ world }) => {
  const [francois, wanjiru] = await desks(world);
  await paragraph(francois, wanjiru, 'WA');
  await stands(wanjiru, 'WA one');
  await wanjiru.page.keyboard.type(' and a half');
  await shows(francois, 'paragraph WA one and a half two');
  await francois.page.getByRole('button', { name: 'Undo' }).click();
  await shows(wanjiru, / and a half$/u);
  await francois.page.getByRole('button', { name: 'Redo' }).click();
  await shows(wanjiru, 'paragraph WA one and a half two');
  await showTheSame(francois, wanjiru);
});

/** One of the page's blocks. */
async function shows(person: Person, block: string | RegExp): Promise<void> {
  await expect.poll(async () => (await blocksOf(person)).some((one) => (typeof block === 'string' ? one === block : block.test(one)))).toBe(true);
}

/** What the coordinator would freeze is what the page shows. */
async function serverReadsTheSame(world: World, person: Person): Promise<void> {
  await person.seesSaved();
  const statement = /statements\/([0-9a-z]+)/u.exec(person.page.url())?.[1] ?? '';
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const preview = await harriet.page.request.get(`/api/statements/${statement}/freeze`);
  const { text } = (await preview.json()) as { text: { blocks: { type: string; content: { type: string; text?: string }[] }[] } };
  const read = text.blocks.map(({ content }) => content.map(({ type, text: words }) => (type === 'footnote' ? '*' : type === 'break' ? '/' : words)).join(''));
  const shown = (await blocksOf(person)).map((block) => block.replace(/^\S+ /u, '')).filter((words) => words !== '');
  expect(read.map((words) => words.trim())).toEqual(shown.map((words) => words.trim()));
}
