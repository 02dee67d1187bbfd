// Two people ask and answer beside the text while a third keeps something among coordinators; words come and go and come back under a
// comment; nothing that is being written is lost; and at last the text is frozen over what is still open.
import { COORDINATOR, DRAFTERS, TITLE } from '../world/register.ts';
import { chooses } from '../world/hands.ts';
import { expect, PHONE, test, type Person } from '../world/index.ts';

const PASSAGE = 'sleep in their clothes';
const QUESTION = 'In French « tout habillés » keeps the image. Please do not soften it.';
const BETWEEN_US = 'Has anybody checked the figures of the ordinance?';

test('people comment on a text beside it, and nobody sees what is not for them', async ({ world }) => {
  world.watch.expects(/threads.*(?:ERR_FAILED|status of 409)/u);
  const francois = await world.signedIn('François', DRAFTERS[0]);
  const wanjiru = await world.signedIn('Wanjiru', DRAFTERS[1]);
  const harriet = await world.signedIn('Harriet', COORDINATOR);
  for (const one of [francois, wanjiru, harriet]) {
    await one.opensStatement(TITLE);
    await expect(one.editor).toContainText(PASSAGE);
  }

  await test.step('one chooses words and asks, by keyboard', async () => {
    await francois.turns();
    await expect(remarks(francois)).toContainText('No open comments');
    await francois.page.keyboard.press('Control+Alt+m');
    await expect(remarks(francois)).toContainText('Choose words in the text first');
    await chooses(francois, PASSAGE);
    await francois.page.keyboard.press('Control+Alt+m');
    await expect(remarks(francois).getByLabel('Your comment')).toBeFocused();
    await expect(marked(francois)).toHaveText(PASSAGE);
    await francois.look('asking');
    await francois.types(QUESTION);
    await francois.page.keyboard.press('Control+Enter');
    await expect(card(francois, QUESTION)).toContainText('AJO');
    await expect(francois.page.locator('[data-saved="saved"]'), 'the draft is as it was').toBeVisible();
  });

  await test.step('the others see it without loading anything anew', async () => {
    await wanjiru.turns();
    await expect(card(wanjiru, QUESTION)).toContainText('Association Jamais');
    await expect(marked(wanjiru)).toHaveText(PASSAGE);
    await expect(wanjiru.page.getByRole('region', { name: 'Before freezing' })).toContainText('1 comment is open; it does not stop a freeze');
    // From the passage to its card, and back.
    await marked(wanjiru).click();
    await expect(card(wanjiru, QUESTION)).toHaveAttribute('aria-current', 'true');
    await card(wanjiru, QUESTION).getByRole('button', { name: 'Show in the text' }).click();
    await expect(wanjiru.editor).toBeFocused();
    expect(await wanjiru.page.evaluate(() => String(getSelection()))).toBe(PASSAGE);
  });

  await test.step('a reply that fails keeps its words, also while another reply comes', async () => {
    await wanjiru.page.route('**/remarks', (route) => route.abort());
    await card(wanjiru, QUESTION).getByRole('button', { name: 'Reply' }).click();
    await wanjiru.types('Agreed. It stays.');
    await wanjiru.page.keyboard.press('Control+Enter');
    await expect(card(wanjiru, QUESTION).getByRole('alert')).toBeVisible();
    await francois.turns();
    await card(francois, QUESTION).getByRole('button', { name: 'Reply' }).click();
    await francois.types('Or « sans se dévêtir ».');
    await francois.page.keyboard.press('Control+Enter');
    await wanjiru.turns();
    await expect(card(wanjiru, QUESTION)).toContainText('Or « sans se dévêtir ».');
    await expect(card(wanjiru, QUESTION).getByLabel('Your reply')).toHaveValue('Agreed. It stays.');
    await wanjiru.look('failed');
    await wanjiru.page.unroute('**/remarks');
    await card(wanjiru, QUESTION).getByRole('button', { name: 'Reply' }).click();
    await expect(card(wanjiru, QUESTION).locator('.said')).toHaveText([/tout habillés/u, /sans se dévêtir/u, /Agreed/u]);
  });

  await test.step('one mentions whom one knows, and reads who will get a letter', async () => {
    await francois.turns();
    await card(francois, QUESTION).getByRole('button', { name: 'Reply' }).click();
    await francois.types('@cir');
    await expect(francois.page.getByRole('option')).toHaveText([/^BCAP /u]);
    await francois.look('mentioning');
    await francois.page.keyboard.press('Enter');
    await expect(card(francois, QUESTION).getByLabel('Your reply')).toHaveValue('@BCAP ');
    await francois.types('and @Secretariat, is that settled?');
    await expect(card(francois, QUESTION)).toContainText('BCAP and Secretariat will get a letter');
    await francois.look('mentioned');
    await francois.page.keyboard.press('Control+Enter');
    await expect(card(francois, QUESTION)).toContainText('is that settled?');
    await wanjiru.turns();
    await expect(card(wanjiru, QUESTION).getByText(/^Mentions .+ and Secretariat$/u)).toBeVisible();
  });

  await test.step('words that go leave the comment with its quote, and words that come back are under it again', async () => {
    await chooses(wanjiru, PASSAGE);
    await wanjiru.page.keyboard.press('Delete');
    await expect(card(wanjiru, QUESTION)).toContainText('These words are no longer in the text.');
    await francois.turns();
    await expect(card(francois, QUESTION)).toContainText(PASSAGE);
    await expect(card(francois, QUESTION)).toContainText('These words are no longer in the text.');
    await expect(marked(francois)).toHaveCount(0);
    await wanjiru.turns();
    await wanjiru.page.keyboard.press('Control+z');
    for (const one of [wanjiru, francois]) {
      await one.turns();
      await expect(marked(one)).toHaveText(PASSAGE);
    }
    await wanjiru.turns();
    await wanjiru.seesSaved();
    await wanjiru.page.reload();
    await expect(marked(wanjiru)).toHaveText(PASSAGE);
    await expect(wanjiru.editor).toContainText(PASSAGE);
  });

  await test.step('emoji and Arabic are marked whole, and written under', async () => {
    await wanjiru.pointsAfter('First, the language of public life');
    await wanjiru.types(' 🌊 نكتب من أجل البحر 🐟.');
    await wanjiru.seesSaved();
    await chooses(wanjiru, '🌊 نكتب من أجل البحر 🐟');
    await wanjiru.page.keyboard.press('Control+Alt+m');
    await wanjiru.types('هل هذه الكلمات ضرورية؟');
    await wanjiru.page.keyboard.press('Control+Enter');
    await expect(card(wanjiru, 'ضرورية')).toBeVisible();
    await francois.turns();
    await expect(marked(francois).filter({ hasText: '🌊' })).toHaveText('🌊 نكتب من أجل البحر 🐟');
    await francois.look('arabic');
  });

  await test.step('what is among coordinators is nowhere for anybody else', async () => {
    await harriet.turns();
    await chooses(harriet, 'Monitors have counted');
    await remarks(harriet).getByRole('button', { name: 'Comment on what is chosen' }).click();
    await remarks(harriet).getByLabel('Your comment').fill(BETWEEN_US);
    await remarks(harriet).getByLabel('For coordinators only').check();
    await remarks(harriet).getByRole('button', { name: 'Comment', exact: true }).click();
    await expect(card(harriet, BETWEEN_US)).toContainText('Coordinators only');
    await harriet.look('coordinator');
    await francois.turns();
    await expect(tab(francois, 'Open')).toHaveText('Open 2');
    await expect(tab(harriet, 'Open')).toHaveText('Open 3');
  });

  await test.step('nobody resolves over a reply they have not seen', async () => {
    await harriet.turns();
    // Her page hears nothing for a while.
    await harriet.page.route('**/threads*', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
    await francois.turns();
    await card(francois, QUESTION).getByRole('button', { name: 'Reply' }).click();
    await francois.types('One moment, please.');
    await francois.page.keyboard.press('Control+Enter');
    await expect(card(francois, QUESTION)).toContainText('One moment, please.');
    await harriet.turns();
    const settled = harriet.page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await card(harriet, QUESTION).getByRole('button', { name: 'Resolve' }).click();
    expect((await settled).status()).toBe(409);
    await harriet.page.unroute('**/threads*');
    await expect(card(harriet, QUESTION)).toContainText('What you saw has changed since');
    await expect(card(harriet, QUESTION)).toContainText('One moment, please.');
    await card(harriet, QUESTION).getByRole('button', { name: 'Resolve' }).click();
    await expect(card(harriet, QUESTION)).toHaveCount(0);
    await tab(harriet, 'Resolved').click();
    await expect(card(harriet, QUESTION)).toContainText('Resolved by');
    await francois.turns();
    await expect(card(francois, QUESTION)).toHaveCount(0);
    await expect(marked(francois).filter({ hasText: PASSAGE })).toHaveCount(0);
    await tab(francois, 'Resolved').click();
    await card(francois, QUESTION).getByRole('button', { name: 'Open again' }).click();
    await tab(francois, 'Open').click();
    await expect(card(francois, QUESTION)).toBeVisible();
  });

  await test.step('from comment to comment by keyboard, and back into the text', async () => {
    await francois.turns();
    await francois.page.keyboard.press('Alt+ArrowDown');
    const at = francois.page.locator('.remarks article:focus');
    await expect(at).toContainText('ضرورية');
    await francois.page.keyboard.press('Alt+ArrowUp');
    await expect(at).toContainText(QUESTION);
    await francois.page.keyboard.press('Escape');
    await expect(francois.editor).toBeFocused();
  });

  await test.step('on a phone the comments are a sheet from below', async () => {
    const phone = await world.signedIn('Wanjiru on the way', DRAFTERS[1], PHONE);
    await phone.opensStatement(TITLE);
    await expect(remarks(phone)).toBeHidden();
    await phone.page.getByRole('button', { name: 'Comments, 2 open' }).click();
    await expect(card(phone, QUESTION)).toBeVisible();
    await phone.look('phone');
    await card(phone, QUESTION).getByRole('button', { name: 'Reply' }).click();
    await card(phone, QUESTION).getByLabel('Your reply').fill('Fine with us.');
    await phone.look('phone-writing');
    await card(phone, QUESTION).getByRole('button', { name: 'Reply' }).click();
    await expect(card(phone, QUESTION)).toContainText('Fine with us.');
    await remarks(phone).getByRole('button', { name: 'Close the comments' }).click();
    await expect(remarks(phone)).toBeHidden();
    await phone.leaves();
  });

  await test.step('a frozen text’s comments are read and take nothing', async () => {
    // No face that prints has these.
    await wanjiru.turns();
    await chooses(wanjiru, '🌊 نكتب من أجل البحر 🐟');
    await wanjiru.page.keyboard.press('Delete');
    await wanjiru.seesSaved();
    await harriet.turns();
    await harriet.page.getByRole('link', { name: 'Freeze…' }).click();
    await expect(harriet.page.getByText('3 comments are open; they do not stop a freeze')).toBeVisible();
    await harriet.page.getByRole('button', { name: /^Freeze as/u }).click();
    await francois.opensStatement(TITLE);
    await expect(card(francois, QUESTION)).toContainText('Fine with us.');
    await expect(francois.page.getByText('The text is frozen, so its comments can be read only.')).toBeVisible();
    await expect(card(francois, QUESTION).getByRole('button')).toHaveCount(0);
    await francois.look('frozen');
  });

  const theirs = world.watch.seen.filter(({ who }) => who !== 'Harriet');
  expect(theirs.filter(({ text }) => text.includes(BETWEEN_US)).map(({ where }) => where)).toEqual([]);
  expect(theirs.filter(({ text }) => text.includes(QUESTION) && text.length > 0).some(({ where }) => where.startsWith('ws')), 'nothing of it goes through the draft').toBe(false);
});

const remarks = ({ page }: Person) => page.getByRole('region', { name: 'Comments' });
const card = ({ page }: Person, words: string) => page.getByRole('article', { name: /^Comment on/u }).filter({ hasText: words });
const marked = ({ page }: Person) => page.locator('.editor .remarked');
const tab = (person: Person, name: 'Open' | 'Resolved') => remarks(person).getByRole('group', { name: 'Which comments' }).getByRole('button', { name });
