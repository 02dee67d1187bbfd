// The direction a language is written in, by one list that the server reads too. A script that is named decides; without
// one, the language's habit in its region; without that, the language's (CLDR 48, likely scripts).
import rightToLeft from './right-to-left.json';

const SCRIPTS = new Set(rightToLeft.scripts);
const LANGUAGES = new Set(rightToLeft.languages);
const REGIONS = new Set(rightToLeft.regions);

/** The direction of a BCP 47 tag: of the page around the blocks, which keep their own. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  const [first = '', ...others] = tag.split(/[-_]/u);
  const language = first.toLowerCase();
  const script = others.find((part) => part.length === 4 && /^[a-z]+$/iu.test(part));
  if (script !== undefined) return SCRIPTS.has(script[0]?.toUpperCase() + script.slice(1).toLowerCase()) ? 'rtl' : 'ltr';
  const region = others.find((part) => /^[a-z]{2}$/iu.test(part))?.toUpperCase();
  return LANGUAGES.has(language) || REGIONS.has(`${language}-${region}`) ? 'rtl' : 'ltr';
}
