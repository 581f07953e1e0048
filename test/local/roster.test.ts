import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Loose, refusedWith, startFixture } from './support/bot.ts';
import { ada, bruno, carla, deskChannel, payChannel, scenario } from './support/scenario.ts';

const desk = encodeURIComponent(deskChannel);

const team = encodeURIComponent('19:team@thread.tacv2');

test('A1 local Teams: members come with their Entra id under one of its two names, and one by one under either id', async (t) => {
  const { teams, call } = await startFixture(t);
  const all = await call('GET', `conversations/${team}/members`);
  const said = {
    id: teams.teamsId(ada.aadObjectId),
    name: 'Ada Bassi',
    givenName: 'Ada',
    surname: 'Bassi',
    email: 'ada.bassi@comune.example',
    userPrincipalName: 'ada.bassi@comune.example',
    tenantId: scenario.tenantId,
    userRole: 'user',
  };
  assert.deepEqual(all.body[0], { ...said, objectId: ada.aadObjectId });
  assert.equal(all.body[1].aadObjectId, bruno.aadObjectId);
  assert.equal(all.body[1].objectId, undefined);
  assert.equal(all.body.length, 3);
  const by29 = await call(
    'GET',
    `conversations/${desk}/members/${encodeURIComponent(teams.teamsId(bruno.aadObjectId))}`,
  );
  assert.equal(by29.body.surname, 'Conti');
  assert.equal((await call('GET', `conversations/${desk}/members/${bruno.aadObjectId}`)).status, 200);
  await refusedWith(
    call('GET', `conversations/${desk}/members/${carla.aadObjectId}`),
    404,
    'MemberNotFoundInConversation',
  );
  const chat = await call('GET', `conversations/${teams.personalChat(carla.aadObjectId)}/members`);
  assert.deepEqual(
    chat.body.map(({ name }: Loose) => name),
    ['Carla Dossi'],
  );
});

test('A1 local Teams: members come by pages of fifty at least', async (t) => {
  const crowd = Array.from({ length: 60 }, (_, index) => ({
    ...ada,
    aadObjectId: `00000000-0000-4000-8000-1${String(index).padStart(11, '0')}`,
  }));
  const [only] = scenario.teams;
  assert.ok(only);
  const members = crowd.map(({ aadObjectId }) => aadObjectId);
  const { call } = await startFixture(t, {
    scenario: {
      ...scenario,
      users: crowd,
      teams: [{ ...only, channels: [{ id: deskChannel, name: 'Sportello', members }] }],
    },
  });
  const first = await call('GET', `conversations/${team}/pagedmembers?pageSize=1`);
  assert.equal(first.body.members.length, 50);
  const token = encodeURIComponent(first.body.continuationToken);
  const second = await call('GET', `conversations/${team}/pagedmembers?continuationToken=${token}`);
  assert.equal(second.body.members.length, 10);
  assert.equal(second.body.continuationToken, undefined);
  await refusedWith(call('GET', `conversations/${team}/pagedmembers?pageSize=0`), 400, 'BadArgument');
  const forged = call('GET', `conversations/${team}/pagedmembers?continuationToken=x`);
  await refusedWith(forged, 400, 'BadArgument');
});

test('W1 local Teams: by its own id a standard channel tells only some of its members, a private one all', async (t) => {
  const [only] = scenario.teams;
  assert.ok(only);
  const channels = only.channels.map((one) =>
    one.id === payChannel ? { ...one, type: 'private' as const } : one,
  );
  const { teams, bot, call } = await startFixture(t, {
    scenario: { ...scenario, teams: [{ ...only, channels }] },
  });
  const names = async (id: string) =>
    (await call('GET', `conversations/${encodeURIComponent(id)}/members`)).body.map(
      ({ name }: Loose) => name,
    );
  assert.deepEqual(await names(deskChannel), ['Ada Bassi']);
  assert.deepEqual(await names(payChannel), ['Bruno Conti', 'Carla Dossi']);

  await teams.setAppInChannel(carla.aadObjectId, payChannel, false);
  const told = bot.received.at(-1);
  assert.equal(told.type, 'conversationUpdate');
  assert.equal(told.channelData.eventType, 'channelMemberRemoved');
  assert.deepEqual(told.channelData.channel, { id: payChannel, type: 'private' });
  assert.equal(told.membersRemoved[0].id, told.recipient.id);
  const pay = encodeURIComponent(payChannel);
  await refusedWith(call('GET', `conversations/${pay}/pagedmembers`), 403, 'BotNotInConversationRoster');
  const text = { type: 'message', text: 'x' };
  await refusedWith(call('POST', `conversations/${pay}/activities`, text), 403, 'BotNotInConversationRoster');
  const listed = async () =>
    (await call('GET', `teams/${team}/conversations`)).body.conversations.map(({ id, type }: Loose) => [
      id,
      type,
    ]);
  assert.deepEqual(await listed(), [[deskChannel, 'standard']]);
  // What the system says there is nobody's, also in a message action (BotFramework-Services#348).
  const said = teams.messagesOf(payChannel, carla.aadObjectId).at(-1);
  assert.match(said?.text ?? '', /Carla Dossi ha rimosso/);
  const keep = { as: carla.aadObjectId, conversation: payChannel, command: 'keep', message: said?.id ?? '' };
  await teams.dialog({ ...keep, step: 'fetch' });
  assert.equal(bot.received.at(-1).value.messagePayload.from, null);
  await teams.setAppInChannel(carla.aadObjectId, payChannel, true);
  assert.equal(bot.received.at(-1).channelData.eventType, 'channelMemberAdded');
  assert.deepEqual(await listed(), [
    [deskChannel, 'standard'],
    [payChannel, 'private'],
  ]);
  await assert.rejects(teams.setAppInChannel(ada.aadObjectId, deskChannel, false), /with its team/);
});

