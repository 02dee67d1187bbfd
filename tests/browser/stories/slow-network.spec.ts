// A draft over a line on which its program takes long to come: the text is there to be read before any of it, for whoever may read it
// and nobody else; the editor then takes its place, and nothing has moved.
import { expect, test, type Person, type World } from '../world/index.ts';
import { keptBy } from '../world/kept.ts';
import { COORDINATOR, DRAFTERS, TITLE } from '../world/register.ts';
import { PHONE } from '../world/people.ts';

const OF_THE_TEXT = 'sleep in their clothes';
const SCRIPTS = /\/app-assets\/.*\.js$/u;
const OPENING = 'Opening the editor…';

/** The address of the demo's draft, as whoever may write it finds it on the home page. */
async function addressOfTheDraft(person: Person): Promise<string> {
  await person.goes('/app');
  const address = await person.page.getByRole('link', { name: TITLE }).first().getAttribute('href');
  expect(address).toMatch(/^\/app\/statements\/\w+$/u);
  return address ?? '';
}

/** The page as its server sends it. A busy server sends it without the text; it has been drawn when one asks again. */
async function sent(person: Person, address: string, words: string): Promise<string> {
  let page = '';
  await expect(async () => {
    page = await (await person.context.request.get(address)).text();
    expect(page).toContain(words);
  }).toPass();
  return page;
}

/** No script comes; returns how to let them come. */
async function withoutScripts(person: Person): Promise<() => void> {
  let lets: () => void = () => undefined;
  const free = new Promise<void>((done) => (lets = done));
  await person.context.route(SCRIPTS, async (route) => {
    await free;
    await route.continue();
  });
  return lets;
}

/** A draft in Arabic, with a numbered paragraph, a list and a footnote. */
async function arabicDraft(person: Person): Promise<string> {
  const { request } = person.context;
  const { id } = (await (await request.post('/api/statements', { data: { title: 'صوتنا واحد', language: 'ar', forum: '' } })).json()) as { id: string };
  const words = (text: string) => [{ type: 'text', text }];
  const blocks = [
    { type: 'heading', level: 1, content: words('صوتنا واحد') },
    { type: 'paragraph', content: words('نحن المنظمات الموقعة أدناه نناشد الدول.') },
    { type: 'numbered', level: 1, label: '1.', content: [...words('أن تحمي المدنيين'), { type: 'footnote', number: 1, content: [{ content: words('انظر القرار') }] }] },
    { type: 'numbered', level: 2, label: '(a)', content: words('وأن تنشر ما تقرره') },
    { type: 'bullet', level: 1, content: words('في غضون سنة') },
    { type: 'quotation', dir: 'ltr', content: words('All States shall protect civilians.') },
  ];
  const begun = await request.post(`/api/statements/${id}/draft`, { data: { text: { v: 'text/v1', language: 'ar', blocks } } });
  expect(begun.status(), await begun.text()).toBe(204);
  return `/app/statements/${id}`;
}

/** Every block of a text: its words, and where they stand. */
async function blocksOf(person: Person): Promise<{ words: string; x: number; y: number; width: number; height: number }[]> {
  await person.page.evaluate(() => document.fonts.ready);
  return person.page.evaluate(() =>
    Array.from(document.querySelectorAll('main .ProseMirror > *'), (block) => {
      const { x, y, width, height } = block.getBoundingClientRect();
      const [left, top] = [Math.round(x), Math.round(y + scrollY)];
      return { words: block.textContent.trim(), x: left, y: top, width: Math.round(width), height: Math.round(height) };
    }),
  );
}

