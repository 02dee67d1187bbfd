// A world: one server, the people around it, and whoever watches. When a story ends the whole house is checked.
import { basename } from 'node:path';
import { test as base, type BrowserContextOptions } from '@playwright/test';
import { Person } from './people.ts';
import { Server } from './server.ts';
import { Watch } from './watch.ts';

export { expect } from '@playwright/test';
export { Person, PHONE, WITHOUT_SCRIPTS } from './people.ts';

export interface World {
  server: Server;
  watch: Watch;
  /** Somebody at a browser; not signed in. */
  person: (name: string, email: string, options?: BrowserContextOptions) => Promise<Person>;
  /** Somebody signed in through a letter. */
  signedIn: (name: string, email: string, options?: BrowserContextOptions) => Promise<Person>;
}

export const test = base.extend<{ world: World }>({
  world: async ({ browser }, use, info) => {
    const server = await Server.started();
    const watch = new Watch(basename(info.file, '.spec.ts'));
    const people: Person[] = [];
    const person = async (name: string, email: string, options: BrowserContextOptions = {}) => {
      const came = await Person.at(browser, server, watch, name, email, options);
      people.push(came);
      return came;
    };
    const signedIn = async (name: string, email: string, options: BrowserContextOptions = {}) => {
      const came = await person(name, email, options);
      await came.signsIn();
      return came;
    };
    await use({ server, watch, person, signedIn });
    const seen = await watch.verdict();
    for (const one of people) await one.leaves();
    const problems = [...seen, ...(await server.endsWell())];
    const failed = info.status !== info.expectedStatus || problems.length > 0;
    if (failed) process.stderr.write(`this world's folder is kept: ${server.folder}\n`);
    else server.forgets();
    base.expect.soft(problems, 'pages and server are in order').toEqual([]);
  },
});
