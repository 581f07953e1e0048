import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFixture } from './support/bot.ts';
import { ada, bruno, deskChannel } from './support/scenario.ts';

test('W4 local Teams: the bot hears what people edit and delete of their own, and that they type', async (t) => {
  const { teams, bot } = await startFixture(t);
  const as = ada.aadObjectId;
  const conversation = teams.personalChat(as);
  const said = teams.say({ as, conversation, text: 'ciao' });
  await said.delivered;
  teams.type(as, conversation);
  await teams.idle();
  const edited = teams.edit({ as, conversation, message: said.message.id, text: 'ciao a tutti' });
  await teams.idle();
  teams.remove(as, conversation, said.message.id);
  await teams.idle();
  assert.deepEqual(
    bot.received.map(({ type, channelData, text }) => [type, channelData.eventType, text]),
    [
      ['message', undefined, 'ciao'],
      ['typing', undefined, undefined],
      ['messageUpdate', 'editMessage', 'ciao a tutti'],
      ['messageDelete', 'softDeleteMessage', undefined],
    ],
  );
  for (const at of [0, 2, 3]) assert.equal(bot.received[at].id, said.message.id);
  assert.ok(edited.editedAt !== undefined && edited.text === 'ciao a tutti');
  assert.ok(teams.messagesOf(conversation, as)[0]?.deleted);
});

test('W4 local Teams: a deletion is taken back by who deleted, and the bot hears the message anew', async (t) => {
  const { teams, bot } = await startFixture(t);
  const as = ada.aadObjectId;
  const conversation = teams.personalChat(as);
  const { message, delivered } = teams.say({ as, conversation, text: 'ciao' });
  await delivered;
  assert.throws(() => teams.restore(as, conversation, message.id), /could be restored/);
  teams.remove(as, conversation, message.id);
  await teams.idle();
  teams.restore(as, conversation, message.id);
  await teams.idle();
  const { type, channelData, text, id } = bot.received.at(-1);
  assert.deepEqual(
    [type, channelData.eventType, text, id],
    ['messageUpdate', 'undeleteMessage', 'ciao', message.id],
  );
  assert.deepEqual(teams.messagesOf(conversation, as), [message]);
  assert.throws(() => teams.restore(as, conversation, message.id), /could be restored/);
  const { message: other } = teams.say({ as: bruno.aadObjectId, conversation: deskChannel, text: 'ecco' });
  teams.remove(bruno.aadObjectId, deskChannel, other.id);
  assert.throws(() => teams.restore(as, deskChannel, other.id), /could be restored/);
});

test('W4 local Teams: nobody edits what is somebody else’s, or what is gone, and the bot hears nothing of others', async (t) => {
  const { teams, bot } = await startFixture(t);
  const { message } = teams.say({ as: bruno.aadObjectId, conversation: deskChannel, text: 'ecco' });
  const edit = { conversation: deskChannel, message: message.id, text: 'altro' };
  assert.throws(() => teams.edit({ as: ada.aadObjectId, ...edit }), /somebody else/);
  assert.throws(() => teams.edit({ as: bruno.aadObjectId, ...edit, text: ' ' }), /empty/);
  teams.edit({ as: bruno.aadObjectId, ...edit });
  teams.remove(bruno.aadObjectId, deskChannel, message.id);
  assert.throws(() => teams.edit({ as: bruno.aadObjectId, ...edit }), /no message/);
  await teams.idle();
  assert.deepEqual(bot.received, []);
});
