import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createMovableClock } from '../../src/local/clock.ts';
import { type LocalTeams, startLocalTeams } from '../../src/local/local-teams.ts';
import type { Scenario } from '../../src/local/protocol.ts';
import { callUrl, cardMessage, startFixture } from './support/bot.ts';
import { ada, bruno, deskChannel, scenario } from './support/scenario.ts';

async function fileFor(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'local-teams-'));
  t.after(() => rm(directory, { recursive: true }));
  return join(directory, 'new', 'teams.sqlite');
}

const start = (file: string, clock = createMovableClock()): Promise<LocalTeams> =>
  startLocalTeams({ scenario, clock, port: 0, file });

test('A3 local Teams: conversations, files, removals and the clock survive a restart', async (t) => {
  const file = await fileFor(t);
  const { teams, post } = await startFixture(t, { file });
  const conversation = teams.personalChat(ada.aadObjectId);
  await post(deskChannel, cardMessage('scheda'));
  const upload = teams.upload({ name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('ciao') });
  teams.say({ as: ada.aadObjectId, conversation, text: 'prima', files: [upload.id] });
  await teams.uninstall(bruno.aadObjectId);
  const ahead = await teams.moveClock(7 * 24 * 3_600_000);
  const before = [
    teams.messagesOf(deskChannel, ada.aadObjectId),
    teams.messagesOf(conversation, ada.aadObjectId),
  ];
  await teams.close();

  const clock = createMovableClock();
  const again = await start(file, clock);
  t.after(() => again.close());
  assert.deepEqual(
    [again.messagesOf(deskChannel, ada.aadObjectId), again.messagesOf(conversation, ada.aadObjectId)],
    before,
  );
  assert.equal(await (await fetch(again.url + upload.url)).text(), 'ciao');
  assert.ok(clock.now() >= ahead);
  assert.equal(again.personalChat(ada.aadObjectId), conversation);
  const chat = again.personalChat(bruno.aadObjectId);
  assert.throws(() => again.say({ as: bruno.aadObjectId, conversation: chat, text: 'x' }), /not installed/);
  const next = again.say({ as: ada.aadObjectId, conversation, text: 'dopo' }).message;
  assert.ok(Number(next.id) > Number(before[1]?.at(-1)?.id));
});

test('A3 local Teams: a clock that is already ahead is not moved a second time', async (t) => {
  const file = await fileFor(t);
  const clock = createMovableClock();
  const first = await start(file, clock);
  await first.moveClock(3_600_000);
  await first.close();
  const second = await start(file, clock);
  t.after(() => second.close());
  assert.equal(clock.offset, 3_600_000);
});

test('D3 local Teams: the clock moves forward for everybody, and its owner is told', async (t) => {
  const moved: number[] = [];
  let real = 1_000_000;
  const clock = createMovableClock(() => real);
  const { teams, bot } = await startFixture(t, { clock, onClockMoved: (now) => void moved.push(now) });
  const answer = await callUrl(`${teams.url}/local/clock`, 'POST', {}, { advanceMs: 60_000 });
  assert.deepEqual(answer.body, { now: 1_060_000 });
  assert.deepEqual(moved, [1_060_000]);
  real += 5;
  assert.equal(teams.session(ada.aadObjectId).now, 1_060_005);
  const conversation = teams.personalChat(ada.aadObjectId);
  const said = teams.say({ as: ada.aadObjectId, conversation, text: 'x' });
  await said.delivered;
  assert.equal(said.message.at, 1_060_005);
  assert.equal(bot.received[0].timestamp, new Date(1_060_005).toISOString());
  for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    await assert.rejects(teams.moveClock(wrong), RangeError);
  }
});

test('A3 local Teams: ids grow even when the clock stands still or went back', async (t) => {
  const file = await fileFor(t);
  let real = 1_800_000_000_000;
  const clock = createMovableClock(() => real);
  const teams = await start(file, clock);
  const conversation = teams.personalChat(ada.aadObjectId);
  const say = (on: LocalTeams) => on.say({ as: ada.aadObjectId, conversation, text: 'x' }).message.id;
  assert.deepEqual([say(teams), say(teams)], ['1800000000000', '1800000000001']);
  await teams.close();
  real -= 1_000;
  const again = await start(file, clock);
  t.after(() => again.close());
  assert.equal(say(again), '1800000000002');
});

test('A3 local Teams: a reset lets the owner wipe the bot first, and then forgets everything', async (t) => {
  const seen: string[] = [];
  const { teams, post } = await startFixture(t, {
    onReset: async () => {
      // What the bot still writes while its store is wiped must not stay behind.
      await post(deskChannel, 'ultimo');
      seen.push(`${teams.messagesOf(deskChannel, ada.aadObjectId).length} messages`);
    },
  });
  await post(deskChannel, 'uno');
  const file = teams.upload({ name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('x') });
  await teams.uninstall(bruno.aadObjectId);
  teams.addFault({ method: 'DELETE', effect: { kind: 'hang' } });
  teams.listen(ada.aadObjectId, (event) => event.type === 'reset' && seen.push('reset'));
  await teams.reset();
  assert.deepEqual(seen, ['2 messages', 'reset']);
  assert.deepEqual(teams.messagesOf(deskChannel, ada.aadObjectId), []);
  assert.equal((await fetch(teams.url + file.url)).status, 404);
  const conversation = teams.personalChat(bruno.aadObjectId);
  assert.equal(teams.say({ as: bruno.aadObjectId, conversation, text: 'x' }).message.text, 'x');
});

test('A3 local Teams: until finds what is there and what is still to come', async (t) => {
  const { teams, post } = await startFixture(t);
  const coming = teams.until(deskChannel, ada.aadObjectId, ({ text }) => text === 'due');
  await post(deskChannel, 'uno');
  await post(deskChannel, 'due');
  assert.equal((await coming).text, 'due');
  assert.equal((await teams.until(deskChannel, ada.aadObjectId, ({ text }) => text === 'uno')).text, 'uno');
});

test('A6 local Teams: it stops although the bot and a page hold connections open', async (t) => {
  const { teams, bot } = await startFixture(t);
  bot.answer = () => 'never';
  const conversation = teams.personalChat(ada.aadObjectId);
  const said = teams.say({ as: ada.aadObjectId, conversation, text: 'x' });
  const events = await fetch(`${teams.url}/local/events?as=${ada.aadObjectId}`);
  await teams.close();
  assert.equal((await said.delivered)?.kind, 'unreachable');
  await events.text().catch(() => undefined);
  await assert.rejects(fetch(`${teams.url}/keys`), TypeError);
});

test('A5 local Teams: a scenario that contradicts itself, or a taken port, is said at the start', async (t) => {
  const [team] = scenario.teams;
  assert.ok(team);
  const channel = { id: 'c', name: 'C', members: ['nobody'] };
  const wrong: [Scenario, RegExp][] = [
    [{ ...scenario, users: [] }, /at least one user/],
    [{ ...scenario, users: [ada, ada] }, /same aadObjectId/],
    [{ ...scenario, teams: [{ ...team, channels: [channel] }] }, /names the member nobody/],
    [{ ...scenario, teams: [team, team] }, /two channels have the id/],
  ];
  const options = { clock: createMovableClock(), port: 0, file: ':memory:' };
  for (const [given, reason] of wrong) {
    await assert.rejects(startLocalTeams({ ...options, scenario: given }), reason);
  }
  const { teams } = await startFixture(t);
  const port = Number(new URL(teams.url).port);
  await assert.rejects(startLocalTeams({ ...options, scenario, port }), { code: 'EADDRINUSE' });
});
