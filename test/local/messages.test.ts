import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card, cardMessage, startFixture } from './support/bot.ts';
import { ada, bruno, carla, deskChannel, payChannel, scenario } from './support/scenario.ts';

test('W4 local Teams: a message in the personal chat reaches the bot in the shape of Teams', async (t) => {
  const { teams, bot } = await startFixture(t);
  const chat = teams.personalChat(ada.aadObjectId);
  const said = teams.say({ as: ada.aadObjectId, conversation: chat, text: 'ciao *mondo* <b>', locale: 'it' });
  assert.equal((await said.delivered)?.attempts, 1);

  const [activity] = bot.received;
  assert.equal(activity.type, 'message');
  assert.equal(activity.channelId, 'msteams');
  assert.equal(activity.id, said.message.id);
  assert.equal(activity.serviceUrl, teams.serviceUrl);
  assert.equal(activity.text, 'ciao *mondo* <b>');
  assert.equal(activity.locale, 'it-IT');
  assert.deepEqual(activity.from, {
    id: teams.teamsId(ada.aadObjectId),
    name: 'Ada Bassi',
    aadObjectId: ada.aadObjectId,
  });
  assert.match(activity.from.id, /^29:1/);
  assert.deepEqual(activity.recipient, { id: `28:${scenario.bot.appId}`, name: 'Echo' });
  assert.deepEqual(activity.conversation, {
    conversationType: 'personal',
    tenantId: scenario.tenantId,
    id: chat,
  });
  assert.deepEqual(activity.channelData, { tenant: { id: scenario.tenantId } });
  assert.deepEqual(activity.entities, [
    { type: 'clientInfo', locale: 'it-IT', country: 'IT', platform: 'Web', timezone: 'Europe/Rome' },
  ]);
  assert.equal(Date.parse(activity.timestamp), Date.parse(activity.localTimestamp));
  assert.match(activity.localTimestamp, /\+0[12]:00$/);
});

test('W4 local Teams: what the bot writes is seen at once by those in the conversation, and by nobody else', async (t) => {
  const { teams, post } = await startFixture(t);
  const seen: Record<string, string[]> = { ada: [], bruno: [], carla: [] };
  for (const [name, user] of Object.entries({ ada, bruno, carla })) {
    teams.listen(user.aadObjectId, (event) => {
      if (event.type === 'message') seen[name]?.push(event.message.text ?? event.message.summary ?? '');
    });
  }
  await post(teams.personalChat(ada.aadObjectId), 'per Ada');
  await post(deskChannel, cardMessage('nuova richiesta'));
  assert.deepEqual(seen, { ada: ['per Ada', 'nuova richiesta'], bruno: ['nuova richiesta'], carla: [] });

  const [message] = teams.messagesOf(deskChannel, bruno.aadObjectId);
  assert.deepEqual(message?.cards, [card('nuova richiesta')]);
  assert.deepEqual(message?.from, { id: `28:${scenario.bot.appId}`, name: 'Echo', bot: true });
  assert.throws(() => teams.messagesOf(deskChannel, carla.aadObjectId), /Carla Dossi does not see/);
  assert.throws(
    () => teams.messagesOf(teams.personalChat(ada.aadObjectId), bruno.aadObjectId),
    /does not see/,
  );
});

test('W4 local Teams: in a channel the bot hears only what mentions it, with the thread in the conversation id', async (t) => {
  const { teams, bot, post } = await startFixture(t);
  const root = await post(payChannel, 'scheda');
  const quiet = teams.say({
    as: carla.aadObjectId,
    conversation: payChannel,
    text: 'tra noi',
    replyTo: root,
  });
  assert.equal(await quiet.delivered, undefined);
  assert.equal(bot.received.length, 0);

  const loud = teams.say({
    as: carla.aadObjectId,
    conversation: payChannel,
    text: '@Echo guarda',
    replyTo: quiet.message.id,
    mentionsBot: true,
  });
  await loud.delivered;
  assert.equal(loud.message.replyTo, root);
  const [activity] = bot.received;
  assert.equal(activity.conversation.id, `${payChannel};messageid=${root}`);
  assert.equal(activity.conversation.conversationType, 'channel');
  assert.equal(activity.conversation.isGroup, true);
  assert.equal(activity.text, '<at>Echo</at> guarda');
  assert.deepEqual(activity.entities[0], {
    type: 'mention',
    mentioned: { id: `28:${scenario.bot.appId}`, name: 'Echo' },
    text: '<at>Echo</at>',
  });
  assert.equal(activity.channelData.channel.id, payChannel);
  assert.equal(activity.channelData.team.id, '19:team@thread.tacv2');

  const first = teams.say({
    as: carla.aadObjectId,
    conversation: payChannel,
    text: 'nuovo',
    mentionsBot: true,
  });
  await first.delivered;
  assert.equal(bot.received[1].conversation.id, `${payChannel};messageid=${first.message.id}`);
});

