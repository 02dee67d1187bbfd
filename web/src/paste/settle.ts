// From what was found to what is pasted: typed labels are told from words, numbers counted, what is too much left out.
import { BLOCKS_MAX, type LeftOut, type Pasted } from './blocks';
import { trimmed } from './letters';
import { numbered, type Found } from './numbering';
import { withTypedLabels } from './typed';

/** `melts` says that no block of the payload's had begun: one paragraph of such words stays as it is. */
export function settled(found: Found[], left: LeftOut[], melts: boolean): Pasted {
  const labelled = withTypedLabels(found);
  if (melts && labelled.length === 1) return { blocks: numbered(found), left, open: true };
  const kept = labelled.slice(0, BLOCKS_MAX).map((one) => ({ ...one, content: trimmed(one.content) }));
  return { blocks: numbered(kept), left: kept.length < labelled.length ? [...new Set<LeftOut>([...left, 'rest'])] : left, open: false };
}
