// Line drawings of 18 px, always beside words or inside something that has a label; never read out by themselves.

const PATHS = {
  add: 'M9 3.5v11 M3.5 9h11',
  asked: 'M6.500 3a2.700 2.700 0 1 0 0 5.400a2.700 2.700 0 1 0 0-5.400z M1.800 14.800c0-2.800 2-4.600 4.700-4.600s4.700 1.800 4.700 4.600 M12 5.200a2 2 0 1 1 2.800 1.900c-.6.300-.8.700-.8 1.400 M14 10.800h.01',
  bracket: 'M6.5 3H4v12h2.5 M11.5 3H14v12h-2.500 M7 9h4',
  bullets: 'M6.5 4.5H15 M6.5 9H15 M6.5 13.5H15 M3 4.5h.01 M3 9h.01 M3 13.5h.01',
  chevron: 'M5 7.2l4 4 4-4',
  circle: 'M9 2.4a6.6 6.6 0 1 0 0 13.200a6.6 6.6 0 1 0 0-13.200z',
  clock: 'M9 2.4a6.6 6.6 0 1 0 0 13.200a6.6 6.6 0 1 0 0-13.200z M9 5v4.2l2.700 1.700',
  cloud: 'M5.2 13.8a3.2 3.2 0 0 1-.3-6.4 4.3 4.3 0 0 1 8.3 1 2.7 2.7 0 0 1-.4 5.4z M6.8 10.3l1.6 1.6 2.8-3.1',
  'cloud-busy': 'M5.2 13.8a3.2 3.2 0 0 1-.3-6.4 4.3 4.3 0 0 1 8.3 1 2.7 2.7 0 0 1-.4 5.4z M7 10.600h.01 M9 10.600h.01 M11 10.600h.01',
  'cloud-off': 'M5.2 13.8a3.2 3.2 0 0 1-.3-6.4 4.3 4.3 0 0 1 8.3 1 2.7 2.7 0 0 1-.4 5.4z M2.5 2.500l13 13',
  cross: 'M4.500 4.500l9 9 M13.500 4.500l-9 9',
  copy: 'M6 6h9v9H6z M12 6V3H3v9h3',
  direction: 'M3 5.5h12 M12.200 2.800L15 5.500l-2.800 2.700 M15 12.500H3 M5.800 9.800L3 12.500l2.800 2.700',
  download: 'M9 2.5v9 M5.2 8L9 11.8 12.8 8 M3 15.2h12',
  edit: 'M3.5 14.5l.8-3.2 8-8 2.4 2.4-8 8z M10.8 4.8l2.4 2.4',
  eye: 'M1.8 9S4.5 4.2 9 4.2 16.2 9 16.2 9 13.5 13.8 9 13.8 1.8 9 1.8 9z M9 6.9a2.1 2.1 0 1 0 0 4.200a2.1 2.1 0 1 0 0-4.200z',
  indent: 'M3 4.500h12 M8.500 9H15 M3 13.500h12 M3 7l2.500 2L3 11',
  keyboard: 'M2 5h14v8.500H2z M4.500 7.500h.01 M7.500 7.500h.01 M10.500 7.500h.01 M13.500 7.500h.01 M5.500 11h7',
  letter: 'M2.2 4.2h13.6v9.6H2.2z M2.4 4.6L9 9.8l6.6-5.2',
  link: 'M7.6 10.4a2.8 2.8 0 0 0 4 0l2.4-2.4a2.8 2.8 0 0 0-4-4l-.8.8 M10.4 7.6a2.8 2.8 0 0 0-4 0L4 10a2.8 2.8 0 0 0 4 4l.8-.8',
  lock: 'M4 8h10v7H4z M6 8V6a3 3 0 0 1 6 0v2',
  numbers: 'M7.500 4.5H15 M7.500 9H15 M7.500 13.5H15 M2.600 3.600l1.200-.8v3.600 M2.500 11.900c.6-.8 2.100-.6 2 .4 0 .8-1.200 1.300-2 2.300h2.200',
  outdent: 'M3 4.500h12 M8.500 9H15 M3 13.500h12 M5.500 7L3 9l2.500 2',
  outline: 'M3 4.500h12 M6 9h9 M6 13.500h9',
  redo: 'M14.500 7.500H7a3.500 3.500 0 0 0 0 7h4 M11.500 4.500l3 3-3 3',
  remark: 'M3 3.500h12v8.500H9l-3.500 3v-3H3z',
  search: 'M8 3.300a4.7 4.7 0 1 0 0 9.400a4.7 4.7 0 1 0 0-9.400z M11.6 11.6l3.4 3.4',
  sign: 'M2.5 15.5h13 M4 11.5c2-6 4.5-8.5 5.5-7.5s-2.5 5-1.5 6 2.5-2.500 3.500-1.800-.2 2 .7 2.300 1.300-.5 2-1',
  suggest: 'M3 13.5l.7-2.8 6.6-6.6 2.1 2.1-6.6 6.6z M13 11v5 M10.500 13.500h5',
  tick: 'M3.5 9.5l3.7 3.7 7.3-8.2',
  undo: 'M3.500 7.500H11a3.500 3.500 0 0 1 0 7H7 M6.500 4.500l-3 3 3 3',
  up: 'M5 10.8l4-4 4 4',
  upload: 'M9 11.8V3 M5.2 6.6L9 2.8l3.8 3.8 M2.8 11.5v3.7h12.4v-3.7',
  warning: 'M9 2.6l7 12.3H2z M9 7.2v3.6 M9 12.8h.01',
} as const;

export type IconName = keyof typeof PATHS;

/** `flip` mirrors a drawing that points somewhere when the page runs from right to left. */
export function Icon({ name, flip = false }: { name: IconName; flip?: boolean }) {
  return (
    <svg className={flip ? 'icon flip' : 'icon'} viewBox="0 0 18 18" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The mark: a cross on a line, "sign here". */
export function Mark() {
  return (
    <svg viewBox="0 0 28 28" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2.25" strokeLinecap="round">
      <path d="M3.5 22.5h21" />
      <path d="M5 8.500l8.500 8.500 M13.500 8.500L5 17" />
    </svg>
  );
}
