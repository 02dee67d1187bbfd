// What somebody does to a text, as a suggestion. Nothing of the text is changed: what would go is struck, what comes is proposed and
// stands behind what is struck, and what would look otherwise is asked to. One's own proposed words that nobody answered yet do go.
//
// What is asked names letters by their ids (text/asks.ts). Nothing that is written here has a format: letters look like those they are
// written behind, and what is to be different about them is asked as of any others. So whatever is sent from here, the text without
// suggestions stays what it was. One act that goes on at the same place without a pause is one suggestion.
import {
  createAbsolutePositionFromRelativePosition,
  createRelativePositionFromTypeIndex,
  getState,
  type RelativePosition,
  type Text,
} from 'yjs';
import { embedOfAsk, type BlockLooks } from '../../text/asks';
import { isNoteId } from '../../text/draft';
import type { Attributes } from './attributes';
import { embedsIn } from './embeds';
import type { Operation } from './operations';
import { Planning, type Settled, type Stretch, type Way } from './planning';
import { Said } from './said';
import type { SharedDraft } from './shared';
import { Standing } from './standing';
import { takeAway } from './taking';
import type { Unit } from './units';
import { Wishes } from './wishes';

// Who comes back to a place later does something new.
const PAUSE_MS = 60_000;

/** A suggestion that is not written yet. */
export interface Plan extends Pick<Planning, 'changes' | 'length' | 'isEmpty'> {
  place: (index: number, side: Way) => number;
  /** Writes it, for whoever takes back acts of this origin. */
  write: (origin: unknown) => void;
}

/** What was suggested last, and where. */
interface Going {
  sid: string;
  text: Text;
  from: RelativePosition;
  to: RelativePosition;
  at: number;
  whole: object | undefined;
}

const KNOWN = new WeakMap<SharedDraft, Suggesting>();

export function suggestingIn(draft: SharedDraft): Suggesting {
  const known = KNOWN.get(draft) ?? new Suggesting(draft);
  KNOWN.set(draft, known);
  return known;
}

export class Suggesting {
  private going: Going | undefined;

  constructor(
    private readonly draft: SharedDraft,
    private readonly now: () => number = Date.now,
  ) {
    draft.suggests = (text, operations) => this.plan(text, operations)?.write(draft);
  }

  /** What these operations are as a suggestion; nothing before it is known who makes it. A caret's `way` goes on beyond what one has struck. */
  plan(text: Text, operations: readonly Operation[], way?: Way): Plan | undefined {
    const { own } = this.draft;
    if (own === undefined) return undefined;
    const planning = new Planning(text, new Said(this.draft), own, operations, way);
    const { changes, length, isEmpty } = planning;
    return { changes, length, isEmpty, place: (index, side) => planning.place(index, side), write: (origin) => this.write(text, planning, origin) };
  }

  /** Reads what paragraphs are to be to whoever suggests here, by the places of their marks; nothing of whom they ask nothing. */
  looks(text: Text): (index: number) => BlockLooks | undefined {
    const { own } = this.draft;
    const [standing, wishes] = [new Standing(text), new Wishes(new Said(this.draft), own ?? '')];
    return (index) => {
      const mark = standing.unit(index);
      return mark === undefined ? undefined : wishes.looksOf(mark);
    };
  }

  private write(text: Text, planning: Planning, origin: unknown): void {
    if (planning.isEmpty) return;
    const { draft } = this;
    const sid = this.sidFor(text, planning.said, planning.touches);
    draft.propose(sid, () => new Writing(draft, sid).all(text, planning), origin);
    const { from, to } = planning.leaves;
    this.going = {
      sid,
      text,
      from: createRelativePositionFromTypeIndex(text, Math.min(from, text.length), 0),
      to: createRelativePositionFromTypeIndex(text, to, -1),
      at: this.now(),
      whole: draft.whole,
    };
  }

