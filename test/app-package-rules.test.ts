import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderCopy, run } from './support/app-package.ts';

/** Parsed JSON, to be spoilt at will. */
// biome-ignore lint/suspicious/noExplicitAny: a test plants what no type allows
type Loose = any;

type Planted = {
  readonly title: string;
  readonly file?: 'en.json';
  readonly plant: (content: Loose) => void;
  /** What is wrong, and what to do. */
  readonly told: RegExp;
};

const TAB = { entityId: 'board', name: 'Coda', scopes: ['personal'] };
const list = (content: Loose) => content.bots[0].commandLists;
const extension = (content: Loose) => content.composeExtensions[0];

const PLANTED: readonly Planted[] = [
  {
    title: 'the scope team without channel features',
    plant: (content) => delete content.supportsChannelFeatures,
    told: /supportsChannelFeatures is missing.*add "supportsChannelFeatures": "tier1"/,
  },
  {
    title: 'channel features that are null',
    plant: (content) => Object.assign(content, { supportsChannelFeatures: null }),
    told: /supportsChannelFeatures/,
  },
  {
    title: 'channel features inside the bot',
    plant: (content) => {
      delete content.supportsChannelFeatures;
      content.bots[0].supportsChannelFeatures = 'tier1';
    },
    told: /\/bots\/0 must NOT have additional properties.*supportsChannelFeatures/,
  },
  {
    title: 'channel types, which are forbidden now',
    plant: (content) => Object.assign(content, { supportedChannelTypes: ['privateChannels'] }),
    told: /supportedChannelTypes is forbidden from schema 1\.25 on.*remove it/,
  },
  {
    title: 'a bot that cannot be in a team',
    plant: (content) => Object.assign(content.bots[0], { scopes: ['personal', 'groupChat'] }),
    told: /bots\[0\]\.scopes lacks “team”.*add it/,
  },
  {
    title: 'a scope that stands there twice',
    plant: (content) => content.bots[0].scopes.push('team'),
    told: /names “team” twice: leave it in once/,
  },
  {
    title: 'no bot',
    plant: (content) => delete content.bots,
    told: /bots is missing: declare the bot/,
  },
  {
    title: 'an install scope that the app does not have',
    plant: (content) => Object.assign(content, { defaultInstallScope: 'copilot' }),
    told: /defaultInstallScope is “copilot”.*take one of/,
  },
  {
    title: 'a default capability that the app does not have',
    plant: (content) => Object.assign(content, { defaultGroupCapability: { team: 'tab' } }),
    told: /defaultGroupCapability\.team is “tab”, and the app has no tab: take “bot”/,
  },
  {
    title: 'a permission of nobody',
    plant: (content) => content.permissions.push('readEverything'),
    told: /\/permissions must NOT have more than 2 items/,
  },
  {
    title: 'a resource-specific permission without an application',
    plant: (content) => delete content.webApplicationInfo,
    told: /webApplicationInfo does not say for which Entra application: add/,
  },
  {
    title: 'a resource-specific permission that is a tenant’s',
    plant: (content) =>
      content.authorization.permissions.resourceSpecific.push({ name: 'User.Read.All', type: 'Application' }),
    told: /“User\.Read\.All”, which is no resource-specific permission/,
  },
  {
    title: 'an id that is no GUID',
    plant: (content) => Object.assign(content, { id: 'sportello' }),
    told: /\/id must match pattern.*must be a GUID/,
  },
  {
    title: 'an id of zeros',
    plant: (content) => Object.assign(content, { id: '00000000-0000-0000-0000-000000000000' }),
    told: /id consists of zeros/,
  },
  {
    title: 'a message extension of another bot',
    plant: (content) => Object.assign(extension(content), { botId: '9f8e7d6c-5b4a-4392-8170-f6e5d4c3b2a1' }),
    told: /composeExtensions\[0\]\.botId is 9f8e.*BOT_ID/,
  },
  {
    title: 'permissions of another application',
    plant: (content) =>
      Object.assign(content.webApplicationInfo, { id: '9f8e7d6c-5b4a-4392-8170-f6e5d4c3b2a1' }),
    told: /webApplicationInfo\.id is 9f8e.*BOT_ID/,
  },
  {
    title: 'a placeholder of another tool',
    plant: (content) => Object.assign(content.developer, { name: '<<DEVELOPER>>' }),
    told: /developer\.name is “<<DEVELOPER>>”, with a placeholder left in it/,
  },
  {
    title: 'a placeholder of a sample',
    plant: (content) => Object.assign(content, { validDomains: ['%HOST%'] }),
    told: /validDomains\[0\] is “%HOST%”, with a placeholder left/,
  },
  {
    title: 'a placeholder left in a language',
    file: 'en.json',
    plant: (content) => Object.assign(content, { 'name.full': 'Sportello of {{BODY}}' }),
    told: /en\.json: name\.full is “Sportello of \{\{BODY\}\}”, with a placeholder left/,
  },
  ...(
    [
      ['https://desk.example.org', /has a scheme: write the host alone/],
      ['desk.example.org/page', /has a path: write the host alone/],
      ['desk.example.org:3978', /has a port: write the host alone/],
      ['*', /is not a name of the internet/],
      ['*.org', /is not a name of the internet/],
      ['desk.*.org', /has \* elsewhere/],
      ['*desk.example.org', /has \* elsewhere/],
      ['localhost', /is not a name of the internet/],
      ['10.0.0.7', /is the address of a machine: use its name/],
      ['*.azurewebsites.net', /lets in hosts of strangers: name your own/],
      ['desk.ngrok.io', /leads through a tunnel/],
      ['des k.example.org', /is not the name of a host/],
    ] as const
  ).map(([domain, said]) => ({
    title: `the domain ${domain}`,
    plant: (content: Loose) => Object.assign(content, { validDomains: [domain] }),
    told: new RegExp(`validDomains: “${domain.replaceAll('*', '\\*')}” ${said.source}`),
  })),
  {
    title: 'a domain that stands there twice',
    plant: (content) => Object.assign(content, { validDomains: ['desk.example.org', 'Desk.example.org'] }),
    told: /validDomains names “Desk\.example\.org” twice/,
  },
  {
    title: 'more domains than Teams takes',
    plant: (content) =>
      Object.assign(content, {
        validDomains: Array.from({ length: 17 }, (_, at) => `desk${at}.example.org`),
      }),
    told: /\/validDomains must NOT have more than 16 items.*take some out/,
  },
  {
    title: 'a page of a host that is not among the domains',
    plant: (content) =>
      Object.assign(content, {
        staticTabs: [{ ...TAB, contentUrl: 'https://a.desk.example.org/board' }],
        validDomains: ['*.example.org', 'desk.example.org'],
      }),
    told: /staticTabs\[0\]\.contentUrl opens a\.desk\.example\.org, which is not among validDomains: add/,
  },
  {
    title: 'a dialog of a host that is not among the domains',
    plant: (content) =>
      Object.assign(extension(content).commands[1], {
        taskInfo: { title: 'Crea', url: 'https://desk.example.org/dialog' },
      }),
    told: /commands\[1\]\.taskInfo\.url opens desk\.example\.org, which is not among validDomains/,
  },
  {
    title: 'a privacy notice without https',
    plant: (content) => Object.assign(content.developer, { privacyUrl: 'http://desk.example.org/privacy' }),
    told: /developer\.privacyUrl is “http:.*must begin with https/,
  },
  {
    title: 'a developer’s page that only this machine has',
    plant: (content) => Object.assign(content.developer, { websiteUrl: 'https://localhost/' }),
    told: /developer\.websiteUrl: “localhost” is not a name of the internet/,
  },
  {
    title: 'an accent colour in words',
    plant: (content) => Object.assign(content, { accentColor: 'teal' }),
    told: /\/accentColor must match.*colour of six digits/,
  },
  {
    title: 'no accent colour',
    plant: (content) => delete content.accentColor,
    told: /must have required property 'accentColor'.*add it/,
  },
  {
    title: 'commands with the same title',
    plant: (content) => list(content)[0].commands.push({ title: 'Aiuto', description: 'Ancora' }),
    told: /two of “bots\[0\]\.commandLists\[0\]\.commands” are titled “Aiuto”/,
  },
  {
    title: 'commands with the same title in another language only',
    file: 'en.json',
    plant: (content) =>
      Object.assign(content, { 'composeExtensions[0].commands[2].title': 'Create request' }),
    told: /en\.json: two of “composeExtensions\[0\]\.commands” are titled “Create request”/,
  },
  {
    title: 'a command without a description',
    plant: (content) => delete list(content)[0].commands[0].description,
    told: /must have required property 'description'/,
  },
  {
    title: 'more commands than Teams shows',
    plant: (content) => {
      list(content)[0].commands = Array.from({ length: 11 }, (_, at) => ({
        title: `comando ${at}`,
        description: 'Comando',
      }));
    },
    told: /commandLists\[0\] has 11 commands, and Teams shows 10: take some out/,
  },
  {
    title: 'commands for a scope that the bot does not have',
    plant: (content) => Object.assign(list(content)[0], { scopes: ['copilot'] }),
    told: /commandLists\[0\] is for “copilot”/,
  },
  {
    title: 'two command lists for one scope',
    plant: (content) => list(content).push(list(content)[0]),
    told: /the scope “personal” stands in two command lists.*join them/,
  },
  {
    title: 'a bot that only notifies',
    plant: (content) => Object.assign(content.bots[0], { isNotificationOnly: true }),
    told: /isNotificationOnly is true/,
  },
  {
    title: 'extension commands with the same id',
    plant: (content) => Object.assign(extension(content).commands[1], { id: 'searchTickets' }),
    told: /have the id “searchTickets”/,
  },
  {
    title: 'a search without a parameter',
    plant: (content) => delete extension(content).commands[0].parameters,
    told: /“searchTickets” of the message extension searches and has no parameter: add one/,
  },
  {
    title: 'an action that opens nothing',
    plant: (content) => Object.assign(extension(content).commands[1], { fetchTask: false }),
    told: /“createRequest” of the message extension opens nothing: set fetchTask/,
  },
  {
    title: 'a full name that is the short one',
    plant: (content) => Object.assign(content.name, { full: 'Sportello' }),
    told: /“name\.short” and “name\.full” are the same/,
  },
  {
    title: 'a description that begins with the short one, in one language',
    file: 'en.json',
    plant: (content) =>
      Object.assign(content, {
        'description.full': `${content['description.short']} ${content['description.full']}`,
      }),
    told: /en\.json: “description\.full” repeats “description\.short”/,
  },
  {
    title: 'an empty text',
    plant: (content) => Object.assign(content.description, { short: ' ' }),
    told: /“description\.short” is empty: write it/,
  },
  {
    title: 'a language file of another schema',
    file: 'en.json',
    plant: (content) => Object.assign(content, { $schema: content.$schema.replace('1.25', '1.24') }),
    told: /en\.json: \$schema must be .*v1\.25\/MicrosoftTeams\.Localization/,
  },
  {
    title: 'no languages',
    plant: (content) => delete content.localizationInfo,
    told: /localizationInfo is missing/,
  },
  {
    title: 'a language file that lies elsewhere',
    plant: (content) =>
      Object.assign(content.localizationInfo.additionalLanguages[0], { file: '../en.json' }),
    told: /the file “\.\.\/en\.json” must lie beside the manifest/,
  },
  {
    title: 'a small icon that is not small',
    plant: (content) => Object.assign(content.icons, { color32x32: 'color.png' }),
    told: /color\.png is 192 × 192 pixels, but Teams wants 32 × 32/,
  },
  {
    title: 'an icon that lies elsewhere',
    plant: (content) => Object.assign(content.icons, { color: '../color.png' }),
    told: /the icon “\.\.\/color\.png” must lie beside it/,
  },
];

