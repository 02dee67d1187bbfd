// Three people of three organisations write one sentence: one begins it, one splits and restyles it and writes into it, one takes words out and
// brings them back, and moves the passage elsewhere. Whoever asks is told who first wrote each part, and who put it where it stands.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooses, stands } from '../world/hands.ts';
import { HERE } from '../world/server.ts';
import { expect, PHONE, test, type Person } from '../world/index.ts';
import { COORDINATOR, DRAFTERS, organisation, TITLE } from '../world/register.ts';

const marsh = organisation(71);
const ANCHOR = 'First, the language of public life';
const ASIDE = 'sleep in their clothes';
const SENTENCE = 'Every library stays open to everybody. ';

test('whoever asks is told who first wrote words, whatever was done with them since', async ({ world }) => {
  world.watch.expects(/asked.*ERR_FAILED/u);
  const harriet = await world.signedIn('Harriet', COORDINATOR);
  await letsIn(harriet);
  const francois = await world.signedIn('François', DRAFTERS[0]);
  const wanjiru = await world.signedIn('Wanjiru', DRAFTERS[1]);
  const rana = await world.signedIn('Rana', marsh.focalPoint);
  for (const one of [francois, wanjiru, rana, harriet]) {
    await one.opensStatement(TITLE);
    await expect(one.editor).toContainText(ANCHOR);
  }

  await test.step('one begins, one splits, restyles and writes into it', async () => {
    await francois.turns();
    await stands(francois, ANCHOR, 'before');
    await francois.types(SENTENCE);
    await francois.seesSaved();
    await stands(francois, ASIDE);
    await wanjiru.turns();
    await stands(wanjiru, 'Every library stays open', 'after');
    await wanjiru.types(' at night');
    await chooses(wanjiru, 'Every library');
    await wanjiru.page.keyboard.press('Control+b');
    await stands(wanjiru, 'to everybody. ', 'before');
    await wanjiru.page.keyboard.press('Enter');
    await wanjiru.seesSaved();
    // A caret in the midst of what others choose is chosen with it.
    await stands(wanjiru, ASIDE);
  });

  await test.step('one takes words out and brings them back', async () => {
    await rana.turns();
    await chooses(rana, ' stays open');
    await rana.page.keyboard.press('Delete');
    await rana.seesSaved();
    await rana.page.keyboard.press('Control+z');
    await expect(rana.editor).toContainText('stays open at night');
    await rana.seesSaved();
    await stands(rana, ASIDE);
  });

  await test.step('nothing is told of nothing, and what cannot be asked is said', async () => {
    await francois.turns();
    await expect(panel(francois)).toContainText('Choose words in the text to see who first wrote them');
    await stands(francois, ANCHOR, 'after');
    await panel(francois).getByRole('button', { name: 'Who asked for what is chosen' }).click();
    await expect(panel(francois)).toContainText('Choose words in the text first');
    await chooses(francois, 'to everybody. ');
    await francois.page.route('**/asked', (route) => route.abort());
    await tool(francois).click();
    await expect(panel(francois).getByRole('button', { name: 'Try again' })).toBeVisible();
    await francois.look('failed');
    await francois.page.unroute('**/asked');
    await panel(francois).getByRole('button', { name: 'Try again' }).click();
    await expect(rows(francois)).toHaveText([/François|AJO/u]);
  });

  await test.step('each part is told, by keyboard', async () => {
    await chooses(francois, ' stays open at night');
    await francois.page.keyboard.press('Control+Alt+a');
    await expect(panel(francois)).toBeFocused();
    await expect(rows(francois)).toHaveCount(2);
    await expect(rows(francois).nth(0)).toContainText(/AJO.*First wording.*today.*Put here: An organisation that writes unnamed/u);
    await expect(rows(francois).nth(1)).toContainText(/BCAP.*“at night”.*today/u);
    await francois.look('parts');
    await pictured(francois, 'parts');
    await francois.page.keyboard.press('Escape');
    await expect(francois.editor).toBeFocused();
    expect(await francois.page.evaluate(() => String(getSelection()))).toBe(' stays open at night');
  });

  await test.step('a passage that is cut and put in elsewhere keeps its writers', async () => {
    await rana.turns();
    await chooses(rana, ' stays open at night');
    await rana.page.keyboard.press('Control+x');
    await stands(rana, ANCHOR, 'before');
    await rana.page.keyboard.press('Control+v');
    await expect(rana.editor).toContainText(` stays open at night${ANCHOR}`);
    await rana.seesSaved();
    await stands(rana, ASIDE);
    await wanjiru.turns();
    await expect(wanjiru.editor).toContainText(` stays open at night${ANCHOR}`);
    await chooses(wanjiru, ' stays open at night');
    await tool(wanjiru).click();
    await expect(rows(wanjiru).nth(0)).toContainText(/AJO.*Put here: An organisation that writes unnamed/u);
    await expect(rows(wanjiru).nth(1)).toContainText(/BCAP.*Put here: An organisation that writes unnamed/u);
    await stands(wanjiru, ASIDE);
    // Of its own people it is told.
    await rana.turns();
    await chooses(rana, ' stays open at night');
    await tool(rana).click();
    await expect(rows(rana).nth(0)).toContainText(new RegExp(`Put here: .*${marsh.name}`, 'u'));
    await stands(rana, ASIDE);
  });

  await test.step('an unnamed organisation is told by the day; what the draft began with is nobody’s', async () => {
    await rana.turns();
    await stands(rana, ANCHOR, 'after');
    await rana.types(' نكتب من أجل البحر 🐟 ');
    await rana.seesSaved();
    await stands(rana, ASIDE);
    await francois.turns();
    await expect(francois.editor).toContainText('البحر');
    await chooses(francois, `${ANCHOR} نكتب من أجل البحر 🐟`);
    await tool(francois).click();
    await expect(rows(francois)).toHaveText([/The draft began with this/u, /An organisation that writes unnamed“نكتب من أجل البحر 🐟”[^:]*$/u]);
    await expect(panel(francois)).not.toContainText(marsh.name);
    await francois.look('unnamed-arabic');
    await pictured(francois, 'unnamed-arabic');
  });

  await test.step('on a phone it is a sheet', async () => {
    const other = await world.signedIn('A colleague', DRAFTERS[1], PHONE);
    await other.opensStatement(TITLE);
    await other.editor.getByText(ANCHOR).first().scrollIntoViewIfNeeded();
    await other.editor.focus();
    await selects(other, 'stays open at night');
    await tool(other).click();
    await expect(rows(other)).toHaveCount(2);
    await other.look('phone');
    await pictured(other, 'phone');
    await panel(other).getByRole('button', { name: 'Close who asked for this' }).click();
    await expect(panel(other)).toBeHidden();
    await other.page.emulateMedia({ colorScheme: 'dark' });
    await tool(other).click();
    await expect(rows(other)).toHaveCount(2);
    await pictured(other, 'phone-dark');
    // Their caret would be among what the next choose.
    await other.leaves();
  });

  await test.step('comments on the words are told with them', async () => {
    await chooses(francois, 'at night');
    await francois.page.keyboard.press('Control+Alt+m');
    await francois.types('Who keeps the keys?');
    await francois.page.keyboard.press('Control+Enter');
    await expect(francois.page.getByRole('article').filter({ hasText: 'Who keeps the keys?' })).toBeVisible();
    await chooses(francois, 'at night');
    await tool(francois).click();
    const on = panel(francois).getByRole('button', { name: 'Comment on “at night”' });
    await pictured(francois, 'comment');
    await on.click();
    await expect(francois.page.getByRole('article').filter({ hasText: 'Who keeps the keys?' })).toHaveAttribute('aria-current', 'true');
  });

  await test.step('a suggestion that words came with is told, and how it was answered', async () => {
    await wanjiru.turns();
    await wanjiru.page.getByRole('radiogroup', { name: 'Mode' }).getByRole('radio', { name: 'Suggest' }).click({ force: true });
    await stands(wanjiru, 'still time to answer them', 'after');
    await wanjiru.types(' by the canal');
    await wanjiru.seesSaved();
    await stands(wanjiru, ASIDE);
    await francois.turns();
    await expect(francois.editor).toContainText(' by the canal');
    await chooses(francois, ' by the canal');
    await tool(francois).click();
    const came = panel(francois).getByRole('button', { name: /^Suggested by/u });
    await expect(came).toContainText('not decided yet');
    await came.click();
    const card = francois.page.locator('.suggestion').filter({ hasText: 'by the canal' });
    await expect(card).toHaveAttribute('aria-current', 'true');
    await card.getByRole('button', { name: 'Accept' }).click();
    await chooses(francois, ' by the canal');
    await tool(francois).click();
    await expect(came).toContainText('accepted by');
    await pictured(francois, 'suggestion');
  });
});

const panel = ({ page }: Person) => page.getByRole('region', { name: 'Who asked for this' });
const rows = (person: Person) => panel(person).locator('.origin li');
const tool = ({ page }: Person) => page.getByRole('toolbar', { name: 'Format' }).getByRole('button', { name: 'Who asked for what is chosen' });

/** Chooses words as a long press and its handles do. */
async function selects(person: Person, words: string): Promise<void> {
  await person.editor.evaluate((editor, wanted) => {
    const walk = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at >= 0) return getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
    }
    throw new Error(`nowhere: ${wanted}`);
  }, words);
}

async function letsIn(harriet: Person): Promise<void> {
  await harriet.opensStatement(TITLE);
  await harriet.page.getByRole('button', { name: 'Choose rights…' }).click();
  const dialog = harriet.page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: marsh.name }).check();
  await dialog.getByRole('button', { name: 'Give these rights' }).click();
  await expect(dialog).toBeHidden();
}

/** What lies over the page closes when the page is read whole. */
async function pictured({ page }: Person, name: string): Promise<void> {
  writeFileSync(join(HERE, 'shots', `who-asked-${name}.png`), await page.screenshot());
}
