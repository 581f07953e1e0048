import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqliteGround } from '../../scripts/torture/sqlite-ground.ts';
import { torture } from '../../scripts/torture/torture.ts';

test('A3 three kills during intake lose nothing and double nothing but in the one window, which heals', async (t) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  t.diagnostic(`seed ${seed}`);
  const report = await torture({ rounds: 3, seed, ground: await sqliteGround(), waitForLeases: false });
  assert.deepEqual(report.violations, [], `seed ${seed}`);
  assert.equal(report.kills, 3);
  assert.ok(report.confirmed > 0 && report.tickets >= report.confirmed);
});
