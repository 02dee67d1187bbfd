// What each node of a payload says where it stands: words, a place for a note, a look for what is in it, or nothing.
import { addressOf } from '../text/link';
import { isLanguage, isLink, isNoteId } from '../text/draft';
import { SOFT_RETURN, type PastedBlock } from './blocks';
import { boldOf, classesOf, isBlockElement, italicOf, keepsLines, leftOut, raisedOf } from './meaning';
import type { Gathering, Place } from './gather';
import { markerReadings } from './labels';
import { raised } from './letters';
import { fragmentOf, isBackLink, type Note } from './notes';
import { directed, isAround, isRow, itemOf, listOf, oursOf, placed } from './place';
import type { Payload, Scope } from './scope';
import type { Style } from './read-css';

export class Reader {
  private inside: boolean;
  /** Word's conditions around what follows: whether each is for programs that show no margin comments. */
  private conditions: boolean[] = [];
  /** Fields that are open: in their code, or in what it came to. */
  private fields: ('code' | 'result')[] = [];
  private lists = 0;

  constructor(
    private readonly gathering: Gathering,
    private readonly payload: Payload,
  ) {
    this.inside = !payload.inFragment;
  }

  /** What holds inside a node, or nothing when there is nothing to enter. */
  enter(node: Node, scope: Scope): Scope | undefined {
    if (node.nodeType === Node.ELEMENT_NODE) return this.element(node as Element, scope);
    if (node.nodeType === Node.TEXT_NODE) this.words(node.nodeValue ?? '', scope);
    if (node.nodeType === Node.COMMENT_NODE) this.comment((node.nodeValue ?? '').trim());
    return undefined;
  }

  private element(element: Element, scope: Scope): Scope | undefined {
    const style = this.payload.sheet.of(element);
    const out = leftOut(element, style);
    if (out !== undefined) {
      if (out !== 'silently' && this.inside && (out === 'images' || out === 'embeds' || hasWords(element))) this.gathering.leave(out);
      return undefined;
    }
    if (this.isNotes(element, style, scope)) return undefined;
    if (style.get('mso-list') === 'ignore') {
      this.marker(element, scope.place);
      return undefined;
    }
    this.field(style);
    if (element.localName === 'br') {
      this.lineEnd(style, scope);
      return undefined;
    }
    return isBlockElement(element, style) ? this.block(element, style, scope) : this.inline(element, style, scope);
  }

  private words(text: string, scope: Scope): void {
    if (!this.inside || this.conditions.includes(true)) return;
    if (this.fields.includes('code')) {
      if (text.trim() !== '') this.gathering.leave('fields');
      return;
    }
    if (scope.place.exact !== undefined) {
      this.gathering.add({ ...scope.marks, text }, scope.place);
      return;
    }
    const spaced = scope.gap ? text.replaceAll('\u00A0', ' ') : text;
    for (const [at, line] of spaced.split(scope.lines ? /\r\n|[\n\r\u2028\u2029]/u : /[\u2028\u2029]/u).entries()) {
      if (at > 0) this.softReturn(scope);
      this.gathering.add({ ...scope.marks, text: scope.raised === undefined ? line : raised(line, scope.raised) }, scope.place);
    }
  }

