import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded, type Whim, whimsBy, whimsicalEffect } from '../../src/local/whims.ts';
import { startFixture } from './support/bot.ts';
import { ada, deskChannel } from './support/scenario.ts';

const message = { type: 'message', text: 'x' };

test('N3 local Teams: what happens now and then happens in the same order for the same seed', () => {
  const draw = (seed: number) => Array.from({ length: 50 }, seeded(seed));
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
  assert.ok(draw(3).every((drawn) => drawn >= 0 && drawn < 1));
  const put = () =>
    whimsicalEffect(whims, 'PUT', '/v3/conversations/a%3A1/activities/1')?.kind === 'status' ? 1 : 0;
  const whims = whimsBy(seeded(1));
  let passing = 0;
  for (let call = 0; call < 20_000; call++) passing += put();
  assert.ok(passing > 5 && passing < 60, `${passing} of 20,000`);
});

const only = (wanted: Whim) => ({ whims: (what: Whim) => what === wanted });

test('N3 local Teams: an answer to a post may have no body, and ids in chats may carry ;messageid=', async (t) => {
  const empty = await startFixture(t, only('emptyAnswer'));
  const answered = await empty.call('POST', `conversations/${deskChannel}/activities`, message);
  assert.deepEqual([answered.status, answered.body], [202, undefined]);
  assert.equal(empty.teams.messagesOf(deskChannel, ada.aadObjectId).length, 1);

  const long = await startFixture(t, only('longId'));
  const chat = long.teams.personalChat(ada.aadObjectId);
  const { body } = await long.call('POST', `conversations/${chat}/activities`, message);
  const [shown] = long.teams.messagesOf(chat, ada.aadObjectId);
  assert.equal(body.id, `${shown?.id};messageid=${shown?.id}`);
});

test('N3 local Teams: the locale of an invoke may stand in clientInfo alone, or nowhere', async (t) => {
  const told = async (whim: Whim | 'none') => {
    const { teams, bot } = await startFixture(t, { whims: (what: Whim) => what === whim });
    await teams.search({ as: ada.aadObjectId, conversation: deskChannel, command: 'find', locale: 'en' });
    const [{ locale, entities }] = bot.received;
    return [locale, entities[0].type, entities[0].locale];
  };
  assert.deepEqual(await told('none'), ['en-US', 'clientInfo', 'en-US']);
  assert.deepEqual(await told('localeInClientInfo'), [undefined, 'clientInfo', 'en-US']);
  assert.deepEqual(await told('noLocale'), [undefined, 'clientInfo', undefined]);
});

test('N3 local Teams: what is sent to who removed the app may be accepted, and nobody sees it', async (t) => {
  const { teams, call } = await startFixture(t, only('unseen'));
  const chat = teams.personalChat(ada.aadObjectId);
  await teams.uninstall(ada.aadObjectId);
  assert.equal((await call('POST', `conversations/${chat}/activities`, message)).status, 201);
  assert.deepEqual(teams.messagesOf(chat, ada.aadObjectId), []);
});

test('N3 local Teams: a deleted chat is not there until it is begun anew by the Entra id, or written in', async (t) => {
  const { teams, call } = await startFixture(t);
  const chat = teams.personalChat(ada.aadObjectId);
  const at = `conversations/${chat}/activities`;
  const sent = await call('POST', at, message);
  teams.deleteChat(ada.aadObjectId);
  assert.equal((await call('POST', at, message)).body.error.code, 'ConversationNotFound');
  assert.equal((await call('PUT', `${at}/${sent.body.id}`, message)).status, 404);
  const begin = (id: string) =>
    call('POST', 'conversations', {
      ...{ members: [{ id }], tenantId: teams.settings.MicrosoftAppTenantId, isGroup: false },
    });
  await begin(teams.teamsId(ada.aadObjectId));
  assert.equal((await call('POST', at, message)).status, 404);
  await begin(ada.aadObjectId);
  assert.equal((await call('POST', at, message)).status, 201);
  assert.equal(teams.messagesOf(chat, ada.aadObjectId).length, 1, 'what stood there is gone');
  teams.deleteChat(ada.aadObjectId);
  await teams.say({ as: ada.aadObjectId, conversation: chat, text: 'ciao' }).delivered;
  assert.equal((await call('POST', at, message)).status, 201);
});

test('N3 local Teams: who blocked the bot is not written to until they let it again', async (t) => {
  const { teams, call } = await startFixture(t);
  const at = `conversations/${teams.personalChat(ada.aadObjectId)}/activities`;
  teams.block(ada.aadObjectId, true);
  assert.equal(teams.session(ada.aadObjectId).installation, 'blocked');
  const refused = await call('POST', at, message);
  assert.deepEqual([refused.status, refused.body.error.code], [403, 'ConversationBlockedByUser']);
  teams.block(ada.aadObjectId, false);
  assert.equal((await call('POST', at, message)).status, 201);
});

test('N3 local Teams: the service moves to another region’s address, and the one before answers 404', async (t) => {
  const { teams, bot, call } = await startFixture(t);
  const at = `conversations/${deskChannel}/activities`;
  const before = teams.serviceUrl;
  assert.match(before, /\/emea\/[\w-]+\/$/);
  assert.equal((await call('POST', at, message)).status, 201);
  teams.moveService('amer');
  await teams.say({ as: ada.aadObjectId, conversation: teams.personalChat(ada.aadObjectId), text: 'ciao' })
    .delivered;
  assert.equal(bot.received.at(-1)?.serviceUrl, before.replace('emea', 'amer'));
  assert.equal((await call('POST', at, message)).status, 201);
  assert.equal((await fetch(`${before}v3/${at}`, { method: 'POST' })).status, 404);
  assert.throws(() => teams.moveService('../x'), /region/);
});
