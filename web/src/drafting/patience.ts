// Holds what others write while this page's writer is inside an input method: a paragraph split or changed under it would break the
// composition, and so would another's caret that is drawn anew beside it. What is held is not taken in at all, so nothing has to be
// mapped; it comes in the order it came, when the composition ends, and at the latest after some seconds.

const HELD_MS_MAX = 8_000;
// Past the moment at which an editor reads what a composition left behind.
const AFTER_MS = 60;

export class Patience<Said> {
  private held: Said[] = [];
  private isHolding = false;
  private ends: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly take: (said: Said) => void) {}

  /** A composition began or ended. */
  composes(is: boolean): void {
    if (is && !this.isHolding) {
      this.isHolding = true;
      this.after(HELD_MS_MAX);
    } else if (!is && this.isHolding) {
      this.after(AFTER_MS);
    }
  }

  /** Whether it keeps this for later. */
  holds(said: Said): boolean {
    if (this.isHolding) this.held.push(said);
    return this.isHolding;
  }

  /** Nothing is held any longer. */
  end(): void {
    clearTimeout(this.ends);
    this.isHolding = false;
    for (const said of this.held.splice(0)) this.take(said);
  }

  private after(milliseconds: number): void {
    clearTimeout(this.ends);
    this.ends = setTimeout(() => this.end(), milliseconds);
  }
}