test('W4 local Teams: a quoted reply carries the quoted message as HTML, with its text made harmless', async (t) => {
  const { teams, bot, post } = await startFixture(t);
  const chat = teams.personalChat(ada.aadObjectId);
  const quoted = await post(chat, 'quale <script>?');
  const said = teams.say({ as: ada.aadObjectId, conversation: chat, text: 'quella', quotes: quoted });
  await said.delivered;
  assert.equal(said.message.quotes, quoted);
  const [activity] = bot.received;
  assert.equal(activity.text, 'quella');
  const [html] = activity.attachments;
  assert.equal(html.contentType, 'text/html');
  assert.match(html.content, new RegExp(`itemtype="http://schema.skype.com/Reply" itemid="${quoted}"`));
  assert.match(html.content, /quale &lt;script&gt;\?/);
});

test('W4 local Teams: a reaction is shown to all and told to the bot whose message it is', async (t) => {
  const { teams, bot, post, call } = await startFixture(t);
  const message = await post(deskChannel, 'fatto');
  const like = { as: bruno.aadObjectId, conversation: deskChannel, message, type: 'like' };
  const changed = await teams.react(like);
  assert.deepEqual(changed.reactions, [{ type: 'like', by: [bruno.aadObjectId] }]);
  await teams.react(like);
  await teams.react({ ...like, remove: true });
  assert.deepEqual(
    bot.received.map(({ type, replyToId, reactionsAdded, reactionsRemoved, conversation }) => [
      type,
      replyToId,
      reactionsAdded ?? reactionsRemoved,
      conversation.id,
    ]),
    [
      ['messageReaction', message, [{ type: 'like' }], `${deskChannel};messageid=${message}`],
      ['messageReaction', message, [{ type: 'like' }], `${deskChannel};messageid=${message}`],
    ],
  );

  const own = teams.say({ as: ada.aadObjectId, conversation: deskChannel, text: 'grazie' });
  await teams.react({ ...like, message: own.message.id });
  assert.equal(bot.received.length, 2);
  const path = `conversations/${deskChannel}/activities/${own.message.id}/reactions/heart`;
  assert.equal((await call('PUT', path)).status, 200);
  const [, reacted] = teams.messagesOf(deskChannel, ada.aadObjectId);
  assert.deepEqual(reacted?.reactions[1], { type: 'heart', by: [`28:${scenario.bot.appId}`] });
  assert.equal((await call('DELETE', path)).status, 200);
  assert.equal(teams.messagesOf(deskChannel, ada.aadObjectId)[1]?.reactions.length, 1);
});

test('W4 local Teams: what no Teams client could do is refused with a sentence', async (t) => {
  const { teams } = await startFixture(t);
  const chat = teams.personalChat(ada.aadObjectId);
  const as = ada.aadObjectId;
  assert.throws(() => teams.say({ as: 'nobody', conversation: chat, text: 'x' }), /no user/);
  assert.throws(() => teams.say({ as: bruno.aadObjectId, conversation: chat, text: 'x' }), /does not see/);
  assert.throws(() => teams.say({ as, conversation: chat, text: ' \n' }), /empty/);
  assert.throws(() => teams.say({ as, conversation: chat, text: 'x'.repeat(60_000) }), /too long/);
  assert.throws(() => teams.say({ as, conversation: chat, text: 'x', replyTo: '1' }), /no threads/);
  assert.throws(() => teams.say({ as, conversation: deskChannel, text: 'x', quotes: '1' }), /replyTo/);
  assert.throws(() => teams.say({ as, conversation: deskChannel, text: 'x', replyTo: '1' }), /no message 1/);
  assert.throws(() => teams.say({ as, conversation: chat, text: 'x', files: ['none'] }), /upload it first/);
  assert.throws(() => teams.say({ as, conversation: chat, text: 'x', locale: '!' }), /not a language/);
  assert.deepEqual(teams.messagesOf(chat, as), []);
});

test('W4 local Teams: the bot is told when the app is installed, and cannot write after it was removed', async (t) => {
  const { teams, bot, call } = await startFixture(t);
  const chat = teams.personalChat(ada.aadObjectId);
  const create = { members: [{ id: ada.aadObjectId }], tenantId: scenario.tenantId };
  await teams.uninstall(ada.aadObjectId);
  const refused = await call('POST', 'conversations', create);
  assert.deepEqual([refused.status, refused.body.error.code], [403, 'ForbiddenOperationException']);
  const closed = await call('POST', `conversations/${chat}/activities`, { type: 'message', text: 'x' });
  assert.deepEqual([closed.status, closed.body.error.code], [403, 'BotNotInConversationRoster']);
  assert.throws(() => teams.say({ as: ada.aadObjectId, conversation: chat, text: 'x' }), /not installed/);

  await teams.install(ada.aadObjectId);
  assert.equal((await call('POST', 'conversations', create)).status, 201);
  assert.deepEqual(
    bot.received.map(({ type, action, membersAdded }) => [type, action ?? membersAdded[0].id]),
    [
      ['installationUpdate', 'remove'],
      ['installationUpdate', 'add'],
      ['conversationUpdate', `28:${scenario.bot.appId}`],
    ],
  );
});
