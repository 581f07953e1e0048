import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { generateKeyPair, SignJWT } from 'jose';
import { PERSON, TENANT } from '../support/desk.ts';
import { APP_ID, startTeams, type TeamsUnderTest } from '../support/teams.ts';

describe('A2 who may speak to the bot', () => {
  let teams: TeamsUnderTest;
  before(async () => {
    teams = await startTeams();
  });
  after(() => teams.stop());

  const nowS = () => Math.floor(Date.now() / 1000);
  const claims = (over: Record<string, unknown> = {}) => ({
    iss: teams.local.settings.ToBotFromChannelTokenIssuer,
    aud: APP_ID,
    serviceurl: teams.local.serviceUrl,
    nbf: nowS() - 10,
    exp: nowS() + 600,
    ...over,
  });
  const without = (key: string) => {
    const { [key]: _, ...rest } = claims() as Record<string, unknown>;
    return rest;
  };
  const activity = (over: Record<string, unknown> = {}) => ({
    type: 'message',
    id: '1',
    channelId: 'msteams',
    serviceUrl: teams.local.serviceUrl,
    text: 'aiuto',
    from: { id: teams.local.teamsId(PERSON.maria), name: 'Maria Rinaldi', aadObjectId: PERSON.maria },
    recipient: { id: `28:${APP_ID}` },
    conversation: {
      id: teams.local.personalChat(PERSON.maria),
      conversationType: 'personal',
      tenantId: TENANT,
    },
    channelData: { tenant: { id: TENANT } },
    ...over,
  });
  const post = async (authorization: string | undefined, body: unknown = activity()) => {
    const response = await fetch(`${teams.url}/api/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  const bearer = async (payload: Record<string, unknown>) => `Bearer ${await teams.local.signToken(payload)}`;
  const unsigned = (header: object, payload: object) =>
    `Bearer ${[header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;

  test('A2 a valid token is let in, the second time too', async () => {
    const authorization = await bearer(claims());
    assert.equal((await post(authorization)).status, 200);
    assert.equal((await post(authorization)).status, 200);
  });

  const FORGERIES: Record<string, () => Promise<string | undefined>> = {
    'no token': async () => undefined,
    'an empty header': async () => '',
    garbage: async () => 'Bearer garbage',
    'another scheme': async () => (await bearer(claims())).replace('Bearer', 'Basic'),
    'another audience': () => bearer(claims({ aud: '00000000-0000-4000-8000-000000000000' })),
    'another issuer': () => bearer(claims({ iss: 'https://sts.windows.net/evil/' })),
    'an expired token': () => bearer(claims({ nbf: nowS() - 7_200, exp: nowS() - 3_600 })),
    'a token not valid yet': () => bearer(claims({ nbf: nowS() + 3_600, exp: nowS() + 7_200 })),
    'a token without end': () => bearer(without('exp')),
    'a token for another service': () => bearer(claims({ serviceurl: 'https://elsewhere.example/' })),
    'a token without a service': () => bearer(without('serviceurl')),
    'alg none': async () => unsigned({ alg: 'none', typ: 'JWT' }, claims()),
    'HS256 signed with the public app id': async () =>
      `Bearer ${await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(APP_ID.padEnd(32, '0')))}`,
    'a signature by another key': async () => {
      const { privateKey } = await generateKeyPair('RS256');
      return `Bearer ${await new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: 'unknown' }).sign(privateKey)}`;
    },
    'a forged signature under a true key id': async () => {
      const { privateKey } = await generateKeyPair('RS256');
      const header = (await teams.local.signToken(claims())).split('.')[0] as string;
      const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
      return `Bearer ${await new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey)}`;
    },
    'a true token with changed claims': async () => {
      const [header, , signature] = (await teams.local.signToken(claims())).split('.');
      const changed = Buffer.from(JSON.stringify(claims({ exp: nowS() + 9_999 }))).toString('base64url');
      return `Bearer ${header}.${changed}.${signature}`;
    },
  };
  for (const [what, header] of Object.entries(FORGERIES))
    test(`A2 ${what} is answered 401 and changes nothing`, async () => {
      const answer = await post(await header());
      assert.equal(answer.status, 401);
      assert.match(answer.text, /valid Bot Framework token/);
    });

  for (const [what, over] of Object.entries({
    'without channelId': { channelId: undefined },
    'from another channel': { channelId: 'emulator' },
    'without serviceUrl': { serviceUrl: undefined },
    'with another serviceUrl': { serviceUrl: 'https://elsewhere.example/' },
  }))
    test(`A2 an activity ${what} is answered 401`, async () => {
      assert.equal((await post(await bearer(claims()), activity(over))).status, 401);
    });

  test('A2 a verified token does not open the door for another service', async () => {
    const authorization = await bearer(claims());
    assert.equal((await post(authorization)).status, 200);
    assert.equal(
      (await post(authorization, activity({ serviceUrl: 'https://elsewhere.example/' }))).status,
      401,
    );
  });

  for (const [what, body] of Object.entries({
    'not JSON': '{"type":',
    'a list': '[]',
    'without a type': { type: undefined },
    'without a sender': { from: undefined },
    'without a conversation': { conversation: undefined },
    'with a sender that is text': { from: 'Maria' },
    'without an id': { id: undefined },
    'without a recipient': { recipient: undefined },
  }))
    test(`A2 a body that is ${what} is answered 400 with the reason`, async () => {
      const answer = await post(
        await bearer(claims()),
        typeof body === 'string' ? body : activity(body as Record<string, unknown>),
      );
      assert.equal(answer.status, 400);
      assert.match(answer.text, /"code":"Bad/);
    });

  test('A2 a body beyond the limit is answered 413', async () => {
    const answer = await post(await bearer(claims()), activity({ text: 'x'.repeat(2_000_000) }));
    assert.equal(answer.status, 413);
  });

  test('A2 a foreign tenant is told so and nothing is kept', async () => {
    const answer = await post(
      await bearer(claims()),
      activity({ channelData: { tenant: { id: 'c0000000-0000-4000-8000-000000000001' } }, text: 'mandati' }),
    );
    assert.equal(answer.status, 200);
    await teams.settle();
    assert.equal(await teams.opened.store.pendingDraftOf(PERSON.maria), undefined);
    const last = teams.local.messagesOf(teams.local.personalChat(PERSON.maria), PERSON.maria).at(-1);
    assert.match(last?.text ?? '', /solo il personale/);
  });
});
