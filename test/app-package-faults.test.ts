import assert from 'node:assert/strict';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { drawOutlineIcon } from '../scripts/draw-icons.ts';
import { encodePng } from '../scripts/png.ts';
import { edit, folderCopy, run } from './support/app-package.ts';

const open = '$' + '{{';

const FAULTS: readonly {
  title: string;
  spoil: (folder: string) => Promise<void>;
  message: RegExp;
}[] = [
  {
    title: 'a name that is too long',
    spoil: (folder) =>
      edit(folder, 'manifest.json', (text) => text.replace('"Sportello"', `"${'S'.repeat(31)}"`)),
    message: /manifest\.json: \/name\/short must NOT have more than 30.*What to do: shorten it/,
  },
  {
    title: 'a property that the schema does not know',
    spoil: (folder) =>
      edit(folder, 'manifest.json', (text) => text.replace('"icons"', '"packageName": "x", "icons"')),
    message: /manifest\.json: .*additional properties.*packageName.*remove it/,
  },
  {
    title: 'a schema that is too old',
    spoil: (folder) => edit(folder, 'manifest.json', (text) => text.replaceAll('1.25', '1.24')),
    message: /manifestVersion is “1\.24”, but must be “1\.25”/,
  },
  {
    title: 'a schema that the upload does not take yet',
    spoil: (folder) => edit(folder, 'manifest.json', (text) => text.replaceAll('1.25', '1.30')),
    message: /manifestVersion is “1\.30”, but must be “1\.25”: write that here/,
  },
  {
    title: 'a version that Teams cannot compare',
    spoil: (folder) => edit(folder, 'manifest.json', (text) => text.replace('"1.4.0"', '"1.4"')),
    message: /version is “1\.4”, but must be three numbers/,
  },
  {
    title: 'a placeholder that nobody knows',
    spoil: (folder) => edit(folder, 'manifest.json', (text) => text.replace('DEVELOPER_NAME', 'BOT_NAME')),
    message: /BOT_NAME.* is not a placeholder that this script knows/,
  },
  {
    title: 'a placeholder that is not closed',
    spoil: (folder) =>
      edit(folder, 'en.json', (text) => text.replace('Tell Sportello', `Tell ${open}BOT_ID}`)),
    message: /en\.json: .*without its two closing braces/,
  },
  {
    title: 'JSON that cannot be read',
    spoil: (folder) => edit(folder, 'manifest.json', (text) => text.slice(0, -4)),
    message: /manifest\.json is not valid JSON/,
  },
  {
    title: 'a manifest that is no object',
    spoil: (folder) => writeFile(join(folder, 'manifest.json'), 'null'),
    message: /manifestVersion is “undefined”/,
  },
  {
    title: 'a missing manifest',
    spoil: (folder) => rm(join(folder, 'manifest.json')),
    message: /manifest\.json is missing/,
  },
  {
    title: 'a missing language file',
    spoil: (folder) => rm(join(folder, 'en.json')),
    message: /en\.json is missing/,
  },
  {
    title: 'a text that is not translated',
    spoil: (folder) => edit(folder, 'en.json', (text) => text.replace(/ {2}"name\.full".*\n/, '')),
    message: /en\.json: “name\.full” is not translated/,
  },
  {
    title: 'a translation that is too long',
    spoil: (folder) =>
      edit(folder, 'en.json', (text) => text.replace('"Ask for', `"${'A'.repeat(80)}sk for`)),
    message: /en\.json: .*must NOT have more than 80/,
  },
  {
    title: 'a translation of nothing',
    spoil: (folder) =>
      edit(folder, 'en.json', (text) => text.replace('{', '{ "staticTabs[0].name": "Home",')),
    message: /en\.json: “staticTabs\[0\]\.name” translates something/,
  },
  {
    title: 'a language that stands there twice',
    spoil: (folder) =>
      edit(folder, 'manifest.json', (text) => text.replace('"languageTag": "en"', '"languageTag": "it"')),
    message: /the language “it” stands there twice: keep one/,
  },
  {
    title: 'a file that the manifest does not name',
    spoil: (folder) => writeFile(join(folder, 'de.json'), '{}'),
    message: /de\.json lies in .*, but manifest\.json does not name it/,
  },
  {
    title: 'a missing icon',
    spoil: (folder) => rm(join(folder, 'outline.png')),
    message: /outline\.png is missing/,
  },
  {
    title: 'an icon that is no picture',
    spoil: (folder) => writeFile(join(folder, 'color.png'), '<svg/>'),
    message: /color\.png is not a PNG/,
  },
  {
    title: 'an icon of the wrong size',
    spoil: (folder) => cp(join(folder, 'outline.png'), join(folder, 'color.png')),
    message: /color\.png is 32 × 32 pixels, but Teams wants 192 × 192/,
  },
  {
    title: 'an icon that is damaged',
    spoil: async (folder) =>
      writeFile(join(folder, 'color.png'), (await readFile(join(folder, 'color.png'))).subarray(0, 900)),
    message: /color\.png cannot be read/,
  },
  {
    title: 'an outline that is not white',
    spoil: async (folder) => {
      const { rgba, ...size } = drawOutlineIcon();
      const grey = rgba.map((value, at) => (at % 4 === 3 ? value : 200));
      await writeFile(join(folder, 'outline.png'), encodePng({ ...size, rgba: grey }));
    },
    message: /outline\.png has pixels that are not white/,
  },
  {
    title: 'an outline without transparency',
    spoil: async (folder) => {
      const rgba = new Uint8Array(32 * 32 * 4).fill(255);
      await writeFile(join(folder, 'outline.png'), encodePng({ width: 32, height: 32, rgba }));
    },
    message: /outline\.png must show a white shape on a transparent background/,
  },
];

for (const { title, spoil, message } of FAULTS) {
  test(`A8 the check finds ${title}`, async (t) => {
    const folder = await folderCopy(t);
    await spoil(folder);
    const { code, error } = await run(['--check'], {}, folder);
    assert.equal(code, 1);
    assert.match(error, message);
  });
}
