// Random editors on one draft: several people who type, delete, split, join, style, link, note, paste, move, undo and redo, online
// and off, through the real schema and binding. Every letter typed is another, so that it can be asked of each what became of it.
//
// After each run: all texts are equal, each editor shows its text, every letter that nobody deleted stands once, in the text it was
// typed in and in the order of its word, and undoing all that one did leaves the others' letters. What two people undo or move at
// once may stand twice.
import { Fragment, Slice, type Node } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { canSplit } from '@tiptap/pm/transform';
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs';
import { ALTERNATIVES_MAX, BLOCKS, BODY, noteRoot, PARAGRAPH } from '../../text/draft';
import { SCHEMA } from '../schema';
import { addAlternative, bracket, bracketsIn, keep, lift } from './brackets';
import { indexOf } from './places';
import { documentOf, type Stretch } from './reading';
import { SharedDraft } from './shared';
import { Person, type Sheet } from './random-people';

export interface Outcome {
  seed: number;
  faults: string[];
  letters: number;
  acts: number;
  /** Letters that stand twice because two people undid or moved them. */
  twice: number;
  /** What everybody sent, in the order the server would store it, and what the texts say in the end. */
  journal: Sent[];
  texts: Record<string, Stretch[]>;
}

export interface Sent {
  from: number;
  update: Uint8Array;
}

export interface Course {
  people?: number;
  acts?: number;
  /** Only these kinds of act. */
  only?: Act[];
  /** Nobody is ever cut off: everybody has heard of everything before they act, and every act is sent by itself. */
  online?: boolean;
}

export const ACTS = [
  'type', 'type', 'type', 'type', 'delete', 'backspace', 'split', 'split', 'join', 'kind', 'kind', 'direction', 'start', 'bold', 'italic', 'link', 'language', 'bracket', 'bracket', 'alternative', 'keep', 'lift',
  'break', 'note', 'note', 'type-note', 'type-note', 'split-note', 'delete-note', 'paste', 'paste', 'move', 'drag', 'undo', 'undo', 'redo', 'remove-block', 'meet', 'meet', 'meet',
] as const;
// These only where a course names them, so that the runs of all others stay what they are.
export type Act = (typeof ACTS)[number] | 'paste-long' | 'move-far' | 'copy-far';

/** Courses that are recorded to see whose words are told to be whose: nothing comes again but by undo; passages are moved and copied. */
export const COURSES: Readonly<Record<string, Course>> = {
  undone: { only: ['type', 'type', 'paste', 'delete', 'delete', 'backspace', 'split', 'join', 'bold', 'note', 'type-note', 'delete-note', 'undo', 'undo', 'undo', 'redo', 'meet', 'meet'] },
  moved: { online: true, only: ['type', 'paste-long', 'paste-long', 'move-far', 'move-far', 'copy-far', 'split', 'join', 'bold', 'backspace', 'undo', 'redo', 'meet', 'meet', 'meet'] },
};

/** What became of a letter: who typed it and where, and whether anybody took it away or brought it again. */
export interface Letter {
  by: number;
  root: string;
  word: number;
  place: number;
  touched: boolean;
}

export function run(seed: number, { people = 3 + (seed % 3), acts = 60, only, online = false }: Course = {}): Outcome {
  return new Run(seed, people, online).all(acts, only ?? ACTS);
}

