// What stands around a text that is being written: tools, who is here, what is asked. None of it is needed for the first letter, so it
// is loaded when the text stands. A line that drops one of these files is asked again; the text stays.
import { lazy } from 'react';

const AGAIN_MS = 3_000;

/** Loads it, however often it takes. */
export async function until<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}

const around = () => until(() => import('./around'));

export const Toolbar = lazy(async () => ({ default: (await around()).Toolbar }));
export const LinkDialog = lazy(async () => ({ default: (await around()).LinkDialog }));
export const SettledText = lazy(async () => ({ default: (await around()).SettledText }));
export const Aids = lazy(async () => ({ default: (await around()).Aids }));
export const BeforeFreezing = lazy(async () => ({ default: (await around()).BeforeFreezing }));
export const CountsPanel = lazy(async () => ({ default: (await around()).CountsPanel }));
export const Brackets = lazy(async () => ({ default: (await around()).Brackets }));
export const BracketsButton = lazy(async () => ({ default: (await around()).BracketsButton }));
export const Drafters = lazy(async () => ({ default: (await around()).Drafters }));
export const Beside = lazy(async () => ({ default: (await around()).Beside }));
export const RemarksButton = lazy(async () => ({ default: (await around()).RemarksButton }));
export const WhoAsked = lazy(async () => ({ default: (await around()).WhoAsked }));
export const WordIntake = lazy(async () => ({ default: (await around()).WordIntake }));
export const Presence = lazy(async () => ({ default: (await around()).Presence }));
export const Modes = lazy(async () => ({ default: (await around()).Modes }));
export const Confirm = lazy(async () => ({ default: (await around()).Confirm }));
// Few bring in a file.
export const WordDialog = lazy(async () => ({ default: (await until(() => import('./word-dialog'))).WordDialog }));
