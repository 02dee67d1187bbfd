// Two ids on one page: what is edited, what is proposed, and how each is taken back.
import { expect, it } from 'vitest';
import { ContentDeleted, Doc, type Item, type Text } from 'yjs';
import { embedOfFate } from '../../text/asks';
import { embedsIn } from './embeds';
import { startOf } from './changes';
import { SharedDraft } from './shared';

const [EDITS, OWN, SID, OTHER] = [1, 'aaaaaaaaaa', 'ssssssssss', 'tttttttttt'];

class Page {
  readonly draft: SharedDraft;
  readonly proposing: number;

  constructor(words = 'Keep it open\n') {
    const doc = new Doc();
    doc.clientID = EDITS;
    doc.getText('draft').insert(0, words, {});
    this.draft = new SharedDraft(doc);
    this.draft.writesAs(OWN);
    this.proposing = this.draft.proposer.clientID;
  }

  edits(at: number, words: string): void {
    this.draft.alone(() => this.draft.doc.transact(() => this.draft.body.insert(at, words, {}), this.draft));
  }

  proposes(at: number, words: string, sid = SID): void {
    this.draft.alone(() => this.draft.propose(sid, () => this.draft.body.insert(at, words)));
  }

  /** Living words by the kind of id they stand under. */
  words(): [by: string, words: string][] {
    const all: [by: string, words: string][] = [];
    for (const { client, words } of lettersOf(this.draft.body)) {
      const by = client === EDITS ? 'edited' : 'proposed';
      const last = all.at(-1);
      if (last?.[0] === by) last[1] += words;
      else all.push([by, words]);
    }
    return all;
  }

  asks(): unknown[] {
    return embedsIn(this.draft.asks).map(({ embed }) => embed);
  }
}

function lettersOf(text: Text): { client: number; clock: number; words: string }[] {
  const found: { client: number; clock: number; words: string }[] = [];
  for (let item: Item | null = startOf(text); item !== null; item = item.right) {
    if (item.deleted || item.content instanceof ContentDeleted || !item.countable) continue;
    found.push({ client: item.id.client, clock: item.id.clock, words: item.content.getContent().join('') });
  }
  return found;
}

it('what is proposed stands under an id of its own, which begins with whose it is and which suggestion follows', () => {
  const page = new Page();
  page.proposes(12, ' daily');
  page.edits(0, 'Please: ');
  expect(page.words()).toEqual([['edited', 'Please: Keep it open'], ['proposed', ' daily'], ['edited', '\n']]);
  const [by] = embedsIn(page.draft.asks);
  expect(by).toEqual({ client: page.proposing, clock: 0, index: 0, embed: { by: OWN } });
  expect(page.asks()).toEqual([{ by: OWN }, { ask: SID }]);
  expect(page.draft.doc.clientID).toBe(EDITS);
});

it('a suggestion is named again only where another was written between', () => {
  const page = new Page();
  page.proposes(0, 'A');
  page.proposes(1, 'B');
  page.proposes(2, 'C', OTHER);
  page.proposes(3, 'D');
  expect(page.asks()).toEqual([{ by: OWN }, { ask: SID }, { ask: OTHER }, { ask: SID }]);
});

it('each act is taken back and done again as it was made, and what it belongs to stays told', () => {
  const page = new Page();
  page.proposes(12, ' daily');
  page.edits(0, 'Please: ');
  page.proposes(0, 'Now. ', OTHER);
  expect([page.draft.takeBack(), page.draft.takeBack(), page.draft.takeBack(), page.draft.takeBack()]).toEqual([true, true, true, false]);
  expect(page.words()).toEqual([['edited', 'Keep it open\n']]);
  expect([page.draft.bringBack(), page.draft.bringBack(), page.draft.bringBack(), page.draft.bringBack()]).toEqual([true, true, true, false]);
  expect(page.words()).toEqual([['proposed', 'Now. '], ['edited', 'Please: Keep it open'], ['proposed', ' daily'], ['edited', '\n']]);
  expect(page.asks()).toEqual([{ by: OWN }, { ask: SID }, { ask: OTHER }, { ask: SID }, { ask: OTHER }]);
});

