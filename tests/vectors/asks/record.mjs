// Writes settled.json: drafts in which something is proposed, as Yjs makes them, beside what is to be read out of each. The acts are
// Yjs's, what they come to is written here by hand: `node tests/vectors/asks/record.mjs` from the root. The same bytes come out each time.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';

const Y = createRequire(new URL('../../../web/package.json', import.meta.url))('yjs');

const [ANA, BEN] = ['ana0000000', 'ben0000000'];
const [S1, S2] = ['1111111111', '2222222222'];
const NOTE = 'note000001';
// Whoever edits, and the ids under which each proposes.
const EDITS = 1000;
const PROPOSES = { [ANA]: 2000, [BEN]: 3000 };

/** One draft, and everything that was sent. */
class Draft {
  updates = [];
  doc = new Y.Doc();
  constructor(...paragraphs) {
    this.doc.on('update', (update) => this.updates.push(Buffer.from(update).toString('base64')));
    this.edits((body) => {
      for (const [words, looks] of paragraphs) {
        body.insert(body.length, words, {});
        body.insert(body.length, '\n', looks ?? {});
      }
    });
  }
  get body() {
    return this.doc.getText('draft');
  }
  under(client, act) {
    this.doc.clientID = client;
    this.doc.transact(() => act(this.body, this));
    this.doc.clientID = 9;
    return this;
  }
  edits(act) {
    return this.under(EDITS, act);
  }
  proposes(handle, sid, act) {
    const client = PROPOSES[handle];
    return this.under(client, () => {
      if (Y.getState(this.doc.store, client) === 0) this.says('asks', { by: handle });
      this.says('asks', { ask: sid });
      act(this.body, this);
    });
  }
  says(root, embed) {
    const text = this.doc.getText(root);
    text.insertEmbed(text.length, embed);
  }
  strikes(from, len = 1) {
    this.says('asks', { del: this.items(from, len) });
  }
  styles(from, len, set) {
    this.says('asks', { fmt: this.items(from, len), set });
  }
  turns(at, set) {
    this.says('asks', { blk: this.items(at, 1), set: { block: null, dir: null, start: null, ...set } });
  }
  accepts(handle, sid, of, act = () => {}) {
    return this.edits((body) => {
      this.says('fates', { yes: `${handle}.${sid}`, of });
      act(body, this);
    });
  }
  rejects(handle, sid, of, act = () => {}) {
    return this.edits((body) => {
      this.says('fates', { no: `${handle}.${sid}`, of });
      act(body, this);
    });
  }
  /** The ids of what stands there, as they are written. */
  items(from, len, text = this.body) {
    const found = [];
    let at = 0;
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || !item.countable) continue;
      const [start, end] = [Math.max(from, at), Math.min(from + len, at + item.length)];
      if (start < end) found.push([item.id.client, item.id.clock + start - at, end - start]);
      at += item.length;
    }
    return written(found);
  }
  /** The ids of the last so many embeds of a root that stand. */
  said(root, last = 1) {
    const text = this.doc.getText(root);
    return this.items(text.length - last, last, text);
  }
  /** Takes back the last embed of a root. */
  unsays(root) {
    const text = this.doc.getText(root);
    text.delete(text.length - 1, 1);
  }
}

function written(found) {
  const all = [];
  for (const [client, clock, len] of found.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = all.at(-1);
    if (last !== undefined && last[0] === client && last[1] + last[2] === clock) last[2] += len;
    else all.push([client, clock, len]);
  }
  return all.map(([client, clock, len]) => [client, clock, ...(len === 1 ? [] : [len])].map((n) => n.toString(36)).join('.')).join(' ');
}

