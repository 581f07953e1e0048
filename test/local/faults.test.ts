import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fault } from '../../src/local/fault.ts';
import { callUrl, requestToken, startFixture } from './support/bot.ts';
import { ada, deskChannel } from './support/scenario.ts';

const message = { type: 'message', text: 'x' };
const at = `conversations/${deskChannel}/activities`;

test('N3 local Teams: a fault hits the calls it names, as often as it says', async (t) => {
  const { teams, call } = await startFixture(t);
  teams.addFault({ method: 'POST', path: '/activities', times: 2, effect: { kind: 'status', status: 503 } });
  const throttle = { kind: 'status', status: 429, retryAfterSeconds: 7 } as const;
  teams.addFault({ method: 'GET', effect: throttle });
  assert.equal((await call('POST', at, message)).status, 503);
  const throttled = await call('GET', `conversations/${deskChannel}/members`);
  assert.deepEqual([throttled.status, throttled.headers.get('retry-after')], [429, '7']);
  assert.equal((await call('POST', at, message)).status, 503);
  assert.equal((await call('POST', at, message)).status, 201);
  assert.equal((await call('GET', 'teams/none')).status, 429);
  teams.clearFaults();
  assert.equal((await call('GET', 'teams/none')).status, 404);
  assert.equal(teams.messagesOf(deskChannel, ada.aadObjectId).length, 1);
  assert.deepEqual(
    teams.calls.map(({ status }) => status),
    [503, 429, 503, 201, 429, 404],
  );
});

test('N3 local Teams: an answer can be lost after the work was done', async (t) => {
  const { teams, call } = await startFixture(t);
  teams.addFault({ times: 1, effect: { kind: 'loseAnswer' } });
  await assert.rejects(call('POST', at, message), TypeError);
  assert.equal(teams.messagesOf(deskChannel, ada.aadObjectId).length, 1);
  assert.equal(teams.calls[0]?.status, undefined);
  assert.equal((await call('POST', at, message)).status, 201);
});

test('N3 local Teams: a call can hang, without doing anything, until the faults end', async (t) => {
  const { teams, call } = await startFixture(t);
  teams.addFault({ effect: { kind: 'hang' } });
  let settled = false;
  const hanging = call('POST', at, message).finally(() => {
    settled = true;
  });
  const broken = assert.rejects(hanging, TypeError);
  while (teams.calls.length === 0) await new Promise(setImmediate);
  // Something that takes the same way, only longer, has come back: the hanging call could have, too.
  await requestToken(teams);
  await callUrl(`${teams.url}/keys`, 'GET', {});
  assert.equal(settled, false);
  teams.clearFaults();
  await broken;
  assert.deepEqual(teams.messagesOf(deskChannel, ada.aadObjectId), []);
});

test('N3 local Teams: a call can be slow, and the work is done at once all the same', async (t) => {
  const { teams, call } = await startFixture(t);
  teams.addFault({ times: 1, effect: { kind: 'slow', ms: 20 } });
  const shown = teams.until(deskChannel, ada.aadObjectId, ({ text }) => text === 'x');
  const slow = call('POST', at, message);
  assert.equal((await shown).text, 'x');
  assert.equal((await slow).status, 201);
});

test('N3 local Teams: signing in fails only for a fault that names it', async (t) => {
  const { teams } = await startFixture(t);
  teams.addFault({ effect: { kind: 'status', status: 500 } });
  assert.equal((await requestToken(teams)).status, 200);
  teams.addFault({ path: '/oauth2/', effect: { kind: 'status', status: 503 } });
  assert.equal((await requestToken(teams)).status, 503);
});

test('N3 local Teams: a fault that makes no sense is refused with what it should be', async (t) => {
  const { teams } = await startFixture(t);
  const wrong: [unknown, RegExp][] = [
    [{}, /effect.kind/],
    [{ effect: { kind: 'explode' } }, /effect.kind/],
    [{ effect: { kind: 'status', status: 200 } }, /400 to 599/],
    [{ effect: { kind: 'status', status: 503, retryAfterSeconds: -1 } }, /retryAfterSeconds/],
    [{ effect: { kind: 'slow', ms: -1 } }, /ms must/],
    [{ times: 0, effect: { kind: 'hang' } }, /times/],
    [{ method: 'PATCH', effect: { kind: 'hang' } }, /method/],
    [{ path: 1, effect: { kind: 'hang' } }, /path/],
  ];
  for (const [fault, reason] of wrong) assert.throws(() => teams.addFault(fault as Fault), reason);
  const url = `${teams.url}/local/faults`;
  assert.equal((await callUrl(url, 'POST', {}, {})).status, 400);
  assert.equal((await callUrl(url, 'POST', {}, { effect: { kind: 'status', status: 500 } })).status, 200);
  assert.equal((await callUrl(`${teams.url}/v3/teams/x`, 'GET', {})).status, 500);
  assert.equal((await callUrl(url, 'DELETE', {})).status, 200);
  assert.equal((await callUrl(`${teams.url}/v3/teams/x`, 'GET', {})).status, 401);
});
