import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { lookAfter } from '../../../src/app/alerts/alerts.ts';
import { mailsAside } from '../../../src/app/mail/broken-mail.ts';
import { type Building, build } from '../support/house.ts';

const mailBroke = (reason: string) => Object.assign(new Error(reason), { mailBroke: true });

describe('A9 mails that break what reads them', () => {
  let building: Building;
  beforeEach(async () => {
    building = await build();
  });
  afterEach(() => building.demolish());

  const broke = (error: unknown) => ({ place: '7.11', uid: 11, from: 'ada@fornitore.example', error });
  const told = async () =>
    (await (await building.house()).store.leaseDeliveries(Number.MAX_SAFE_INTEGER, 9, 99)).filter(
      ({ kind }) => kind === 'alertCard',
    );

  test('A9 N3 W9 after three attempts, over restarts, it is set aside and the administrators are told', async () => {
    const there = new Set(['7.11', '7.12']);
    for (const attempt of [1, 2, 3]) {
      // Another house on the same store: what was counted is not in anybody’s memory.
      const aside = mailsAside(await building.house());
      assert.deepEqual([...(await aside.among(there))], [], `before attempt ${attempt}`);
      assert.equal((await told()).length, 0);
      await aside.broke(broke(mailBroke('no end within 15000 ms')));
    }
    const house = await building.house();
    assert.deepEqual([...(await mailsAside(house).among(there))], ['7.11']);
    const [alert] = await house.store.openAlerts();
    assert.equal(alert?.params.reason, 'no end within 15000 ms · UID 11 · ada@fornitore.example');
    assert.ok((await told()).length > 0);
  });

  test('A9 W9 it stays set aside until somebody has read it, and is over then', async () => {
    const house = await building.house();
    const aside = mailsAside(house);
    for (const _ of [1, 2, 3]) await aside.broke(broke(mailBroke('x')));
    building.clock.advance(3_600_000);
    await lookAfter(house);
    assert.equal((await house.store.openAlerts()).length, 1);
    assert.deepEqual([...(await aside.among(new Set(['7.12'])))], []);
    assert.deepEqual(await house.store.openAlerts(), []);
  });

  test('A3 W9 a store that is away for a moment sets no mail aside', async () => {
    const house = await building.house();
    const aside = mailsAside(house);
    for (const _ of [1, 2, 3, 4]) await aside.broke(broke(new Error('away')));
    assert.deepEqual([...(await aside.among(new Set(['7.11'])))], []);
    for (const _ of [1, 2]) {
      building.clock.advance(11 * 60_000);
      await aside.broke(broke(new Error('away')));
    }
    assert.deepEqual([...(await aside.among(new Set(['7.11'])))], ['7.11']);
  });
});
