// Reads the HTML of a clipboard: Word's, a browser's, an office suite's, a spreadsheet's, our own. The document it is parsed into
// is inert and is only read, by one walk that keeps its own stack, since a payload may nest as deep as it likes. What an element
// means stands in elements.ts and place.ts, how words and numbers come together in letters.ts and numbering.ts.
import { NOTES_MAX, type Pasted } from './blocks';
import { asNote, Gathering } from './gather';
import { findNotes, SAME_NOTE_MAX } from './notes';
import { Reader } from './reader';
import { AROUND, type Payload, type Scope } from './scope';
import { settled } from './settle';
import { readSheets } from './read-css';

const inert = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');

/** What a payload comes to. It is the caller who refuses what is too long to be read. */
export function readHtml(html: string, parse: (html: string) => Document = inert): Pasted {
  const document = parse(html);
  const gathering = gathered(document.documentElement, payloadOf(html, document));
  const found = gathering.found.filter(({ exact, content }) => exact !== undefined || content.length > 0);
  return settled(found, [...gathering.left], gathering.melts);
}

// Word's, Google Docs', LibreOffice's marks.
const OFFICE = /urn:schemas-microsoft|class="?Mso|TextRun|docs-internal-guid|name="?generator"? content="?(?:Libre|Open)Office/iu;

function payloadOf(html: string, document: Document): Payload {
  const read = new Map<Element, { gathered: Gathering; times: number }>();
  let notes = 0;
  const payload: Payload = {
    sheet: readSheets(document),
    notes: findNotes(document),
    fromOffice: OFFICE.test(html),
    fromDocs: html.includes('docs-internal-guid'),
    inFragment: html.includes('<!--StartFragment-->'),
    wordsOf(note) {
      const known = read.get(note.words) ?? { gathered: gathered(note.words, { ...payload, within: note, inFragment: false }), times: 0 };
      read.set(note.words, known);
      known.times += 1;
      notes += 1;
      if (notes > NOTES_MAX || known.times > SAME_NOTE_MAX) return { left: ['notes'] };
      return { note: asNote(known.gathered.found), left: [...known.gathered.left] };
    },
  };
  return payload;
}

function gathered(root: Element, payload: Payload): Gathering {
  const gathering = new Gathering();
  walk(root, gathering, payload);
  return gathering;
}

function walk(root: Element, gathering: Gathering, payload: Payload): void {
  const reader = new Reader(gathering, payload);
  const scopes: Scope[] = [];
  let node: Node = root;
  while (!gathering.isOver) {
    const inner = reader.enter(node, scopes.at(-1) ?? AROUND);
    if (inner !== undefined && node.firstChild !== null) {
      scopes.push(inner);
      node = node.firstChild;
      continue;
    }
    if (inner?.block === true) gathering.end();
    while (node !== root && node.nextSibling === null) {
      node = node.parentNode ?? root;
      if (scopes.pop()?.block === true) gathering.end();
    }
    if (node === root || node.nextSibling === null) break;
    node = node.nextSibling;
  }
  gathering.end();
}
