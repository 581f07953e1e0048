import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card, cardMessage, refusedWith, startFixture } from './support/bot.ts';
import { ada, bruno, deskChannel, scenario } from './support/scenario.ts';

const desk = encodeURIComponent(deskChannel);

test('N3 local Teams: a personal chat is the same for the same person, by either id', async (t) => {
  const { teams, call } = await startFixture(t);
  const open = (id: string, extra = {}) =>
    call('POST', 'conversations', {
      isGroup: false,
      members: [{ id }],
      tenantId: scenario.tenantId,
      ...extra,
    });
  const first = await open(ada.aadObjectId);
  assert.equal(first.status, 201);
  assert.match(first.body.id, /^a:1/);
  assert.equal((await open(teams.teamsId(ada.aadObjectId))).body.id, first.body.id);
  assert.equal((await open(ada.aadObjectId.toUpperCase())).body.id, first.body.id);
  assert.equal(first.body.id, teams.personalChat(ada.aadObjectId));
  assert.notEqual((await open(bruno.aadObjectId)).body.id, first.body.id);

  const withFirst = await open(ada.aadObjectId, { activity: { type: 'message', text: 'ciao' } });
  assert.equal(teams.messagesOf(first.body.id, ada.aadObjectId)[0]?.id, withFirst.body.activityId);

  await refusedWith(open('29:nobody'), 403, 'MemberNotFoundInTenant');
  await refusedWith(open(ada.aadObjectId, { tenantId: 'other' }), 400, 'BadArgument');
  await refusedWith(call('POST', 'conversations', { tenantId: scenario.tenantId }), 400, 'BadArgument');
  await refusedWith(call('POST', 'conversations', 'not json'), 400, 'BadArgument');
});

test('W1 local Teams: a new thread in a channel answers with its own conversation id', async (t) => {
  const { teams, call } = await startFixture(t);
  const create = {
    isGroup: true,
    channelData: { channel: { id: deskChannel } },
    activity: cardMessage('nuova'),
  };
  const made = await call('POST', 'conversations', create);
  assert.equal(made.status, 201);
  const { id, activityId } = made.body;
  assert.equal(id, `${deskChannel};messageid=${activityId}`);

  const reply = await call('POST', `conversations/${encodeURIComponent(id)}/activities`, {
    type: 'message',
    text: 'r1',
  });
  const raw = await call('POST', `conversations/${id}/activities`, { type: 'message', text: 'r2' });
  const below = await call('POST', `conversations/${desk}/activities/${reply.body.id}`, {
    type: 'message',
    text: 'r3',
  });
  const named = `conversations/${desk};messageid=${reply.body.id}/activities`;
  const beside = await call('POST', named, { type: 'message', text: 'r4' });
  const messages = teams.messagesOf(deskChannel, ada.aadObjectId);
  assert.deepEqual(
    messages.map((message) => [message.id, message.replyTo]),
    [activityId, reply.body.id, raw.body.id, below.body.id, beside.body.id].map((own, index) => [
      own,
      index ? activityId : undefined,
    ]),
  );
  assert.ok(Number(below.body.id) > Number(raw.body.id));

  await refusedWith(call('POST', 'conversations', { ...create, activity: undefined }), 400, 'BadArgument');
  const unknown = { ...create, channelData: { channel: { id: '19:none@thread.tacv2' } } };
  await refusedWith(call('POST', 'conversations', unknown), 404, 'ConversationNotFound');
});

test('W1 local Teams: the bot edits and deletes its own messages in place, and nobody else’s', async (t) => {
  const { teams, call, post } = await startFixture(t);
  const id = await post(deskChannel, cardMessage('uno'));
  const path = `conversations/${desk};messageid=${id}/activities/${id}`;
  const edited = await call('PUT', path, cardMessage('due'));
  assert.deepEqual([edited.status, edited.body], [200, { id }]);
  const [message] = teams.messagesOf(deskChannel, ada.aadObjectId);
  assert.deepEqual(message?.cards, [card('due')]);
  assert.equal(typeof message?.editedAt, 'number');
  await call('PUT', path, { type: 'message', text: 'solo testo' });
  assert.deepEqual(teams.messagesOf(deskChannel, ada.aadObjectId)[0]?.cards, []);
  await refusedWith(call('PUT', path, { type: 'typing' }), 400, 'BadArgument');

  const own = teams.say({ as: ada.aadObjectId, conversation: deskChannel, text: 'mia' }).message.id;
  const foreign = `conversations/${desk}/activities/${own}`;
  await refusedWith(call('PUT', foreign, cardMessage('x')), 403, 'ForbiddenOperationException');
  await refusedWith(call('DELETE', foreign), 403, 'ForbiddenOperationException');

  assert.equal((await call('DELETE', path)).status, 200);
  const [deleted] = teams.messagesOf(deskChannel, ada.aadObjectId);
  assert.deepEqual([deleted?.deleted, deleted?.text, deleted?.cards], [true, undefined, []]);
  await refusedWith(call('PUT', path, cardMessage('x')), 403, 'ServiceError');
  await refusedWith(call('DELETE', path), 404, 'ActivityNotFoundInConversation');
});