it('an act of which nothing is left leads to the one before it, also to one of the other kind', () => {
  const page = new Page();
  page.edits(0, 'Please: ');
  page.proposes(0, 'Now. ');
  // Somebody deletes it.
  page.draft.doc.transact(() => page.draft.body.delete(0, 5), 'another');
  expect(page.draft.takeBack()).toBe(true);
  expect(page.words()).toEqual([['edited', 'Keep it open\n']]);
  page.draft.bringBack();
  expect(page.words()).toEqual([['edited', 'Please: Keep it open\n']]);
});

it('words that were refused come back as proposed ones, never as text', () => {
  const page = new Page();
  page.proposes(12, ' daily');
  const proposed = lettersOf(page.draft.body).find(({ client }) => client === page.proposing);
  const of = [{ client: page.proposing, clock: proposed?.clock ?? 0, len: 6 }];
  page.draft.decides(() => {
    page.draft.fates.insertEmbed(0, embedOfFate({ suggestion: { handle: OWN, sid: SID }, accepted: false, of }), {});
    page.draft.body.delete(12, 6);
  });
  expect(page.draft.body.toString()).toBe('Keep it open\n');
  expect(page.draft.takeBack()).toBe(true);
  expect(embedsIn(page.draft.fates)).toEqual([]);
  expect(page.words()).toEqual([['edited', 'Keep it open'], ['proposed', ' daily'], ['edited', '\n']]);
  // Both halves of it go and come as one.
  expect(page.draft.bringBack()).toBe(true);
  expect([page.draft.body.toString(), embedsIn(page.draft.fates).length]).toEqual(['Keep it open\n', 1]);
  expect(page.draft.takeBack()).toBe(true);
  expect([page.draft.body.toString(), embedsIn(page.draft.fates).length]).toEqual(['Keep it open daily\n', 0]);
});

it('words that were accepted and deleted later come back as text', () => {
  const page = new Page();
  page.proposes(12, ' daily');
  const { clock = 0 } = lettersOf(page.draft.body).find(({ client }) => client === page.proposing) ?? {};
  page.draft.decides(() => page.draft.fates.insertEmbed(0, embedOfFate({ suggestion: { handle: OWN, sid: SID }, accepted: true, of: [{ client: page.proposing, clock, len: 6 }] }), {}));
  page.draft.alone(() => page.draft.doc.transact(() => page.draft.body.delete(12, 6), page.draft));
  page.draft.takeBack();
  expect(page.words()).toEqual([['edited', 'Keep it open daily\n']]);
});

it('whoever may only suggest by now takes no edit of before back', () => {
  const page = new Page();
  page.edits(0, 'Please: ');
  page.draft.mayOnlySuggest(true);
  page.proposes(0, 'Now. ');
  expect([page.draft.takeBack(), page.draft.takeBack()]).toEqual([true, false]);
  expect(page.words()).toEqual([['edited', 'Please: Keep it open\n']]);
});

it('what was accepted meanwhile is not taken back by undo', () => {
  const page = new Page();
  page.proposes(12, ' daily');
  const { clock = 0 } = lettersOf(page.draft.body).find(({ client }) => client === page.proposing) ?? {};
  const of = [{ client: page.proposing, clock: clock + 1, len: 5 }];
  page.draft.doc.transact(() => page.draft.fates.insertEmbed(0, embedOfFate({ suggestion: { handle: OWN, sid: SID }, accepted: true, of }), {}), 'another');
  page.draft.takeBack();
  expect(page.draft.body.toString()).toBe('Keep it opendaily\n');
});

it('within another transaction nothing is proposed', () => {
  const page = new Page();
  expect(() => page.draft.doc.transact(() => page.proposes(0, 'A'))).toThrow('of its own');
});

it('who listens hears of another mode and of whose the page is', () => {
  const page = new Page();
  const heard: string[] = [];
  const deaf = page.draft.subscribe(() => heard.push(`${page.draft.mode} ${String(page.draft.own)}`));
  page.draft.turnTo('suggest');
  page.draft.turnTo('suggest');
  page.draft.writesAs('bbbbbbbbbb');
  deaf();
  page.draft.turnTo('edit');
  expect(heard).toEqual([`suggest ${OWN}`, 'suggest bbbbbbbbbb']);
});
