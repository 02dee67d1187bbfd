// Drafts in which something is proposed, each written by a few lines and told in a few words; what comes of them is read by both
// sides (tests/vectors/asks/proposed.json, server/text).
import { Doc, encodeStateAsUpdate, type Item, type Text } from 'yjs';
import { embedOfAsk, embedOfFate, type Ask, type Items } from '../../text/asks';
import { ASKS, BODY, FATES, noteRoot } from '../../text/draft';
import { startOf } from './changes';
import { SharedDraft } from './shared';

const EDITOR = 1;
/** Two organisations that propose; the handle says who. */
export const ANA = 'ana0000000';
export const BEN = 'ben0000000';
const CLIENTS = { [ANA]: 10, [BEN]: 20 } as const;
export type Who = keyof typeof CLIENTS;

/** A draft to write in, as an editor and as whoever proposes. Places are told by words. */
export class Written {
  readonly doc = new Doc({ gc: false });
  readonly draft = new SharedDraft(this.doc);
  private readonly begun = new Map<Who, string>();

  /** Paragraphs as they are told: `Dear all¶heading:1`. */
  constructor(told: string) {
    this.doc.clientID = EDITOR;
    this.edits(() => writes(this.draft.body, 0, told));
  }

  edits(act: () => void): void {
    this.doc.clientID = EDITOR;
    this.doc.transact(act);
  }

  /** What `who` does now belongs to a suggestion of this name. */
  begins(who: Who, sid: string): void {
    this.as(who, () => {
      if (!this.begun.has(who)) this.asks({ is: 'by', handle: who });
      this.asks({ is: 'begin', sid: sid.padEnd(10, '0') });
    });
    this.begun.set(who, sid);
  }

  inserts(who: Who, words: string, behind: string, text = this.draft.body): Items {
    const at = this.at(behind, text) + behind.length;
    this.as(who, () => text.insert(at, words));
    return { client: CLIENTS[who], clock: this.next(CLIENTS[who]) - words.length, len: words.length };
  }

  /** A footnote with words of its own. */
  notes(who: Who, id: string, words: string, behind: string): void {
    const at = this.at(behind, this.draft.body) + behind.length;
    this.as(who, () => {
      this.draft.body.insertEmbed(at, { note: id });
      this.draft.note(id).insert(0, `${words}\n`);
    });
  }

  strikes(who: Who, words: string, text = this.draft.body): void {
    this.as(who, () => this.asks({ is: 'strike', items: this.items(words, text) }));
  }

  styles(who: Who, words: string, set: Extract<Ask, { is: 'style' }>['set']): void {
    this.as(who, () => this.asks({ is: 'style', items: this.items(words, this.draft.body), set }));
  }

  /** The paragraph that these words end. */
  blocks(who: Who, words: string, block: string | null): void {
    const item = this.items(`${words}\n`, this.draft.body).at(-1);
    if (item === undefined) throw new Error(`no paragraph “${words}”`);
    const mark = { client: item.client, clock: item.clock + item.len - 1, len: 1 };
    this.as(who, () => this.asks({ is: 'block', item: mark, set: { block, dir: null, start: null } }));
  }

  answers(who: Who, sid: string, accepted: boolean, of: readonly Items[]): void {
    const fates = this.doc.getText(FATES);
    this.edits(() => fates.insertEmbed(fates.length, embedOfFate({ suggestion: { handle: who, sid: sid.padEnd(10, '0') }, accepted, of })));
  }

  /** The ids of these words, which stand together. */
  items(words: string, text = this.draft.body): Items[] {
    const [from, to] = [this.at(words, text), this.at(words, text) + words.length];
    const found: Items[] = [];
    let index = 0;
    for (let item: Item | null = startOf(text); item !== null; item = item.right) {
      if (item.deleted || !item.countable) continue;
      const [start, end] = [Math.max(from - index, 0), Math.min(to - index, item.length)];
      if (start < end) found.push({ client: item.id.client, clock: item.id.clock + start, len: end - start });
      index += item.length;
    }
    return found;
  }

  deletes(words: string): void {
    this.edits(() => this.draft.body.delete(this.at(words, this.draft.body), words.length));
  }

  note(id: string): Text {
    return this.draft.note(id);
  }

  update(): Uint8Array {
    return encodeStateAsUpdate(this.doc);
  }

  at(words: string, text: Text): number {
    const at = lettersOf(text).indexOf(words);
    if (at < 0) throw new Error(`no “${words}” in “${lettersOf(text)}”`);
    return at;
  }

  private as(who: Who, act: () => void): void {
    this.doc.clientID = CLIENTS[who];
    this.doc.transact(act);
    this.doc.clientID = EDITOR;
  }

