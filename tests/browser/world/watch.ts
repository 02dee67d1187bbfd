// What looks over everybody's shoulder. No page may break a rule of accessibility, complain in its console or be refused
// something by its own policy; and all that browsers were shown is kept, so that a story can search it afterwards.
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { HERE } from './server.ts';

/** Something a person was given by the server. */
export interface Seen {
  who: string;
  where: string;
  text: string;
}

type AxeResults = Awaited<ReturnType<AxeBuilder['analyze']>>;

const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

export class Watch {
  readonly seen: Seen[] = [];
  readonly urls: { who: string; url: string }[] = [];
  private readonly problems: string[] = [];
  private readonly expected: RegExp[] = [];
  private readonly reading: Promise<void>[] = [];

  /** `story` names its pictures. */
  constructor(private readonly story: string) {}

  follows(context: BrowserContext, who: string): void {
    context.on('request', (request) => this.urls.push({ who, url: request.url() }));
    context.on('response', (response) => {
      if (!['fetch', 'xhr'].includes(response.request().resourceType())) return;
      // The body of an answer is gone when its page is; the page itself is read by `look`.
      const read = response.text().then((text) => this.keeps(who, response.url(), text), () => undefined);
      this.reading.push(read);
    });
    context.on('console', (message) => {
      if (message.type() === 'error' || /Content.Security.Policy/iu.test(message.text())) {
        this.complains(`${who}: ${message.location().url}: ${message.text()}`);
      }
    });
    context.on('weberror', (error) => this.complains(`${who}: ${error.error().stack ?? error.error().message}`));
    context.on('page', (page) => {
      page.on('websocket', (socket) =>
        socket.on('framereceived', ({ payload }) => this.keeps(who, socket.url(), Buffer.from(payload).toString('utf8'))),
      );
    });
  }

  /** A complaint this story provokes on purpose. */
  expects(complaint: RegExp): void {
    this.expected.push(complaint);
  }

  keeps(who: string, where: string, text: string): void {
    this.seen.push({ who, where, text });
  }

  private complains(problem: string): void {
    if (!this.expected.some((complaint) => complaint.test(problem))) this.problems.push(problem);
  }

  /** Reads the page as it stands now: rules of accessibility, a picture, its words. */
  async look(page: Page, who: string, name: string, scripts: boolean): Promise<void> {
    const content = await page.content();
    this.keeps(who, page.url(), content);
    const found = scripts ? await examined(page) : await examinedElsewhere(page, content);
    for (const { id, help, nodes } of found.violations) {
      const places = nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary?.replaceAll(/\s+/gu, ' ')})`);
      this.problems.push(`${this.story}, ${name}: ${id}: ${help}: ${places.join(' | ')}`);
    }
    await pictured(page, `${HERE}/shots/${this.story}-${name}.png`);
  }

  /** Everything that was wrong, and all answers read to their end. */
  async verdict(): Promise<string[]> {
    await Promise.all(this.reading);
    return [...new Set(this.problems)];
  }
}

async function examined(page: Page): Promise<AxeResults> {
  return new AxeBuilder({ page }).setLegacyMode(true).withTags(RULES).analyze();
}

/** A browser without scripts cannot run the examiner, either: the same page is drawn once more where it can. */
async function examinedElsewhere(page: Page, content: string): Promise<AxeResults> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('a page without a browser');
  const context = await browser.newContext({ viewport: page.viewportSize(), reducedMotion: 'reduce' });
  const copy = await context.newPage();
  await copy.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: content }));
  await copy.goto(page.url());
  const found = await examined(copy);
  await context.close();
  return found;
}

/** For people to look at: a page on a desk is drawn whole; a phone and a dialog as they are held, with what stays in place. */
async function pictured(page: Page, path: string): Promise<void> {
  const whole = (page.viewportSize()?.width ?? 0) > 500 && (await page.getByRole('dialog').count()) === 0;
  if (whole) await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path, fullPage: whole });
}
