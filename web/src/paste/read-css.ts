// The few declarations of a payload's style sheets that say what a text is: hidden, bold, right to left, an item of a list.
// A tolerant reader and not a browser's, because the page's own policy keeps pasted styles from ever taking effect, and because
// office programs write properties no browser keeps. Knows single selectors (`p`, `.a`, `p.a.b`, `#a`); what depends on an
// element's neighbours is passed over.

export type Style = ReadonlyMap<string, string>;

export interface Sheet {
  /** What holds for an element, its own `style` last. */
  of(element: Element): Style;
  /** `bullet`, `alpha-lower`: how Word numbers a level, by `l0:level1`. */
  listFormat(level: string): string | undefined;
}

// A clipboard of Word brings some hundred rules, a saved page some thousand.
const RULES_MAX = 20_000;

interface Rule {
  tag: string;
  classes: string[];
  style: Style;
  /** Place in the order in which later wins: weight first, then where it stands. */
  order: number;
}

const NOTHING: Style = new Map();

export function readSheets(document: Document): Sheet {
  const rules: Rule[] = [];
  const lists = new Map<string, string>();
  for (const element of document.querySelectorAll('style')) readSheet(element.textContent ?? '', rules, lists);
  const byTag = grouped(rules.filter(({ classes }) => classes.length === 0), ({ tag }) => tag);
  const byClass = grouped(rules.filter(({ classes }) => classes.length > 0), ({ classes }) => classes[0] ?? '');
  const known = new Map<string, Style>();

  const ruled = (tag: string, classes: string[]): Style => {
    const key = `${tag} ${classes.join(' ')}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const having = new Set(classes);
    const fitting = [...having].flatMap((name) => byClass.get(name) ?? []).filter((rule) => rule.tag === '' || rule.tag === tag);
    const all = [...(byTag.get(tag) ?? []), ...fitting.filter((rule) => rule.classes.every((name) => having.has(name)))];
    const style = merged(all.toSorted((one, other) => one.order - other.order).map((rule) => rule.style));
    known.set(key, style);
    return style;
  };

  return {
    of(element) {
      const names = element.getAttribute('class');
      const id = element.getAttribute('id');
      const classes = names === null ? [] : names.split(/\s+/u).filter((name) => name !== '');
      // A class never holds "#", so an identity can stand beside them.
      if (id !== null && byClass.has(`#${id}`)) classes.push(`#${id}`);
      const own = element.getAttribute('style');
      const from = ruled(element.localName, classes);
      return own === null ? from : merged([from, declarations(own)]);
    },
    listFormat: (level) => lists.get(level),
  };
}

/** The declarations of a `style` attribute. Names and values in small letters; a later one wins. */
export function declarations(css: string): Style {
  if (!css.includes(':')) return NOTHING;
  const found = new Map<string, string>();
  for (const part of css.split(';')) {
    const colon = part.indexOf(':');
    if (colon < 0) continue;
    const name = part.slice(0, colon).trim().toLowerCase();
    const value = part.slice(colon + 1).replace(/!\s*important\s*$/iu, '').trim().toLowerCase();
    if (name !== '' && value !== '') found.set(name, value);
  }
  return found;
}

function merged(styles: Style[]): Style {
  if (styles.length <= 1) return styles[0] ?? NOTHING;
  return new Map(styles.flatMap((style) => [...style]));
}

function grouped(rules: Rule[], key: (rule: Rule) => string): Map<string, Rule[]> {
  const groups = new Map<string, Rule[]>();
  for (const rule of rules) {
    const group = groups.get(key(rule));
    if (group === undefined) groups.set(key(rule), [rule]);
    else group.push(rule);
  }
  return groups;
}

function readSheet(css: string, rules: Rule[], lists: Map<string, string>): void {
  const plain = css.replace(/\/\*[\s\S]*?(?:\*\/|$)|<!--|-->/gu, ' ');
  let at = 0;
  while (at < plain.length && rules.length < RULES_MAX) {
    const opens = plain.indexOf('{', at);
    if (opens < 0) return;
    // `@import "a";` has no block and ends before the next rule.
    const before = plain.slice(at, opens);
    const head = before.slice(before.lastIndexOf(';') + 1).trim();
    const nested = head.startsWith('@') && !/^@(?:list|font-face|page)\b/iu.test(head);
    const closes = nested ? endOfNested(plain, opens) : plain.indexOf('}', opens);
    const body = plain.slice(opens + 1, closes < 0 ? undefined : closes);
    at = closes < 0 ? plain.length : closes + 1;
    const list = /^@list\s+(l\d+:level\d+)/iu.exec(head)?.[1]?.toLowerCase();
    if (list !== undefined) lists.set(list, declarations(body).get('mso-level-number-format') ?? 'decimal');
    else if (!head.startsWith('@')) addRules(head, declarations(body), rules);
  }
}

function endOfNested(css: string, opens: number): number {
  let depth = 0;
  for (let at = opens; at < css.length; at += 1) {
    if (css[at] === '{') depth += 1;
    else if (css[at] === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function addRules(head: string, style: Style, rules: Rule[]): void {
  for (const selector of head.split(',')) {
    const parts = /^\s*([a-z][\w\\:-]*|\*)?((?:\.[\w-]+)*)(#[\w-]+)?\s*$/iu.exec(selector);
    if (parts === null || rules.length >= RULES_MAX) continue;
    const [, tag = '', classes = '', id] = parts;
    const names = [...(id === undefined ? [] : [id]), ...classes.split('.').filter((name) => name !== '')];
    if (tag === '*' || (tag === '' && names.length === 0)) continue;
    const weight = (id === undefined ? 0 : 1000) + 10 * (names.length - (id === undefined ? 0 : 1)) + (tag === '' ? 0 : 1);
    rules.push({ tag: tag.toLowerCase(), classes: names, style, order: weight * RULES_MAX + rules.length });
  }
}
