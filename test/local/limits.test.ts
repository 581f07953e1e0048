import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLimits } from '../../src/local/limits.ts';
import { startFixture } from './support/bot.ts';
import { ada, deskChannel } from './support/scenario.ts';

/** Sends as fast as allowed for so long and returns how many got through. */
function admittedWithin(kind: 'send' | 'members' | 'app', ms: number, step: number): number {
  let now = 0;
  const limits = createLimits(() => now);
  let count = 0;
  for (; now < ms; now += step) while (count < 10_000 && limits.admit(kind, 'c') === undefined) count += 1;
  return count;
}

test('N3 local Teams: messages in one conversation stay within 7 in 1 s, 8 in 2 s, 60 in 30 s, 1,800 in 1 h', () => {
  assert.equal(admittedWithin('send', 1_000, 100), 7);
  assert.equal(admittedWithin('send', 2_000, 100), 8);
  assert.equal(admittedWithin('send', 30_000, 100), 60);
  assert.equal(admittedWithin('send', 3_600_000, 1_000), 1_800);
});

test('N3 local Teams: members are listed 14 times in 1 s and 120 in 30 s, and the app calls 50 times in 1 s', () => {
  assert.equal(admittedWithin('members', 1_000, 100), 14);
  assert.equal(admittedWithin('members', 30_000, 100), 120);
  assert.equal(admittedWithin('app', 1_000, 100), 50);
});

test('N3 local Teams: waiting as long as told is enough, and conversations do not disturb each other', () => {
  let now = 0;
  const limits = createLimits(() => now);
  for (let sent = 0; sent < 7; sent += 1) assert.equal(limits.admit('send', 'a'), undefined);
  const wait = limits.admit('send', 'a');
  assert.equal(wait, 1);
  assert.equal(limits.admit('send', 'b'), undefined);
  now += 1_000;
  assert.equal(limits.admit('send', 'a'), undefined);
  now += 500;
  // The eighth in two seconds: now the two-second window holds.
  assert.equal(limits.admit('send', 'a'), 1);
  now += 1_000;
  assert.equal(limits.admit('send', 'a'), undefined);
});

test('N3 local Teams: limits can be scaled or lifted for a benchmark', () => {
  const doubled = createLimits(() => 0, 2);
  for (let sent = 0; sent < 14; sent += 1) assert.equal(doubled.admit('send', 'a'), undefined);
  assert.notEqual(doubled.admit('send', 'a'), undefined);
  const lifted = createLimits(() => 0, Number.POSITIVE_INFINITY);
  for (let sent = 0; sent < 5_000; sent += 1) assert.equal(lifted.admit('send', 'a'), undefined);
  assert.throws(() => createLimits(() => 0, 0), RangeError);
});

test('N3 local Teams: beyond the limit the connector answers 429 with Retry-After in seconds', async (t) => {
  let now = 1_000_000;
  const { teams, call, post } = await startFixture(t, { monotonicNow: () => now });
  const id = await post(deskChannel, 'uno');
  const at = `conversations/${deskChannel}/activities`;
  // Threads and edits count for the one channel.
  for (let sent = 1; sent < 7; sent += 1) {
    const answer =
      sent % 2
        ? await call('PUT', `${at}/${id}`, { type: 'message', text: `${sent}` })
        : await call('POST', `conversations/${deskChannel};messageid=${id}/activities`, {
            type: 'message',
            text: 'x',
          });
    assert.ok(answer.status < 300);
  }
  const refused = await call('POST', at, { type: 'message', text: 'troppo' });
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get('retry-after'), '1');
  assert.equal(refused.body.error.code, 'Throttled');
  assert.ok(!teams.messagesOf(deskChannel, ada.aadObjectId).some(({ text }) => text === 'troppo'));
  await post(teams.personalChat(ada.aadObjectId), 'altrove');

  now += Number(refused.headers.get('retry-after')) * 1_000;
  assert.equal((await call('POST', at, { type: 'message', text: 'ora sì' })).status, 201);

  const listed: number[] = [];
  for (let read = 0; read < 20; read += 1) {
    listed.push((await call('GET', `conversations/${deskChannel}/members`)).status);
  }
  assert.deepEqual([listed.indexOf(429), listed.lastIndexOf(200)], [14, 13]);
});

test('N3 local Teams: beyond 50 requests in a second the whole app is refused', async (t) => {
  let now = 1_000_000;
  const { call } = await startFixture(t, { monotonicNow: () => now });
  const statuses: number[] = [];
  for (let read = 0; read < 55; read += 1) statuses.push((await call('GET', 'attachments/none')).status);
  assert.deepEqual([statuses.indexOf(429), statuses.lastIndexOf(404)], [50, 49]);
  now += 1_000;
  assert.equal((await call('GET', 'attachments/none')).status, 404);
});
