// Which links of a payload are its footnotes. Every program writes them its own way and all alike in one: the number is a link to
// the note's words, and there a link leads back to it. Margin comments are written so too, and are told apart by their names.

export interface Note {
  /** Where its words stand. */
  words: Element;
  /** What there leads back, or repeats the number. */
  back: Set<Element>;
}

export interface Notes {
  /** By the link in the text. */
  refs: Map<Element, Note>;
  /** Where the words of notes stand, which are no words of the text. */
  words: Set<Element>;
  /** Links to margin comments, and where those stand. */
  comments: Set<Element>;
}

// Two for each note a draft may hold; what has more is a register and no statement.
const LINKS_MAX = 4000;

/** An encyclopaedia leads to one note from as many places as there are letters to lead back. */
export const SAME_NOTE_MAX = 26;

const LINK = 'a[href*="#"]';
const COMMENT = /^(?:_msocom|_msoanchor|cmnt)/u;
const BLOCK = 'p, li, td, th, dd, dt, div, section, aside, blockquote, h1, h2, h3, h4, h5, h6';

/** What a link points at inside its page; browsers put the page's address before it when they copy. */
export function fragmentOf(link: Element): string | undefined {
  const href = link.getAttribute('href');
  const at = href?.lastIndexOf('#') ?? -1;
  if (href === null || at < 0 || at === href.length - 1) return undefined;
  try {
    return decodeURIComponent(href.slice(at + 1));
  } catch {
    return href.slice(at + 1);
  }
}

/** There and back are in one page; a link to a note of another is a link. */
const pageOf = (link: Element) => link.getAttribute('href')?.split('#', 1)[0];

/** What leads from a note back to the text and is no word of it. */
export function isBackLink(element: Element): boolean {
  if (element.getAttribute('role') === 'doc-backlink' || element.hasAttribute('data-footnote-backref')) return true;
  return /\b(?:mw-cite-backlink|footnote-back)/u.test(element.getAttribute('class') ?? '');
}

export function findNotes(document: Document): Notes {
  const notes: Notes = { refs: new Map(), words: new Set(), comments: new Set() };
  const links = [...document.querySelectorAll(LINK)].slice(0, LINKS_MAX);
  if (links.length === 0) return notes;
  const named = new Map<string, Element>();
  for (const element of document.querySelectorAll('[id], a[name]')) {
    for (const name of [element.getAttribute('id'), element.getAttribute('name')]) if (name !== null && !named.has(name)) named.set(name, element);
  }
  const target = (link: Element) => named.get(fragmentOf(link) ?? '');
  const headed = new Map<Element, boolean>();
  // A table of contents and its headings are linked there and back as well.
  const holdsHeading = (words: Element) => {
    const holds = headed.get(words) ?? (/^h[1-6]$/u.test(words.localName) || words.querySelector('h1, h2, h3, h4, h5, h6') !== null);
    headed.set(words, holds);
    return holds;
  };
  const found = new Map<Element, { note: Note; times: number }>();
  const inside = new Map<Element, Element[]>();
  const linksIn = (words: Element) => {
    const known = inside.get(words) ?? [...words.querySelectorAll(LINK)].slice(0, LINKS_MAX);
    inside.set(words, known);
    return known;
  };

  for (const link of links) {
    const to = target(link);
    if (COMMENT.test(fragmentOf(link) ?? '')) {
      notes.comments.add(link);
      const comment = to?.closest('div');
      if (/^cmnt\d/u.test(fragmentOf(link) ?? '') && comment !== null && comment !== undefined) notes.comments.add(comment);
      continue;
    }
    const words = to?.closest(BLOCK) ?? undefined;
    if (words === undefined || holdsHeading(words) || words.contains(link) || !isBefore(link, words) || !looksLikeNumber(link)) continue;
    const known = found.get(words) ?? { note: { words, back: new Set<Element>() }, times: 0 };
    // The next ones are not read any more, so nobody asks whether the way back is there.
    if (known.times < SAME_NOTE_MAX) {
      const block = link.closest(BLOCK);
      const page = pageOf(link);
      const back = linksIn(words).filter((one) => pageOf(one) === page && leadsBack(target(one), link, block));
      if (back.length === 0) continue;
      for (const one of back) known.note.back.add(one);
    }
    known.times += 1;
    found.set(words, known);
    notes.refs.set(link, known.note);
    notes.words.add(words);
  }
  widen(notes);
  return notes;
}

const isBefore = (one: Element, other: Element) => (one.compareDocumentPosition(other) & 4) !== 0;

const looksLikeNumber = (link: Element) => /^(?:\S{0,8}|\[\p{L}+ \p{N}+\])$/u.test((link.textContent ?? '').trim());

/** To the link, or to a mark beside it in its block. */
function leadsBack(target: Element | undefined, link: Element, block: Element | null): boolean {
  return target !== undefined && (target.contains(link) || link.contains(target) || block?.contains(target) === true);
}

/** A note of several paragraphs stands in a frame of its own, and its link in the first of them. */
function widen(notes: Notes): void {
  for (const note of new Set(notes.refs.values())) {
    const frame = note.words.parentElement;
    if (note.words.localName !== 'p' || frame?.localName !== 'div' || frame.firstElementChild !== note.words) continue;
    const alone = [...frame.children].every((child) => child === note.words || !notes.words.has(child));
    if (!alone || [...frame.querySelectorAll(LINK)].some((link) => notes.refs.has(link))) continue;
    notes.words.add(frame);
    note.words = frame;
  }
}
