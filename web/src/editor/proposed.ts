// The suggestions that are open on this page, read anew when the draft has changed: at most once a frame, and at once for whoever is
// about to decide.
import { proposalsIn, type Proposals } from './binding/proposals';
import type { SharedDraft } from './binding/shared';

export class Proposed {
  private held: Proposals;
  private isStale = false;
  private frame: number | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly draft: SharedDraft) {
    this.held = proposalsIn(draft);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.listeners.size === 0) {
      this.draft.doc.on('update', this.soon);
      this.soon();
    }
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.draft.doc.off('update', this.soon);
      if (this.frame !== undefined) cancelAnimationFrame(this.frame);
      this.frame = undefined;
    };
  };

  /** As it was told last. */
  readonly snapshot = (): Proposals => this.held;

  /** As it is: what a page shows and has not written yet is taken in. */
  now(): Proposals {
    this.draft.settle();
    if (this.isStale || this.listeners.size === 0) this.read();
    return this.held;
  }

  /** What is drawn may have missed something: a word was being composed. */
  readonly soon = (): void => {
    this.isStale = true;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      if (this.isStale) this.read();
    });
  };

  private read(): void {
    this.isStale = false;
    this.held = proposalsIn(this.draft);
    for (const listener of this.listeners) listener();
  }
}
