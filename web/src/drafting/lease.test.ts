import { expect, it } from 'vitest';
import { Doc } from 'yjs';
import { Lease, type Shelf } from './lease';

/** Locks of one browser. */
class Locks {
  private readonly held = new Set<string>();
  request = async (name: string, _options: unknown, hold: (lock: unknown) => Promise<void> | undefined) => {
    if (this.held.has(name)) return hold(null);
    this.held.add(name);
    await hold({ name });
    this.held.delete(name);
    return undefined;
  };
}

function browser() {
  const shelf = new Map<string, string>();
  const locks = new Locks();
  const kept: Shelf = { getItem: (key) => shelf.get(key) ?? null, setItem: (key, value) => void shelf.set(key, value) };
  return {
    shelf: kept,
    locks: locks as unknown as LockManager,
    page: async (person = 'ana') => {
      const doc = new Doc();
      const lease = new Lease(doc, { draft: 'd', person }, kept, locks as unknown as LockManager);
      await lease.takeUp();
      return { doc, lease };
    },
  };
}

const settled = () => new Promise((done) => setTimeout(done));

it('a page takes up the id of the page before it', async () => {
  const { page } = browser();
  const first = await page();
  first.lease.isStored(false);
  first.lease.isStored(true);
  first.lease.leave();
  await settled();
  expect((await page()).doc.clientID).toBe(first.doc.clientID);
});

it('two pages at once have two ids, and so have two people', async () => {
  const { page } = browser();
  const [one, two, other] = [await page(), await page(), await page('ben')];
  expect(new Set([one, two, other].map(({ doc }) => doc.clientID)).size).toBe(3);
});

it('what a page proposes it writes under an id that is none of those it edits under', async () => {
  const { page, shelf, locks } = browser();
  const { doc, lease } = await page();
  const writer = { clientID: 77 };
  const proposes = new Lease(writer, { draft: 'd', person: 'ana', kind: 'asks' }, shelf, locks);
  await proposes.takeUp();
  lease.leave();
  proposes.leave();
  await settled();
  expect((await page()).doc.clientID).toBe(doc.clientID);
  const next = { clientID: 78 };
  await new Lease(next, { draft: 'd', person: 'ana', kind: 'asks' }, shelf, locks).takeUp();
  expect(next.clientID).toBe(77);
});

it('an id under which something was not stored is not taken up', async () => {
  const { page } = browser();
  const first = await page();
  first.lease.isStored(false);
  first.lease.leave();
  await settled();
  expect((await page()).doc.clientID).not.toBe(first.doc.clientID);
});

it('where there is nothing to keep it in, the page writes under its own', async () => {
  const doc = new Doc();
  const { clientID } = doc;
  const lease = new Lease(doc, { draft: 'd', person: 'ana' }, undefined, undefined);
  await lease.takeUp();
  expect(doc.clientID).toBe(clientID);
});

it('what stands on the shelf is not believed', async () => {
  const { page, shelf } = browser();
  shelf.setItem('client-ids d ana', '{"-1":"stored","1e400":"stored","__proto__":"x"}');
  const { doc } = await page();
  expect(Number.isSafeInteger(doc.clientID) && doc.clientID >= 0).toBe(true);
});
