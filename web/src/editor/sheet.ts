// One of a draft's texts, as an editor has it before it.
import type { Text } from 'yjs';
import type { SharedDraft } from './binding/shared';

export interface Sheet {
  draft: SharedDraft;
  text: Text;
  root: string;
}