/** A delta: words, or words with what they look like. */
const delta = (pieces) => pieces.map((piece) => (Array.isArray(piece) ? { insert: piece[0], attributes: piece[1] } : { insert: piece }));
const rows = [];
function row(what, draft, text, accepted, open, notes = {}) {
  const told = (pieces, noted) => ({ body: delta(pieces), notes: Object.fromEntries(Object.entries(noted).map(([id, said]) => [id, delta(said)])) });
  rows.push({ what, updates: draft.updates, text: told(text, notes.text ?? {}), accepted: told(accepted, notes.accepted ?? notes.text ?? {}), open });
}
const [a1, a2, b1] = [`${ANA}.${S1}`, `${ANA}.${S2}`, `${BEN}.${S1}`];
const plain = (words) => new Draft([words]);

row('words that come', plain('We urge States.').proposes(ANA, S1, (body) => body.insert(8, 'all ')), ['We urge States.\n'], ['We urge all States.\n'], [a1]);
row(
  'signs of two units, and Arabic',
  plain('المكتبة 📚 مفتوحة').proposes(ANA, S1, (body) => {
    body.insert(8, '😀👩‍👩‍👧 ');
    body.insert(0, 'إن ');
  }),
  ['المكتبة 📚 مفتوحة\n'],
  ['إن المكتبة 😀👩‍👩‍👧 📚 مفتوحة\n'],
  [a1],
);
row('words that go', plain('We urge all States.').proposes(ANA, S1, (_, draft) => draft.strikes(8, 4)), ['We urge all States.\n'], ['We urge States.\n'], [a1]);
row(
  'words in the place of others',
  plain('We urge all States.').proposes(ANA, S1, (body, draft) => {
    draft.strikes(3, 4);
    body.insert(7, 'call on');
  }),
  ['We urge all States.\n'],
  ['We call on all States.\n'],
  [a1],
);
row(
  'a paragraph that is divided',
  new Draft(['We urge. We call.', { block: 'numbered:1' }]).proposes(ANA, S1, (body) => body.insert(8, '\n')),
  ['We urge. We call.', ['\n', { block: 'numbered:1' }]],
  ['We urge.\n We call.', ['\n', { block: 'numbered:1' }]],
  [a1],
);
row(
  'a paragraph that is divided, of which both are numbered',
  new Draft(['We urge. We call.', { block: 'numbered:1' }]).proposes(ANA, S1, (body, draft) => {
    body.insert(8, '\n');
    draft.turns(8, { block: 'numbered:1' });
  }),
  ['We urge. We call.', ['\n', { block: 'numbered:1' }]],
  ['We urge.', ['\n', { block: 'numbered:1' }], ' We call.', ['\n', { block: 'numbered:1' }]],
  [a1],
);
row(
  'paragraphs that are joined: the second becomes what the first is',
  new Draft(['One.', { block: 'quotation' }], ['Two.', { block: 'bullet:1' }]).proposes(ANA, S1, (_, draft) => draft.strikes(4)),
  ['One.', ['\n', { block: 'quotation' }], 'Two.', ['\n', { block: 'bullet:1' }]],
  ['One.Two.', ['\n', { block: 'quotation' }]],
  [a1],
);
row(
  'paragraphs that are joined, and said to be a third thing',
  new Draft(['One.', { block: 'quotation' }], ['Two.', { block: 'bullet:1' }]).proposes(ANA, S1, (_, draft) => {
    draft.strikes(4);
    draft.turns(9, { block: 'heading:1' });
  }),
  ['One.', ['\n', { block: 'quotation' }], 'Two.', ['\n', { block: 'bullet:1' }]],
  ['One.Two.', ['\n', { block: 'heading:1' }]],
  [a1],
);
row(
  'a whole paragraph that goes joins nothing',
  new Draft(['One.', { block: 'quotation' }], ['Two.', { block: 'bullet:1' }]).proposes(ANA, S1, (_, draft) => draft.strikes(0, 5)),
  ['One.', ['\n', { block: 'quotation' }], 'Two.', ['\n', { block: 'bullet:1' }]],
  ['Two.', ['\n', { block: 'bullet:1' }]],
  [a1],
);
row('everything goes but the last mark', plain('One.').proposes(ANA, S1, (_, draft) => draft.strikes(0, 5)), ['One.\n'], ['\n'], [a1]);
row(
  'words that look otherwise',
  new Draft(['We urge all States.']).edits((body) => body.format(3, 4, { italic: true })).proposes(ANA, S1, (_, draft) => draft.styles(3, 8, { bold: true, italic: null })),
  ['We ', ['urge', { italic: true }], ' all States.\n'],
  ['We ', ['urge all', { bold: true }], ' States.\n'],
  [a1],
);
row(
  'a paragraph that becomes a heading',
  plain('Demands').proposes(ANA, S1, (_, draft) => draft.turns(7, { block: 'heading:2', dir: 'rtl' })),
  ['Demands\n'],
  ['Demands', ['\n', { block: 'heading:2', dir: 'rtl' }]],
  [a1],
);
row(
  'words that come bold',
  plain('We urge.').proposes(ANA, S1, (body, draft) => {
    body.insert(2, ' all');
    draft.styles(2, 4, { bold: true });
  }),
  ['We urge.\n'],
  ['We', [' all', { bold: true }], ' urge.\n'],
  [a1],
);
row(
  'a footnote that comes',
  plain('We urge.').proposes(ANA, S1, (body, { doc }) => {
    doc.getText(`note:${NOTE}`).insert(0, 'See 1.\n');
    body.insertEmbed(7, { note: NOTE });
  }),
  ['We urge.\n'],
  ['We urge', { note: NOTE }, '.\n'],
  [a1],
  { text: { [NOTE]: [] }, accepted: { [NOTE]: ['See 1.\n'] } },
);
row(
  'words that come in a footnote, and others that go',
  plain('We urge.')
    .edits((body, { doc }) => {
      doc.getText(`note:${NOTE}`).insert(0, 'See paragraph 1.\n', {});
      body.insertEmbed(7, { note: NOTE }, {});
    })
    .proposes(ANA, S1, (_, draft) => {
      const note = draft.doc.getText(`note:${NOTE}`);
      note.insert(15, '0');
      draft.says('asks', { del: draft.items(4, 10, note) });
    }),
  ['We urge', { note: NOTE }, '.\n'],
  ['We urge', { note: NOTE }, '.\n'],
  [a1],
  { text: { [NOTE]: ['See paragraph 1.\n'] }, accepted: { [NOTE]: ['See 10.\n'] } },
);
row(
  'what an editor writes in the midst of words that come is text',
  plain('We urge.')
    .proposes(ANA, S1, (body) => body.insert(2, ' all together'))
    .edits((body) => body.insert(6, ' (of us)', {})),
  ['We (of us) urge.\n'],
  ['We all (of us) together urge.\n'],
  [a1],
);
row(
  'what another writes in the midst of words that come is theirs',
  plain('We urge.')
    .proposes(ANA, S1, (body) => body.insert(2, ' all together'))
    .proposes(BEN, S1, (body) => body.insert(6, ' now')),
  ['We urge.\n'],
  ['We all now together urge.\n'],
  [a1, b1],
);
row(
  'a stretch that an editor makes bold, words that come and all',
  plain('We urge.')
    .proposes(ANA, S1, (body) => body.insert(2, ' all'))
    .edits((body) => body.format(1, 7, { bold: true })),
  ['W', ['e u', { bold: true }], 'rge.\n'],
  ['W', ['e all u', { bold: true }], 'rge.\n'],
  [a1],
);
{
  const draft = plain('We urge States.').proposes(ANA, S1, (body) => body.insert(8, 'all '));
  row('what is accepted is text', draft.accepts(ANA, S1, draft.items(8, 4)), ['We urge all States.\n'], ['We urge all States.\n'], []);
}
{
  const draft = plain('We urge States.').proposes(ANA, S1, (body) => body.insert(8, 'all '));
  draft.accepts(ANA, S1, draft.items(8, 4)).edits(() => draft.unsays('fates'));
  row('an answer that was taken back is none', draft, ['We urge States.\n'], ['We urge all States.\n'], [a1]);
}
{
  const draft = plain('We urge States.').proposes(ANA, S1, (body) => body.insert(8, 'all '));
  draft.accepts(ANA, S1, draft.items(8, 4)).proposes(ANA, S1, (body) => body.insert(12, 'coastal '));
  row('what its author writes on is open', draft, ['We urge all States.\n'], ['We urge all coastal States.\n'], [a1]);
}
{
  const draft = plain('We urge States.').proposes(ANA, S1, (body) => body.insert(8, 'all '));
  draft.rejects(ANA, S1, draft.items(8, 4), (body) => body.delete(8, 4));
  row('what is answered no is nowhere', draft, ['We urge States.\n'], ['We urge States.\n'], []);
}
{
  const draft = plain('We urge all States.').proposes(ANA, S1, (_, own) => own.strikes(8, 4));
  draft.accepts(ANA, S1, draft.said('asks'), (body) => body.delete(8, 4));
  row('what went because it was accepted is gone', draft, ['We urge States.\n'], ['We urge States.\n'], []);
}
{
  const draft = plain('We urge all States.').proposes(ANA, S1, (_, own) => own.strikes(8, 4));
  draft.rejects(ANA, S1, draft.said('asks'));
  row('what would go and was answered no stays', draft, ['We urge all States.\n'], ['We urge all States.\n'], []);
}
row(
  'what its author took back is asked no more',
  plain('We urge all States.')
    .proposes(ANA, S1, (_, draft) => draft.strikes(8, 4))
    .under(PROPOSES[ANA], (_, draft) => draft.unsays('asks')),
  ['We urge all States.\n'],
  ['We urge all States.\n'],
  [],
);
row(
  'what would go and has gone otherwise is asked no more',
  plain('We urge all States.')
    .proposes(ANA, S1, (_, draft) => draft.strikes(8, 4))
    .edits((body) => body.delete(7, 5)),
  ['We urgeStates.\n'],
  ['We urgeStates.\n'],
  [],
);
row(
  'two of one organisation, one after the other',
  plain('We urge States.')
    .proposes(ANA, S1, (body) => body.insert(8, 'all '))
    .proposes(ANA, S2, (body) => body.insert(0, 'Now: ')),
  ['We urge States.\n'],
  ['Now: We urge all States.\n'],
  [a1, a2],
);
row(
  'of two that would make something else of one paragraph the first is taken',
  plain('Demands')
    .proposes(ANA, S1, (_, draft) => draft.turns(7, { block: 'heading:1' }))
    .proposes(BEN, S1, (_, draft) => draft.turns(7, { block: 'title' })),
  ['Demands\n'],
  ['Demands', ['\n', { block: 'heading:1' }]],
  [a1, b1],
);
row(
  'of two that put other words in the place of the same the first is taken, and the other stands nowhere',
  plain('We urge States.')
    .proposes(ANA, S1, (body, draft) => {
      draft.strikes(3, 4);
      body.insert(7, 'ask');
    })
    .proposes(BEN, S1, (body, draft) => {
      draft.strikes(5, 2);
      body.insert(10, 'e');
    }),
  ['We urge States.\n'],
  ['We ask States.\n'],
  [a1, b1],
);
row(
  'two that strike the same do not quarrel',
  plain('We urge all States.')
    .proposes(ANA, S1, (_, draft) => draft.strikes(3, 9))
    .proposes(BEN, S1, (_, draft) => draft.strikes(8, 4)),
  ['We urge all States.\n'],
  ['We States.\n'],
  [a1, b1],
);
row(
  'words that come, in words that would go',
  plain('We urge all States.')
    .proposes(ANA, S1, (_, draft) => draft.strikes(3, 9))
    .proposes(BEN, S1, (body) => body.insert(8, 'call on ')),
  ['We urge all States.\n'],
  ['We call on States.\n'],
  [a1, b1],
);

const about =
  'Drafts in which something is proposed, as Yjs writes them (record.mjs): `text` is what stands without it, `accepted` with all of it, `open` what waits for an answer. Read by server/drafting/proposals and web/src/editor/binding.';
writeFileSync(new URL('settled.json', import.meta.url), `${JSON.stringify({ about, rows }, null, 1)}\n`);
