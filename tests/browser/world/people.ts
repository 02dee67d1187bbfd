// People: each has a browser of their own, an address, and whatever letters were sent to it.
import { expect, type Browser, type BrowserContext, type BrowserContextOptions, type Locator, type Page } from '@playwright/test';
import { codeIn, lettersTo, linkIn, type Letter } from './letters.ts';
import type { Server } from './server.ts';
import type { Watch } from './watch.ts';

export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
export const WITHOUT_SCRIPTS: BrowserContextOptions = { javaScriptEnabled: false };

export class Person {
  private constructor(
    readonly name: string,
    readonly email: string,
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly server: Server,
    private readonly watch: Watch,
    private readonly scripts: boolean,
  ) {}

  static async at(browser: Browser, server: Server, watch: Watch, name: string, email: string, options: BrowserContextOptions): Promise<Person> {
    const context = await browser.newContext({ baseURL: server.url, reducedMotion: 'reduce', ...options });
    watch.follows(context, name);
    return new Person(name, email, context, await context.newPage(), server, watch, options.javaScriptEnabled ?? true);
  }

  /** The same person at another tab of the same browser. */
  async beside(): Promise<Person> {
    return new Person(this.name, this.email, this.context, await this.context.newPage(), this.server, this.watch, this.scripts);
  }

  /** Turns to this tab; one that lies behind another draws itself once a second. */
  async turns(): Promise<Page> {
    await this.page.bringToFront();
    return this.page;
  }

  async goes(path: string): Promise<void> {
    await this.page.goto(path);
  }

  /** Shows the page as it stands to the watch. */
  async look(name: string): Promise<void> {
    await this.watch.look(this.page, this.name, name, this.scripts);
  }

  async letters(): Promise<Letter[]> {
    return this.lettersOf(this.email);
  }

  private async lettersOf(email: string): Promise<Letter[]> {
    return lettersTo(this.context.request, this.server.url, email);
  }

  /** How many sign-in links are in this person's mailbox. */
  async signInLetters(email = this.email): Promise<number> {
    const links = (await this.lettersOf(email)).flatMap((letter) => letter.links);
    return links.filter((link) => link.includes('/sign-in/')).length;
  }

  /** Through the sign-in page and the letter, as everybody does. */
  async signsIn(): Promise<void> {
    await this.signsInOn(this.page, this.email);
  }

  /** In another tab of the same browser, while the first stays as it is. Perhaps somebody else sits down at it. */
  async signsInBeside(email = this.email): Promise<void> {
    const tab = await this.context.newPage();
    await this.signsInOn(tab, email);
    await tab.close();
  }

  /** In another tab, too: the browser's session ends. */
  async signsOutBeside(): Promise<void> {
    const done = await this.context.request.post('/api/sign-out', { headers: { 'content-type': 'application/json' } });
    expect(done.status()).toBe(204);
  }