test('N3 local Teams: unknown ids are 404 and malformed bodies are 400, and nothing is shown', async (t) => {
  const { teams, call } = await startFixture(t);
  const message = { type: 'message', text: 'x' };
  const at = `conversations/${desk}/activities`;
  await refusedWith(call('POST', 'conversations/a:none/activities', message), 404, 'ConversationNotFound');
  await refusedWith(
    call('POST', `conversations/${desk};messageid=1/activities`, message),
    404,
    'ConversationNotFound',
  );
  await refusedWith(call('POST', `${at}/none`, message), 404, 'ActivityNotFoundInConversation');
  await refusedWith(call('PUT', `${at}/1`, message), 404, 'ActivityNotFoundInConversation');
  await refusedWith(call('GET', 'conversations/none/members'), 404, 'ConversationNotFound');
  await refusedWith(
    call('GET', `conversations/${desk}/members/29:none`),
    404,
    'MemberNotFoundInConversation',
  );
  await refusedWith(call('GET', 'teams/none'), 404, 'NotFound');
  await refusedWith(call('GET', 'attachments/none/views/original'), 404, 'NotFound');
  await refusedWith(call('GET', 'nowhere'), 404, 'NotFound');

  await refusedWith(call('POST', at, '{'), 400, 'BadArgument');
  const wrong: unknown[] = [
    [],
    {},
    { type: 'message' },
    { type: 'message', text: 7 },
    { type: 'message', text: '' },
    { type: 'invoke', text: 'x' },
    { type: 'message', text: 'x', textFormat: 'xml' },
    {
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: '{}' }],
    },
    { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content: {} }] },
    { type: 'message', attachments: [{ contentType: 'image/png', contentUrl: 'file:///etc/passwd' }] },
    { type: 'message', attachments: ['card'] },
  ];
  for (const body of wrong) await refusedWith(call('POST', at, body), 400, 'BadSyntax');
  assert.deepEqual(teams.messagesOf(deskChannel, ada.aadObjectId), []);
  const broken = await call('GET', 'conversations/%zz/members');
  assert.equal(broken.status, 400);
});

test('N3 local Teams: a message beyond 100 KB as UTF-16 is too big, however it is spelt', async (t) => {
  const { teams, call, post } = await startFixture(t);
  const at = `conversations/${desk}/activities`;
  const most = 51_200 - JSON.stringify({ type: 'message', text: '' }).length;
  await post(deskChannel, 'à'.repeat(most));
  await refusedWith(
    call('POST', at, { type: 'message', text: 'a'.repeat(most + 1) }),
    413,
    'MessageSizeTooBig',
  );
  await refusedWith(
    call('POST', at, { type: 'message', text: 'a'.repeat(1_000_000) }),
    413,
    'MessageSizeTooBig',
  );
  const escaped = `{"type":"message","text":"${'\\u0061'.repeat(40_000)}"}`;
  assert.equal((await call('POST', at, escaped)).status, 201);
  const id = await post(deskChannel, 'x');
  const big = { type: 'message', text: 'a'.repeat(most + 1) };
  await refusedWith(call('PUT', `${at}/${id}`, big), 413, 'MessageSizeTooBig');
  assert.equal(teams.messagesOf(deskChannel, ada.aadObjectId).length, 3);
});

test('W4 local Teams: typing shows, a mention must stand in the text and name somebody', async (t) => {
  const { teams, call, post } = await startFixture(t);
  const typing: unknown[] = [];
  teams.listen(ada.aadObjectId, (event) => event.type === 'typing' && typing.push(event));
  const chat = teams.personalChat(ada.aadObjectId);
  assert.equal((await call('POST', `conversations/${chat}/activities`, { type: 'typing' })).status, 202);
  assert.deepEqual(typing, [{ type: 'typing', conversation: chat, name: 'Echo' }]);
  assert.deepEqual(teams.messagesOf(chat, ada.aadObjectId), []);

  const mention = (text: string, id: string) => ({
    type: 'message',
    text: 'senti <at>Bruno</at>',
    entities: [{ type: 'mention', text, mentioned: { id, name: 'Bruno' } }],
  });
  await post(deskChannel, mention('<at>Bruno</at>', teams.teamsId(bruno.aadObjectId)));
  assert.deepEqual(teams.messagesOf(deskChannel, ada.aadObjectId)[0]?.mentions, [
    { id: bruno.aadObjectId, text: '<at>Bruno</at>' },
  ]);
  const at = `conversations/${desk}/activities`;
  await refusedWith(call('POST', at, mention('<at>Other</at>', bruno.aadObjectId)), 400, 'BadSyntax');
  await refusedWith(call('POST', at, mention('<at>Bruno</at>', '29:none')), 400, 'BadSyntax');
});

test('W4 local Teams: every call of the bot is kept with its answer', async (t) => {
  const { teams, call, post } = await startFixture(t);
  await post(deskChannel, 'x');
  await call('GET', 'nowhere?a=b');
  assert.deepEqual(
    teams.calls.map(({ method, path, status }) => [method, path, status]),
    [
      ['POST', `/v3/conversations/${desk}/activities`, 201],
      ['GET', '/v3/nowhere?a=b', 404],
    ],
  );
  assert.deepEqual(teams.calls[0]?.body, { type: 'message', text: 'x' });
});
