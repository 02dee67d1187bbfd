// What a screen reader is told of a draft in which everything stands, from the browser's own tree; what finding in the page finds of
// it; and the way through it by keyboard.
import { pastes } from '../world/clipboard.ts';
import { goesToTheEnd, stands } from '../world/hands.ts';
import { expect, test, type Person } from '../world/index.ts';
import { DRAFTERS, TITLE } from '../world/register.ts';

const EVERYTHING = `<h1>One below</h1><h2>Two below</h2><h3>Three below</h3>
<p>Words with a <a href="https://example.org/">link</a>.</p>
<ul><li>One</li><li>Two<ul><li>Two one<ul><li>Deep</li></ul></li><li>Two two</li></ul></li><li>Three</li></ul>
<p>Between.</p>
<ol><li>First</li><li>Second<p>goes on</p></li><li>Third</li></ol>
<blockquote><p>Quoted words.</p></blockquote>
<p dir="rtl">نحن المنظمات الموقعة أدناه</p>
<p>Last words.</p>`;

async function opens(person: Person): Promise<void> {
  await person.opensStatement(TITLE);
  await expect(person.editor).toContainText('sleep in their clothes');
}

interface Told {
  nodeId: string;
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  properties?: { name: string; value: { value: unknown } }[];
  childIds?: string[];
}

/** The text as the browser tells it to readers' voices: roles, what they are called, levels; a line each. */
async function toldOf(person: Person): Promise<string[]> {
  const devtools = await person.context.newCDPSession(person.page);
  const { nodes } = (await devtools.send('Accessibility.getFullAXTree')) as unknown as { nodes: Told[] };
  await devtools.detach();
  const by = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines: string[] = [];
  const walk = (node: Told | undefined, inside: boolean): void => {
    if (node === undefined) return;
    const [role = '', name = ''] = [node.role?.value, node.name?.value];
    const within = inside || (role === 'textbox' && name === 'Text of the statement');
    if (within && !node.ignored && !['InlineTextBox', 'LineBreak', 'generic'].includes(role)) {
      const level = node.properties?.find((one) => one.name === 'level')?.value.value;
      const parts = [role, name === '' ? '' : `“${name.replaceAll(/[\u2068\u2069]/gu, '')}”`, level === undefined ? '' : `level=${String(level)}`];
      lines.push(parts.filter((part) => part !== '').join(' '));
    }
    for (const child of node.childIds ?? []) walk(by.get(child), within);
  };
  walk(nodes[0], false);
  return lines;
}

test('a screen reader hears headings, lists, numbers, quotations and footnotes as what they are', async ({ world }) => {
  const francois = await world.signedIn('François', DRAFTERS[0]);
  const { page } = francois;
  const { keyboard } = page;
  await opens(francois);
  await goesToTheEnd(francois);
  await keyboard.press('Enter');
  await keyboard.press('Control+Alt+0');
  await pastes(francois, EVERYTHING);
  await keyboard.press('Enter');
  await keyboard.press('Control+Alt+8');
  await keyboard.type('A sub-paragraph');
  await keyboard.press('Enter');
  await keyboard.press('Tab');
  await keyboard.type('One below it');
  for (const [behind, note] of [['Last words', 'Second of them.'], ['Quoted words', 'First of them.']] as const) {
    await stands(francois, behind);
    await keyboard.press('Control+Alt+f');
    await expect(page.getByRole('textbox', { name: /^Footnote \d$/u })).toBeFocused();
    await keyboard.type(note);
    if (note.startsWith('Second')) await keyboard.press('Escape');
  }
  await francois.seesSaved();
  const told = await toldOf(francois);
  const from = told.indexOf('heading “One below” level=2');
  const lines = told.slice(from).filter((line) => !/^(?:StaticText|paragraph)$/u.test(line));
  expect(lines).toEqual([
    'heading “One below” level=2', 'StaticText “One below”',
    'heading “Two below” level=3', 'StaticText “Two below”',
    'heading “Three below” level=4', 'StaticText “Three below”',
    'StaticText “Words with a ”', 'link “link”', 'StaticText “link”', 'StaticText “.”',
    ...[['One', 1], ['Two', 1], ['Two one', 2], ['Deep', 3], ['Two two', 2], ['Three', 1]].flatMap(([words, level]) => ['list', `listitem level=${level}`, `StaticText “${words}”`]),
    'StaticText “Between.”',
    'list', 'StaticText “1.”', 'listitem level=1', 'StaticText “First”',
    'list', 'StaticText “2.”', 'listitem level=1', 'StaticText “Second”',
    'StaticText “goes on”',
    'list', 'StaticText “3.”', 'listitem level=1', 'StaticText “Third”',
    'blockquote', 'StaticText “Quoted words”', 'image “Footnote 5”', 'StaticText “5”',
    'group “Footnote 5”', 'textbox “Footnote 5”', 'StaticText “First of them.”', 'button “Done”', 'StaticText “Done”', 'button “Remove”', 'StaticText “Remove”',
    'StaticText “Escape goes back to the text”', 'StaticText “.”',
    'StaticText “نحن المنظمات الموقعة أدناه”',
    'StaticText “Last words”', 'image “Footnote 6”', 'StaticText “6”', 'StaticText “.”',
    'StaticText “(a)”', 'StaticText “A sub-paragraph”',
    'StaticText “(i)”', 'StaticText “One below it”',
  ]);

  // Which of how many goes to readers' voices, and not into this tree.
  const places = await francois.editor.locator('li').evaluateAll((items) => items.map((one) => `${one.getAttribute('aria-posinset')}/${one.getAttribute('aria-setsize')}`));
  expect(places).toEqual(['1/3', '2/3', '1/2', '1/1', '2/2', '3/3', '1/3', '2/3', '3/3']);

  await test.step('words are found in the page, across their looks and in footnotes that are closed, and nothing is changed by it', async () => {
    await keyboard.press('Escape');
    await expect(page.getByRole('list', { name: 'Footnotes' })).toContainText('First of them.');
    const before = await toldOf(francois);
    for (const words of ['Words with a link.', 'Second of them.', 'Two one']) {
      const found = await page.evaluate((sought) => {
        getSelection()?.collapse(document.body, 0);
        return (globalThis as unknown as { find: (sought: string) => boolean }).find(sought);
      }, words);
      expect(found, words).toBe(true);
    }
    expect(await toldOf(francois)).toEqual(before);
    await page.getByRole('list', { name: 'Footnotes' }).getByRole('listitem').filter({ hasText: 'First of them.' }).getByRole('button').click();
  });

  await test.step('no rule is broken, in light and dark, on a desk and on a phone', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1440, 390]) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 844 });
        await expect(page.getByRole('textbox', { name: 'Footnote 5' })).toBeVisible();
        await francois.look(`everything-${colorScheme}-${width}`);
      }
    }
  });
});

