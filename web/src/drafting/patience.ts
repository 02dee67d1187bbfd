// Holds what others write while this page's writer is inside an input method: a paragraph split or changed under it would break the
// composition. Held updates are not taken into the document at all, so nothing has to be mapped; they come in the order they came, when
// the composition ends, and at the latest after some seconds.

const HELD_MS_MAX = 8_000;
// Past the moment at which an editor reads what a composition left behind.
const AFTER_MS = 60;

export class Patience {
  private held: Uint8Array[] = [];
  private isHolding = false;
  private ends: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly take: (update: Uint8Array) => void) {}

  /** A composition began or ended. */
  composes(is: boolean): void {
    if (is && !this.isHolding) {
      this.isHolding = true;
      this.after(HELD_MS_MAX);
    } else if (!is && this.isHolding) {
      this.after(AFTER_MS);
    }
  }

  /** Whether it keeps the update for later. */
  holds(update: Uint8Array): boolean {
    if (this.isHolding) this.held.push(update);
    return this.isHolding;
  }

  /** Nothing is held any longer. */
  end(): void {
    clearTimeout(this.ends);
    this.isHolding = false;
    for (const update of this.held.splice(0)) this.take(update);
  }

  private after(milliseconds: number): void {
    clearTimeout(this.ends);
    this.ends = setTimeout(() => this.end(), milliseconds);
  }
}
