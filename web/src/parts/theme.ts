// Mantine speaks our tokens: its colours, type and radii are names for ours, so that there is one place to change them.
import { createTheme, type CSSVariablesResolver } from '@mantine/core';

// What drops down from a button stays inside the window, over the button if need be, and scrolls within itself: at 400 % zoom a menu is
// taller than the window, and a page that scrolled to its items would carry the button, and with it the menu, away.
const DROPPED = {
  transitionProps: { duration: 80 },
  shadow: 'none',
  floatingStrategy: 'fixed',
  hideDetached: false,
  middlewares: { flip: true, shift: { crossAxis: true, padding: 8 }, inline: false },
} as const;

export const theme = createTheme({
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-code)',
  headings: { fontFamily: 'var(--font-text)', fontWeight: '400' },
  defaultRadius: 'var(--radius-2)',
  focusRing: 'never', // ours is drawn by components.css on :focus-visible
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'var(--radius-3)',
        transitionProps: { duration: 120, transition: 'fade' },
        overlayProps: { backgroundOpacity: 0.4 },
        size: '34rem',
      },
    },
    // Items that the Tab key reaches too: a list that scrolls must be somebody's who has no pointer.
    Menu: { defaultProps: { ...DROPPED, returnFocus: true, position: 'bottom-start', menuItemTabIndex: 0 } },
    Popover: { defaultProps: DROPPED },
  },
});

export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default': 'var(--paper)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-hover': 'var(--sunken)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-error': 'var(--red)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-shadow-md': 'var(--shadow-float)',
  },
  light: {},
  dark: {},
});

export type Appearance = 'auto' | 'light' | 'dark';

/** Marks the page for `tokens.css`; no mark means that the system decides. */
export function applyAppearance(appearance: Appearance): void {
  if (appearance === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = appearance;
}
