import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setImmediate as immediate } from 'node:timers/promises';
import { descendantsOf, end, runs } from '../../scripts/torture/descendants.ts';
import { rollingRestart } from '../../scripts/torture/rolling.ts';
import { sqliteGround } from '../../scripts/torture/sqlite-ground.ts';
import { torture } from '../../scripts/torture/torture.ts';

/** Processes are started several times over: minutes where others need the machine too. */
const PATIENCE = { timeout: 240_000 };

test(
  'A3 three kills during intake lose nothing and double nothing but in the one window, which heals',
  PATIENCE,
  async (t) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    t.diagnostic(`seed ${seed}`);
    const report = await torture({ rounds: 3, seed, ground: await sqliteGround(), waitForLeases: false });
    assert.deepEqual(report.violations, [], `seed ${seed}`);
    assert.equal(report.kills, 3);
    assert.ok(report.confirmed > 0 && report.tickets >= report.confirmed);
  },
);

test(
  'A6 two instances are restarted one after the other while people work: nothing is lost, not one card is doubled',
  PATIENCE,
  async (t) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    t.diagnostic(`seed ${seed}`);
    const report = await rollingRestart({ rounds: 1, seed, ground: await sqliteGround() });
    assert.deepEqual(report.violations, [], `seed ${seed}`);
    assert.equal(report.restarts, 2);
    assert.ok(report.tickets > 0 && report.cards > 0);
  },
);

test('A3 what a killed process had started is ended after it, and nothing else', async () => {
  const children = `
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
    child.once('spawn', () => console.log(child.pid));`;
  const parent = spawn(process.execPath, ['-e', children], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(parent.stdout, 'data');
  const [child, ...others] = descendantsOf(parent.pid ?? 0);
  assert.equal(child?.pid, Number(line));
  assert.deepEqual(others, []);
  const gone = once(parent, 'exit');
  parent.kill('SIGKILL');
  await gone;
  assert.ok(child && runs(child), 'it outlives its parent');
  end({ ...child, began: 'at another time' });
  assert.ok(runs(child), 'another process of that id is left alone');
  end(child);
  while (runs(child)) await immediate();
});
