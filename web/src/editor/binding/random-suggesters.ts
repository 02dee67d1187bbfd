// Random editors and suggesters on one draft: people of three organisations, some of whom may edit and some only suggest, who do all
// that random editors do, in either mode, and accept, refuse and withdraw suggestions.
//
// Beside what holds of editors (random-editors.ts): the server takes everything that is sent (judge.ts), the text without suggestions
// stays what it was whatever is suggested, an answer takes nothing away but what it says, and undoing all that somebody suggested
// leaves what the others suggest.
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs';
import { BODY, noteRoot } from '../../text/draft';
import { accept, reject, withdraw } from '../deciding';
import { ACCEPTED, refusal, type Seat } from './judge';
import { NOTE_SIGN, proposalsIn, type Suggestion } from './proposals';
import { ACTS, Run, type Act, type Outcome } from './random-editors';
import { Person } from './random-people';
import type { Stretch } from './reading';
import { settled, stretchesOf, without } from './settling';
import { SharedDraft } from './shared';
import { takeAway } from './taking';

export interface SuggestingOutcome extends Outcome {
  /** Who sent what, in the order of their numbers. */
  seats: Seat[];
  /** Suggestions that were made, and answered. */
  suggested: number;
  answered: number;
  /** Pages that were sent away: they took words away that were accepted at that moment. */
  sentAway: number;
}

const MORE = ['turn', 'turn', 'accept', 'accept', 'accept', 'reject', 'reject', 'withdraw'] as const;
type More = Act | (typeof MORE)[number];

export function runSuggesting(seed: number, acts = 60): SuggestingOutcome {
  return new SuggestingRun(seed, 3 + (seed % 3)).allOf(acts);
}

const HANDLES = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc'];

class SuggestingRun extends Run {
  private readonly seats: Seat[] = [];
  private readonly suggested = new Set<string>();
  private answered = 0;
  private sentAway = 0;

  allOf(acts: number): SuggestingOutcome {
    const outcome = this.all(acts, [...ACTS, ...MORE] as Act[]);
    return { ...outcome, faults: [...this.faults], texts: this.textsWithout(), seats: this.seats, suggested: this.suggested.size, answered: this.answered, sentAway: this.sentAway };
  }

  protected override comes(number: number, beginning: Uint8Array): Person {
    const person = new Person(number, 1000 + this.random(1e6) * 8 + number, beginning, () => this.id());
    // Somebody edits, or there is nobody to answer.
    const may = this.seats[number]?.may ?? (number === 0 || this.random(2) === 0 ? 'edit' : 'suggest');
    const handle = HANDLES[number % 3] ?? '';
    this.seats[number] = { handle, may };
    person.draft.proposer.clientID = 10_000_000 + this.random(1e6) * 8 + number;
    person.draft.writesAs(handle);
    if (may === 'suggest' || this.random(3) === 0) person.draft.turnTo('suggest');
    return person;
  }

  /** What the texts are once everything that is only proposed has been taken out of them, as the server does it. */
  private textsWithout(): Record<string, Stretch[]> {
    const doc = new Doc();
    const draft = new SharedDraft(doc);
    for (const { update } of this.journal) applyUpdate(doc, update);
    const roots = [BODY, ...draft.noteIds().map(noteRoot)];
    const proposals = proposalsIn(draft);
    const read = roots.map((root) => stretchesOf(settled(doc.getText(root), without(proposals))));
    doc.transact(() => roots.forEach((root) => takeAway(doc.getText(root), proposals.suggestions.flatMap(({ pending }) => pending))));
    const texts = roots.map((root): [string, Stretch[]] => [root, doc.getText(root).toDelta() as Stretch[]]);
    texts.forEach(([root, stretches], at) => {
      if (JSON.stringify(wordsOf(read[at] ?? [])) !== JSON.stringify(wordsOf(stretches))) this.faults.add(`${root} reads otherwise without its suggestions than once they are taken out`);
    });
    return Object.fromEntries(texts);
  }

  // ---- the server

  protected override sends(person: Person): void {
    const updates = person.outbox.splice(0);
    const merged = updates.length > 1 && this.random(3) === 0;
    for (const update of merged ? [encodeStateAsUpdate(person.doc, encodeStateVector(this.server))] : updates) {
      const why = refusal(this.server, update, this.seatOf(person));
      if (why === ACCEPTED) {
        this.sendsAway(person);
        return;
      }
      if (why !== undefined) this.faults.add(`refused: ${why}`);
      this.stores(person.number, update);
    }
  }

  /** Their words stay theirs to be copied, and they come again. */
  private sendsAway(person: Person): void {
    this.sentAway += 1;
    const stored = new Set(textsOf(this.server));
    for (const sign of textsOf(person.doc)) if (!stored.has(sign)) this.touch(sign);
    // What they had deleted stands again.
    const again = this.comes(person.number, encodeStateAsUpdate(this.server));
    again.heard = this.journal.length;
    this.everybody[this.everybody.indexOf(person)] = again;
  }

  private seatOf({ number }: Person): Seat {
    return this.seats[number] ?? { handle: '', may: 'suggest' };
  }

  // ---- acts

