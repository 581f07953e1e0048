/** What `infra/`, `m365agents.yml`, `env/`, the manifest and the program call the same thing has the same name. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { imageName } from '../../scripts/azure-image.ts';
import { readEnvironment, VARIABLES } from '../../src/config/environment.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const azure = read('infra/azure.bicep');
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name = '']) => name))].sort();
const names = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);

type Action = {
  readonly uses: string;
  readonly with: Record<string, unknown>;
  readonly writeToEnvironmentFile?: Record<string, string>;
};
const toolkit = parse(read('m365agents.yml')) as Record<'provision' | 'deploy' | 'publish', Action[]> & {
  readonly environmentFolderPath: string;
};
const actions = [...toolkit.provision, ...toolkit.deploy, ...toolkit.publish];
const lines = new Map(
  read('env/.env.dev')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
);
/** Set by hand in env/.env.dev.user, and never in the repository. */
const SECRETS = ['SECRET_STORE_PASSWORD'];

describe('A8 deployment to Azure', () => {
  /** `name: 'X'` where a value or a secret follows, as in a container's list of variables. */
  const given = names(azure, /\{ name: '(\w+)', (?:value|secretRef):/g);

  test('A8 what the container is given is what the program reads', () => {
    assert.ok(given.length >= 7, given.join());
    for (const name of given) assert.ok(VARIABLES.includes(name), `${name} is read nowhere in src`);
    // Without these it would start as a trial, lose its tickets or hand out addresses of its own machine.
    for (const name of [
      'MicrosoftAppId',
      'MicrosoftAppTenantId',
      'MicrosoftAppType',
      'STORE_URL',
      'PUBLIC_URL',
    ])
      assert.ok(given.includes(name), name);
  });

  const identity = { MANAGED_IDENTITY_CLIENT_ID: 'c0000000-0000-4000-8000-000000000001' };
  for (const [what, own] of [
    ['a single tenant that an identity vouches for', { MicrosoftAppType: 'SingleTenant', ...identity }],
    ['a managed identity', { MicrosoftAppType: 'UserAssignedMSI' }],
  ] as const)
    test(`A8 the program accepts what the container is given: ${what}, and no secret`, () => {
      const result = readEnvironment({
        MicrosoftAppId: 'a0000000-0000-4000-8000-000000000001',
        MicrosoftAppTenantId: 'b0000000-0000-4000-8000-000000000001',
        ...own,
        STORE_URL: 'mongodb+srv://sportello:p@store.example/?tls=true&authMechanism=SCRAM-SHA-256',
        PUBLIC_URL: 'https://app.example',
        LOG_LEVEL: 'info',
        METRICS: 'off',
        LOCAL_TEAMS: 'off',
        // Put there by Container Apps.
        IDENTITY_ENDPOINT: 'http://localhost:42356/msi/token',
        IDENTITY_HEADER: 'x',
      });
      assert.ok(result.ok, JSON.stringify(result));
      assert.ok(result.environment.sharedSecret, 'links would open on one instance only');
      assert.equal(result.environment.metrics, false);
      assert.match(azure, /\{ name: 'METRICS', value: 'off' \}/);
    });

  test('A8 without parameters the bot is of one tenant and has no secret: the identity vouches for it', () => {
    for (const name of ['appRegistrationId', 'appRegistrationSecret', 'appRegistrationCertificate'])
      assert.match(azure, new RegExp(`param ${name} string = ''`));
    assert.match(azure, /param botIsIdentity bool = false/);
    assert.match(azure, /var federated = !botIsIdentity && !withSecret && !withCertificate/);
    assert.match(
      azure,
      /federated \? \[\{ name: 'MANAGED_IDENTITY_CLIENT_ID', value: identity\.properties\.clientId \}\]/,
    );
    const application = read('infra/botRegistration/application.bicep');
    assert.match(application, /signInAudience: 'AzureADMyOrg'/);
    assert.match(application, /subject: identityPrincipalId/);
    assert.match(azure, /identityPrincipalId: identity\.properties\.principalId/);
    assert.match(application, /\?\? 'api:\/\/AzureADTokenExchange'\]/);
    const { extensions } = JSON.parse(read('infra/bicepconfig.json')) as { extensions: object };
    assert.deepEqual(Object.keys(extensions), names(application, /^extension (\w+)/gm));
  });

  test('A8 every secret comes from the vault by the identity, and none stands in a template', () => {
    for (const [, value = ''] of azure.matchAll(/\{ name: '\w+', value: ([^}]*)\}/g))
      assert.ok(!/password|secret|certificate/i.test(value), value);
    assert.match(
      azure,
      /keyVaultUrl: '\$\{vault\.properties\.vaultUri\}secrets\/\$\{name\}'\n\s*identity: identity\.id\n/,
    );
    const kept = names(azure, /vaults\/secrets@[^=]*= .*?name: '([\w-]+)'/gs);
    const offered = names(/var secretNames = .*/.exec(azure)?.[0] ?? '', /'([\w-]+)'/g);
    assert.deepEqual(offered, kept);
    assert.deepEqual(names(azure, /secretRef: '([\w-]+)'/g), kept);
    for (const file of ['infra/azure.bicep', 'infra/network.bicep', 'infra/botRegistration/azurebot.bicep']) {
      const text = read(file);
      for (const [, name = '', type = ''] of text.matchAll(/^param (\w+) (\w+)/gm))
        if (type === 'string' && /password|secret|certificate|(smtp|imap)Url/i.test(name))
          assert.match(text, new RegExp(`@secure\\(\\)\n(@.*\n)*param ${name} `), `${name} is not secure`);
      assert.doesNotMatch(text, /^output .*(password|secret|connectionString)/im);
    }
  });

  test('A8 the port and the addresses that Azure asks are those of the server', () => {
    const dockerfile = read('Dockerfile');
    const ports = names(azure, /(?:targetPort|port): (\d+)/g);
    assert.deepEqual([...new Set(ports)], names(dockerfile, /PORT=(\d+)/g));
    const server = readdirSync(join(ROOT, 'src/teams')).map((name) => read(`src/teams/${name}`));
    const paths = [...names(azure, /path: '([^']+)'/g), ...names(dockerfile, /\}(\/\w+)`/g)];
    assert.ok(paths.length >= 4);
    for (const path of paths)
      assert.ok(
        server.some((text) => text.includes(`'${path}'`)),
        `nobody answers ${path}`,
      );
    assert.ok(server.some((text) => text.includes("'/api/messages'")));
    assert.match(read('infra/botRegistration/azurebot.bicep'), /\$\{botDomain\}\/api\/messages'/);
  });

  test('A8 two instances run at least, whoever deploys it, and each ends its turns before it is killed', () => {
    const [, fewest, usual] =
      /@minValue\((\d+)\)[^@]*?@maxValue[\s\S]*?param instances int = (\d+)/.exec(azure) ?? [];
    assert.ok(Number(fewest) >= 2 && Number(usual) >= 2, `${fewest} ${usual}`);
    assert.match(azure, /minReplicas: instances\b/);
    const [, grace] = /terminationGracePeriodSeconds: (\d+)/.exec(azure) ?? [];
    assert.ok(Number(grace) > 10, 'Sportello takes ten seconds at most');
  });

  test('A8 store and vault are closed to the outside unless asked otherwise, and nothing speaks without TLS', () => {
    assert.match(azure, /param publicNetworkAccess string = 'Disabled'/);
    assert.equal(azure.match(/publicNetworkAccess: publicNetworkAccess\b/g)?.length, 2);
    assert.match(azure, /allowInsecure: false/);
  });

  test('A8 every module gets each parameter that has no default, and no other', () => {
    for (const [, file = '', body = ''] of azure.matchAll(
      /module \w+ '([^']+)'.*?params: \{\n(.*?)\n {2}\}/gs,
    )) {
      const text = read(`infra/${file}`);
      const declared = names(text, /^param (\w+)/gm);
      const optional = names(text, /^param (\w+) .*=/gm);
      const passed = names(body, /^\s*(\w+):/gm);
      for (const name of passed) assert.ok(declared.includes(name), `${file} has no ${name}`);
      for (const name of declared)
        assert.ok(passed.includes(name) || optional.includes(name), `${file} lacks ${name}`);
    }
  });
});