for (const { title, file = 'manifest.json', plant, told } of PLANTED) {
  test(`A8 the check finds ${title}`, async (t) => {
    const folder = await folderCopy(t);
    const path = join(folder, file);
    const content = JSON.parse(await readFile(path, 'utf8'));
    const before = JSON.stringify(content);
    plant(content);
    assert.notEqual(JSON.stringify(content), before, 'the test must change something');
    await writeFile(path, JSON.stringify(content, null, 2));
    const { code, error } = await run(['--check'], {}, folder);
    assert.equal(code, 1);
    assert.match(error, told);
  });
}

test('A8 the check finds a property that stands there twice', async (t) => {
  const folder = await folderCopy(t);
  const path = join(folder, 'manifest.json');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace('"icons"', '"version": "1.0.0",\n  "icons"'));
  const { code, error } = await run(['--check'], {}, folder);
  assert.equal(code, 1);
  assert.match(error, /manifest\.json: .*unique.*Leave one of them in/);
});

test('A8 a page is opened where its host is among the domains, also by a wildcard', async (t) => {
  const folder = await folderCopy(t);
  const path = join(folder, 'manifest.json');
  const content = JSON.parse(await readFile(path, 'utf8'));
  content.staticTabs = [
    { ...TAB, contentUrl: 'https://a.example.org/board' },
    { ...TAB, entityId: 'mine', contentUrl: 'https://desk.example.net/mine', name: 'Mie' },
  ];
  content.validDomains = ['*.example.org', 'desk.example.net'];
  await writeFile(path, JSON.stringify(content));
  const english = join(folder, 'en.json');
  const texts = JSON.parse(await readFile(english, 'utf8'));
  Object.assign(texts, { 'staticTabs[0].name': 'Queue', 'staticTabs[1].name': 'Mine' });
  await writeFile(english, JSON.stringify(texts));
  const { code, error } = await run(['--check'], {}, folder);
  assert.equal(error, '');
  assert.equal(code, 0);
});
