// A tip: a few words about a control that shows only a sign, or says why a control is off. It comes on hover and on
// keyboard focus, stays while the pointer is on either of the two, and Escape sends it away (WCAG 2.2, 1.4.13). `title`
// does none of that, so nothing here has one; and a tip never says what is said nowhere else to those who touch.
import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';

// Long enough that a pointer on its way across a bar opens nothing.
const OPEN_AFTER_MS = 300;
const CLOSE_AFTER_MS = 100;

export function Tip({ words, children }: { words: string | undefined; children: ReactElement }) {
  return (
    <Tooltip
      label={words}
      disabled={words === undefined}
      events={{ hover: true, focus: true, touch: false }}
      interactive
      position="bottom"
      openDelay={OPEN_AFTER_MS}
      closeDelay={CLOSE_AFTER_MS}
      transitionProps={{ duration: 80 }}
      multiline
    >
      {children}
    </Tooltip>
  );
}

/** Whether a tip is open: the Escape that sends it away means nothing else. */
export function tipIsOpen(): boolean {
  return document.querySelector('[role="tooltip"]') !== null;
}
