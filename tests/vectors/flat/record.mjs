// Records what three people's editors send while they write one draft: `node tests/vectors/flat/record.mjs` from the root.
// The same numbers come out each time. Yjs does everything; this only decides what is typed where, never inside a letter.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';

const Y = createRequire(new URL('../../../web/package.json', import.meta.url))('yjs');
const here = (name) => new URL(name, import.meta.url);

let seed = 20260801;
const random = (below) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const one = (list) => list[random(list.length)];

const WORDS = ['We ', 'urge ', 'States', ', ', 'the library', ' 📚', 'café ', 'المكتبة ', '語 ', '👩‍👩‍👧 ', '.', '\u2028'];
const BLOCKS = ['title', 'heading:1', 'heading:3', 'numbered:1', 'numbered:2', 'bullet:1', 'ordered:2', 'continuation:1', 'quotation', undefined];
const FORMATS = [
  { bold: true },
  { italic: true },
  { bold: null },
  { italic: null },
  { link: 'https://example.org/?q=1' },
  { link: null },
  { lang: 'fr' },
  { lang: null },
];
const REMOTE = 'remote';

const log = [];
const server = new Y.Doc();
server.clientID = 1;

function take(user, update) {
  log.push({ user, u: Buffer.from(update).toString('base64') });
  Y.applyUpdate(server, update, REMOTE);
  for (const page of pages) if (page.user !== user && page.online) Y.applyUpdate(page.doc, update, REMOTE);
}

class Page {
  constructor(user) {
    this.user = user;
    this.open();
  }
  /** Loads the page: a new client id, and the text as the server has it. */
  open() {
    this.doc = new Y.Doc();
    this.doc.clientID = random(2 ** 32);
    this.online = true;
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(server), REMOTE);
    this.body = this.doc.getText('draft');
    this.undo = new Y.UndoManager(this.body, { trackedOrigins: new Set([this]), captureTimeout: 0 });
    this.doc.on('update', (update, origin) => {
      if (origin === REMOTE) return;
      if (this.online) take(this.user, update);
      else this.unsent = true;
    });
  }
  /** Comes back: each tells the other what it has, and sends the rest in one update. */
  reconnect() {
    const mine = Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(server));
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(this.doc)), REMOTE);
    this.online = true;
    if (this.unsent) take(this.user, mine);
    this.unsent = false;
  }
  acts() {
    this.doc.transact(() => this.act(), this);
  }
  act() {
    const text = random(6) === 0 ? this.note() : this.body;
    const inNote = text !== this.body;
    const at = place(text);
    const end = Math.min(text.length - 1, place(text, at + random(12)));
    switch (random(inNote ? 5 : 11)) {
      case 0:
      case 1:
      case 2:
        return text.insert(at, one(WORDS), at % 3 ? {} : { bold: true });
      case 3:
        return end > at ? text.delete(at, end - at) : text.insert(at, one(WORDS), {});
      case 4:
        return end > at ? text.format(at, end - at, one(FORMATS)) : text.insert(at, one(WORDS), {});
      case 5:
      case 6: {
        const block = one(BLOCKS);
        return text.insert(at, '\n', { ...(block && { block }), ...(random(4) === 0 && { dir: one(['ltr', 'rtl']) }) });
      }
      case 7:
        return this.join(text);
      case 8: {
        const mark = one(marks(text));
        return text.format(mark, 1, one([{ block: one(BLOCKS) ?? null }, { block: 'ordered:1', start: 1 + random(9) }, { dir: 'rtl' }, { dir: null }]));
      }
      case 9: {
        const id = Array.from({ length: 10 }, () => one('abcdefghijklmnopqrstuvwxyz0123456789'.split(''))).join('');
        this.doc.getText(`note:${id}`).insert(0, `A note.\n`, {});
        return text.insertEmbed(at, { note: id }, {});
      }
      default:
        return text.insert(at, one(WORDS), {});
    }
  }
  /** Joining deletes a mark; the one behind it takes its kind over. */
  join(text) {
    const all = marks(text);
    if (all.length < 3) return;
    const which = random(all.length - 1);
    const kind = attributes(text, all[which]).block ?? null;
    text.format(all[which + 1], 1, { block: kind });
    text.delete(all[which], 1);
  }
  note() {
    const ids = this.body.toDelta().flatMap((piece) => (piece.insert.note ? [piece.insert.note] : []));
    return ids.length ? this.doc.getText(`note:${one(ids)}`) : this.body;
  }
}

/** Text with one unit for each embed, as offsets count. */
const plain = (text) => text.toDelta().map((piece) => (typeof piece.insert === 'string' ? piece.insert : '\ufffc')).join('');
const marks = (text) => [...plain(text)].reduce(([at, all], letter) => [at + letter.length, letter === '\n' ? [...all, at] : all], [0, []])[1];
/** A place between two letters, not behind the last mark. */
function place(text, near = random(Math.max(1, text.length))) {
  const at = Math.max(0, Math.min(near, text.length - 1));
  const unit = plain(text).charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
function attributes(text, at) {
  let before = 0;
  for (const piece of text.toDelta()) {
    before += typeof piece.insert === 'string' ? piece.insert.length : 1;
    if (before > at) return piece.attributes ?? {};
  }
  return {};
}

const pages = [];
const first = new Y.Doc();
first.clientID = 2;
first.getText('draft').insert(0, 'Keep the library open', {});
first.getText('draft').insert(21, '\n', { block: 'title' });
first.getText('draft').insert(22, '\n', {});
take('server', Y.encodeStateAsUpdate(first));
pages.push(...['ana', 'ben', 'chen'].map((user) => new Page(user)));

for (let step = 0; step < 620; step++) {
  const page = one(pages);
  const dice = random(40);
  if (dice === 0 && page.online) page.online = false;
  else if (dice < 3 && !page.online) page.reconnect();
  else if (dice === 3 && page.online) page.open();
  else if (dice < 7) page.undo.undo();
  else if (dice === 7) page.undo.redo();
  else page.acts();
}
for (const page of pages) if (!page.online) page.reconnect();
for (const page of pages) Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(server), REMOTE);

const texts = [...server.share.keys()].sort();
const shown = (doc) => Object.fromEntries(texts.map((name) => [name, doc.getText(name).toDelta()]));
for (const page of pages) {
  if (JSON.stringify(shown(page.doc)) !== JSON.stringify(shown(server))) throw new Error(`${page.user} sees another text`);
}
if (JSON.stringify(shown(server)).includes('\ufffd')) throw new Error('a letter was cut in two');
writeFileSync(here('updates.log.json'), `[\n${log.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`);
writeFileSync(here('final.update.bin'), Y.encodeStateAsUpdate(server));
writeFileSync(here('final.json'), `${JSON.stringify(shown(server), null, 1)}\n`);
console.log(log.length, 'updates', texts.length, 'texts', server.getText('draft').length, 'units');
