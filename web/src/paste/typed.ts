// Numbers and bullets that were typed as words. Only where they make a row are they labels, which a draft counts by itself; alone
// they are words and stay.
import { isNote, SOFT_RETURN, wordsOf, type Letters, type NoteRef } from './blocks';
import { typedLabel, type Reading } from './labels';
import { trimmed } from './letters';
import { typedList, type Found } from './numbering';

/** Paragraphs that were typed as items are items. */
export const withTypedLabels = (found: Found[]): Found[] => withTypedBullets(withTypedNumbers(found.flatMap((one) => lineByLine(one))));

/** In letters a list is often one paragraph with soft returns: where its lines count on, each is one of its own. */
function lineByLine(one: Found): Found[] {
  if (one.kind !== 'paragraph' || !wordsOf(one.content).includes(SOFT_RETURN)) return [one];
  const lines = linesOf(one.content);
  const begins = new Set<number>();
  let before: { at: number; readings: Reading[] } | undefined;
  for (const [at, line] of lines.entries()) {
    const readings = typedLabel(beginning(line))?.readings;
    if (readings === undefined) continue;
    const last = before;
    before = { at, readings };
    if (last === undefined || !readings.some(({ form, value }) => last.readings.some((other) => other.form === form && other.value === value - 1))) continue;
    begins.add(last.at).add(at);
  }
  if (begins.size === 0) return [one];
  const parts: Found['content'][] = [];
  for (const [at, line] of lines.entries()) {
    const last = parts.at(-1);
    if (last === undefined || begins.has(at)) parts.push(line);
    else parts[parts.length - 1] = [...last, { text: SOFT_RETURN }, ...line];
  }
  return parts.filter((part) => part.length > 0).map((content) => ({ ...one, content: trimmed(content) }));
}

function linesOf(content: Found['content']): Found['content'][] {
  const lines: Found['content'][] = [[]];
  for (const one of content) {
    if (isNote(one)) lines.at(-1)?.push(one);
    else {
      for (const [at, text] of one.text.split(SOFT_RETURN).entries()) {
        if (at > 0) lines.push([]);
        if (text !== '') lines.at(-1)?.push({ ...one, text });
      }
    }
  }
  return lines;
}

interface Row {
  last: number;
  level: 1 | 2 | 3;
  /** Each member's number, and how much of its words is the label. */
  members: Map<Found, { value: number; length: number }>;
}

/** Paragraphs whose typed labels make a row, at least two that count on, are items; their labels go. */
function withTypedNumbers(found: Found[]): Found[] {
  const rows: Row[] = [];
  const open = new Map<string, Row>();
  for (const one of found) {
    if (one.kind !== 'paragraph') {
      if (one.kind === 'heading' || one.kind === 'title') for (const [form, row] of open) if (row.level > 1) open.delete(form);
      continue;
    }
    const label = typedLabel(beginning(one.content));
    if (label === undefined) continue;
    const on = label.readings.filter(({ form, value }) => open.get(form)?.last === value - 1).toSorted((a, b) => a.level - b.level)[0];
    for (const { form, value, level } of on === undefined ? label.readings : [on]) {
      const row = on === undefined ? { last: value, level, members: new Map() } : (open.get(form) as Row);
      if (on === undefined) rows.push(row);
      open.set(form, row);
      row.last = value;
      row.members.set(one, { value, length: label.length });
    }
    const least = Math.min(...(on === undefined ? label.readings : [on]).map(({ level }) => level));
    for (const [form, row] of open) if (row.level > least && !row.members.has(one)) open.delete(form);
  }
  return labelled(found, rows.filter(({ members }) => members.size > 1));
}

function labelled(found: Found[], rows: Row[]): Found[] {
  const labels = new Map<Found, { name: string; level: 1 | 2 | 3; value: number; length: number }>();
  for (const [place, { level, members }] of rows.entries()) {
    for (const [one, label] of members) if (!labels.has(one)) labels.set(one, { name: typedList(place), level, ...label });
  }
  let top: string | undefined;
  return found.map((one) => {
    const label = labels.get(one);
    if (label === undefined) return one;
    const { name, level, value, length } = label;
    if (level === 1) top = name;
    const counts = { readings: [{ form: '', value, level }], list: top ?? name };
    return { ...one, kind: 'item', level, counts, content: without(one.content, length) };
  });
}

// A dash can begin a sentence, and where people speak it does; two paragraphs on end with one are a list. The long dash is left
// to those who speak.
const BULLET = /^[ \u00A0]*(?:([•‣◦▪●○■·])|([-–*]))[ \u00A0]+(?=\S)/u;

function withTypedBullets(found: Found[]): Found[] {
  const bullets = found.map((one) => (one.kind === 'paragraph' ? BULLET.exec(beginning(one.content)) : null));
  return found.map((one, at) => {
    const [whole, sure, dash] = bullets[at] ?? [];
    if (whole === undefined) return one;
    const near = [bullets[at - 1]?.[2], bullets[at + 1]?.[2]];
    if (sure === undefined && !near.includes(dash)) return one;
    return { ...one, kind: 'item', level: 1, content: without(one.content, whole.length) };
  });
}

/** The words before the first note. */
function beginning(content: (Letters | NoteRef)[]): string {
  const end = content.findIndex((one) => isNote(one));
  return wordsOf(end < 0 ? content : content.slice(0, end)).slice(0, 40);
}

function without(content: (Letters | NoteRef)[], length: number): (Letters | NoteRef)[] {
  let rest = length;
  return content.flatMap((one) => {
    if (isNote(one) || rest === 0) return [one];
    const cut = Math.min(rest, one.text.length);
    rest -= cut;
    return cut === one.text.length ? [] : [{ ...one, text: one.text.slice(cut) }];
  });
}