  protected override act(person: Person, kind: More): void {
    const { draft } = person;
    switch (kind) {
      case 'turn':
        if (this.seatOf(person).may === 'edit') draft.turnTo(draft.mode === 'edit' ? 'suggest' : 'edit');
        return;
      case 'accept':
      case 'reject':
      case 'withdraw':
        this.answers(person, kind);
        return;
      default: {
        const isEdit = draft.mode === 'edit' || (this.seatOf(person).may === 'edit' && (kind === 'undo' || kind === 'redo'));
        const before = isEdit ? '' : withoutSuggestions(person);
        super.act(person, kind);
        if (!isEdit && withoutSuggestions(person) !== before) this.faults.add(`the text without suggestions changed after ${kind}`);
        for (const { key } of proposalsIn(draft).suggestions) this.suggested.add(key);
      }
    }
  }

  private answers(person: Person, kind: 'accept' | 'reject' | 'withdraw'): void {
    const { draft } = person;
    const { may, handle } = this.seatOf(person);
    const now = proposalsIn(draft);
    const mine = kind === 'withdraw' ? now.suggestions.filter((one) => one.handle === handle) : now.suggestions;
    if (mine.length === 0 || (kind !== 'withdraw' && may !== 'edit')) return;
    const chosen = this.random(4) === 0 && kind !== 'withdraw' ? mine.filter(() => this.random(2) === 0) : [this.one(mine)];
    const before = new Set(textsOf(draft.doc));
    const text = withoutSuggestions(person);
    if (kind === 'accept') accept(draft, now, chosen);
    else if (kind === 'reject') reject(draft, chosen);
    else for (const one of chosen) withdraw(draft, one);
    this.answered += chosen.length;
    const after = new Set(textsOf(draft.doc));
    // What may go: of accepted ones what they strike, and their rivals; of the others what they propose.
    const gone = kind === 'accept' ? [...chosen.flatMap(struckBy), ...now.suggestions.filter(({ rivals }) => rivals.length > 0).flatMap(proposedBy)] : chosen.flatMap(proposedBy);
    const said = new Set(gone);
    for (const sign of before) if (!after.has(sign) && !said.has(sign)) this.faults.add(`${kind} took a letter away that it does not say`);
    if (kind !== 'accept' && withoutSuggestions(person) !== text) this.faults.add(`the text without suggestions changed after ${kind}`);
  }

  // ---- what must hold

  protected override takesAllBack(): void {
    const person = this.one(this.everybody);
    const { handle } = this.seatOf(person);
    // What others suggest, of words that are not this person's.
    const own = new Set([...this.letters].filter(([, { by }]) => by === person.number).map(([sign]) => sign));
    const others = () => {
      const all = proposalsIn(person.draft).suggestions.filter((one) => one.handle !== handle);
      return new Set(all.flatMap(proposedBy).filter((sign) => !own.has(sign) && this.letters.get(sign)?.touched === false));
    };
    const onlySuggested = this.seatOf(person).may === 'suggest';
    const text = withoutSuggestions(person);
    const before = others();
    for (let most = 500; most > 0 && person.draft.undo.undoStack.length > 0; most -= 1) this.watched(person, () => person.draft.takeBack());
    if (onlySuggested) {
      const after = others();
      for (const sign of before) if (!after.has(sign)) this.faults.add('what another suggests is gone after taking all back');
      if (withoutSuggestions(person) !== text) this.faults.add('the text without suggestions changed after taking all back');
    }
    this.everybodyMeets();
    this.compare(' after taking all back');
    this.account(own);
  }
}

function textsOf(doc: Doc): string[] {
  return [...doc.share.keys()].filter((root) => root === BODY || root.startsWith(noteRoot(''))).flatMap((root) => lettersOf(doc.getText(root).toString()));
}

function withoutSuggestions(person: Person): string {
  const proposals = proposalsIn(person.draft);
  const read = (root: string) => stretchesOf(settled(person.doc.getText(root), without(proposals)));
  // A footnote that is only proposed has no words that stand.
  return JSON.stringify(person.roots().toSorted().map((root) => [root, read(root).map(({ insert, attributes }) => [insert, Object.entries(attributes ?? {}).toSorted()])]).filter(([root, words]) => root === BODY || (words?.length ?? 0) > 0));
}

/** Letter by letter, with what each looks like. */
function wordsOf(stretches: readonly Stretch[]): unknown[] {
  return stretches.flatMap(({ insert, attributes }) => {
    const looks = Object.entries(attributes ?? {}).toSorted();
    return typeof insert === 'string' ? insert.split('').map((letter) => [letter, looks]) : [[insert, looks]];
  });
}

function proposedBy({ pieces }: Suggestion): string[] {
  return pieces.flatMap((piece) => (piece.is === 'ins' ? lettersOf(piece.words) : []));
}

function struckBy({ pieces }: Suggestion): string[] {
  return pieces.flatMap((piece) => (piece.is === 'del' ? lettersOf(piece.words) : []));
}

/** Letters that can be told apart. */
function lettersOf(words: string): string[] {
  return [...words].filter((sign) => sign !== '\n' && sign !== NOTE_SIGN);
}
