/** The doctor finds the team and the channel that do not have the app, and the channel that is of another kind. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkChannels } from '../../scripts/doctor/channels.ts';
import type { Finding } from '../../scripts/doctor/finding.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import type { Desk, Queue } from '../../src/domain/desk.ts';
import { createMovableClock } from '../../src/local/clock.ts';
import { startLocalTeams } from '../../src/local/local-teams.ts';
import { scenarioOf } from '../../src/scenario.ts';
import { PERSON, testDesk } from '../support/desk.ts';
import { APP_ID } from '../support/teams.ts';

function deskWith(change: Partial<Queue>): Desk {
  const desk = testDesk();
  const finance = desk.queues.get('finance');
  assert.ok(finance);
  return { ...desk, queues: new Map(desk.queues).set('finance', { ...finance, ...change }) };
}

/** What is found of `desk` where Teams is as `real` says. */
async function look(desk: Desk, real: Desk, inChannel = true): Promise<Finding[]> {
  const teams = await startLocalTeams({
    scenario: scenarioOf(real, APP_ID),
    clock: createMovableClock(),
    port: 0,
    file: ':memory:',
  });
  try {
    const channel = real.queues.get('finance')?.channel ?? '';
    if (!inChannel) await teams.setAppInChannel(PERSON.anna, channel, false);
    const read = readEnvironment({ ...teams.settings, SERVICE_URL: teams.serviceUrl });
    assert.ok(read.ok && read.environment.bot);
    return await checkChannels({ settings: read.environment.bot, desk, now: Date.now, patienceMs: 5_000 });
  } finally {
    await teams.close();
  }
}

const wrong = (findings: readonly Finding[]) =>
  findings.filter(({ state }) => state !== 'good').map(({ said, remedy = '' }) => `${said} -> ${remedy}`);

test('A6 W1 the doctor finds nothing where the app is in every channel', async () => {
  for (const channelType of ['standard', 'private', 'shared'] as const) {
    const desk = deskWith({ channelType });
    const findings = await look(desk, desk);
    assert.deepEqual(wrong(findings), []);
    assert.equal(findings.length, desk.queues.size);
  }
});

test('A6 W1 the doctor finds a private and a shared channel that the app was not added to', async () => {
  for (const channelType of ['private', 'shared'] as const) {
    const desk = deskWith({ channelType });
    for (const known of [desk, testDesk()]) {
      const [found, ...more] = wrong(await look(known, desk, false));
      assert.match(
        found ?? '',
        /the app is not in the channel of the queue finance -> .*to the channel itself/,
      );
      assert.deepEqual(more, []);
    }
  }
});

test('A6 W1 the doctor finds a team without the app, a channel that is not there, and one of another kind', async () => {
  const team = {
    id: '19:other@thread.tacv2',
    groupId: '99999999-0000-4000-8000-00000000000f',
    name: 'Altrove',
  };
  const one = async (desk: Desk) => wrong(await look(desk, testDesk())).join();
  assert.match(
    await one(deskWith({ team })),
    /the app is not in the team Altrove -> Add the app to the team/,
  );
  assert.match(
    await one(deskWith({ channel: '19:nowhere@thread.tacv2' })),
    /the team Assistenza has no such channel for the queue finance -> Correct channel/,
  );
  assert.match(
    await one(deskWith({ channelType: 'private' })),
    /the channel of the queue finance is standard, and queues\.yaml says private -> See who can read it/,
  );
});
