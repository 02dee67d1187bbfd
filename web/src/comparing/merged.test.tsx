import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ComparedRow, Inline } from '../api/types';
import { loadWords } from '../words';
import { tell } from './changes';
import { Merged } from './merged';

beforeAll(() => loadWords('en'));

const words = (text: string): Inline[] => [{ type: 'text', text }];

function drawn(rows: ComparedRow[], language = 'en'): HTMLElement {
  const told = tell(rows);
  const page = document.createElement('div');
  page.innerHTML = renderToStaticMarkup(<Merged told={told} language={language} reading={{ changes: told.changes, current: 1 }} whole={false} />);
  return page;
}

const numbered = (label: string) => ({ type: 'numbered', level: 1, label }) as const;

describe('two texts in one', () => {
  it('says before and after what came and what is gone, and marks it with a sign and a number', () => {
    const page = drawn([
      { row: 'changed', old: numbered('6.'), new: numbered('6.'), pieces: [{ is: 'same', content: words('Counted ') }, { is: 'out', content: words('300') }, { is: 'in', content: words('312') }] },
    ]);
    expect(page.querySelector('del')?.textContent).toBe(' removed: 300 end of what was removed. ');
    expect(page.querySelector('ins')?.textContent).toBe(' added: 312 end of what was added. ');
    const mark = page.querySelector('.cm');
    expect([mark?.id, mark?.textContent, mark?.getAttribute('aria-label'), mark?.getAttribute('aria-current')]).toEqual(['change-1', '±1', 'Change 1, replaced', 'true']);
  });

  it('lets nothing that is said decide the direction of a paragraph', () => {
    const page = drawn([{ row: 'added', new: { type: 'paragraph', content: words('تطالب المنظمات') } }], 'ar');
    expect(page.querySelector('article')?.getAttribute('dir')).toBe('rtl');
    expect(page.querySelector('.para')?.getAttribute('dir')).toBe('auto');
    expect([...page.querySelectorAll('.para .hidden-words')].every((said) => said.getAttribute('dir') === 'ltr')).toBe(true);
  });

  it('folds what is the same and says how much it is', () => {
    const same = (label: string): ComparedRow => ({ row: 'same', old: numbered(label), new: numbered(label), pieces: [{ is: 'same', content: words('We ask.') }] });
    const page = drawn([same('1.'), same('2.'), { row: 'removed', old: { type: 'paragraph', content: words('Gone.') } }, same('3.')]);
    expect([...page.querySelectorAll('summary > :first-child')].map((summary) => summary.textContent)).toEqual(['Paragraphs 1 to 2: the same in both', 'Paragraph 3: the same in both']);
  });

  it('leaves a trace of what was moved, and says another number', () => {
    const page = drawn([
      { row: 'stood', id: 1 },
      { row: 'same', old: numbered('2.'), new: numbered('1.'), pieces: [{ is: 'same', content: words('We ask.') }] },
      { row: 'moved', id: 1, old: numbered('1.'), new: numbered('2.'), pieces: [{ is: 'same', content: words('Armed groups control the boats of the delta.') }] },
    ]);
    expect(page.querySelector('.ghost')?.textContent).toBe('1.“\u2068Armed groups control the boats of …\u2069” stood here. Now: Paragraph 2');
    expect(page.querySelector('.ghost a')?.getAttribute('href')).toBe('#change-1');
    expect(page.querySelector('.moved .tag')?.textContent).toContain('Moved from 1');
    expect(page.querySelector('.same .n')?.textContent).toBe('1. before 2. 2.');
  });

  it('draws no link that cannot stand', () => {
    const linked: Inline[] = [{ type: 'text', text: 'here', link: 'javascript:alert(1)' }];
    expect(drawn([{ row: 'added', new: { type: 'paragraph', content: linked } }]).querySelector('ins a')).toBeNull();
  });
});
