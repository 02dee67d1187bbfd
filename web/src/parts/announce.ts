// What a screen reader is told when something happens elsewhere on the page: "Baobab Circle joined".
// One live region for the whole app, made once and reused; emptied first, so that the same sentence is heard twice.

let region: HTMLElement | undefined;

export function announce(sentence: string): void {
  if (region === undefined) {
    region = document.createElement('div');
    region.className = 'hidden-words';
    region.setAttribute('role', 'status');
    region.setAttribute('aria-live', 'polite');
    document.body.append(region);
  }
  const place = region;
  place.textContent = '';
  globalThis.setTimeout(() => {
    place.textContent = sentence;
  }, 50);
}
