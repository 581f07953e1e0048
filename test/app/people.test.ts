import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { pickedIn } from '../../src/app/people.ts';
import type { Profile } from '../../src/app/ports/store.ts';
import { testDesk } from '../support/desk.ts';
import { type Building, build } from './support/house.ts';

/** An id that is written with letters: Entra gives it in capitals here and there. */
const SOFIA = 'abcdef00-0000-4000-8000-00000000000f';

describe('whom somebody picked in the directory', () => {
  let building: Building;
  beforeEach(async () => {
    building = await build();
  });
  afterEach(() => building.demolish());

  const there = { conversation: 'a:anna' };

  test('I14 a person of the desk is found however the id is written', async () => {
    const desk = testDesk();
    const [someone] = desk.people.values();
    assert.ok(someone);
    const sofia = { ...someone, id: SOFIA, key: 'sofia', name: 'Sofia Bruni' };
    const house = await building.house({ desk: { ...desk, people: new Map(desk.people).set(SOFIA, sofia) } });
    for (const typed of [SOFIA, SOFIA.toUpperCase()])
      assert.deepEqual((await pickedIn(house, there, typed))?.id, SOFIA, typed);
    assert.equal((await pickedIn(house, there, SOFIA.toUpperCase()))?.name, 'Sofia Bruni');
  });

  test('I14 whom the bot has met is found, too, and what is no id is nobody', async () => {
    const house = await building.house();
    const profile: Profile = { person: SOFIA, name: 'Sofia Bruni', locale: 'it' };
    await house.store.saveProfile(profile);
    assert.equal((await pickedIn(house, there, SOFIA.toUpperCase()))?.name, 'Sofia Bruni');
    for (const typed of ['', 'Sofia Bruni', `${SOFIA} `, SOFIA.slice(1)])
      assert.equal(await pickedIn(house, there, typed), undefined, typed);
  });
});