  private sidFor(text: Text, said: Said, { from, to }: Stretch): string {
    const { going, draft } = this;
    const noted = this.sidOfNote(text, said);
    if (noted !== undefined) return noted;
    if (going === undefined) return this.draft.newId();
    if (going.whole !== undefined && going.whole === draft.whole) return going.sid;
    const [begin, end] = [going.from, going.to].map((place) => createAbsolutePositionFromRelativePosition(place, draft.doc)?.index);
    const isHere = going.text === text && begin !== undefined && end !== undefined && from <= end && to >= begin;
    return isHere && this.now() - going.at < PAUSE_MS ? going.sid : this.draft.newId();
  }

  /** The words of a footnote that is proposed belong to it. */
  private sidOfNote(text: Text, said: Said): string | undefined {
    const { body, own } = this.draft;
    if (text === body) return undefined;
    const place = embedsIn(body).find(({ embed }) => {
      const { note } = embed as { note?: unknown };
      return isNoteId(note) && this.draft.note(note) === text;
    });
    if (place === undefined || said.proposes.get(place.client) !== own || said.settled.has(place.client, place.clock)) return undefined;
    return said.sidAt(place.client, place.clock);
  }
}

/** Writes one plan, within the transaction of its suggestion. */
class Writing {
  constructor(
    private readonly draft: SharedDraft,
    private readonly sid: string,
  ) {}

  all(text: Text, { settled, standing, wishes }: Planning): void {
    const { asks, proposer } = this.draft;
    takeAway(text, settled.flatMap((run) => (run.is === 'goes' ? standing.between(run.from, run.from + run.length) : [])));
    const notes = this.comes(text, settled, wishes);
    const { gone, asks: said } = wishes.said(this.sid);
    takeAway(asks, gone);
    for (const { sid, ask } of said) {
      proposer.names(sid);
      asks.insertEmbed(asks.length, embedOfAsk(ask), {});
    }
    notes.forEach((id) => this.beginsNote(id));
  }

  /** Brings new units in. Footnotes among them. */
  private comes(text: Text, settled: readonly Settled[], wishes: Wishes): string[] {
    const notes: string[] = [];
    let at = 0;
    for (const run of settled) {
      if (run.is !== 'new') {
        at += run.is === 'goes' ? 0 : run.length;
        continue;
      }
      const first = this.brings(text, at, run.units, run.looks);
      for (const ask of run.asks) {
        const items = { client: this.draft.doc.clientID, clock: first + ask.from, len: 'set' in ask ? ask.length : 1 };
        if ('set' in ask) for (const [name, value] of Object.entries(ask.set)) wishes.style([items], name as keyof typeof ask.set, value);
        else wishes.block(items, ask.looks);
      }
      at += run.units.length;
      for (const { is } of run.units) if (typeof is !== 'string') notes.push(is.note);
    }
    return notes;
  }

  /** Puts units in that look like what they stand behind. The clock of the first. */
  private brings(text: Text, index: number, units: readonly Unit[], looks: Attributes): number {
    const { doc } = this.draft;
    const first = getState(doc.store, doc.clientID);
    let at = index;
    let letters = '';
    const flush = () => {
      // What has lost its other half would be another letter for everybody else.
      if (letters !== '') text.insert(at, letters.replaceAll(/\p{Surrogate}/gu, '\uFFFD'), { ...looks });
      at += letters.length;
      letters = '';
    };
    for (const { is } of units) {
      if (typeof is === 'string') {
        letters += is;
      } else {
        flush();
        text.insertEmbed(at, { note: is.note }, { ...looks });
        at += 1;
      }
    }
    flush();
    return first;
  }

  private beginsNote(id: string): void {
    const units = this.draft.beginningOf(id);
    if (units === undefined) return;
    const note = this.draft.note(id);
    this.all(note, new Planning(note, new Said(this.draft), this.draft.own ?? '', [{ is: 'insert', at: 0, units }]));
  }
}
