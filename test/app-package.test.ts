import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { strFromU8, unzipSync } from 'fflate';
import { assemblePackage, zipPackage } from '../scripts/app-package.ts';
import type { Manifest } from '../scripts/manifest/rule.ts';
import { textsOf } from '../scripts/manifest/texts.ts';
import { BOT, edit, FOLDER, folderCopy, run } from './support/app-package.ts';

const SCRIPT = fileURLToPath(new URL('../scripts/package-app.ts', import.meta.url));
const APP = '9f8e7d6c-5b4a-4392-8170-f6e5d4c3b2a1';

const filled = async (): Promise<Manifest> => {
  const { files } = await assemblePackage(FOLDER, { MicrosoftAppId: BOT });
  return JSON.parse(strFromU8(files.get('manifest.json') ?? new Uint8Array()));
};

test('A8 the filled manifest is valid against its schema', async () => {
  const { problems } = await assemblePackage(FOLDER, { MicrosoftAppId: BOT });
  assert.deepEqual(problems, []);
  const manifest = await filled();
  assert.deepEqual(await AppManifestUtils.validateAgainstSchema(manifest as never), []);
  assert.equal(manifest.id, BOT);
  assert.equal(manifest.bots?.[0]?.botId, BOT);
});

test('A8 the manifest is of the version that the upload takes, for every kind of channel', async () => {
  const manifest = await filled();
  assert.equal(manifest.manifestVersion, '1.25');
  assert.equal(manifest.supportsChannelFeatures, 'tier1');
  assert.equal('supportedChannelTypes' in manifest, false);
});

test('A8 the manifest declares what the bot does and asks for no more', async () => {
  const manifest = await filled();
  const [bot] = manifest.bots ?? [];
  assert.deepEqual(bot?.scopes, ['personal', 'team', 'groupChat']);
  assert.equal(bot?.supportsFiles, true);
  const [extension] = manifest.composeExtensions ?? [];
  assert.equal(extension?.botId, BOT);
  assert.deepEqual(
    extension?.commands?.map(({ id, type, context }) => [id, type, context]),
    [
      ['searchTickets', 'query', ['compose', 'commandBox']],
      ['createRequest', 'action', ['message']],
      ['phoneRequest', 'action', ['compose', 'commandBox']],
    ],
  );
  // Without it the rosters of private and shared channels cannot be read.
  assert.deepEqual(manifest.authorization?.permissions, {
    resourceSpecific: [{ name: 'ChannelMember.Read.Group', type: 'Application' }],
  });
  assert.equal(manifest.webApplicationInfo?.id, BOT);
});

test('A8 the app may have an id other than the bot’s', async () => {
  const { files } = await assemblePackage(FOLDER, { MicrosoftAppId: BOT, TEAMS_APP_ID: APP });
  const manifest = JSON.parse(strFromU8(files.get('manifest.json') ?? new Uint8Array()));
  assert.equal(manifest.id, APP);
  assert.equal(manifest.bots[0].botId, BOT);
});

test('K6 Italian is the default and English translates every text', async () => {
  const manifest = await filled();
  assert.equal(manifest.localizationInfo?.defaultLanguageTag, 'it');
  const english = JSON.parse(await readFile(join(FOLDER, 'en.json'), 'utf8'));
  for (const key of textsOf(manifest).keys()) assert.ok(english[key], key);
  assert.equal(manifest.bots?.[0]?.commandLists?.[0]?.commands[0]?.title, 'aiuto');
  assert.equal(english['bots[0].commandLists[0].commands[0].title'], 'help');
});

test('K6 both languages stay within the lengths that Teams shows', async () => {
  const manifest = await filled();
  const english = JSON.parse(await readFile(join(FOLDER, 'en.json'), 'utf8'));
  const [command] = manifest.bots?.[0]?.commandLists?.[0]?.commands ?? [];
  const limits: [string, number, string | undefined][] = [
    ['name.short', 30, manifest.name.short],
    ['name.full', 100, manifest.name.full],
    ['description.short', 80, manifest.description.short],
    ['description.full', 4000, manifest.description.full],
    ['bots[0].commandLists[0].commands[0].title', 32, command?.title],
    ['bots[0].commandLists[0].commands[0].description', 128, command?.description],
  ];
  for (const [key, limit, italian] of limits) {
    assert.ok(italian && italian.length <= limit, `${key} in Italian`);
    assert.ok(english[key].length <= limit, `${key} in English`);
  }
});

