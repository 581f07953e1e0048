import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { House } from '../../../src/app/house.ts';
import type { LeasedDelivery } from '../../../src/app/ports/delivery.ts';
import { contentOfDelivery } from '../../../src/app/sending/content.ts';
import { PERSON } from '../../support/desk.ts';
import { type Building, build } from '../support/house.ts';

/** What Teams says of who is in a channel; undefined while it cannot be asked. */
type Members = Awaited<ReturnType<House['directory']['channelIds']>>;

describe('W3 the card of a queue and who is in its channel', () => {
  let building: Building;
  beforeEach(async () => {
    building = await build();
  });
  afterEach(() => building.demolish());

  const made = async (members: Members, attempts: number) => {
    const plain = await building.house();
    const house: House = { ...plain, directory: { ...plain.directory, channelIds: async () => members } };
    await building.open(house, 1);
    const now = building.clock.now();
    const leased = await house.store.leaseDeliveries(now, now + 1, 50);
    const card = leased.find(({ kind }) => kind === 'queueCard');
    assert.ok(card);
    const delivery: LeasedDelivery = { ...card, attempts };
    return { content: await contentOfDelivery(house, delivery), unknown: house.troubles.withoutMembers() };
  };

  test('W3 it waits for Teams to say who is there: a card that names nobody can be worked by nobody at once', async () => {
    for (const attempts of [0, 4]) {
      assert.equal((await made(undefined, attempts)).content, 'notYet', `${attempts}`);
      await building.demolish();
      building = await build();
    }
  });

  test('W3 A5 after five attempts it waits no longer, and who looks after the desk is told', async () => {
    const { content, unknown } = await made(undefined, 5);
    assert.ok(content && content !== 'notYet');
    assert.deepEqual([...unknown], ['finance']);
  });

  test('W3 A5 a channel of which Teams says that no agent is in it is no reason to wait, and is told', async () => {
    const { content, unknown } = await made([], 0);
    assert.ok(content && content !== 'notYet');
    assert.deepEqual([...unknown], ['finance']);
  });

  test('W3 where Teams says who is there it is theirs at once', async () => {
    const { content, unknown } = await made([`29:${PERSON.anna}`], 0);
    assert.ok(content && content !== 'notYet');
    assert.deepEqual([...unknown], []);
  });
});
