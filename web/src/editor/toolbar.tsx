// One tab stop; arrow keys inside; Alt+F10 in the text leads here and Escape leads back.
import { Menu } from '@mantine/core';
import { useEditorState, type Editor } from '@tiptap/react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../parts/icon';
import { Tip, tipIsOpen } from '../parts/tip';
import type { Direction } from './direction';

const STYLES = ['paragraph', 'numbered', 'sub', 'heading-1', 'heading-2', 'heading-3', 'quote'] as const;
type BlockStyle = (typeof STYLES)[number];
const DIRECTIONS = ['auto', 'ltr', 'rtl'] as const;
type BlockDir = (typeof DIRECTIONS)[number];

export function Toolbar({ editor, onLink, ref }: { editor: Editor; onLink: () => void; ref?: Ref<HTMLDivElement> }) {
  const { t } = useTranslation('drafting');
  const now = useEditorState({
    editor,
    selector: ({ editor: at }) => ({
      style: styleOf(at),
      bold: at.isActive('bold'),
      italic: at.isActive('italic'),
      link: at.isActive('link'),
      bullets: at.isActive('bulletList'),
      numbers: at.isActive('orderedList'),
      dir: (at.state.selection.$from.parent.attrs.dir ?? 'auto') as BlockDir,
      undo: at.can().undo(),
      redo: at.can().redo(),
    }),
  });
  const chain = () => editor.chain().focus();

  return (
    <div
      ref={ref}
      role="toolbar"
      aria-label={t('toolbar.label')}
      aria-orientation="horizontal"
      className="toolbar"
      onKeyDown={(event) => move(event, editor)}
    >
      <div className="bar-in">
        <Menu returnFocus withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <button type="button" className="style-button" aria-label={t('toolbar.style', { style: t(`style.${now.style}`) })}>
              {t(`style.${now.style}`)} <Icon name="chevron" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.RadioGroup value={now.style} onChange={(style) => setStyle(editor, style as BlockStyle)}>
              {STYLES.map((style) => (
                <Menu.RadioItem key={style} value={style} className={`style-${style}`} checkIcon={<Icon name="tick" />} closeMenuOnClick>
                  {t(`style.${style}`)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Dropdown>
        </Menu>
        <span className="sep" />
        <Tool label={t('toolbar.bold')} keys="Control+B" pressed={now.bold} act={() => chain().toggleBold().run()}>
          <b>B</b>
        </Tool>
        <Tool label={t('toolbar.italic')} keys="Control+I" pressed={now.italic} act={() => chain().toggleItalic().run()}>
          <i className="serif">I</i>
        </Tool>
        <Tool label={t('toolbar.link')} keys="Control+K" pressed={now.link} act={onLink} icon="link" />
        <Tool label={t('toolbar.bullets')} pressed={now.bullets} act={() => chain().toggleBulletList().run()} icon="bullets" />
        <Tool label={t('toolbar.numbers')} pressed={now.numbers} act={() => chain().toggleOrderedList().run()} icon="numbers" />
        <Tool label={t('toolbar.footnote')} keys="Control+Alt+F" act={() => chain().insertFootnote().run()}>
          <span>
            x<sup className="fn-glyph">1</sup>
          </span>
        </Tool>
        <Menu returnFocus withInitialFocusPlaceholder={false}>
          <Tip words={t('toolbar.direction', { direction: t(`direction.${now.dir}`) })}>
            <Menu.Target>
              <button type="button" tabIndex={-1} aria-label={t('toolbar.direction', { direction: t(`direction.${now.dir}`) })}>
                <Icon name="direction" />
              </button>
            </Menu.Target>
          </Tip>
          <Menu.Dropdown>
            <Menu.RadioGroup value={now.dir} onChange={(dir) => chain().setDirection(stored(dir as BlockDir)).run()}>
              {DIRECTIONS.map((dir) => (
                <Menu.RadioItem key={dir} value={dir} checkIcon={<Icon name="tick" />} closeMenuOnClick>
                  {t(`direction.${dir}`)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Dropdown>
        </Menu>
        <span className="sep" />
        <Tool label={t('toolbar.undo')} keys="Control+Z" off={!now.undo} act={() => chain().undo().run()} icon="undo" />
        <Tool label={t('toolbar.redo')} keys="Control+Y" off={!now.redo} act={() => chain().redo().run()} icon="redo" />
      </div>
    </div>
  );
}

interface ToolProps {
  label: string;
  act: () => void;
  keys?: string;
  pressed?: boolean;
  off?: boolean;
  icon?: IconName;
  children?: ReactNode;
}

function Tool({ label, act, keys, pressed, off = false, icon, children }: ToolProps) {
  return (
    <Tip words={keys === undefined ? label : `${label} (${keys.replace('Control', 'Ctrl')})`}>
      <button
        type="button"
        aria-label={label}
        aria-keyshortcuts={keys}
        aria-pressed={pressed}
        aria-disabled={off || undefined}
        tabIndex={-1}
        // The text keeps its selection and, on a phone, its keyboard.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          if (!off) act();
        }}
      >
        {icon === undefined ? children : <Icon name={icon} flip={icon === 'undo' || icon === 'redo'} />}
      </button>
    </Tip>
  );
}

function move(event: KeyboardEvent<HTMLElement>, editor: Editor) {
  const bar = event.currentTarget;
  const buttons = Array.from(bar.querySelectorAll<HTMLButtonElement>('.bar-in > button'));
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  if (at < 0) return;
  const forward = getComputedStyle(bar).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const backward = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
  const to = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (event.key === 'Escape') {
    if (!tipIsOpen()) editor.commands.focus();
    return;
  }
  if (to === undefined) return;
  event.preventDefault();
  const next = buttons[(to + buttons.length) % buttons.length];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next?.focus();
}

function styleOf(editor: Editor): BlockStyle {
  const { parent } = editor.state.selection.$from;
  if (parent.type.name === 'heading') return `heading-${Math.min(3, Math.max(1, Number(parent.attrs.level))) as 1 | 2 | 3}`;
  if (parent.type.name === 'numberedParagraph') return parent.attrs.level === 2 ? 'sub' : 'numbered';
  return editor.isActive('blockquote') ? 'quote' : 'paragraph';
}

function setStyle(editor: Editor, style: BlockStyle) {
  const chain = editor.chain().focus();
  // A list holds paragraphs only: any other style steps out of it first.
  const free = editor.isActive('listItem') && style !== 'paragraph' ? chain.clearNodes() : chain;
  const plain = editor.isActive('blockquote') && style !== 'quote' ? free.lift('blockquote') : free;
  switch (style) {
    case 'paragraph':
      return plain.setParagraph().run();
    case 'numbered':
      return plain.setNumbered(1).run();
    case 'sub':
      return plain.setNumbered(2).run();
    case 'heading-1':
      return plain.setHeading({ level: 1 }).run();
    case 'heading-2':
      return plain.setHeading({ level: 2 }).run();
    case 'heading-3':
      return plain.setHeading({ level: 3 }).run();
    case 'quote':
      return editor.isActive('blockquote') ? true : free.setParagraph().setBlockquote().run();
  }
}

function stored(dir: BlockDir): Direction {
  return dir === 'auto' ? null : dir;
}