test('A8 the zip holds exactly the package, with every placeholder filled', async (t) => {
  const folder = await folderCopy(t);
  const out = join(folder, '.out', 'sportello.zip');
  const result = await run(
    ['--out', out],
    { MicrosoftAppId: BOT, DEVELOPER_NAME: 'Comune “Ro$&\\"' },
    folder,
  );
  assert.equal(result.code, 0, result.error);
  const entries = unzipSync(await readFile(out));
  assert.deepEqual(Object.keys(entries), ['manifest.json', 'color.png', 'outline.png', 'en.json']);
  assert.deepEqual(Object.keys(entries).sort(), (await readdir(FOLDER)).sort());
  for (const [name, bytes] of Object.entries(entries)) {
    if (name.endsWith('.json')) assert.ok(!strFromU8(bytes).includes('${' + '{'), name);
    else assert.deepEqual(Buffer.from(bytes), await readFile(join(FOLDER, name)));
  }
  const manifest = JSON.parse(strFromU8(entries['manifest.json'] ?? new Uint8Array()));
  assert.equal(manifest.developer.name, 'Comune “Ro$&\\"');
  assert.match(result.out, /DEVELOPER_PRIVACY_URL is not set.*example/);
  assert.doesNotMatch(result.out, /DEVELOPER_NAME/);
});

test('A8 the same package gives the same bytes in every time zone and at any time', async () => {
  const { files } = await assemblePackage(FOLDER, { MicrosoftAppId: BOT });
  const code = `
    import { assemblePackage, zipPackage } from ${JSON.stringify(new URL('../scripts/app-package.ts', import.meta.url).href)};
    const { files } = await assemblePackage(${JSON.stringify(FOLDER)}, { MicrosoftAppId: '${BOT}' });
    process.stdout.write(Buffer.from(zipPackage(files)).toString('base64'));`;
  for (const TZ of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      env: { ...process.env, TZ },
      encoding: 'utf8',
    });
    assert.equal(child.stdout, Buffer.from(zipPackage(files)).toString('base64'), child.stderr);
  }
});

test('A5 a missing variable is named with the place to get it, and nothing is written', async (t) => {
  const folder = await folderCopy(t);
  const out = join(folder, '.out', 'sportello.zip');
  const result = await run(['--out', out], { MicrosoftAppId: '' }, folder);
  assert.equal(result.code, 1);
  assert.match(result.error, /MicrosoftAppId is not set; .*Azure portal/);
  assert.equal(result.error.match(/MicrosoftAppId/g)?.length, 1, 'said once');
  await assert.rejects(readFile(out));
});

test('A8 a package that is of another bot than MicrosoftAppId is refused', async (t) => {
  const folder = await folderCopy(t);
  await edit(folder, 'manifest.json', (text) => text.replace(/"botId": "[^"]*"/, `"botId": "${APP}"`));
  const { code, error } = await run([], { MicrosoftAppId: BOT }, folder);
  assert.equal(code, 1);
  assert.match(error, new RegExp(`botId is ${APP}, but must be the bot’s application id \\(${BOT} here\\)`));
});

test('A5 a value of the wrong form is named', async () => {
  const environment = {
    MicrosoftAppId: 'sportello-bot',
    DEVELOPER_NAME: 'x'.repeat(33),
    DEVELOPER_WEBSITE_URL: 'http://comune.example.org',
    DEVELOPER_PRIVACY_URL: 'privacy',
  };
  const { code, error } = await run([], environment);
  assert.equal(code, 1);
  assert.match(error, /MicrosoftAppId must be a GUID/);
  assert.match(error, /DEVELOPER_NAME has 33 characters/);
  assert.match(error, /DEVELOPER_WEBSITE_URL must .*https:/);
  assert.match(error, /DEVELOPER_PRIVACY_URL must .*https:/);
});

test('A8 a check needs no environment and writes nothing', async () => {
  const { code, out, error } = await run(['--check'], {});
  assert.equal(code, 0, error);
  assert.match(out, /in order: manifest\.json, color\.png, outline\.png, en\.json/);
});

test('A5 the command ends with 1 when something is wrong, and with 0 when not', () => {
  const { MicrosoftAppId: _, ...env } = process.env;
  const command = (...args: string[]) =>
    spawnSync(process.execPath, [SCRIPT, ...args], { env, encoding: 'utf8' });
  assert.equal(command('--check').status, 0);
  const missing = command();
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /MicrosoftAppId is not set/);
  const unknown = command('--chek');
  assert.equal(unknown.status, 1);
  assert.match(unknown.stderr, /--chek[\s\S]*Usage:/);
});

test('A5 a target that cannot be written is named', async (t) => {
  const folder = await folderCopy(t);
  const { code, error } = await run(['--out', folder], { MicrosoftAppId: BOT });
  assert.equal(code, 1);
  assert.match(error, /Cannot write .*app-package-/);
});
