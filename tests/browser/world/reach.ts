// What somebody reaches who sees little of a page at once: how much of the window is left to read in, and whether every
// control can be brought into it with the Tab key, uncovered (WCAG 2.2: 1.4.10, 2.4.11).
import type { Page } from '@playwright/test';
import type { Person } from './people.ts';

/** A window of 1280 × 1024 at 400 %. */
export const ZOOMED = { viewport: { width: 320, height: 256 } };

// No page of ours has more stops; a page that never ends its round is a fault of its own.
const STOPS_MAX = 250;

/** What stands in the way on this page at half its height, and of the controls those that stay covered. */
export async function outOfReach({ page }: Person): Promise<string[]> {
  const found: string[] = [];
  const { width, window } = await page.evaluate(() => ({ width: document.documentElement.scrollWidth, window: innerWidth }));
  if (width > window) found.push(`scrolls sideways: ${width} of ${window}`);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
  const held = await heldByBars(page);
  if (held > 0.25) found.push(`bars hold ${Math.round(held * 100)} % of the window`);
  found.push(...(await covered(page)));
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    scrollTo(0, 0);
  });
  return found;
}

/** The share of the window's height where something stays in place over what one reads: a page, or the dialog before it. */
async function heldByBars(page: Page): Promise<number> {
  return page.evaluate(() => {
    const read = document.querySelector('[role="dialog"]') ?? document.body;
    const stays = (element: Element | null): boolean =>
      element !== null && element !== read && (['fixed', 'sticky'].includes(getComputedStyle(element).position) || stays(element.parentElement));
    const lines = Array.from({ length: innerHeight / 4 }, (_, line) => document.elementFromPoint(innerWidth / 2, line * 4));
    return lines.filter((element) => read.contains(element) && stays(element)).length / lines.length;
  });
}

/** Controls that the Tab key comes to and that are then less than half in sight. */
async function covered(page: Page): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  await page.evaluate(() => scrollTo(0, 0));
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    await page.keyboard.press('Tab');
    const control = await page.evaluate(focused);
    if (control === undefined || seen.has(control.path)) return found;
    seen.add(control.path);
    if (control.inSight < 5) found.push(`${control.name}: ${control.inSight} of 9 points in sight`);
  }
  return [...found, 'the Tab key never comes round'];
}

/** The control that has the focus: its name, its place, and how many of nine points across what shows of it are its own. */
async function focused(): Promise<{ name: string; path: string; inSight: number } | undefined> {
  // Two frames, so that the browser has brought it into sight.
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const control = document.activeElement;
  if (control === null || control === document.body) return undefined;
  const { left, right, top, bottom } = control.getBoundingClientRect();
  const [x0, x1, y0, y1] = [Math.max(left, 0), Math.min(right, innerWidth), Math.max(top, 0), Math.min(bottom, innerHeight)];
  const label = control.closest('label');
  const own = (x: number, y: number) => {
    const there = document.elementFromPoint(x, y);
    return there !== null && (control.contains(there) || (label !== null && label.contains(there)));
  };
  const thirds = [1 / 6, 1 / 2, 5 / 6];
  const inSight = x1 > x0 && y1 > y0 ? thirds.flatMap((i) => thirds.map((j) => own(x0 + i * (x1 - x0), y0 + j * (y1 - y0)))).filter(Boolean).length : 0;
  const steps: number[] = [];
  for (let at: Element | null = control; at?.parentElement; at = at.parentElement) steps.push(Array.from(at.parentElement.children).indexOf(at));
  const name = `${control.tagName} ${control.getAttribute('aria-label') ?? control.getAttribute('name') ?? control.textContent?.trim().slice(0, 40)}`;
  return { name, path: steps.join(), inSight };
}