  private comment(said: string): void {
    if (said === 'StartFragment') this.inside = true;
    // A note's words may stand behind what was copied.
    else if (said === 'EndFragment') this.inside = this.payload.within !== undefined;
    else if (said === '[endif]') this.conditions.pop();
    else if (/^\[if [^\]]*\]$/u.test(said)) this.conditions.push(said.includes('!supportAnnotations'));
  }

  private lineEnd(style: Style, scope: Scope): void {
    if (!this.inside) return;
    if (style.get('page-break-before') === 'always') this.gathering.end();
    else this.softReturn(scope);
  }

  private softReturn(scope: Scope): void {
    if (scope.place.exact !== undefined) this.gathering.add({ ...scope.marks, text: SOFT_RETURN }, scope.place);
    else this.gathering.add(scope.row ? { text: ' ' } : 'break', scope.place);
  }

  /** A number or bullet that Word writes out, which says what its list counts. */
  private marker(element: Element, { item }: Place): void {
    if (item === undefined || item.used) return;
    const readings = markerReadings(element.textContent ?? '');
    if (readings.length === 0) delete item.counts;
    else if (item.counts !== undefined) item.counts.readings = readings;
  }

  /** Word writes a field as its code, a mark, and what it came to. */
  private field(style: Style): void {
    const said = style.get('mso-element');
    if (said === 'field-begin') this.fields.push('code');
    else if (said === 'field-separator' && this.fields.length > 0) this.fields[this.fields.length - 1] = 'result';
    else if (said === 'field-end') this.fields.pop();
  }

  /** A note's number, which becomes its place; a note's words, which are read from there; or a margin comment's. */
  private isNotes(element: Element, style: Style, scope: Scope): boolean {
    const { notes, within } = this.payload;
    if (notes.comments.has(element)) {
      this.gathering.leave('comments');
      return true;
    }
    const note = notes.refs.get(element);
    if (within !== undefined) {
      if (note !== undefined) this.gathering.leave('notes');
      return note !== undefined || within.back.has(element) || isBackLink(element);
    }
    if (note !== undefined) {
      if (this.inside) this.refersTo(note, element.getAttribute('data-note') ?? '', scope);
      return true;
    }
    if (notes.words.has(element)) return true;
    // Words of a note that nothing here points at.
    if (/^(?:foot|end)note$/u.test(style.get('mso-element') ?? '')) {
      if (this.inside) this.gathering.leave('notes');
      return true;
    }
    if (this.inside && this.isLostNote(element, scope)) this.gathering.leave('notes');
    return false;
  }

  private refersTo(note: Note, id: string, scope: Scope): void {
    const words = this.payload.wordsOf(note);
    for (const what of words.left) this.gathering.leave(what);
    if (words.note !== undefined) this.gathering.add({ note: words.note, ...(isNoteId(id) && { id }) }, scope.place);
  }

  /** A raised number that leads somewhere in its page, or any in Google Docs' payload, was a note's, whose words did not come along. */
  private isLostNote(element: Element, scope: Scope): boolean {
    if (element.localName === 'sup') return this.payload.fromDocs && !element.hasAttribute('style') && /^\d{1,4}$/u.test(element.textContent ?? '');
    if (element.localName !== 'a' || fragmentOf(element) === undefined) return false;
    return (scope.raised === 'super' || element.firstElementChild?.localName === 'sup') && hasWords(element);
  }

  private inline(element: Element, style: Style, scope: Scope): Scope {
    const melts = element.getAttribute('data-block') === 'open' && scope.place.melts;
    const place: Place = melts ? { ...scope.place, exact: { block: 'paragraph', content: [] } } : scope.place;
    if (melts && this.inside) this.gathering.begins(place);
    return {
      ...scope,
      marks: this.marks(element, style, scope, place.exact !== undefined),
      place,
      raised: raisedOf(element, style) ?? (style.has('vertical-align') ? undefined : scope.raised),
      lines: keepsLines(element, style) ?? scope.lines,
      gap: scope.gap || style.has('mso-spacerun') || style.has('mso-tab-count') || classesOf(element).includes('apple-converted-space'),
      block: false,
    };
  }

  private marks(element: Element, style: Style, scope: Scope, ours: boolean): Scope['marks'] {
    const { bold: wasBold, italic: wasItalic, ...others } = scope.marks;
    const bold = boldOf(element, style) ?? wasBold === true;
    const italic = italicOf(element, style) ?? wasItalic === true;
    const link = element.localName === 'a' && !this.isLostNote(element, scope) ? this.link(element) : undefined;
    const said = ours || !this.payload.fromOffice ? element.getAttribute('lang') : null;
    return {
      ...(bold && { bold }),
      ...(italic && { italic }),
      ...others,
      ...(link !== undefined && { link }),
      ...(said !== null && isLanguage(said) && { lang: said }),
    };
  }

  private link(element: Element): string | undefined {
    const href = element.getAttribute('href');
    if (href === null || href.startsWith('#')) return undefined;
    const address = addressOf(href);
    if (address !== undefined && isLink(address)) return address;
    if (this.inside && hasWords(element)) this.gathering.leave('links');
    return undefined;
  }

  private block(element: Element, style: Style, scope: Scope): Scope {
    const { lang, ...marks } = this.marks(element, style, scope, false);
    // A language said for a block is the page's more often than its words'.
    const look: Scope = { ...scope, marks: { ...marks, ...(scope.marks.lang !== undefined && { lang }) }, lines: keepsLines(element, style) ?? scope.lines };
    const dir = directed(element, style, scope.place.dir);
    const tag = element.localName;
    if (scope.row) {
      if (dir === 'rtl') scope.place.dir = dir;
      this.gathering.add(tag === 'td' || tag === 'th' ? 'cell' : { text: ' ' }, scope.place);
      return { ...look, block: false };
    }
    this.gathering.end();
    this.fields = [];
    this.conditions = [];
    const place: Place = { ...scope.place, dir, melts: scope.place.melts && (!this.inside || isAround(element)) };
    const inner: Scope = { ...look, place, block: true };
    const exact = oursOf(element);
    if (exact !== undefined) return this.ours(exact, inner);
    if (tag === 'ul' || tag === 'ol' || tag === 'menu' || tag === 'dir') {
      if (scope.list === undefined) this.lists += 1;
      return { ...inner, list: listOf(element, scope.list, `list ${this.lists}`) };
    }
    if (tag === 'li') return { ...inner, place: { ...place, kind: 'paragraph', item: itemOf(element, scope.list) } };
    if (tag === 'tr') return this.row(element, inner);
    return { ...inner, place: placed(element, style, place, this.payload.sheet) };
  }

  private ours(exact: PastedBlock, inner: Scope): Scope {
    const place: Place = { kind: 'ours', level: 1, exact, melts: false };
    if (this.inside) this.gathering.begins(place);
    return { ...inner, place, marks: {} };
  }

  private row(element: Element, inner: Scope): Scope {
    const row = isRow(element);
    if (row && this.inside && [...element.children].filter((cell) => hasWords(cell)).length > 1) this.gathering.leave('tables');
    return { ...inner, row };
  }
}

const hasWords = (element: Element) => (element.textContent ?? '').trim() !== '';
