// The page's name: in the browser's tab, and, when one has come from another page, spoken, with the focus on its heading.
// A browser does both for pages it fetches itself; here the old page's link is gone and the focus with it. A page that an act
// has turned into another one is come to in the same way.
import { useEffect, useLayoutEffect } from 'react';
import { announce } from './announce';
import { showsOwnPage } from './served';

const PRODUCT = 'Undersigned';

// Whether somebody has come to a page whose name is not known yet: its data may still be under way.
let arriving = false;
// Until the first page has its name nobody has come from anywhere, and the browser has placed the focus.
let begun = false;

/** Names the page in the browser's tab: "Organisations – Undersigned". */
export function useTitle(title: string | undefined): void {
  // A page that says its name stands in place of what the server drew.
  useLayoutEffect(showsOwnPage, []);
  useEffect(() => {
    if (title === undefined || title === '') {
      document.title = PRODUCT;
      return;
    }
    document.title = `${title} – ${PRODUCT}`;
    const turned = begun && isNowhere();
    begun = true;
    if (arriving || turned) arrived();
  }, [title]);
}

/** Somebody has left for another page. */
export function leaves(): void {
  arriving = true;
}

/** The new page is drawn, perhaps without its data yet. Nothing is taken from a reader who is already at work on it. */
export function comes(): void {
  if (arriving && isNowhere()) focusOn(document.querySelector<HTMLElement>('#main'));
}

function arrived(): void {
  arriving = false;
  announce(document.title);
  if (isNowhere()) focusOn(heading());
}

/** Puts the focus on the page's heading where it would be lost otherwise. */
export function focusNotLost(): void {
  if (isNowhere()) focusOn(heading());
}

function heading(): HTMLElement | null {
  return document.querySelector<HTMLElement>('h1') ?? document.querySelector<HTMLElement>('#main');
}

function isNowhere(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body || activeElement.id === 'main';
}

/** Where the page stands is for the reader, or for Back, to say: the focus does not scroll it. */
function focusOn(place: HTMLElement | null): void {
  if (place === null) return;
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}
