// What "/" offers, below the paragraph it was typed in (slash.ts). The caret stays in the text: arrows choose, Enter takes.
import { useEditorState, type Editor } from '@tiptap/react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../parts/announce';
import { offered, takes } from './slash';

export function SlashMenu({ editor }: { editor: Editor }) {
  const { t } = useTranslation('drafting');
  const open = useEditorState({ editor, selector: ({ editor: at }) => offered(at.state) });
  const list = useRef<HTMLDivElement>(null);
  const isOpen = open !== undefined;
  const place = usePlace(editor, open?.pos, list);
  const count = open?.offers.length ?? 0;
  useEffect(() => {
    if (isOpen) announce(t('slash.opened', { count }));
    // Said when it opens; what is chosen is told by the list.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isOpen]);
  const chosen = open?.chosen ?? -1;
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  if (open === undefined) return null;
  return (
    <div ref={list} id="slash-menu" className="slash-menu" role="listbox" aria-label={t('slash.label')} style={place}>
      {open.offers.map((offer, at) => (
        // Keys go to the text, which says by its attributes what is chosen here.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={offer.what}
          id={`slash-${at}`}
          role="option"
          aria-selected={at === open.chosen}
          // The text keeps its caret and, on a phone, its keyboard.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => takes(editor, offer)}
        >
          {offer.label}
        </div>
      ))}
    </div>
  );
}

const GAP_PX = 6;

/** Below the line, or above it where there is more room; it begins where the line begins. */
function usePlace(editor: Editor, pos: number | undefined, list: { current: HTMLElement | null }): Record<string, number> {
  const [place, setPlace] = useState<Record<string, number>>({});
  useLayoutEffect(() => {
    if (pos === undefined) return undefined;
    const puts = () => {
      if (editor.isDestroyed || pos + 1 > editor.state.doc.content.size) return;
      const line = editor.view.coordsAtPos(pos + 1);
      const { offsetHeight: height = 0, offsetWidth: width = 0 } = list.current ?? {};
      const below = line.bottom + GAP_PX + height <= window.innerHeight || line.top < window.innerHeight / 2;
      const runsBack = getComputedStyle(editor.view.domAtPos(pos + 1).node.parentElement ?? editor.view.dom).direction === 'rtl';
      const left = Math.max(GAP_PX, Math.min(runsBack ? line.right - width : line.left, document.documentElement.clientWidth - width - GAP_PX));
      setPlace(below ? { left, top: line.bottom + GAP_PX } : { left, top: Math.max(GAP_PX, line.top - GAP_PX - height) });
    };
    puts();
    addEventListener('scroll', puts, { passive: true });
    addEventListener('resize', puts);
    return () => {
      removeEventListener('scroll', puts);
      removeEventListener('resize', puts);
    };
  }, [editor, pos, list]);
  return place;
}