/** Mulberry32. */
function randomOf(seed: number): (below: number) => number {
  let state = Math.trunc(seed);
  return (below) => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

// Letters of a passage that is moved far, at least.
const FAR = 16;

/** Who begins a draft. */
export const SERVER = -1;

export class Run {
  protected readonly random: (below: number) => number;
  protected everybody: Person[] = [];
  protected readonly journal: Sent[] = [];
  protected readonly server = new Doc();
  // A server takes nothing out of what it stores; a document of Yjs would clean formats up, and lose some that hold.
  private readonly stored = new SharedDraft(this.server);
  protected readonly letters = new Map<string, Letter>();
  protected readonly faults = new Set<string>();
  protected words = 0;
  protected acts = 0;

  constructor(
    protected readonly seed: number,
    private readonly people: number,
    private readonly online = false,
  ) {
    this.random = randomOf(seed);
    const beginning = new Doc();
    beginning.clientID = 1;
    beginning.getText(BODY).insert(0, '\n\n', {});
    const update = encodeStateAsUpdate(beginning);
    this.stores(SERVER, update);
  }

  /** Somebody opens the draft. */
  protected comes(number: number, beginning: Uint8Array): Person {
    return new Person(number, 1000 + this.random(1e6) * 8 + number, beginning);
  }

  all(acts: number, kinds: readonly Act[]): Outcome {
    try {
      const beginning = this.journal[0]?.update ?? new Uint8Array();
      // Ids in random order: Yjs puts letters that meet in one place in the order of their writers' ids.
      this.everybody = Array.from({ length: this.people }, (_, number) => this.comes(number, beginning));
      for (let at = 0; at < acts; at += 1) this.step(kinds);
      this.everybodyMeets();
      this.compare('');
      this.account(new Set());
      // Sometimes somebody takes back all they did.
      if (this.random(2) === 0) this.takesAllBack();
    } catch (failure) {
      this.faults.add(`threw: ${failure instanceof Error ? failure.message.slice(0, 80) : 'something'}`);
    }
    const [first] = this.everybody;
    const texts = Object.fromEntries((first?.roots() ?? []).map((root) => [root, first?.doc.getText(root).toDelta() as Stretch[]]));
    return { seed: this.seed, faults: [...this.faults], letters: this.letters.size, acts: this.acts, twice: this.twice, journal: this.journal, texts };
  }

  protected twice = 0;

  protected step(kinds: readonly Act[]): void {
    const person = this.one(this.everybody);
    const kind = this.one(kinds);
    if (this.random(12) === 0 && !this.online) person.connected = !person.connected;
    if (kind === 'meet') {
      if (person.connected) this.meets(person, 1 + this.random(6));
      return;
    }
    if (this.random(2) === 0) person.draft.undo.stopCapturing();
    if (this.online) this.meets(person, Infinity);
    this.watched(person, () => this.act(person, kind));
    this.acts += 1;
    this.shows(person, kind);
    if (person.connected && (this.random(2) === 0 || this.online)) this.sends(person);
  }

  // ---- the network

  protected sends(person: Person): void {
    const updates = person.outbox.splice(0);
    // Who comes back answers with one update what the server lacks.
    const all = updates.length > 1 && this.random(3) === 0 ? [encodeStateAsUpdate(person.doc, encodeStateVector(this.server))] : updates;
    for (const update of all) this.stores(person.number, update);
  }

  protected stores(from: number, update: Uint8Array): void {
    this.journal.push({ from, update });
    applyUpdate(this.server, update);
    for (const id of this.stored.noteIds()) this.stored.note(id);
  }

  protected meets(person: Person, most: number): void {
    this.sends(person);
    for (const { from, update } of this.journal.slice(person.heard, person.heard + most)) {
      person.heard += 1;
      if (from === person.number) continue;
      const before = person.outbox.length;
      applyUpdate(person.doc, update, 'net');
      if (person.outbox.length > before) this.faults.add('a receiver wrote');
    }
  }

  protected everybodyMeets(): void {
    for (let round = 0; round < 3; round += 1) for (const person of this.everybody) this.meets(person, Infinity);
  }

  // ---- what must hold

  protected shows(person: Person, after: string): void {
    for (const sheet of [person.body, ...person.notes.values()]) {
      if (!sheet.doc.eq(sheet.binding.document())) this.faults.add(`the editor shows something else after ${after}`);
    }
  }

  protected compare(when: string): void {
    const [first, ...rest] = this.everybody;
    const read = (person: Person) => JSON.stringify(person.roots().toSorted().map((root) => [root, sorted(person.doc.getText(root).toDelta() as Stretch[])]));
    const all = first === undefined ? '' : read(first);
    for (const person of rest) if (read(person) !== all) this.faults.add(`texts differ${when}`);
    for (const person of this.everybody) this.shows(person, `meeting${when}`);
    for (const root of first?.roots() ?? []) this.describes(root, first?.doc.getText(root).toDelta() as Stretch[]);
  }

  /** The text passes the description. */
  protected describes(root: string, stretches: Stretch[]): void {
    const doc = documentOf(SCHEMA, stretches);
    doc.descendants((node) => {
      const wrong = node.type.name === 'unknown' || node.marks.some(({ type }) => type.name === 'other') || (node.type.name === 'block' && !BLOCKS.includes(String(node.attrs.block)));
      if (wrong) this.faults.add('the text holds what the description does not');
      return true;
    });
    if (!doc.check || root === '') return;
    doc.check();
    const last = stretches.at(-1)?.insert;
    if (root === BODY && !(typeof last === 'string' && last.endsWith('\n'))) this.faults.add('the last mark is gone');
  }

  /** Every letter that nobody took away stands once, in its text, in the order of its word. */
  protected account(takenBack: ReadonlySet<string>): void {
    const [person] = this.everybody;
    if (person === undefined) return;
    const found = new Map<string, { root: string; at: number }[]>();
    for (const root of person.roots()) {
      [...person.doc.getText(root).toString()].forEach((letter, at) => found.set(letter, [...(found.get(letter) ?? []), { root, at }]));
    }
    const words = new Map<number, [place: number, at: number][]>();
    for (const [sign, letter] of this.letters) {
      const places = found.get(sign) ?? [];
      if (letter.touched || takenBack.has(sign)) {
        this.twice += places.length > 1 ? 1 : 0;
        continue;
      }
      if (places.length === 0) this.faults.add('a letter is lost');
      if (places.length > 1) this.faults.add('a letter stands twice');
      if (places[0] !== undefined && places[0].root !== letter.root) this.faults.add('a letter stands in another text');
      words.set(letter.word, [...(words.get(letter.word) ?? []), [letter.place, places[0]?.at ?? -1]]);
    }
    for (const places of words.values()) {
      const inOrder = places.toSorted(([one], [other]) => one - other).map(([, at]) => at);
      if (inOrder.some((at, index) => index > 0 && at <= (inOrder[index - 1] ?? -1))) this.faults.add('the letters of a word changed their order');
    }
  }

  protected takesAllBack(): void {
    const person = this.one(this.everybody);
    const own = new Set([...this.letters].filter(([, { by }]) => by === person.number).map(([sign]) => sign));
    for (let most = 500; most > 0 && person.draft.undo.undoStack.length > 0; most -= 1) this.watched(person, () => person.draft.takeBack());
    this.everybodyMeets();
    this.compare(' after taking all back');
    this.account(own);
  }

  /** Notes which letters an act took away or brought again. */
  protected watched(person: Person, act: () => void): void {
    const read = () => new Set(person.roots().flatMap((root) => [...person.doc.getText(root).toString()]));
    const before = read();
    act();
    const after = read();
    for (const sign of before) if (!after.has(sign)) this.touch(sign);
    for (const sign of after) if (!before.has(sign) && this.letters.get(sign)?.by !== undefined && this.known.has(sign)) this.touch(sign);
    for (const sign of after) this.known.add(sign);
  }

  protected readonly known = new Set<string>();

  protected touch(sign: string): void {
    const letter = this.letters.get(sign);
    if (letter !== undefined) letter.touched = true;
  }

  // ---- chance

  protected one<T>(all: readonly T[]): T {
    const chosen = all[this.random(all.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  }

  /** Puts a letter in as an editor does that reads it from the page: where the page and the document differ, which can be inside a letter. */
  protected insertAsRead(sheet: Sheet, at: number, sign: string): void {
    const { doc, tr } = sheet.state;
    const right = tr.insertText(sign, at).doc;
    const start = doc.content.findDiffStart(right.content);
    const end = doc.content.findDiffEnd(right.content);
    if (start === null || end === null) return;
    const overlap = Math.max(0, start - Math.min(end.a, end.b));
    sheet.dispatch(sheet.state.tr.replace(start, end.a + overlap, right.slice(start, end.b + overlap)));
  }

  /** A word that nobody has typed yet; every fifth letter has two halves. */
  protected word(person: Person, root: string): string[] {
    this.words += 1;
    return Array.from({ length: 1 + this.random(4) }, (_, place) => {
      const number = this.letters.size;
      const sign = String.fromCodePoint(number % 5 === 4 ? 0x20000 + number : 0x4e00 + number);
      this.letters.set(sign, { by: person.number, root, word: this.words, place, touched: false });
      return sign;
    });
  }

  /** The name of a new footnote. */
  protected id(): string {
    return Array.from({ length: 10 }, () => this.random(36).toString(36)).join('');
  }

  protected place(doc: Node): number {
    const blocks: [Node, number][] = [];
    doc.forEach((block, offset) => blocks.push([block, offset]));
    const [block, before] = this.one(blocks);
    return whole(doc, before + 1 + this.random(block.content.size + 1));
  }

  protected range(doc: Node): [number, number] {
    const from = this.place(doc);
    let to = this.random(4) === 0 ? this.place(doc) : whole(doc, Math.min(doc.content.size - 1, from + this.random(8)));
    if (doc.resolve(to).depth === 0) to = from;
    return from < to ? [from, to] : [to, from];
  }

  /** A passage of one paragraph, of some letters more than are moved by chance; nothing where none is so long. */
  private far(doc: Node): [number, number] {
    const blocks: [Node, number][] = [];
    doc.forEach((block, offset) => {
      if (block.content.size >= FAR) blocks.push([block, offset + 1]);
    });
    if (blocks.length === 0) return [1, 1];
    const [block, before] = this.one(blocks);
    const from = whole(doc, before + this.random(block.content.size - FAR + 1));
    const to = whole(doc, Math.min(before + block.content.size, from + FAR + 1 + this.random(30)));
    return [from, to];
  }

  // ---- acts

  protected act(person: Person, kind: Act): void {
    const note = ['type-note', 'split-note', 'delete-note'].includes(kind);
    const ids = person.draft.noteIds();
    if (note && ids.length === 0) return;
    const sheet = note ? person.sheet(noteRoot(this.one(ids))) : person.body;
    const { state, doc } = sheet;
    switch (kind) {
      case 'type':
      case 'type-note': {
        let at = this.place(doc);
        for (const sign of this.word(person, sheet.root)) {
          if (this.random(2) === 0) this.insertAsRead(sheet, at, sign);
          else sheet.dispatch(sheet.state.tr.setSelection(TextSelection.create(sheet.doc, at)).insertText(sign));
          at += sign.length;
        }
        break;
      }
      case 'delete':
      case 'delete-note': {
        const [from, to] = this.range(doc);
        if (from < to) sheet.dispatch(state.tr.setSelection(TextSelection.create(doc, from, to)).deleteSelection());
        break;
      }
      case 'backspace': {
        const at = this.place(doc);
        const before = doc.resolve(at).nodeBefore;
        if (before !== null) sheet.dispatch(state.tr.delete(whole(doc, at - 1), at));
        break;
      }
      case 'split':
      case 'split-note': {
        const at = this.place(doc);
        const types = this.random(3) === 0 && SCHEMA.nodes.block !== undefined ? [{ type: SCHEMA.nodes.block, attrs: { block: PARAGRAPH, dir: null, start: null } }] : undefined;
        if (canSplit(doc, at)) sheet.dispatch(state.tr.split(at, 1, types));
        break;
      }
      case 'join': {
        const edges = edgesOf(doc).slice(1);
        if (edges.length > 0) sheet.dispatch(state.tr.join(this.one(edges)));
        break;
      }
      case 'kind':
        this.sets(sheet, 'block', this.one(BLOCKS));
        break;
      case 'direction':
        this.sets(sheet, 'dir', this.one(['ltr', 'rtl', null]));
        break;
      case 'start':
        this.sets(sheet, 'start', this.one([1, 4, null]));
        break;
      case 'bold':
      case 'italic':
        this.marks(sheet, kind, {});
        break;
      case 'link':
        this.marks(sheet, kind, { href: `https://a.example/${this.random(3)}` });
        break;
      case 'language':
        this.marks(sheet, 'lang', { lang: this.one(['fr', 'ar']) });
        break;
      case 'bracket': {
        // Whoever proposes formats nothing.
        if (person.draft.mode !== 'edit') break;
        const [from, to] = this.range(doc);
        person.acts((text) => bracket(text, { from: indexOf(doc, from), to: indexOf(doc, to) }, this.id()));
        break;
      }
      case 'alternative':
      case 'keep':
      case 'lift': {
        const brackets = bracketsIn(person.draft.body);
        if (brackets.length === 0 || person.draft.mode !== 'edit') break;
        const { id, alternatives } = this.one(brackets);
        const { number } = this.one(alternatives);
        if (kind === 'alternative' && alternatives.length === ALTERNATIVES_MAX) break;
        const words = kind === 'alternative' ? this.word(person, BODY).join('') : '';
        person.acts((text) => {
          if (kind === 'alternative') addAlternative(text, id, words);
          else if (kind === 'keep') keep(text, id, number);
          else lift(text, id);
        });
        break;
      }
      case 'break':
        sheet.dispatch(state.tr.insert(this.place(doc), SCHEMA.node('break')));
        break;
      case 'note': {
        sheet.dispatch(state.tr.insert(this.place(doc), SCHEMA.node('footnote', { id: this.id() })));
        break;
      }
      case 'paste': {
        const [from, to] = this.random(3) > 0 ? [this.place(doc)].flatMap((at) => [at, at]) : this.range(doc);
        const blocks = Array.from({ length: 1 + this.random(3) }, () => SCHEMA.node('block', { block: this.one(BLOCKS) }, SCHEMA.text(this.word(person, BODY).join(''))));
        sheet.dispatch(state.tr.replace(from ?? 1, to ?? 1, new Slice(Fragment.from(blocks), 1, 1)));
        break;
      }
      case 'paste-long': {
        const at = this.place(doc);
        const words = Array.from({ length: 8 }, () => this.word(person, BODY).join('')).join('');
        sheet.dispatch(state.tr.replace(at, at, new Slice(Fragment.from(SCHEMA.node('block', { block: PARAGRAPH }, SCHEMA.text(words))), 1, 1)));
        break;
      }
      case 'copy-far': {
        const [from, to] = this.far(doc);
        const slice = doc.slice(from, to);
        this.moved(slice);
        const at = this.place(doc);
        sheet.dispatch(state.tr.replace(at, at, slice));
        break;
      }
      case 'move':
      case 'move-far': {
        const [from, to] = kind === 'move' ? this.range(doc) : this.far(doc);
        if (from === to) break;
        const slice = doc.slice(from, to);
        this.moved(slice);
        sheet.dispatch(state.tr.delete(from, to));
        const at = this.place(sheet.doc);
        sheet.dispatch(sheet.state.tr.replace(at, at, slice));
        break;
      }
      case 'drag': {
        const [from, to] = this.range(doc);
        const at = this.place(doc);
        if (from === to || (at >= from && at <= to)) break;
        const slice = doc.slice(from, to);
        this.moved(slice);
        const { tr } = state;
        tr.delete(from, to);
        const target = tr.mapping.map(at);
        sheet.dispatch(tr.replace(target, target, slice));
        break;
      }
      case 'undo':
        person.draft.takeBack();
        break;
      case 'redo':
        person.draft.bringBack();
        break;
      case 'remove-block': {
        if (doc.childCount < 2) break;
        const edge = this.one(edgesOf(doc));
        sheet.dispatch(state.tr.delete(edge, edge + (doc.nodeAt(edge)?.nodeSize ?? 0)));
        break;
      }
      case 'meet':
    }
  }

  protected sets(sheet: Sheet, key: string, value: unknown): void {
    const edge = this.one(edgesOf(sheet.doc));
    const { tr } = sheet.state;
    if (this.random(3) > 0) tr.setNodeAttribute(edge, key, value);
    else tr.setNodeMarkup(edge, null, { ...sheet.doc.nodeAt(edge)?.attrs, [key]: value });
    sheet.dispatch(tr);
  }

  protected marks(sheet: Sheet, name: string, attrs: Record<string, unknown>): void {
    const [from, to] = this.range(sheet.doc);
    const type = SCHEMA.marks[name];
    if (from === to || type === undefined) return;
    const has = sheet.doc.rangeHasMark(from, to, type) && this.random(2) === 0;
    sheet.dispatch(has ? sheet.state.tr.removeMark(from, to, type) : sheet.state.tr.addMark(from, to, type.create(attrs)));
  }

  protected moved(slice: Slice): void {
    slice.content.descendants((node) => {
      for (const sign of node.text ?? '') this.touch(sign);
      return true;
    });
  }
}

function edgesOf(doc: Node): number[] {
  const edges: number[] = [];
  doc.forEach((_block, offset) => edges.push(offset));
  return edges;
}

/** Not inside a letter of two halves. */
function whole(doc: Node, pos: number): number {
  const $pos = doc.resolve(pos);
  const { nodeBefore } = $pos;
  return nodeBefore?.isText && /[\uD800-\uDBFF]$/u.test((nodeBefore.text ?? '').slice(0, $pos.textOffset || undefined)) ? pos - 1 : pos;
}

/** Attributes in one order: overlapping ones come differently on two sides. */
function sorted(stretches: Stretch[]): unknown {
  return stretches.map(({ insert, attributes }) => [insert, Object.entries(attributes ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1))]);
}
