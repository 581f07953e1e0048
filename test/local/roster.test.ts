import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Loose, refusedWith, startFixture } from './support/bot.ts';
import { ada, bruno, carla, deskChannel, payChannel, scenario } from './support/scenario.ts';

const desk = encodeURIComponent(deskChannel);

test('A1 local Teams: members come whole, by page, and one by one under either id', async (t) => {
  const { teams, call } = await startFixture(t);
  const all = await call('GET', `conversations/${desk};messageid=1/members`);
  assert.deepEqual(all.body[0], {
    id: teams.teamsId(ada.aadObjectId),
    name: 'Ada Bassi',
    aadObjectId: ada.aadObjectId,
    givenName: 'Ada',
    surname: 'Bassi',
    email: 'ada.bassi@comune.example',
    userPrincipalName: 'ada.bassi@comune.example',
    tenantId: scenario.tenantId,
    userRole: 'user',
  });
  assert.equal(all.body.length, 2);

  const first = await call('GET', `conversations/${desk}/pagedmembers?pageSize=1`);
  assert.equal(first.body.members[0].aadObjectId, ada.aadObjectId);
  const token = encodeURIComponent(first.body.continuationToken);
  const second = await call(
    'GET',
    `conversations/${desk}/pagedmembers?pageSize=1&continuationToken=${token}`,
  );
  assert.equal(second.body.members[0].aadObjectId, bruno.aadObjectId);
  assert.equal(second.body.continuationToken, undefined);
  await refusedWith(call('GET', `conversations/${desk}/pagedmembers?pageSize=0`), 400, 'BadArgument');
  await refusedWith(
    call('GET', `conversations/${desk}/pagedmembers?continuationToken=x`),
    400,
    'BadArgument',
  );

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
      { id: deskChannel, name: 'Sportello' },
      { id: payChannel, name: 'Pagamenti' },
    ],
  });
  assert.equal((await call('GET', `conversations/${id}/members`)).body.length, 3);
});