test('the text and its tools are worked by keyboard alone, and left by it', async ({ world }) => {
  const francois = await world.signedIn('François', DRAFTERS[0]);
  const { page } = francois;
  const { keyboard } = page;
  await opens(francois);
  const style = page.getByRole('button', { name: /^Style of the paragraph/u });
  await goesToTheEnd(francois);
  await keyboard.press('Enter');
  await keyboard.press('Control+Alt+0');
  await keyboard.type('QA words here');
  await test.step('the tools: a style is chosen, or not, and one is back in the text', async () => {
    await keyboard.press('Alt+F10');
    await expect(style).toBeFocused();
    await keyboard.press('Enter');
    await expect(page.getByRole('menuitemradio', { name: 'Paragraph', exact: true })).toBeFocused();
    for (const _ of [1, 2]) await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await expect(francois.editor).toBeFocused();
    await expect(francois.editor.getByRole('heading', { name: 'QA words here' })).toBeVisible();
    await keyboard.press('Control+z');
    await expect(francois.editor.getByRole('heading', { name: 'QA words here' })).toBeHidden();
  });
  await test.step('a link', async () => {
    await keyboard.press('Control+Shift+ArrowLeft');
    await keyboard.press('Control+k');
    await expect(page.getByRole('textbox', { name: 'Address' })).toBeFocused();
    await keyboard.type('https://example.org');
    await keyboard.press('Enter');
    await expect(francois.editor).toBeFocused();
    await expect(francois.editor.getByRole('link', { name: 'here' })).toBeVisible();
  });
  await test.step('a footnote: made, left, come back to, its keys stay in it', async () => {
    await keyboard.press('End');
    await keyboard.press('Control+Alt+f');
    const note = page.getByRole('textbox', { name: 'Footnote 5' });
    await expect(note).toBeFocused();
    await keyboard.type('My note');
    for (const key of ['ArrowUp', 'PageUp', 'Control+Home', 'ArrowLeft', 'ArrowDown', 'PageDown', 'Control+End', 'ArrowRight']) {
      await keyboard.press(key);
      await expect(note, key).toBeFocused();
    }
    await keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Done', exact: true })).toBeFocused();
    await keyboard.press('Enter');
    await expect(francois.editor).toBeFocused();
    await keyboard.press('ArrowLeft');
    await expect(note).toBeVisible();
    await keyboard.press('Enter');
    await expect(note).toBeFocused();
    await keyboard.press('Escape');
    await keyboard.type('!');
    await expect(francois.editor).toContainText(/QA words here.*!$/u);
  });
  await test.step('the way out, also of a list', async () => {
    await keyboard.press('Enter');
    await keyboard.type('- item');
    await keyboard.press('Tab');
    await expect(francois.editor.locator('[data-block="bullet"][data-level="2"]')).toBeVisible();
    await expect(francois.editor).toHaveAccessibleDescription(/after Escape, Tab leaves the text/u);
    await keyboard.press('Escape');
    await keyboard.press('Tab');
    await expect(francois.editor).not.toBeFocused();
    await keyboard.press('Shift+Tab');
    await expect(francois.editor).toBeFocused();
    await expect(francois.editor.locator('[data-block="bullet"][data-level="2"]')).toBeVisible();
  });
});