describe('A8 the Microsoft 365 Agents Toolkit', () => {
  test('A8 each parameter is one of the template’s, and each that has no default is given', () => {
    const { parameters } = JSON.parse(read('infra/azure.parameters.json')) as { parameters: object };
    const passed = Object.keys(parameters);
    const declared = names(azure, /^param (\w+)/gm);
    const optional = names(azure, /^param (\w+) .*=/gm);
    for (const name of passed) assert.ok(declared.includes(name), name);
    for (const name of declared) assert.ok(passed.includes(name) || optional.includes(name), name);
  });

  test('A8 every placeholder stands in env/, or is a secret that stands nowhere', () => {
    const used = [
      'm365agents.yml',
      'infra/azure.parameters.json',
      'appPackage/manifest.json',
      'appPackage/en.json',
    ]
      .flatMap((path) => placeholders(read(path)))
      .filter((name) => !SECRETS.includes(name));
    for (const name of used) assert.ok(lines.has(name), `env/.env.dev lacks ${name}`);
    for (const name of SECRETS) assert.ok(!lines.has(name), `${name} is a secret`);
    assert.ok(![...lines.keys()].some((name) => name.startsWith('SECRET_')));
    assert.match(read('.gitignore'), /^\/env\/\.env\.\*\.user$/m);
  });

  test('A8 what the template and the actions give back stands in env/, and nothing else waits there', () => {
    const outputs = names(azure, /^output (\w+)/gm);
    const written = actions.flatMap(({ writeToEnvironmentFile = {} }) =>
      Object.values(writeToEnvironmentFile),
    );
    for (const name of [...outputs, ...written]) assert.ok(lines.has(name), `env/.env.dev lacks ${name}`);
    const everywhere = ['m365agents.yml', 'infra/azure.parameters.json', 'appPackage/manifest.json'].flatMap(
      (path) => placeholders(read(path)),
    );
    for (const name of lines.keys())
      assert.ok(
        [...everywhere, ...outputs, ...written, 'TEAMSFX_ENV'].includes(name),
        `nobody uses ${name} of env/.env.dev`,
      );
  });

  test('A8 every file that an action names exists', () => {
    const paths = actions.flatMap(({ uses, with: given }) =>
      uses === 'arm/deploy'
        ? (given.templates as Record<string, string>[]).flatMap(({ path, parameters }) => [path, parameters])
        : [given.manifestPath],
    );
    for (const path of paths.filter((one) => one !== undefined))
      assert.ok(existsSync(join(ROOT, String(path))), String(path));
    assert.ok(existsSync(join(ROOT, toolkit.environmentFolderPath)));
  });

  test('A8 provision, deploy and publish do what they are known for, in this order', () => {
    const order = (list: readonly Action[]) => list.map(({ uses }) => uses.replace('teamsApp/', ''));
    assert.deepEqual(order(toolkit.provision), [
      'create',
      'arm/deploy',
      'validateManifest',
      'zipAppPackage',
      'validateAppPackage',
      'update',
    ]);
    assert.deepEqual(order(toolkit.deploy), ['script', 'arm/deploy']);
    assert.deepEqual(order(toolkit.publish), [
      'validateManifest',
      'zipAppPackage',
      'validateAppPackage',
      'publishAppPackage',
    ]);
    assert.deepEqual(toolkit.deploy[1]?.with, toolkit.provision[1]?.with);
  });

  test('A8 each build of the image has a name of its own, without what a tag may not hold', () => {
    const first = imageName('registry', 'azurecr.io', '0.1.0', Date.UTC(2026, 10, 5, 8, 30, 1));
    assert.equal(first, 'registry.azurecr.io/sportello:0.1.0-20261105T083001');
    assert.notEqual(first, imageName('registry', 'azurecr.io', '0.1.0', Date.UTC(2026, 10, 5, 8, 30, 2)));
  });
});