  private async signsInOn(page: Page, email: string): Promise<void> {
    const before = await this.signInLetters(email);
    await page.goto('/sign-in');
    await page.getByLabel('Your e-mail address').fill(email);
    await page.getByRole('button', { name: 'Send me a sign-in link' }).click();
    await expect(page.getByRole('heading', { name: 'Look in your inbox' })).toBeVisible();
    // The page answers at once, so that its time tells nobody whether the address is known; the letter follows.
    await expect.poll(() => this.signInLetters(email)).toBeGreaterThan(before);
    await page.goto(linkIn(await this.lettersOf(email), '/sign-in/'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/app\/?$/u);
  }

  /** Opens the newest letter's personal link from the page of letters. */
  async opensTheLetter(): Promise<void> {
    await this.goes(`/letters?to=${encodeURIComponent(this.email)}`);
    const letter = this.page.getByRole('article').filter({ hasText: '/sign/' }).first();
    await letter.getByRole('link', { name: 'Follow the link' }).first().click();
    await expect(this.page).toHaveURL(/\/sign\/[0-9a-z]+$/u);
  }

  /** Types the code that was mailed and presses the button. */
  async typesTheCode(button: RegExp): Promise<void> {
    await expect(this.page).toHaveURL(/\/code\/[0-9a-z]+$/u);
    await this.page.getByLabel('Six-digit code').fill(codeIn(await this.letters()));
    await this.page.getByRole('button', { name: button }).click();
  }

  /** Signs on from the letter, with clicks. */
  async signsOn(visibility: 'Public' | 'Name withheld'): Promise<void> {
    await this.page.getByRole('radio', { name: visibility }).check();
    await this.page.getByLabel('Your title').fill('Signing authority');
    await this.page.getByRole('checkbox', { name: /I may sign statements/u }).check();
    await this.page.getByRole('button', { name: /^Sign on for/u }).first().click();
    await this.typesTheCode(/^Sign on for/u);
    await expect(this.page.getByRole('heading', { name: 'You have signed on' })).toBeVisible();
  }

  async declines(reason: string): Promise<void> {
    await this.page.getByText('Decline, with a reason').click();
    await this.page.getByLabel('Reason', { exact: true }).fill(reason);
    await this.page.getByRole('button', { name: /^Decline for/u }).click();
    await this.typesTheCode(/^Decline for/u);
    await expect(this.page.getByRole('heading', { name: 'You have declined' })).toBeVisible();
  }

  async withdraws(): Promise<void> {
    await this.page.getByText('Withdraw the sign-on', { exact: true }).click();
    await this.page.getByRole('button', { name: /^Withdraw for/u }).click();
    await this.typesTheCode(/^Withdraw for/u);
    await expect(this.page.getByRole('heading', { name: 'You have withdrawn' })).toBeVisible();
  }

  /** The same forms, links and codes without drawing the pages. */
  async answersBriefly(fields: Record<string, string>): Promise<void> {
    const link = linkIn(await this.letters(), '/sign/');
    const { request } = this.context;
    const shown = await request.get(link);
    expect(shown.status()).toBe(200);
    const page = await shown.text();
    this.watch.keeps(this.name, link, page);
    const seen = /name="seen" value="([0-9a-f]+)"/u.exec(page)?.[1] ?? '';
    const asked = await request.post(`${link}/answer`, { form: { ...fields, seen } });
    expect(asked.url(), await asked.text()).toMatch(/\/code\/[0-9a-z]+$/u);
    const done = await request.post(asked.url().replace('/code/', '/confirm/'), { form: { code: codeIn(await this.letters()) } });
    expect(done.url(), await done.text()).toMatch(/\/receipt$/u);
    this.watch.keeps(this.name, done.url(), await done.text());
  }

  get editor(): Locator {
    return this.page.getByRole('textbox', { name: 'Text of the statement' });
  }

  /** Opens a statement from the home page. */
  async opensStatement(title: string): Promise<void> {
    await this.goes('/app');
    await this.page.getByRole('link', { name: title }).first().click();
  }

  /** Puts the caret at the end of the paragraph with these words. */
  async pointsAfter(words: string): Promise<void> {
    const paragraph = this.editor.locator('p').filter({ hasText: words });
    // A person looks where the caret stands before typing, and clicks again if it is not there.
    await expect(async () => {
      const { height } = (await paragraph.boundingBox()) ?? { height: 0 };
      await paragraph.click({ position: { x: 4, y: height - 6 } });
      await this.page.keyboard.press('End');
      expect(await paragraph.evaluate((node) => node.contains(getSelection()?.anchorNode ?? null))).toBe(true);
    }).toPass();
  }

  async types(words: string): Promise<void> {
    await this.page.keyboard.type(words);
  }

  /** What was typed is on the server's disk. */
  async seesSaved(): Promise<void> {
    await expect(this.page.locator('[data-saved="saved"]')).toHaveText('Saved');
  }

  async leaves(): Promise<void> {
    await this.context.close();
  }
}
