// Places, forms and appearance in words.
import { useTranslation } from 'react-i18next';
import type { BlockFrame } from '../api/types';
import type { Change, LookChange, Where } from './changes';

export function useTelling() {
  const { t } = useTranslation('comparing');
  const kind = ({ type, level = 1 }: BlockFrame): string => {
    switch (type) {
      case 'heading':
        return level === 1 ? t('form.title') : t('form.heading', { level: level - 1 });
      case 'paragraph':
      case 'quotation':
        return t(`form.${type}`);
      case 'numbered':
      case 'continuation':
      case 'bullet':
      case 'ordered':
        return level === 1 ? t(`form.${type}`) : t(`form.${type}-under`, { level });
    }
  };
  const form = ({ old, new: now }: { old: BlockFrame; new: BlockFrame }): string => {
    const became = old.type === now.type && old.level === now.level ? [] : [t('form.became', { before: kind(old), after: kind(now) })];
    return [...became, ...(old.dir === now.dir ? [] : [t(`form.${now.dir ?? 'auto'}`)])].join('; ');
  };
  const look = (changes: readonly LookChange[]): string =>
    changes.map((change) => ('to' in change ? t(`look.${change.how}`, { from: '', ...change }) : t(`look.${change.how}`))).join(', ');
  const where = (place: Where): string => {
    switch (place.in) {
      case 'title':
      case 'opening':
        return t(`where.${place.in}`);
      case 'paragraph':
      case 'after':
        return t(`where.${place.in}`, { cited: place.cited });
      case 'heading':
      case 'under':
        return t(`where.${place.in}`, { words: place.words });
      case 'note':
        return t('where.note', { number: place.number });
    }
  };
  const what = ({ what: name, from }: Change): string => (name === 'moved' && from !== undefined ? t('what.moved-from', { label: from.replace(/\.$/u, '') }) : t(`what.${name}`));
  return { form, look, where, what };
}

/** A sign for each kind of change, so that none is told by its colour. */
export const SIGN = { added: '+', removed: '−', replaced: '±', moved: '↕', form: '¶', look: '¶', note: '†' } as const;
