import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { hear } from '../../../src/app/door/conversation.ts';
import type { House } from '../../../src/app/house.ts';
import type { Sender } from '../../../src/app/ports/inbound.ts';
import { PERSON } from '../../support/desk.ts';
import { type Building, build } from '../support/house.ts';

const HOUR_MS = 3_600_000;

describe('a request in preparation and what its requester writes later', () => {
  let building: Building;
  let house: House;
  let ids = 0;
  beforeEach(async () => {
    building = await build();
    house = { ...(await building.house()), ids: { next: () => `draft-${++ids}` } };
  });
  afterEach(() => building.demolish());

  let messages = 0;
  /** What Maria writes, and the draft that stands in her chat then. */
  const write = async (text: string) => {
    const id = `${++messages}`;
    const sender: Sender = {
      person: PERSON.maria,
      name: 'Maria Rinaldi',
      teamsId: '29:maria',
      locale: 'it',
      conversation: 'a:maria',
      personal: true,
      serviceUrl: 'https://smba.example/',
    };
    await hear(house, { kind: 'message', sender, key: id, id, text, files: [] });
    const now = building.clock.now();
    for (const one of await house.store.leaseDeliveries(now, now + 1, 10))
      await house.store.acknowledge(one, { conversation: 'a:maria', activity: id });
    const draft = await house.store.pendingDraftOf(PERSON.maria);
    assert.ok(draft);
    return draft;
  };

  test('I1 it takes in what follows within twelve hours', async () => {
    const begun = await write('non riesco a emettere i mandati');
    building.clock.advance(12 * HOUR_MS - 1);
    const extended = await write('succede con i fornitori esteri');
    assert.equal(extended.id, begun.id);
    assert.match(extended.text, /mandati.*fornitori esteri/s);
  });

  test('I1 what is written twelve hours later is another request: the old one waits as it was', async () => {
    const begun = await write('non riesco a emettere i mandati');
    building.clock.advance(12 * HOUR_MS);
    const another = await write('la stampante della biblioteca non stampa');
    assert.notEqual(another.id, begun.id);
    assert.doesNotMatch(another.text, /mandati/);
    assert.equal((await house.store.draft(begun.id))?.text, begun.text);
  });
});
