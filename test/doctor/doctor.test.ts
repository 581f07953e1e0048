/** The doctor finds what was planted, says what to do about it, and finds nothing where all is well. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { zipSync } from 'fflate';
import { examine, type Patient } from '../../scripts/doctor/doctor.ts';
import { type Finding, written } from '../../scripts/doctor/finding.ts';
import { ending } from '../../scripts/doctor/settings.ts';

const BOT = 'a0000000-0000-4000-8000-000000000001';
const TENANT = '9ca6c626-dac6-48b6-bbb7-1b7b5c9ab825';
const NOW = Date.UTC(2026, 10, 5, 9);
const DAY_MS = 86_400_000;

/** Login server, OpenID metadata and connector in one, as well as the time. */
let world: Server;
let base: string;
/** A port on which nobody listens. */
let closed: number;
let answers: { token: { status: number; body: unknown }; metadata: string; date: number; silent: boolean };
let folder: string;
let variables: Record<string, string | undefined>;
let patient: Partial<Patient>;

before(async () => {
  world = createServer((request, response) => {
    if (answers.silent) return;
    response.setHeader('date', new Date(answers.date).toUTCString());
    if (request.url?.startsWith('/login/')) {
      response.statusCode = answers.token.status;
      response.end(JSON.stringify(answers.token.body));
    } else if (request.url === '/metadata') response.end(answers.metadata);
    else if (request.url?.startsWith('/teams/v3/')) response.end('{"conversations":[],"members":[]}');
    else {
      response.statusCode = 404;
      response.end('{}');
    }
  });
  await new Promise<void>((resolve) => world.listen(0, '127.0.0.1', resolve));
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  closed = (gone.address() as AddressInfo).port;
  await new Promise((resolve) => gone.close(resolve));
  base = `http://127.0.0.1:${(world.address() as AddressInfo).port}`;
});
after(() => {
  world.closeAllConnections();
  world.close();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-doctor-'));
  cpSync('desk', join(folder, 'desk'), { recursive: true });
  answers = {
    token: { status: 200, body: { access_token: 'granted', expires_in: 3600 } },
    metadata: JSON.stringify({ issuer: 'x', jwks_uri: `${base}/keys` }),
    date: NOW,
    silent: false,
  };
  variables = {
    MicrosoftAppId: BOT,
    MicrosoftAppPassword: 'Q~secret',
    MicrosoftAppPasswordExpires: '2027-11-05',
    MicrosoftAppTenantId: TENANT,
    ToChannelFromBotLoginUrl: `${base}/login`,
    ToBotFromChannelOpenIdMetadataUrl: `${base}/metadata`,
    SERVICE_URL: `${base}/teams/`,
    PUBLIC_URL: 'http://127.0.0.1:3978',
    STORE_URL: `sqlite:${join(folder, 'data', 'sportello.db')}`,
    DESK_DIR: join(folder, 'desk'),
    PATH: '/bin',
    PORTABLE_HOME: 'somebody else’s',
  };
  patient = {};
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function look(): Promise<Finding[]> {
  return examine({
    variables,
    nodeVersion: '24.21.0',
    appPackage: 'appPackage',
    packagePath: join(folder, 'sportello.zip'),
    now: () => NOW,
    patienceMs: 2_000,
    ...patient,
  });
}

/** What the desk's file says in place of what it said. */
function edit(name: string, from: string | RegExp, to: string): void {
  const path = join(folder, 'desk', name);
  const text = readFileSync(path, 'utf8');
  assert.ok(typeof from === 'string' ? text.includes(from) : from.test(text), `${name} has ${from}`);
  writeFileSync(path, text.replaceAll(from as string, to));
}

function storeOf(version: number): void {
  mkdirSync(join(folder, 'data'));
  const database = new DatabaseSync(join(folder, 'data', 'sportello.db'));
  database.exec(`CREATE TABLE t (id INTEGER); PRAGMA user_version = ${version}`);
  database.close();
}

const refuses = (code: number) => () => {
  answers.token = { status: 401, body: { error: 'invalid_client', error_codes: [code] } };
};

function vouchedFor(port: number): void {
  Object.assign(variables, {
    MicrosoftAppPassword: '',
    MicrosoftAppPasswordExpires: '',
    MANAGED_IDENTITY_CLIENT_ID: 'c0000000-0000-4000-8000-000000000003',
    IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`,
    IDENTITY_HEADER: 'of this machine',
  });
}

/** A mistake, what the doctor says of it, and what it says to do. */
const PLANTED: readonly (readonly [name: string, plant: () => void, said: RegExp, remedy: RegExp])[] = [
  ['an old Node', () => (patient = { nodeVersion: '20.19.0' }), /Node: 20\.19\.0 is too old/, /24 LTS/],
  [
    'a misspelt variable',
    () => (variables.MicrosoftAppPasword = 'x'),
    /MicrosoftAppPasword is set/,
    /Call it MicrosoftAppPassword\./,
  ],
  ['another misspelt one', () => (variables.STORE_URI = 'x'), /STORE_URI is set/, /Call it STORE_URL/],
  [
    'no tenant',
    () => (variables.MicrosoftAppTenantId = ''),
    /MicrosoftAppTenantId is missing/,
    /Set MicrosoftAppTenantId/,
  ],
  ['no secret', () => (variables.MicrosoftAppPassword = ''), /MicrosoftAppPassword is missing/, /README/],
  ['a port that is none', () => (variables.PORT = 'many'), /PORT /, /Set PORT/],
  [
    'plain http to the world',
    () => (variables.PUBLIC_URL = 'http://desk.example.it'),
    /PUBLIC_URL must be an https/,
    /Set PUBLIC_URL/,
  ],
  ['an id that is none', () => (variables.MicrosoftAppId = 'sportello'), /MicrosoftAppId is no GUID/, /Copy/],
  [
    'the id of the secret',
    () => (variables.MicrosoftAppPassword = 'b0000000-0000-4000-8000-000000000009'),
    /MicrosoftAppPassword is the secret’s ID/,
    /Copy its value/,
  ],
  [
    'a secret in quotation marks',
    () => (variables.MicrosoftAppPassword = '"Q~secret"'),
    /quotation marks/,
    /the value alone/,
  ],
  [
    'a secret that has ended',
    () => (variables.MicrosoftAppPasswordExpires = '2026-11-01'),
    /secret: ended on 2026-11-01/,
    /new secret/,
  ],
  [
    'a secret that ends soon',
    () => (variables.MicrosoftAppPasswordExpires = '2026-11-20'),
    /secret: ends on 2026-11-20, in 15 days/,
    /new secret/,
  ],
  [
    'a day that is none',
    () => (variables.MicrosoftAppPasswordExpires = '31/12/2026'),
    /MicrosoftAppPasswordExpires must be the day/,
    /README/,
  ],
  ['an expired secret, by the login server', refuses(7000222), /login: .*AADSTS7000222/, /has expired/],
  ['a wrong secret', refuses(7000215), /AADSTS7000215/, /copy the secret’s value/],
  ['an app of another tenant', refuses(700016), /AADSTS700016/, /not known in this tenant/],
  ['no federated credential', refuses(70025), /AADSTS70025/, /add one for the managed identity/],
  ['a federated credential of another identity', refuses(700213), /AADSTS700213/, /its subject must be/],
  [
    'a managed identity that this machine does not have',
    () => vouchedFor(closed),
    /login: the managed identity could not be asked \(ECONNREFUSED\)/,
    /of Azure only: elsewhere set a certificate or a secret/,
  ],
  [
    'the principal id of the identity in place of its client id',
    () => Object.assign(variables, { MicrosoftAppPassword: '', MANAGED_IDENTITY_CLIENT_ID: 'sportello' }),
    /MANAGED_IDENTITY_CLIENT_ID is no GUID/,
    /not its principal ID/,
  ],
  [
    'a misspelt identity',
    () => (variables.MANAGED_IDENTITY_CLIENTID = 'x'),
    /MANAGED_IDENTITY_CLIENTID is set/,
    /Call it MANAGED_IDENTITY_CLIENT_ID/,
  ],
  [
    'a login server that is not there',
    () => (variables.ToChannelFromBotLoginUrl = `http://127.0.0.1:${closed}/x`),
    /login: ECONNREFUSED/,
    /Let this machine reach/,
  ],
  [
    'metadata that are none',
    () => (answers.metadata = '<html>sign in to the network</html>'),
    /incoming tokens: .*not what was expected/,
    /OpenID configuration/,
  ],
  [
    'a connector that is not there',
    () => (variables.SERVICE_URL = `http://127.0.0.1:${closed}/teams/`),
    /connector: .*cannot be reached \(ECONNREFUSED\)/,
    /DNS and proxy/,
  ],
  ['a clock that is ahead', () => (answers.date = NOW - 600_000), /clock: 600 s ahead/, /NTP/],
  ['a clock that is behind', () => (answers.date = NOW + DAY_MS), /clock: 86400 s behind/, /NTP/],
  ['no public address', () => (variables.PUBLIC_URL = undefined), /PUBLIC_URL is not set/, /Set PUBLIC_URL/],
  [
    'a package of another bot',
    () => {
      const manifest = Buffer.from(JSON.stringify({ bots: [{ botId: BOT.replace(/1$/, '2') }] }));
      writeFileSync(join(folder, 'sportello.zip'), zipSync({ 'manifest.json': manifest }));
    },
    /app package: .*is of the bot a0000000-0000-4000-8000-000000000002/,
    /npm run package/,
  ],
  [
    'a manifest of another bot',
    () => {
      mkdirSync(join(folder, 'appPackage'));
      writeFileSync(join(folder, 'appPackage', 'manifest.json'), `{"bots":[{"botId":"${TENANT}"}]}`);
      patient = { appPackage: join(folder, 'appPackage') };
    },
    /app package: .*is of the bot 9ca6c626/,
    /npm run package/,
  ],
  [
    'a package that is damaged',
    () => writeFileSync(join(folder, 'sportello.zip'), 'not a zip'),
    /sportello\.zip cannot be read/,
    /Make it again/,
  ],
  [
    'a mistake in a desk file',
    () => edit('desk.yaml', 'timeZone:', 'timeZoon:'),
    /desk: .*desk\.yaml.*timeZoon/,
    /docs\/configure\.md/,
  ],
  ['no desk', () => (variables.DESK_DIR = join(folder, 'nowhere')), /desk: .*nowhere/, /configure\.md/],
  [
    'nobody who would be told',
    () => edit('people.yaml', /^.*administrator: true.*\n/gm as unknown as string, ''),
    /the file names no administrator/,
    /configure\.md/,
  ],
  [
    'a bot of another tenant than the desk',
    () => (variables.MicrosoftAppTenantId = 'b0000000-0000-4000-8000-000000000001'),
    /it would answer nobody/,
    /tenants in desk\.yaml/,
  ],
  ['a newer store', () => storeOf(999), /store: .*newer Sportello \(schema 999/, /back-up/],
  [
    'a store that is no database',
    () => {
      mkdirSync(join(folder, 'data'));
      writeFileSync(join(folder, 'data', 'sportello.db'), 'no database at all'.repeat(500));
    },
    /store: file is not a database/,
    /Correct STORE_URL/,
  ],
  [
    'a store of no kind',
    () => (variables.STORE_URL = 'postgres://u:hidden@h/d'),
    /store: STORE_URL/,
    /Correct/,
  ],
  [
    'a MongoDB that is not there',
    () => (variables.STORE_URL = 'mongodb://u:hidden@127.0.0.1:1/d?serverSelectionTimeoutMS=200'),
    /store: .*MongoDB at 127\.0\.0\.1:1/,
    /reachable/,
  ],
];

describe('the doctor', () => {
  test('A6 the doctor finds nothing where all is well', async () => {
    const findings = await look();
    assert.deepEqual(
      findings.filter(({ state }) => state === 'bad'),
      [],
    );
    assert.match(written(findings), /Nothing stands in the way of a start\.$/);
    for (const about of [
      'Node',
      'environment',
      'desk',
      'store',
      'credentials',
      'login',
      'connector',
      'clock',
      'channel',
    ])
      assert.ok(
        findings.some((finding) => finding.about === about),
        about,
      );
  });

  for (const [name, plant, said, remedy] of PLANTED)
    test(`A6 the doctor finds ${name}`, async () => {
      plant();
      const wrong = (await look()).filter(({ state }) => state === 'bad');
      const found = wrong.find((finding) => said.test(`${finding.about}: ${finding.said}`));
      assert.ok(found, `found only ${JSON.stringify(wrong)}`);
      assert.match(found.remedy ?? '', remedy);
      assert.match(written(wrong), /have|has/);
      assert.doesNotMatch(written(wrong), /Q~secret|hidden/, 'no secret is repeated');
    });

  test('A6 the doctor finds a store that cannot be written to', {
    skip: process.getuid?.() === 0 && 'as root everything can be written to',
  }, async () => {
    mkdirSync(join(folder, 'data'));
    chmodSync(join(folder, 'data'), 0o500);
    const wrong = (await look()).filter(({ state }) => state === 'bad');
    assert.match(written(wrong), /store: .*cannot be written to/);
  });

  test('A6 the doctor waits for nobody longer than it may', async () => {
    answers.silent = true;
    patient = { patienceMs: 50 };
    const wrong = (await look()).filter(({ state }) => state === 'bad').map(({ about }) => about);
    assert.deepEqual(wrong, ['login', 'incoming tokens', 'connector']);
  });

  test('A6 the doctor changes nothing: no store is made, none is migrated', async () => {
    await look();
    assert.throws(() => readFileSync(join(folder, 'data', 'sportello.db')));
    storeOf(1);
    const before = readFileSync(join(folder, 'data', 'sportello.db'));
    assert.match(written(await look()), /will be brought from schema 1 to/);
    assert.deepEqual(readFileSync(join(folder, 'data', 'sportello.db')), before);
  });

  test('A6 certificates are looked at like secrets', () => {
    assert.equal(ending('certificate', NOW + 31 * DAY_MS, NOW, 'x').state, 'good');
    assert.match(ending('certificate', NOW + 29.5 * DAY_MS, NOW, 'x').said, /in 30 days/);
  });

  test('A6 npm run doctor ends with 1 where something has to be put right, and 0 otherwise', async () => {
    const run = (environment: NodeJS.ProcessEnv) =>
      new Promise<{ code: number | null; out: string }>((resolve) => {
        let out = '';
        const child = spawn(process.execPath, ['scripts/doctor.ts'], { env: environment });
        child.stdout.on('data', (part) => {
          out += part;
        });
        child.on('close', (code) => resolve({ code, out }));
      });
    const fine = await run({ STORE_URL: variables.STORE_URL });
    assert.equal(fine.code, 0, fine.out);
    const broken = await run({ STORE_URL: 'nothing', PORT: 'x' });
    assert.equal(broken.code, 1);
    assert.match(broken.out, /FAIL {2}store: .*\n {6}-> .*\n/);
  });
});
