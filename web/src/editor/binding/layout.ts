// What operations make of a text, told beside what the text is: which units stay, which go, what comes and where, and what is to be
// different about units that stay. What comes in the place of units that go stands behind them.
import type { Attributes } from './attributes';
import type { Operation } from './operations';
import type { Unit } from './units';

/** Units of the text before by their places there, or new ones. */
export type Run = { is: 'stays' | 'gone'; from: number; length: number } | { is: 'new'; units: Unit[] };

/** Units of the text before that stay, and what they are to be. */
export interface Claim {
  from: number;
  length: number;
  set: Attributes;
  /** Said of a mark since what stood before it is gone, or something came there. */
  closes: boolean;
}

export class Layout {
  private runs: Run[];
  readonly claims: Claim[] = [];

  constructor(length: number) {
    this.runs = length > 0 ? [{ is: 'stays', from: 0, length }] : [];
  }

  all(): readonly Run[] {
    return this.runs;
  }

  perform(operation: Operation): void {
    const { at } = operation;
    switch (operation.is) {
      case 'insert': {
        const units = operation.units.filter(({ is }) => typeof is === 'string' || is.note !== '');
        this.runs.splice(this.cut(at), 0, { is: 'new', units: [...units] });
        break;
      }
      case 'delete':
        this.within(at, operation.length, (run) => (run.is === 'new' ? [] : [{ ...run, is: 'gone' }]));
        break;
      case 'format':
        this.within(at, operation.length, (run) => {
          if (run.is === 'new') return [{ is: 'new', units: run.units.map((unit) => ({ ...unit, attributes: changed(unit.attributes, operation.set) })) }];
          this.claims.push({ from: run.from, length: run.length, set: operation.set, closes: operation.closes === true });
          return [run];
        });
        break;
    }
  }

  /** Puts others in the place of the runs that stand from one place to another. */
  private within(at: number, length: number, becomes: (run: Run) => Run[]): void {
    const start = this.cut(at);
    const end = this.cut(at + length);
    const changing = this.runs.slice(start, end);
    this.runs.splice(start, end - start, ...changing.flatMap((run) => (run.is === 'gone' ? [run] : becomes(run))));
  }

  /** Which run stands at a place: the first behind what is gone there. Parts one that goes across it. */
  private cut(at: number): number {
    let left = at;
    for (let index = 0; index < this.runs.length; index += 1) {
      const run = this.runs[index];
      if (run === undefined || run.is === 'gone') continue;
      if (left === 0) return index;
      const length = lengthOf(run);
      if (left < length) {
        this.runs.splice(index, 1, ...parted(run, left));
        return index + 1;
      }
      left -= length;
    }
    return this.runs.length;
  }
}

export function lengthOf(run: Run): number {
  return run.is === 'new' ? run.units.length : run.length;
}

function parted(run: Run, at: number): Run[] {
  if (run.is === 'new') return [{ is: 'new', units: run.units.slice(0, at) }, { is: 'new', units: run.units.slice(at) }];
  return [{ ...run, length: at }, { ...run, from: run.from + at, length: run.length - at }];
}

function changed(attributes: Attributes, set: Attributes): Attributes {
  const all = { ...attributes, ...set };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}
