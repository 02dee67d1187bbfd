// Three real pages on one draft, doing what chance says, online and off. After each run all show one text, the server reads it, and
// every letter that nobody took away stands once. More runs by `make test-random`; a run is named by its seed.
import { actsByChance, blocksOf, showTheSame } from '../world/hands.ts';
import { expect, test } from '../world/index.ts';
import { COORDINATOR, DRAFTERS } from '../world/register.ts';

const FROM = Number(process.env.RANDOM_FROM ?? 1);
const RUNS = Number(process.env.RANDOM_PAGES ?? 34);

for (const part of [0, 1, 2]) {
  test(`chance, from seed ${FROM + part * RUNS}`, async ({ world }) => {
    world.watch.expects(/ERR_INTERNET_DISCONNECTED|WebSocket connection/u);
    const people = [await world.signedIn('coordinator', COORDINATOR), await world.signedIn('François', DRAFTERS[0]), await world.signedIn('Wanjiru', DRAFTERS[1])];
    const [harriet, francois, wanjiru] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
    for (const one of people) {
      await one.opensStatement('Heeding the Signals');
      await expect(one.editor).toContainText('sleep in their clothes');
    }
    let letters = 0;
    for (let seed = FROM + part * RUNS; seed < FROM + (part + 1) * RUNS; seed += 1) {
      const cutOff = people[seed % 4];
      await cutOff?.context.setOffline(true);
      const told = await Promise.all(people.map((one, at) => actsByChance(one, 8, seed * 10 + at, letters + at * 100)));
      letters += 300;
      if (letters > 0x5000) letters = 0;
      await cutOff?.context.setOffline(false);
      for (const one of people) await one.seesSaved();
      const shown = (await showTheSame(harriet, francois, wanjiru)).join('\n');
      expect(shown).not.toContain('\uFFFD');
      const removed = new Set(told.flatMap((one) => one.removed));
      for (const letter of told.flatMap(({ typed }) => typed)) {
        if (!removed.has(letter)) expect(shown.split(letter).length - 1, `seed ${seed}: ${letter}`).toBe(1);
      }
    }
    expect((await blocksOf(harriet)).length).toBeGreaterThan(1);
  });
}
