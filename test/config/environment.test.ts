import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Environment, isMicrosoftLogin, readEnvironment } from '../../src/config/environment.ts';

const CREDENTIALS = {
  MicrosoftAppId: 'a0000000-0000-4000-8000-000000000001',
  MicrosoftAppPassword: 'secret',
  MicrosoftAppTenantId: 'b0000000-0000-4000-8000-000000000001',
};

function read(variables: Record<string, string>): Environment {
  const result = readEnvironment(variables);
  assert.ok(result.ok, JSON.stringify(result));
  return result.environment;
}

function problems(variables: Record<string, string>): string {
  const result = readEnvironment(variables);
  assert.ok(!result.ok);
  return result.problems.join('\n');
}

describe('A5 the environment', () => {
  test('A5 nothing set: no credentials, so local Teams', () => {
    const environment = read({});
    assert.equal(environment.bot, undefined);
    assert.equal(environment.deskDirectory, 'desk');
  });
  test('A5 credentials alone are enough for a tenant, with Microsoft’s addresses', () => {
    const { bot } = read(CREDENTIALS);
    assert.ok(bot);
    assert.equal(bot.channelIssuer, 'https://api.botframework.com');
    assert.equal(bot.loginUrl, `https://login.microsoftonline.com/${CREDENTIALS.MicrosoftAppTenantId}`);
    assert.ok(isMicrosoftLogin(bot.loginUrl));
  });
  test('A5 every address can be replaced, plain http on loopback only', () => {
    const { bot } = read({ ...CREDENTIALS, ToChannelFromBotLoginUrl: 'http://127.0.0.1:5000' });
    assert.equal(bot?.loginUrl, 'http://127.0.0.1:5000');
    assert.ok(!isMicrosoftLogin('http://127.0.0.1:5000'));
    for (const name of [
      'ToBotFromChannelOpenIdMetadataUrl',
      'ToBotFromEmulatorOpenIdMetadataUrl',
      'ToChannelFromBotLoginUrl',
      'OAuthUrl',
      'SERVICE_URL',
      'PUBLIC_URL',
    ])
      assert.match(
        problems({ ...CREDENTIALS, [name]: 'http://teams.example' }),
        new RegExp(`^${name}: must be an https`),
      );
  });
  test('A5 a managed identity needs no secret', () => {
    const { MicrosoftAppPassword: _, ...identity } = CREDENTIALS;
    const { bot } = read({ ...identity, MicrosoftAppType: 'UserAssignedMSI' });
    assert.equal(bot?.appPassword, undefined);
  });
  test('A5 what is half set is refused with the variable and the remedy', () => {
    assert.match(problems({ MicrosoftAppPassword: 'x' }), /^MicrosoftAppId: is missing/);
    const { MicrosoftAppPassword: _, ...withoutSecret } = CREDENTIALS;
    assert.match(problems(withoutSecret), /^MicrosoftAppPassword: is missing/);
    const { MicrosoftAppTenantId: __, ...withoutTenant } = CREDENTIALS;
    assert.match(problems(withoutTenant), /^MicrosoftAppTenantId: is missing/);
    assert.match(problems({ PORT: 'many' }), /^PORT:/);
    assert.match(problems({ ...CREDENTIALS, MicrosoftAppType: 'singletenant' }), /^MicrosoftAppType:/);
  });
  test('A2 local Teams never runs beside real credentials', () => {
    assert.match(problems({ ...CREDENTIALS, LOCAL_TEAMS: 'on' }), /never runs beside real credentials/);
    assert.match(problems({ LOCAL_TEAMS: 'off' }), /nothing to connect to/);
  });
  test('A5 an empty value counts as absent', () => {
    assert.equal(read({ MicrosoftAppId: ' ', PORT: '' }).bot, undefined);
  });
});
