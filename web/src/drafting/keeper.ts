// Keeps one draft on this device, for one person: what they wrote at once, and the committed text soon after. Says what may be
// said of it: own words are kept when the browser has completed writing them, and not before.
//
// Own words move from the unsent to the text in one transaction when the server has committed them, and the text they build on
// is written with them or before. So whatever moment a machine stops at, it has every letter its writer saw kept.
import { mergeUpdates } from 'yjs';
import type { Device, Row, Whose } from '../device/device';
import { TEXT_BYTES_MAX } from '../device/device';
import { VERSION } from '../text/draft';
import type { Kept } from './acknowledge';
import type { Act } from './unsent';

// What others write is gathered: a lively room would write all the time.
const TEXT_EVERY_MS = 1_000;
// Of own words that no commit covers. The server takes no more into one draft.
export const UNSENT_BYTES_MAX = 8 * 1024 * 1024;
// A text is written in parts as it comes, and in one piece again when these are many: a page opens by reading them all.
const PARTS_MAX = 500;
const PARTS_BYTES_MAX = 1024 * 1024;
// A device that has not answered by now is not waited for: the text comes from the server.
const LOAD_MS_MAX = 3_000;

type Store = Pick<Device, 'draft' | 'keeps' | 'discards'>;

export class Keeper {
  private standing: Kept = 'keeping';
  private acts: Act[] = [];
  private saved: Act[] = [];
  private came: Uint8Array[] = [];
  /** All of the text, to be written instead of the rows there are; no row at all where it is too long. */
  private anew: readonly Uint8Array[] | undefined;
  /** How many rows it has been written in since, and of how many bytes. */
  private parts = { rows: 0, bytes: 0 };
  private known = new Set<number>();
  private bytes = 0;
  /** What stands on the device builds on itself. */
  private isWhole = false;
  /** The device does not keep the text for this person now. */
  private isRefused = false;
  private isOver = false;
  /** Nothing has been connected yet, or any more. */
  private onlyHere = true;
  private running = false;
  /** This browser keeps nothing, or nothing any more. */
  private isOff = false;
  private isLeft = false;
  private later: ReturnType<typeof setTimeout> | undefined;
  private tell: () => void = () => undefined;

  constructor(
    private readonly device: Store,
    private readonly whose: Whose,
    /** Own words are on this device, and nowhere else. */
    private readonly onKept: () => void = () => undefined,
  ) {}

  get kept(): Kept {
    return this.standing;
  }

  /** Calls this when `kept` has changed. */
  whenChanged(tell: () => void): void {
    this.tell = tell;
  }

  /** What stands on the device: the committed text in parts, and own words that no commit covers. */
  async load(): Promise<{ texts: Uint8Array[]; unsent: Act[] }> {
    const none = { texts: [], unsent: [] };
    const late = new Promise<undefined>((done) => setTimeout(done, LOAD_MS_MAX));
    const read = await Promise.race([this.device.draft(this.whose).catch(() => undefined), late]);
    if (read === undefined) {
      this.isOff = true;
      this.stands('not');
      return none;
    }
    this.stands('kept');
    return { texts: ofThisVersion(read.texts).map(({ update }) => update), unsent: this.taken(read.unsent) };
  }

  /** Own words that other pages of this browser have kept since. */
  async more(): Promise<Act[]> {
    const read = await this.device.draft(this.whose).catch(() => undefined);
    return read === undefined ? [] : this.taken(read.unsent);
  }

  /** Written here, and committed nowhere. */
  wrote(act: Act): void {
    if (this.isOff) return;
    // What comes after an act that found no room builds on it, and is not kept either.
    this.isOver ||= this.bytes + act.update.length > UNSENT_BYTES_MAX;
    if (this.isOver) {
      this.stands('full');
      return;
    }
    this.stands('keeping');
    this.bytes += act.update.length;
    this.acts.push(act);
    void this.runs();
  }

  /** Committed by now. Their words are part of the text. */
  committed(acts: readonly Act[]): void {
    if (acts.length === 0 || this.isOff) return;
    const [waiting, gone] = [new Set(this.acts), new Set(acts)];
    this.acts = this.acts.filter((act) => !gone.has(act));
    this.saved.push(...acts.filter((act) => !waiting.has(act)));
    for (const { update } of acts) {
      this.bytes = Math.max(0, this.bytes - update.length);
      this.comes(update);
    }
    if (this.bytes === 0) this.isOver = false;
    this.soon();
  }

  /** A stretch of the text, as the server sent it. */
  comes(update: Uint8Array): void {
    if (!this.isWhole) return;
    this.came.push(update);
    this.soon();
  }