  private asks(ask: Ask): void {
    const asks = this.doc.getText(ASKS);
    asks.insertEmbed(asks.length, embedOfAsk(ask));
  }

  private next(client: number): number {
    const last = this.doc.store.clients.get(client)?.at(-1);
    return last === undefined ? 0 : last.id.clock + last.length;
  }
}

function lettersOf(text: Text): string {
  return (text.toDelta() as { insert: unknown }[]).map(({ insert }) => (typeof insert === 'string' ? insert : '\uFFFC')).join('');
}

/** Writes words and marks: `¶` is a paragraph's, `¶heading:1 ` that of another block, and `*` begins and ends what is bold. */
function writes(text: Text, at: number, told: string): void {
  let index = at;
  let bold = false;
  for (const part of told.split(/(¶(?:[a-z]+(?::\d)?)?|\*)/u)) {
    if (part === '*') bold = !bold;
    else if (part.startsWith('¶')) text.insert(index++, '\n', part === '¶' ? {} : { block: part.slice(1) });
    else if (part !== '') text.insert(index, part, bold ? { bold: true } : {});
    if (part !== '*' && !part.startsWith('¶')) index += part.length;
  }
}

export interface Case {
  name: string;
  draft: () => Written;
  without: string;
  accepted: string;
  /** Each with those that are its rivals. */
  open: Record<string, string[]>;
}

const NOTE = 'note000001';

