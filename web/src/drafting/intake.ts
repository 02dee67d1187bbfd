// What others write is taken in once for each frame of the screen, all that has come since the last: a hall of sixty who type at once
// costs a slow machine as many drawings as it can make, and no more.
//
// While this page's writer is inside an input method nothing is taken in at all: a paragraph split or changed under it would break the
// composition. What was held comes in its order when the composition ends, and at the latest after some seconds.

const COMPOSING_MS_MAX = 8_000;
// Past the moment at which an editor reads what a composition left behind.
const AFTER_COMPOSING_MS = 60;
// A page out of sight has no frames.
const UNSEEN_MS = 100;

export class Intake {
  private waiting: Uint8Array[] = [];
  private composing = false;
  private frame: (() => void) | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly take: (updates: readonly Uint8Array[]) => void) {}

  /** Something that came is not taken in yet. */
  get holds(): boolean {
    return this.waiting.length > 0;
  }

  comes(update: Uint8Array): void {
    this.waiting.push(update);
    if (!this.composing) this.frame ??= nextFrame(() => this.end());
  }

  /** A composition began or ended. */
  composes(is: boolean): void {
    if (is === this.composing) return;
    if (is) {
      // What came before it is not held up.
      this.end();
      this.composing = true;
    }
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.end(), is ? COMPOSING_MS_MAX : AFTER_COMPOSING_MS);
  }

  /** Takes in what waits, now. */
  end(): void {
    this.frame?.();
    this.frame = undefined;
    clearTimeout(this.patience);
    this.composing = false;
    const updates = this.waiting.splice(0);
    if (updates.length > 0) this.take(updates);
  }
}

/** Calls back before the next drawing; answers how to call it off. */
function nextFrame(act: () => void): () => void {
  if (document.visibilityState === 'hidden') {
    const timer = setTimeout(act, UNSEEN_MS);
    return () => clearTimeout(timer);
  }
  const frame = requestAnimationFrame(act);
  // A page that goes out of sight gets no frame any more.
  const timer = setTimeout(act, 10 * UNSEEN_MS);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