for (const [device, options] of [['desk', {}], ['phone', PHONE]] as const) {
  for (const language of ['en', 'ar'] as const) {
    test(`at a ${device} a text in ${language} is read before any script has come, and stays where it is when the editor takes over`, async ({ world }) => {
      const ana = await world.signedIn('coordinator', COORDINATOR, { ...options, serviceWorkers: 'block' });
      const address = language === 'en' ? await addressOfTheDraft(ana) : await arabicDraft(ana);
      const words = language === 'en' ? OF_THE_TEXT : 'نناشد الدول';
      await sent(ana, address, words);
      const scriptsCome = await withoutScripts(ana);
      await ana.page.goto(address, { waitUntil: 'commit' });

      const text = ana.page.getByRole('main').getByRole('article');
      await expect(text).toContainText(words);
      await expect(text).toBeInViewport();
      await expect(ana.page.getByRole('status')).toHaveText(OPENING);
      await expect(text).toHaveAttribute('dir', language === 'en' ? 'ltr' : 'rtl');
      await expect(text).toHaveAttribute('lang', language);
      await expect(ana.page.getByRole('textbox')).toHaveCount(0);
      const before = await blocksOf(ana);
      await ana.look(`read-${device}-${language}`);
      await ana.page.evaluate(() => scrollTo(0, 200));
      const stood = await ana.page.evaluate(() => scrollY);

      scriptsCome();
      await ana.seesSaved();
      await expect(ana.editor).toContainText(words);
      await expect(ana.page.getByText(OPENING)).toHaveCount(0);
      await expect(ana.page.getByRole('toolbar')).toBeVisible();
      expect(await ana.page.evaluate(() => scrollY), 'who reads is left where they read').toBe(stood);
      expect(await blocksOf(ana)).toEqual(before);
      await ana.look(`written-${device}-${language}`);
    });
  }
}

test('a page that is sent to somebody who may not open the draft has nothing of it', async ({ world }) => {
  const ana = await world.signedIn('coordinator', COORDINATOR);
  const address = await addressOfTheDraft(ana);
  await sent(ana, address, OF_THE_TEXT);
  const nobody = await world.person('nobody', 'nobody@example.org');
  const delegate = await world.signedIn('not a drafter', 'focalpoint@odik-ke.example');
  world.watch.expects(/status of 40[14]/u);
  for (const person of [nobody, delegate]) {
    const answer = await person.context.request.get(address);
    const page = await answer.text();
    expect(answer.headers()['cache-control']).toBe('no-store');
    for (const told of [OF_THE_TEXT, TITLE, COORDINATOR]) expect(page).not.toContain(told);
    await person.goes(address);
    await expect(person.page.getByRole('main')).toContainText(person === nobody ? 'signed out' : 'nothing at this address');
    await expect(person.page.getByText(OPENING)).toHaveCount(0);
  }
});

test('an editor that never comes leaves a text that can be read', async ({ world }) => {
  world.watch.expects(/ERR_FAILED/u);
  const ana = await world.signedIn('coordinator', COORDINATOR, { serviceWorkers: 'block' });
  const address = await addressOfTheDraft(ana);
  await sent(ana, address, OF_THE_TEXT);
  await ana.context.route(/\/app-assets\/desk-.*\.js$/u, (route) => route.abort());
  await ana.goes(address);
  await expect(ana.page.locator('[data-saved]')).toBeVisible();
  await expect(ana.page.getByRole('main').getByText(OF_THE_TEXT)).toBeVisible();
  await expect(ana.page.getByRole('textbox')).toHaveCount(0);
  // The line is there again: the page asks by itself.
  await ana.context.unroute(/\/app-assets\/desk-.*\.js$/u);
  await expect(ana.editor).toContainText(OF_THE_TEXT);
});

test('what keeps the program on a device keeps nothing of a text that came with a page', async ({ world }: { world: World }) => {
  const francois = await world.signedIn('drafter', DRAFTERS[0]);
  const address = await addressOfTheDraft(francois);
  await francois.page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await sent(francois, address, OF_THE_TEXT);
  await francois.goes(address);
  await francois.seesSaved();
  expect((await keptBy(francois)).caches).not.toEqual([]);
  const cached = await francois.page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) if (!/\.(?:js|css|woff2)$/u.test(request.url)) found.push(request.url, (await (await cache.match(request))?.text()) ?? '');
    }
    return found.join('\n');
  });
  expect(cached).toContain('<div id="app">');
  for (const told of [OF_THE_TEXT, TITLE, DRAFTERS[0], 'id="served"']) expect(cached).not.toContain(told);
});
