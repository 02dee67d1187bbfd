// Every sentence of the work pages, by room. Placeholders stand in single braces, plurals end in _one and _other:
// the server's own pages read files of the same form.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import asked from './en/asked.json';
import bringing from './en/bringing.json';
import comparing from './en/comparing.json';
import drafting from './en/drafting.json';
import home from './en/home.json';
import obstacles from './en/obstacles.json';
import organisations from './en/organisations.json';
import parts from './en/parts.json';
import remarks from './en/remarks.json';
import shell from './en/shell.json';
import signing from './en/signing.json';
import statements from './en/statements.json';
import suggestions from './en/suggestions.json';
import versions from './en/versions.json';

export const english = { asked, bringing, comparing, drafting, home, obstacles, organisations, parts, remarks, shell, signing, statements, suggestions, versions } as const;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: typeof english;
    interpolationPrefix: '{';
    interpolationSuffix: '}';
  }
}

export async function loadWords(language: string): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: english },
    ns: Object.keys(english),
    defaultNS: 'shell',
    // React escapes what it draws; escaping twice would show the escapes.
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
    returnNull: false,
  });
}
