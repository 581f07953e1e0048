import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Environment, readEnvironment } from '../../src/config/environment.ts';
import { makeCertificate } from '../support/certificate.ts';

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
  });
  test('A6 the figures are closed where the world reaches the port, unless somebody opens them', () => {
    assert.equal(read({}).metrics, true, 'local Teams listens on loopback alone');
    assert.equal(read({ METRICS: 'off' }).metrics, false);
    assert.equal(read(CREDENTIALS).metrics, false);
    assert.equal(read({ ...CREDENTIALS, METRICS: 'on' }).metrics, true);
    assert.match(problems({ ...CREDENTIALS, METRICS: 'yes' }), /^METRICS: /m);
  });
  test('A5 every address can be replaced, plain http on loopback only', () => {
    const { bot } = read({ ...CREDENTIALS, ToChannelFromBotLoginUrl: 'http://127.0.0.1:5000' });
    assert.equal(bot?.loginUrl, 'http://127.0.0.1:5000');
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
    assert.equal(bot?.identityService, undefined);
    const azure = { IDENTITY_ENDPOINT: 'http://localhost:42356/msi/token', IDENTITY_HEADER: 'h' };
    assert.deepEqual(
      read({ ...identity, ...azure, MicrosoftAppType: 'UserAssignedMSI' }).bot?.identityService,
      { endpoint: azure.IDENTITY_ENDPOINT, header: 'h' },
    );
  });
  test('A5 a certificate stands in for the secret, and only one of the two may be there', () => {
    const { MicrosoftAppPassword: _, ...identity } = CREDENTIALS;
    const { pem, certificate } = makeCertificate();
    const { bot } = read({ ...identity, CertificatePrivateKey: pem });
    assert.equal(bot?.certificate?.endsAt, Date.parse(certificate.validTo));
    assert.match(
      problems({ ...CREDENTIALS, CertificatePrivateKey: pem }),
      /set beside CertificatePrivateKey/,
    );
    assert.match(problems({ ...identity, CertificatePrivateKey: 'x' }), /^CertificatePrivateKey: must hold/);
    assert.match(
      problems({ ...CREDENTIALS, MicrosoftAppType: 'UserAssignedMSI' }),
      /neither secret nor certificate.*Remove MicrosoftAppPassword, or set MicrosoftAppType to SingleTenant/,
    );
    assert.match(
      problems({
        ...identity,
        MicrosoftAppType: 'UserAssignedMSI',
        IDENTITY_ENDPOINT: 'http://localhost:1/',
      }),
      /^IDENTITY_HEADER: is missing/,
    );
  });
  test('A5 a managed identity may vouch for a bot of its own registration, in place of secret and certificate', () => {
    const { MicrosoftAppPassword: _, ...identity } = CREDENTIALS;
    const MANAGED_IDENTITY_CLIENT_ID = 'c0000000-0000-4000-8000-000000000003';
    const { bot } = read({ ...identity, MANAGED_IDENTITY_CLIENT_ID });
    assert.equal(bot?.appType, 'SingleTenant');
    assert.equal(bot?.federatedIdentity, MANAGED_IDENTITY_CLIENT_ID);
    assert.match(
      problems({ ...CREDENTIALS, MANAGED_IDENTITY_CLIENT_ID }),
      /^MANAGED_IDENTITY_CLIENT_ID: is set beside MicrosoftAppPassword\. Keep the one/,
    );
    assert.match(
      problems({ ...identity, MANAGED_IDENTITY_CLIENT_ID, MicrosoftAppType: 'UserAssignedMSI' }),
      /Remove MANAGED_IDENTITY_CLIENT_ID, or set MicrosoftAppType to SingleTenant/,
    );
    const own = { ...identity, MANAGED_IDENTITY_CLIENT_ID: CREDENTIALS.MicrosoftAppId };
    assert.match(problems(own), /^MANAGED_IDENTITY_CLIENT_ID: is the id of the bot itself/);
    // Said twice in the same words: no contradiction.
    assert.equal(read({ ...own, MicrosoftAppType: 'UserAssignedMSI' }).bot?.federatedIdentity, undefined);
  });
  test('A8 instances share a secret: the bot’s own, or else the password of their store', () => {
    const { MicrosoftAppPassword: _, ...identity } = CREDENTIALS;
    const managed = { ...identity, MicrosoftAppType: 'UserAssignedMSI' };
    const store = 'mongodb+srv://desk:pass%2Fword@host.example/?tls=true';
    assert.equal(read({ ...CREDENTIALS, STORE_URL: store }).sharedSecret, 'secret');
    assert.equal(read({ ...managed, STORE_URL: store }).sharedSecret, store);
    for (const open of ['mongodb://host.example:27017/desk', 'sqlite:data/desk.db', ''])
      assert.equal(read({ ...managed, STORE_URL: open }).sharedSecret, undefined, open);
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
  test('A5 the end of the secret is a day, as whoever made it wrote down', () => {
    const { bot } = read({ ...CREDENTIALS, MicrosoftAppPasswordExpires: '2027-03-31' });
    assert.equal(bot?.appPasswordEndsAt, Date.UTC(2027, 2, 31));
    for (const day of ['31/03/2027', '2027-02-30', 'soon'])
      assert.match(
        problems({ ...CREDENTIALS, MicrosoftAppPasswordExpires: day }),
        /^MicrosoftAppPasswordExpires: must be the day .* YYYY-MM-DD/,
      );
  });
  test('A2 hosts of files are named exactly, and without addresses', () => {
    const hosts = 'Comune.sharepoint.com, comune-my.sharepoint.com';
    assert.deepEqual(read({ ...CREDENTIALS, FILE_HOSTS: hosts }).bot?.fileHosts, [
      'comune.sharepoint.com',
      'comune-my.sharepoint.com',
    ]);
    for (const wrong of ['https://comune.sharepoint.com', '*.sharepoint.com', 'comune', '10.0.0.1'])
      assert.match(problems({ ...CREDENTIALS, FILE_HOSTS: wrong }), /^FILE_HOSTS: must be names of hosts/);
  });
  test('A5 an empty value counts as absent', () => {
    assert.equal(read({ MicrosoftAppId: ' ', PORT: '' }).bot, undefined);
  });
});
