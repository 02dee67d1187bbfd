// Honest people at open pages while somebody else attacks, and what is asked of their pages afterwards: one text on all of them and on
// the server, every letter they typed, nothing deleted that they did not delete, and a page that goes on taking letters.
import type { WebSocket as PageSocket } from '@playwright/test';
import { expect } from '@playwright/test';
import * as Y from 'yjs';
import { Attacker } from './attacker.ts';
import { blocksOf, showTheSame, stands } from './hands.ts';
import type { World } from './index.ts';
import type { Person } from './people.ts';
import { COORDINATOR, DRAFTERS, TITLE } from './register.ts';

export class Beside {
  private letters = 0x4e00;
  private readonly deleted = new Map<Person, number>();

  private constructor(
    private readonly world: World,
    readonly francois: Person,
    readonly wanjiru: Person,
    /** She may write here, too. */
    readonly harriet: Person,
    readonly statement: string,
  ) {}

  static async begins(world: World): Promise<Beside> {
    const [francois, wanjiru, harriet] = await Promise.all([
      world.signedIn('François', DRAFTERS[0]),
      world.signedIn('Wanjiru', DRAFTERS[1]),
      world.signedIn('coordinator', COORDINATOR),
    ]);
    const { statements } = (await (await harriet.context.request.get('/api/statements')).json()) as { statements: { id: string }[] };
    const beside = new Beside(world, francois, wanjiru, harriet, statements[0]?.id ?? '');
    for (const one of beside.pages) {
      beside.watches(one);
      await one.opensStatement(TITLE);
      await expect(one.editor).toContainText('sleep in their clothes');
    }
    await stands(beside.francois, 'Our members do not ask');
    await stands(beside.wanjiru, 'sleep in their clothes');
    return beside;
  }

  get pages(): [Person, Person] {
    return [this.francois, this.wanjiru];
  }

  /** Somebody with a console; the coordinator unless told. */
  async attacker(as: Person = this.harriet): Promise<Attacker> {
    return Attacker.joins(this.world.server.url, this.statement, as);
  }

  /** Both write where they stand for as long as something happens, and every letter they wrote stands. */
  async whileTheyType<T>(happens: () => Promise<T>): Promise<T> {
    let goesOn = true;
    const typing = this.pages.map(async (person) => {
      let typed = '';
      while (goesOn) {
        const letter = this.letter();
        await person.page.keyboard.insertText(letter);
        typed += letter;
        // A person sees a letter before typing the next.
        await person.page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
      }
      return typed;
    });
    const came = await happens().finally(() => (goesOn = false));
    const typed = await Promise.all(typing);
    await this.agree();
    const shown = (await blocksOf(this.francois)).join('\n');
    for (const letter of typed.join('')) expect(shown.split(letter).length - 1, `${letter} stands once`).toBe(1);
    return came;
  }

  /** A page takes a letter, saves it, and the other page shows it. */
  async answer(): Promise<void> {
    for (const [person, other] of [this.pages, this.pages.toReversed() as [Person, Person]]) {
      const letter = this.letter();
      await person.editor.focus();
      await person.page.keyboard.insertText(letter);
      await person.seesSaved();
      await expect.poll(async () => (await blocksOf(other)).join('\n')).toContain(letter);
    }
  }

  /** One text on both pages and as the coordinator would freeze it. */
  async agree(): Promise<string[]> {
    for (const one of this.pages) await one.seesSaved();
    const shown = await showTheSame(...this.pages);
    const preview = await this.harriet.context.request.get(`/api/statements/${this.statement}/freeze`);
    const { text } = (await preview.json()) as { text: { blocks: { content: { type: string; text?: string }[] }[] } };
    const read = text.blocks.map(({ content }) => content.map(({ type, text: words }) => (type === 'footnote' ? '*' : type === 'break' ? '/' : words)).join(''));
    expect(read.map(readable).filter((words) => words !== '')).toEqual(shown.map((block) => readable(block.replace(/^\S+ /u, ''))).filter((words) => words !== ''));
    return shown;
  }

  /** They only typed, so nothing was deleted in their names. */
  deletedNothing(): void {
    for (const one of this.pages) expect(this.deleted.get(one), `letters deleted in the name of ${one.name}`).toBe(0);
  }

  private letter(): string {
    this.letters += 1;
    return String.fromCodePoint(this.letters);
  }

  /** Counts what a page says is deleted by its writer. */
  private watches(person: Person): void {
    this.deleted.set(person, 0);
    person.page.on('websocket', (socket: PageSocket) =>
      socket.on('framesent', ({ payload }) => {
        const gone = deletedBy(Buffer.from(payload));
        this.deleted.set(person, (this.deleted.get(person) ?? 0) + gone);
      }),
    );
  }
}

/** What a reader takes in. White space and what cannot be seen are the server's to mend; a footnote that says nothing goes. */
function readable(words: string): string {
  return words.normalize('NFC').replaceAll(/[\s\p{Cc}\p{Cf}*]+/gu, '');
}

/** How many letters an update on its way to the server deletes; an answer to the server's question repeats what is known. */
function deletedBy(frame: Buffer): number {
  const [ABOUT_TEXT, UPDATE] = [0, 2];
  if (frame[0] !== ABOUT_TEXT || frame[1] !== UPDATE) return 0;
  let at = 2;
  while ((frame[at] ?? 0) >= 0x80) at += 1;
  const { ds } = Y.decodeUpdate(new Uint8Array(frame.subarray(at + 1)));
  return [...ds.clients.values()].flat().reduce((sum, { len }) => sum + len, 0);
}