test('A1 local Teams: somebody of another tenant is in a shared channel, and what they send does not say so', async (t) => {
  const [only] = scenario.teams;
  assert.ok(only);
  const away = '50000000-0000-4000-8000-000000000000';
  const users = [ada, { ...bruno, guest: true }, { ...carla, tenantId: away }];
  const channels = only.channels.map((one) =>
    one.id === payChannel ? { ...one, type: 'shared' as const } : one,
  );
  const { teams, bot, call } = await startFixture(t, {
    scenario: { ...scenario, users, teams: [{ ...only, channels }] },
  });
  const conversations = teams.session(carla.aadObjectId).conversations.map(({ id }) => id);
  assert.deepEqual(conversations, [payChannel], 'no chat of their own with the bot');
  await teams.say({ as: carla.aadObjectId, conversation: payChannel, text: 'ciao', mentionsBot: true })
    .delivered;
  const heard = bot.received.at(-1);
  assert.equal(heard.channelData.tenant.id, scenario.tenantId);
  assert.equal(heard.conversation.tenantId, scenario.tenantId);
  assert.equal(heard.channelData.channel.type, 'shared');
  const all = await call('GET', `conversations/${encodeURIComponent(payChannel)}/pagedmembers`);
  assert.deepEqual(
    all.body.members.map(({ tenantId, userRole }: Loose) => [tenantId, userRole]),
    [
      [scenario.tenantId, 'guest'],
      [away, 'user'],
    ],
  );
  const inTeam = await call('GET', `conversations/${team}/pagedmembers`);
  assert.equal(inTeam.body.members.length, 2, 'nor are they of the team');
  const chat = { members: [{ id: carla.aadObjectId }], tenantId: scenario.tenantId };
  await refusedWith(call('POST', 'conversations', chat), 403, 'MemberNotFoundInTenant');
});

test('I20 local Teams: in a chat of several and in a meeting the bot hears what mentions it', async (t) => {
  const group = { id: '19:lunch@thread.v2', name: 'Pranzo', members: [ada.aadObjectId, bruno.aadObjectId] };
  const meeting = { id: '19:meeting_x@thread.v2', name: 'Riunione', meeting: true, members: group.members };
  const { teams, bot, post, call } = await startFixture(t, {
    scenario: { ...scenario, chats: [group, meeting] },
  });
  const views = teams.session(ada.aadObjectId).conversations.filter(({ kind }) => kind === 'group');
  assert.deepEqual(
    views.map(({ name }) => name),
    ['Pranzo', 'Riunione'],
  );
  const say = (text: string, conversation: string, mentionsBot: boolean) =>
    teams.say({ as: ada.aadObjectId, conversation, text, mentionsBot }).delivered;
  await say('a che ora?', group.id, false);
  assert.equal(bot.received.length, 0);
  await say('aiuto', meeting.id, true);
  const { conversation, channelData } = bot.received[0];
  assert.deepEqual(conversation, {
    isGroup: true,
    conversationType: 'groupChat',
    tenantId: scenario.tenantId,
    id: meeting.id,
  });
  assert.deepEqual(channelData.meeting, { id: meeting.id });
  await post(group.id, 'eccomi');
  assert.equal(teams.messagesOf(group.id, bruno.aadObjectId).at(-1)?.text, 'eccomi');
  assert.throws(() => teams.messagesOf(group.id, carla.aadObjectId), /does not see/);
  const members = await call('GET', `conversations/${encodeURIComponent(group.id)}/pagedmembers`);
  assert.equal(members.body.members.length, 2);
});

test('W1 local Teams: a team tells what it is and which channels it has', async (t) => {
  const { call } = await startFixture(t);
  const id = encodeURIComponent('19:team@thread.tacv2');
  assert.deepEqual((await call('GET', `teams/${id}`)).body, {
    id: '19:team@thread.tacv2',
    name: 'Uffici',
    type: 'standard',
    aadGroupId: '30000000-0000-4000-8000-000000000000',
    tenantId: scenario.tenantId,
    channelCount: 2,
    memberCount: 3,
  });
  assert.deepEqual((await call('GET', `teams/${id}/conversations`)).body, {
    conversations: [
      { id: deskChannel, name: 'Sportello', type: 'standard' },
      { id: payChannel, name: 'Pagamenti', type: 'standard' },
    ],
  });
  assert.equal((await call('GET', `conversations/${id}/members`)).body.length, 3);
});
