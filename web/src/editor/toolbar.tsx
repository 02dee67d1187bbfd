// One tab stop; arrow keys inside; Alt+F10 in the text leads here and Escape leads back.
import { Menu } from '@mantine/core';
import { useEditorState, type Editor } from '@tiptap/react';
import { memo, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../parts/icon';
import { Tip, tipIsOpen } from '../parts/tip';
import { shapeOf, type Direction } from '../text/draft';
import { HABITS } from './habits';
import { spelled } from './keys';

const STYLES = ['paragraph', 'title', 'heading:1', 'heading:2', 'heading:3', 'numbered:1', 'numbered:2', 'numbered:3', 'continuation:1', 'quotation'] as const;
// What becomes the style when it is typed at the head of a paragraph.
const TYPED: Partial<Record<string, string>> = Object.fromEntries(HABITS.map(({ block, typed }) => [block, typed[0]]));
type BlockStyle = (typeof STYLES)[number] | 'list' | 'unknown';
const DIRECTIONS = ['auto', 'ltr', 'rtl'] as const;
type BlockDir = (typeof DIRECTIONS)[number];

interface Props {
  /** The one that is written in: the text's, or that of an open footnote. */
  editor: Editor;
  /** Of a footnote: it has paragraphs only, and holds no footnote. */
  inNote: boolean;
  onLink: () => void;
  /** A thread is to be opened on what is chosen. */
  onRemark: () => void;
  /** It is asked who wrote what is chosen. */
  onAsk: () => void;
  /** What is chosen is to be put into brackets; nothing where words are only proposed. */
  onBracket?: (() => void) | undefined;
  ref?: Ref<HTMLDivElement>;
}

// Drawn anew when what it shows changes, not at every pause in the writing.
export const Toolbar = memo(function Toolbar({ editor, inNote, onLink, onRemark, onAsk, onBracket, ref }: Props) {
  const { t } = useTranslation('drafting');
  const now = useEditorState({
    editor,
    selector: ({ editor: at }) => ({
      style: styleOf(at),
      bold: at.isActive('bold'),
      italic: at.isActive('italic'),
      link: at.isActive('link'),
      bracket: at.isActive('bracket'),
      bullets: kindAt(at) === 'bullet',
      numbers: kindAt(at) === 'ordered',
      in: at.can().indent(1),
      out: at.can().indent(-1),
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
        <StyleMenu editor={editor} style={now.style} off={inNote} />
        <span className="sep" />
        <Tool label={t('toolbar.bold')} keys={spelled('bold')} pressed={now.bold} act={() => chain().toggleBold().run()}>
          <b>B</b>
        </Tool>
        <Tool label={t('toolbar.italic')} keys={spelled('italic')} pressed={now.italic} act={() => chain().toggleItalic().run()}>
          <i className="serif">I</i>
        </Tool>
        <Tool label={t('toolbar.link')} keys={spelled('link')} pressed={now.link} act={onLink} icon="link" />
        <Tool label={t('toolbar.bullets')} pressed={now.bullets} off={inNote} act={() => chain().toggleBlock('bullet:1').run()} icon="bullets" />
        <Tool label={t('toolbar.numbers')} pressed={now.numbers} off={inNote} act={() => chain().toggleBlock('ordered:1').run()} icon="numbers" />
        <Tool label={t('toolbar.outdent')} keys={spelled('out')} off={!now.out} act={() => chain().indent(-1).run()} icon="outdent" />
        <Tool label={t('toolbar.indent')} keys={spelled('in')} off={!now.in} act={() => chain().indent(1).run()} icon="indent" />
        <Tool label={t('toolbar.footnote')} keys={spelled('footnote')} off={inNote} act={() => chain().insertFootnote().run()}>
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
        <Tool label={t('toolbar.undo')} keys={spelled('undo')} off={!now.undo} act={() => chain().undo().run()} icon="undo" />
        <Tool label={t('toolbar.redo')} keys={spelled('redo')} off={!now.redo} act={() => chain().redo().run()} icon="redo" />
        <span className="sep" />
        <Tool label={t('toolbar.remark')} keys={spelled('remark')} act={onRemark} icon="remark" />
        <Tool label={t('toolbar.asked')} keys={spelled('asked')} act={onAsk} icon="asked" />
        <Tool label={t('toolbar.bracket')} keys={spelled('bracket')} pressed={now.bracket} off={onBracket === undefined} act={() => onBracket?.()} icon="bracket" />
      </div>
    </div>
  );
});

function StyleMenu({ editor, style, off }: { editor: Editor; style: BlockStyle; off: boolean }) {
  const { t } = useTranslation('drafting');
  const name = t(`style.${keyOf(style)}`);
  return (
    <Menu returnFocus withInitialFocusPlaceholder={false} disabled={off}>
      <Menu.Target>
        <button type="button" className="style-button" aria-label={t('toolbar.style', { style: name })} aria-disabled={off || undefined}>
          <span>{name}</span> <Icon name="chevron" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={style} onChange={(chosen) => editor.chain().focus().setBlock(chosen).run()}>
          {STYLES.map((one) => (
            <Menu.RadioItem
              key={one}
              value={one}
              className={`style-${keyOf(one)}`}
              checkIcon={<Icon name="tick" />}
              rightSection={
                <bdi className="style-typed" aria-hidden="true">
                  {TYPED[one]}
                </bdi>
              }
              closeMenuOnClick
            >
              {t(`style.${keyOf(one)}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
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

type Dashed<Name extends string> = Name extends `${infer Kind}:${infer Level}` ? `${Kind}-${Level}` : Name;

/** The style's name among the words. */
function keyOf<Name extends BlockStyle>(style: Name): Dashed<Name> {
  return style.replace(':', '-') as Dashed<Name>;
}

function shapeAt(editor: Editor) {
  const { $from } = editor.state.selection;
  return $from.depth === 0 ? undefined : shapeOf($from.node(1).attrs.block);
}

function kindAt(editor: Editor) {
  return shapeAt(editor)?.kind;
}

function styleOf(editor: Editor): BlockStyle {
  const { $from } = editor.state.selection;
  const block: unknown = $from.depth === 0 ? 'paragraph' : $from.node(1).attrs.block;
  const kind = shapeOf(block)?.kind;
  if (kind === 'bullet' || kind === 'ordered') return 'list';
  if (kind === 'continuation') return 'continuation:1';
  return STYLES.find((style) => style === block) ?? 'unknown';
}

function stored(dir: BlockDir): Direction | null {
  return dir === 'auto' ? null : dir;
}
