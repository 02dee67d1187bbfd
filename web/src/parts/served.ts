// What the server drew into a draft's page (server/overview/first_page.rs), to be read until the program's own page stands. As long as
// it is there the stylesheet keeps the program's place out of sight (pages.css); one of the two is always shown.

const PLACE = 'served';

/** Whether it is there, and nothing of the program's is seen. */
export function servedIsShown(): boolean {
  return document.getElementById(PLACE) !== null;
}

/** From now on the program's own page is shown. */
export function showsOwnPage(): void {
  document.getElementById(PLACE)?.remove();
}

/** Takes the text over, with its footnotes, into a page that waits for its own; nothing where the server drew none. */
export function takesServedText(to: HTMLElement): boolean {
  const text = document.querySelectorAll(`#${PLACE} main > *`);
  to.append(...text);
  return text.length > 0;
}