export const CASES: Case[] = [
  {
    name: 'words that come',
    draft: () => with_('Dear all¶', (w) => {
      w.begins(ANA, 'x');
      w.inserts(ANA, ' of you', 'all');
    }),
    without: 'Dear all¶',
    accepted: 'Dear all of you¶',
    open: { 'ana x': [] },
  },
  {
    name: 'words that go',
    draft: () => with_('Dear all of you¶', (w) => {
      w.begins(ANA, 'x');
      w.strikes(ANA, ' of you');
    }),
    without: 'Dear all of you¶',
    accepted: 'Dear all¶',
    open: { 'ana x': [] },
  },
  {
    name: 'other words in the place of some, within bold ones',
    draft: () => with_('The *sea is calm* today¶', (w) => {
      w.begins(ANA, 'x');
      w.inserts(ANA, 'rough', 'calm');
      w.strikes(ANA, 'calm');
    }),
    without: 'The *sea is calm* today¶',
    accepted: 'The *sea is rough* today¶',
    open: { 'ana x': [] },
  },
  {
    name: 'a paragraph broken in two, and one of them a heading',
    draft: () => with_('One two¶Three¶', (w) => {
      w.begins(ANA, 'x');
      w.inserts(ANA, '\n', 'One');
      w.blocks(ANA, 'One', 'heading:1');
    }),
    without: 'One two¶Three¶',
    accepted: 'One¶heading:1 two¶Three¶',
    open: { 'ana x': [] },
  },
  {
    name: 'two blocks joined: the first says what they are',
    draft: () => with_('One¶heading:1 two¶Three¶', (w) => {
      w.begins(ANA, 'x');
      w.strikes(ANA, '\n');
    }),
    without: 'One¶heading:1 two¶Three¶',
    accepted: 'One two¶heading:1Three¶',
    open: { 'ana x': [] },
  },
  {
    name: 'two blocks joined, and the suggestion says what they are',
    draft: () => with_('One¶heading:1 two¶Three¶', (w) => {
      w.begins(ANA, 'x');
      w.strikes(ANA, '\n');
      w.blocks(ANA, ' two', 'quotation');
    }),
    without: 'One¶heading:1 two¶Three¶',
    accepted: 'One two¶quotationThree¶',
    open: { 'ana x': [] },
  },
  {
    name: 'three blocks joined',
    draft: () => with_('One¶heading:1Two¶heading:2Three¶', (w) => {
      w.begins(ANA, 'x');
      w.strikes(ANA, '\nTwo\n');
    }),
    without: 'One¶heading:1Two¶heading:2Three¶',
    accepted: 'OneThree¶heading:1',
    open: { 'ana x': [] },
  },
  {
    name: 'a whole block that goes joins nothing',
    draft: () => with_('One¶Two¶heading:1Three¶numbered:1', (w) => {
      w.begins(ANA, 'x');
      w.strikes(ANA, 'Two\n');
    }),
    without: 'One¶Two¶heading:1Three¶numbered:1',
    accepted: 'One¶Three¶numbered:1',
    open: { 'ana x': [] },
  },
  {
    name: 'the last mark never goes',
    draft: () => with_('One¶Two¶', (w) => {
      w.begins(ANA, 'x');
      w.strikes(ANA, '\nTwo\n');
    }),
    without: 'One¶Two¶',
    accepted: 'One¶',
    open: { 'ana x': [] },
  },
  {
    name: 'everything goes but the last mark',
    draft: () => with_('One¶heading:1Two¶', (w) => {
      w.begins(ANA, 'x');
      w.strikes(ANA, 'One\nTwo\n');
    }),
    without: 'One¶heading:1Two¶',
    accepted: '¶',
    open: { 'ana x': [] },
  },
  {
    name: 'bold that comes and bold that goes',
    draft: () => with_('One *two* three¶', (w) => {
      w.begins(ANA, 'x');
      w.styles(ANA, 'three', { bold: true });
      w.styles(ANA, 'two', { bold: null });
    }),
    without: 'One *two* three¶',
    accepted: 'One two *three*¶',
    open: { 'ana x': [] },
  },
  {
    name: 'a paragraph that becomes a heading, and one that becomes a paragraph',
    draft: () => with_('One¶Two¶heading:2', (w) => {
      w.begins(ANA, 'x');
      w.blocks(ANA, 'One', 'heading:1');
      w.blocks(ANA, 'Two', null);
    }),
    without: 'One¶Two¶heading:2',
    accepted: 'One¶heading:1Two¶',
    open: { 'ana x': [] },
  },
  {
    name: 'a footnote that comes with its words',
    draft: () => with_('One two¶', (w) => {
      w.begins(ANA, 'x');
      w.notes(ANA, NOTE, 'See there', 'One');
    }),
    without: 'One two¶',
    accepted: 'One[See there¶] two¶',
    open: { 'ana x': [] },
  },
  {
    name: 'words in a footnote that stands',
    draft: () => with_('One two¶', (w) => {
      w.edits(() => {
        w.draft.body.insertEmbed(3, { note: NOTE }, {});
        w.note(NOTE).insert(0, 'See there\n', {});
      });
      w.begins(ANA, 'x');
      w.inserts(ANA, ' and here', 'there', w.note(NOTE));
      w.strikes(ANA, 'See ', w.note(NOTE));
    }),
    without: 'One[See there¶] two¶',
    accepted: 'One[there and here¶] two¶',
    open: { 'ana x': [] },
  },
  {
    name: 'a footnote that goes, words before it too',
    draft: () => with_('One two¶', (w) => {
      w.edits(() => {
        w.draft.body.insertEmbed(7, { note: NOTE }, {});
        w.note(NOTE).insert(0, 'See\n', {});
      });
      w.begins(ANA, 'x');
      w.strikes(ANA, ' two\uFFFC');
    }),
    without: 'One two[See¶]¶',
    accepted: 'One¶',
    open: { 'ana x': [] },
  },
  {
    name: 'Arabic words',
    draft: () => with_('نحن نكتب عن البحر¶', (w) => {
      w.begins(ANA, 'x');
      w.inserts(ANA, ' الكبير', 'البحر');
      w.strikes(ANA, 'نحن ');
    }),
    without: 'نحن نكتب عن البحر¶',
    accepted: 'نكتب عن البحر الكبير¶',
    open: { 'ana x': [] },
  },
  {
    name: 'letters of two units',
    draft: () => with_('One 😀😁 two¶', (w) => {
      w.begins(ANA, 'x');
      w.strikes(ANA, '😁');
      w.inserts(ANA, '😂🇨🇭', '😀');
    }),
    without: 'One 😀😁 two¶',
    accepted: 'One 😀😂🇨🇭 two¶',
    open: { 'ana x': [] },
  },
  {
    name: 'two that strike the same letters are no rivals',
    draft: () => with_('One two three¶', (w) => {
      w.begins(ANA, 'x');
      w.strikes(ANA, 'two ');
      w.begins(BEN, 'y');
      w.strikes(BEN, 'two three');
    }),
    without: 'One two three¶',
    accepted: 'One ¶',
    open: { 'ana x': [], 'ben y': [] },
  },
  {
    name: 'two that put other words in one place are',
    draft: () => with_('One two three¶', (w) => {
      w.begins(BEN, 'y');
      w.strikes(BEN, 'two three');
      w.inserts(BEN, 'all', 'three');
      w.begins(ANA, 'x');
      w.strikes(ANA, 'two');
      w.inserts(ANA, 'TWO', 'two');
    }),
    without: 'One two three¶',
    accepted: 'One TWO three¶',
    open: { 'ana x': ['ben y'], 'ben y': ['ana x'] },
  },
  {
    name: 'a replacement and a strike of the same are no rivals',
    draft: () => with_('One two three¶', (w) => {
      w.begins(ANA, 'x');
      w.strikes(ANA, 'two');
      w.inserts(ANA, 'TWO', 'two');
      w.begins(BEN, 'y');
      w.strikes(BEN, 'two');
    }),
    without: 'One two three¶',
    accepted: 'One TWO three¶',
    open: { 'ana x': [], 'ben y': [] },
  },
  {
    name: 'two that would make different blocks of a paragraph',
    draft: () => with_('One¶Two¶', (w) => {
      w.begins(BEN, 'y');
      w.blocks(BEN, 'One', 'heading:2');
      w.begins(ANA, 'x');
      w.blocks(ANA, 'One', 'heading:1');
      w.blocks(ANA, 'Two', 'quotation');
      w.begins(BEN, 'z');
      w.blocks(BEN, 'Two', 'quotation');
    }),
    without: 'One¶Two¶',
    accepted: 'One¶heading:1Two¶quotation',
    open: { 'ana x': ['ben y'], 'ben y': ['ana x'], 'ben z': [] },
  },
  {
    name: 'two that give letters another look, and two that give them the same',
    draft: () => with_('One two three¶', (w) => {
      w.begins(ANA, 'x');
      w.styles(ANA, 'two', { bold: true });
      w.begins(BEN, 'y');
      w.styles(BEN, 'wo t', { bold: null });
      w.begins(BEN, 'z');
      w.styles(BEN, 'two', { bold: true, italic: true });
    }),
    without: 'One two three¶',
    accepted: 'One _*two*_ three¶',
    open: { 'ana x': ['ben y'], 'ben y': ['ana x', 'ben z'], 'ben z': ['ben y'] },
  },
  {
    name: 'what one proposes another strikes',
    draft: () => with_('One two¶', (w) => {
      w.begins(ANA, 'x');
      w.inserts(ANA, ' and more', 'two');
      w.begins(BEN, 'y');
      w.strikes(BEN, ' and');
    }),
    without: 'One two¶',
    accepted: 'One two more¶',
    open: { 'ana x': [], 'ben y': [] },
  },
  {
    name: 'what an editor types within proposed words is text',
    draft: () => with_('One two¶', (w) => {
      w.begins(ANA, 'x');
      w.inserts(ANA, ' and more', 'two');
      w.edits(() => w.draft.body.insert(9, ' still', {}));
    }),
    without: 'One two still¶',
    accepted: 'One two a stillnd more¶',
    open: { 'ana x': [] },
  },
  {
    name: 'part is accepted, the rest is proposed still',
    draft: () => with_('One¶', (w) => {
      w.begins(ANA, 'x');
      const items = w.inserts(ANA, ' two', 'One');
      w.answers(ANA, 'x', true, [items]);
      w.inserts(ANA, ' three', 'two');
    }),
    without: 'One two¶',
    accepted: 'One two three¶',
    open: { 'ana x': [] },
  },
  {
    name: 'what is asked of words that are gone is asked no more',
    draft: () => with_('One two¶', (w) => {
      w.begins(ANA, 'x');
      w.strikes(ANA, ' two');
      w.deletes(' two');
    }),
    without: 'One¶',
    accepted: 'One¶',
    open: {},
  },
  {
    name: 'what was answered is asked no more',
    draft: () => with_('One two¶', (w) => {
      w.begins(ANA, 'x');
      w.strikes(ANA, ' two');
      w.answers(ANA, 'x', false, [{ client: 10, clock: 2, len: 1 }]);
    }),
    without: 'One two¶',
    accepted: 'One two¶',
    open: {},
  },
  {
    name: 'one goes on with a suggestion begun before',
    draft: () => with_('One two¶', (w) => {
      w.begins(ANA, 'x');
      w.inserts(ANA, '1', 'One');
      w.begins(ANA, 'y');
      w.inserts(ANA, '2', 'two');
      w.begins(ANA, 'x');
      w.strikes(ANA, 'One');
    }),
    without: 'One two¶',
    accepted: '1 two2¶',
    open: { 'ana x': [], 'ana y': [] },
  },
  {
    name: 'a paragraph broken by two at one place',
    draft: () => with_('One two¶', (w) => {
      w.begins(ANA, 'x');
      w.inserts(ANA, '\n', 'One');
      w.begins(BEN, 'y');
      w.inserts(BEN, '\n', 'One');
    }),
    without: 'One two¶',
    accepted: 'One¶¶ two¶',
    open: { 'ana x': [], 'ben y': [] },
  },
];

function with_(told: string, writes_: (written: Written) => void): Written {
  const written = new Written(told);
  writes_(written);
  return written;
}

export const ROOTS = [BODY, noteRoot(NOTE)];