  /** Everything here is committed: the moment to keep the whole text, where the device has none that is. */
  settles(whole: () => Uint8Array): void {
    const isTidy = this.parts.rows < PARTS_MAX && this.parts.bytes < PARTS_BYTES_MAX;
    if ((this.isWhole && isTidy) || this.isRefused || this.isOff) return;
    this.isWhole = true;
    this.replaces(whole());
  }

  /** The text read from the device is whole; `merged` is the same in one piece. */
  has(merged: Uint8Array | undefined): void {
    this.isWhole = true;
    if (merged !== undefined) this.replaces(merged);
  }

  /** Nothing is connected, or something is again. */
  isCutOff(onlyHere: boolean): void {
    this.onlyHere = onlyHere;
    if (onlyHere) void this.runs();
  }

  /** What the server showed may have been taken from the device, or may stand there again; the text is kept anew when it comes. */
  beginsAnew(): void {
    this.isWhole = false;
    this.isRefused = false;
    this.came = [];
    this.anew = undefined;
  }

  /** The page is hidden or left: what waits is written now. */
  hurries(): void {
    void this.runs();
  }

  /** The person has signed out: what waits is written nowhere. */
  forgets(): void {
    [this.acts, this.saved, this.came, this.anew] = [[], [], [], undefined];
    this.isWhole = false;
    this.isOff = true;
    this.standing = 'not';
  }

  /** Own words that no server will take, and whose writer has let go of them: these, and what waits. */
  async discards(rows: readonly number[]): Promise<void> {
    [this.acts, this.isOff] = [[], true];
    await this.device.discards(rows);
  }

  leave(): void {
    this.hurries();
    this.isLeft = true;
    clearTimeout(this.later);
  }

  private replaces(whole: Uint8Array): void {
    const fits = whole.length <= TEXT_BYTES_MAX;
    [this.isWhole, this.isRefused] = [fits, !fits];
    this.came = [];
    this.anew = fits ? [whole] : [];
    this.parts = { rows: 0, bytes: 0 };
    this.soon();
  }

  private soon(): void {
    if (this.isLeft) return;
    this.later ??= setTimeout(() => void this.runs(), TEXT_EVERY_MS);
  }

  /** One transaction after another, each with all that waits. */
  private async runs(): Promise<void> {
    if (this.running || this.isOff) return;
    this.running = true;
    while (this.waits) {
      const [acts, saved, came, anew] = [this.acts, this.saved, this.came, this.anew];
      [this.acts, this.saved, this.came, this.anew] = [[], [], [], undefined];
      clearTimeout(this.later);
      this.later = undefined;
      try {
        const parts = came.length > 1 ? [mergeUpdates(came)] : came;
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        const done = await this.device.keeps({
          ...this.whose,
          version: VERSION,
          wrote: acts.map(({ update }) => update),
          came: [...(anew ?? []), ...parts],
          whole: anew !== undefined,
          saved: saved.map(({ row }) => row).filter((row) => row !== undefined),
          onlyHere: this.onlyHere,
        });
        acts.forEach((act, at) => {
          act.row = done.rows[at];
          if (act.row !== undefined) this.known.add(act.row);
        });
        this.parts = { rows: this.parts.rows + parts.length, bytes: this.parts.bytes + (parts[0]?.length ?? 0) };
        if (done.text !== 'kept' && (came.length > 0 || anew !== undefined)) [this.isWhole, this.isRefused] = [false, done.text === 'refused'];
        if (this.acts.length === 0 && !this.isOver) this.stands('kept');
        if (acts.length > 0 && this.onlyHere) this.onKept();
      } catch (failure) {
        // Tried again with the next words: there may be room then, or the browser may open what it has closed.
        this.acts = [...acts, ...this.acts];
        this.saved = [...saved, ...this.saved];
        this.isWhole = false;
        this.stands(isFull(failure) ? 'full' : 'not');
        break;
      }
    }
    this.running = false;
  }

  private get waits(): boolean {
    return this.acts.length + this.saved.length + this.came.length > 0 || this.anew !== undefined;
  }

  private taken(rows: readonly Row[]): Act[] {
    const fresh = ofThisVersion(rows).filter(({ row }) => !this.known.has(row));
    for (const { row, update } of fresh) {
      this.known.add(row);
      this.bytes += update.length;
    }
    return fresh.map(({ row, update }) => ({ update, row, sentAs: undefined }));
  }

  private stands(standing: Kept): void {
    if (standing === this.standing) return;
    this.standing = standing;
    this.tell();
  }
}

/** What an earlier description of a text called a draft is not put into one of today's; home lets its words be copied. */
function ofThisVersion(rows: readonly Row[]): Row[] {
  return rows.filter(({ version }) => version === VERSION);
}

function isFull(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === 'QuotaExceededError';
}
