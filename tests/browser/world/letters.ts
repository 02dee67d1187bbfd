// Letters, as the demo's page shows them. People find them where a newcomer would: at `/letters?to=ADDRESS`.
import type { APIRequestContext } from '@playwright/test';

export interface Letter {
  subject: string;
  body: string;
  links: string[];
}

/** Newest first. The demo shows the last fifty of an address. */
export async function lettersTo(request: APIRequestContext, url: string, email: string): Promise<Letter[]> {
  const page = await (await request.get(`${url}/letters?to=${encodeURIComponent(email)}`)).text();
  return page.split('<article class="letter">').slice(1).map((article) => ({
    subject: plain(part(article, /<h2>(.*?)<\/h2>/su)),
    body: plain(part(article, /<div class="letter-body"[^>]*>(.*?)<\/div>/su)),
    links: [...article.matchAll(/<a class="btn" href="([^"]+)"/gu)].map(([, href]) => plain(href ?? '')),
  }));
}

/** The personal link of the newest letter that has one. */
export function linkIn(letters: Letter[], kind: '/sign/' | '/sign-in/'): string {
  const found = letters.flatMap(({ links }) => links).find((link) => link.includes(kind));
  if (found === undefined) throw new Error(`no letter with a link ${kind}`);
  return found;
}

/** The six digits of the newest letter that has them alone on a line. */
export function codeIn(letters: Letter[]): string {
  const found = letters.map(({ body }) => /^\s*(\d{6})\s*$/mu.exec(body)?.[1]).find((code) => code !== undefined);
  if (found === undefined) throw new Error('no letter with a code');
  return found;
}

/** Markup to words. */
export function plain(html: string): string {
  const marks: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', apos: "'" };
  return html
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|quot|amp|apos));/giu, (whole, hex?: string, digits?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (digits !== undefined) return String.fromCodePoint(Number(digits));
      return marks[name?.toLowerCase() ?? ''] ?? whole;
    });
}

function part(text: string, pattern: RegExp): string {
  return pattern.exec(text)?.[1] ?? '';
}
