// Asks for everything the API's own description says can be read, so that no answer is forgotten because no page shows it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Person } from './people.ts';
import { HERE } from './server.ts';
import type { Watch } from './watch.ts';

interface Description {
  paths: Record<string, { get?: unknown }>;
}

/** What stands for `{id}` below each address that has one. */
export interface Ids {
  statements: string[];
  rounds: string[];
  editions: string[];
  versions: string[];
  organisations: string[];
}

/** Everything one person can be answered with; refusals are answers, too. */
export async function asksForEverything(person: Person, watch: Watch, ids: Ids): Promise<number> {
  const { paths } = JSON.parse(readFileSync(join(HERE, '../../web/openapi.json'), 'utf8')) as Description;
  let asked = 0;
  for (const [path, { get }] of Object.entries(paths)) {
    // What lies behind a token is for whoever was sent it; a socket is no page.
    if (get === undefined || path.includes('{token}') || path.startsWith('/collab/')) continue;
    for (const address of filled(path, ids)) {
      const answer = await person.context.request.get(address);
      watch.keeps(person.name, address, `${JSON.stringify(answer.headers())}\n${await answer.text()}`);
      asked += 1;
    }
  }
  return asked;
}

function filled(path: string, ids: Ids): string[] {
  if (!path.includes('{id}')) return [path];
  const room = path.startsWith('/s/') ? 'statements' : (path.split('/')[2] as keyof Ids);
  return ids[room].map((id) => path.replace('{id}', id));
}
