// What the measurements share: a text of twenty pages, and from a key to the screen in one page.
import type { Page } from '@playwright/test';
import type { Person } from '../world/people.ts';

export const KEYS = 150;
export const PARAGRAPHS = 120;
// Some 83 words: with 120 paragraphs about 10,000 words, twenty pages.
const SENTENCE =
  'We, the undersigned organisations, urge all States to keep the marshlands open to those who have lived there for generations, to publish what is decided about them, and to answer within the year. ';

interface Measured {
  median: number;
  late: number;
}

/** Types with pauses, as people do, and reads when each letter was painted. */
export async function keys(page: Page): Promise<Measured> {
  await page.getByText('urge all States').nth(60).click();
  // Finding the place in so long a page, and the page's coming to it, are not the key's.
  await page.waitForTimeout(1_000);
  await page.evaluate(() => {
    const found: number[] = [];
    Object.assign(globalThis, { painted: found });
    const painted = (since: number) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => found.push(performance.now() - since);
        port2.postMessage(undefined);
      });
    };
    document.addEventListener('keydown', ({ timeStamp }) => painted(timeStamp), { capture: true });
  });
  for (let key = 0; key < KEYS; key += 1) await page.keyboard.press('abcdefghij'[key % 10] ?? 'x', { delay: 30 });
  const times = await page.evaluate(() => (globalThis as unknown as { painted: number[] }).painted.toSorted((one, other) => one - other));
  return { median: times[Math.floor(times.length / 2)] ?? 0, late: times[Math.floor(times.length * 0.99)] ?? 0 };
}

/** A new statement whose draft begins with twenty pages. */
export async function longText(ana: Person): Promise<string> {
  const { request } = ana.context;
  const started = await request.post('/api/statements', { data: { title: 'Twenty pages', language: 'en', forum: '' } });
  const { id } = (await started.json()) as { id: string };
  const paragraph = (at: number) => ({ type: 'paragraph', content: [{ type: 'text', text: `${at}. ${SENTENCE.repeat(3)}` }] });
  const text = { v: 'text/v1', language: 'en', blocks: Array.from({ length: PARAGRAPHS }, (_, at) => paragraph(at)) };
  const begun = await request.post(`/api/statements/${id}/draft`, { data: { text } });
  if (!begun.ok()) throw new Error(await begun.text());
  return id;
}
