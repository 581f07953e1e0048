import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { callUrl, type Loose, requestToken, startFixture } from './support/bot.ts';
import { ada, scenario } from './support/scenario.ts';

test('A2 local Teams: metadata leads to a key that is endorsed for Teams', async (t) => {
  const { teams } = await startFixture(t);
  const metadata = await callUrl(teams.settings.ToBotFromChannelOpenIdMetadataUrl, 'GET', {});
  assert.equal(metadata.body.issuer, teams.settings.ToBotFromChannelTokenIssuer);
  const { keys } = (await callUrl(metadata.body.jwks_uri, 'GET', {})).body;
  assert.equal(keys.length, 1);
  assert.deepEqual(Object.keys(keys[0]).sort(), ['alg', 'e', 'endorsements', 'kid', 'kty', 'n', 'use']);
  assert.deepEqual(keys[0].endorsements, ['msteams']);
  assert.equal(
    teams.settings.ToBotFromEmulatorOpenIdMetadataUrl,
    teams.settings.ToBotFromChannelOpenIdMetadataUrl,
  );
});

test('A2 local Teams: the bot gets a token for its secret, and a standard OAuth error for anything else', async (t) => {
  const { teams } = await startFixture(t);
  const granted = await requestToken(teams);
  assert.equal(granted.status, 200);
  assert.equal(granted.body.token_type, 'Bearer');
  assert.equal(granted.body.expires_in, 3600);
  const claims = decodeJwt(granted.body.access_token);
  assert.equal(claims.aud, 'https://api.botframework.com');
  assert.ok((claims.exp ?? 0) > Date.now() / 1000);

  const refused: [Record<string, string>, number, string][] = [
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ client_secret: '' }, 400, 'invalid_request'],
    [{ client_id: 'someone-else' }, 400, 'unauthorized_client'],
    [{ scope: 'https://graph.microsoft.com/.default' }, 400, 'invalid_scope'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ];
  for (const [changes, status, error] of refused) {
    const answer = await requestToken(teams, changes);
    assert.deepEqual([answer.status, answer.body.error], [status, error]);
    assert.equal(typeof answer.body.error_description, 'string');
    assert.equal(answer.body.access_token, undefined);
  }
});

test('A2 local Teams: the secret is another at each start', async (t) => {
  const [first, second] = await Promise.all([startFixture(t), startFixture(t)]);
  assert.notEqual(first.teams.settings.MicrosoftAppPassword, second.teams.settings.MicrosoftAppPassword);
});

test('A2 local Teams: every connector call needs a valid token', async (t) => {
  const { teams } = await startFixture(t);
  const { settings } = teams;
  const now = Math.floor(Date.now() / 1000);
  const right = decodeJwt((await requestToken(teams)).body.access_token);
  const { exp: _, ...endless } = right;
  const tokens: Record<string, string> = {
    expired: await teams.signToken({ ...right, exp: now - 3600 }),
    endless: await teams.signToken(endless),
    'for another audience': await teams.signToken({ ...right, aud: settings.MicrosoftAppId }),
    'by another issuer': await teams.signToken({ ...right, iss: 'https://elsewhere.example' }),
    'of another application': await teams.signToken({ ...right, appid: 'other' }),
    'not a token': 'a.b.c',
  };
  const url = `${teams.serviceUrl}v3/teams/19:team@thread.tacv2`;
  for (const [what, token] of Object.entries(tokens)) {
    const answer = await callUrl(url, 'GET', { Authorization: `Bearer ${token}` });
    assert.equal(answer.status, 401, what);
    assert.deepEqual(Object.keys(answer.body.error).sort(), ['code', 'message'], what);
  }
  assert.equal((await callUrl(url, 'GET', {})).status, 401);
  const good = await teams.signToken(right);
  assert.equal((await callUrl(url, 'GET', { Authorization: `Bearer ${good}` })).status, 200);
  assert.equal((await callUrl(url, 'GET', { Authorization: `Basic ${good}` })).status, 401);

  const [head, body] = good.split('.');
  const forged = `${head}.${body}.${'A'.repeat(342)}`;
  assert.equal((await callUrl(url, 'GET', { Authorization: `Bearer ${forged}` })).status, 401);
});

test('A2 local Teams: a short-lived token stops working at its end although it was good before', async (t) => {
  const { teams } = await startFixture(t, { tokenSeconds: 60 });
  const token = (await requestToken(teams)).body.access_token as string;
  const url = `${teams.serviceUrl}v3/teams/19:team@thread.tacv2`;
  const headers = { Authorization: `Bearer ${token}` };
  assert.equal((await callUrl(url, 'GET', headers)).status, 200);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 61_000 });
  assert.equal((await callUrl(url, 'GET', headers)).status, 401);
});

test('A2 local Teams: calls to the bot carry one reused RS256 token for it, in real time whatever the local clock', async (t) => {
  const { teams, bot } = await startFixture(t);
  const conversation = teams.personalChat(ada.aadObjectId);
  await teams.moveClock(30 * 24 * 3_600_000);
  const realStart = Date.now();
  t.mock.timers.enable({ apis: ['Date'], now: realStart });
  await teams.say({ as: ada.aadObjectId, conversation, text: 'uno' }).delivered;
  t.mock.timers.setTime(realStart + 60_000);
  await teams.say({ as: ada.aadObjectId, conversation, text: 'due' }).delivered;
  const [first, second] = bot.tokens as Loose[];
  assert.equal(first.raw, second.raw);
  assert.equal(decodeProtectedHeader(first.raw).alg, 'RS256');
  assert.equal(typeof decodeProtectedHeader(first.raw).kid, 'string');
  assert.equal(first.claims.iss, teams.settings.ToBotFromChannelTokenIssuer);
  assert.equal(first.claims.aud, scenario.bot.appId);
  assert.equal(first.claims.serviceurl, teams.serviceUrl);
  assert.ok(Math.abs(first.claims.nbf * 1000 - realStart) < 60_000);

  t.mock.timers.setTime(realStart + 6 * 60_000);
  await teams.say({ as: ada.aadObjectId, conversation, text: 'tre' }).delivered;
  assert.notEqual(bot.tokens[2]?.raw, first.raw);
});
