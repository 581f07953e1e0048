/** Puts the Teams app package together and checks it, without the network. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { parseDocument } from 'yaml';
import { channelFeatures, defaults, neededScopes, permissions } from './manifest/channels.ts';
import { botCommands, extensionCommands } from './manifest/commands.ts';
import { developerPages, validDomains } from './manifest/domains.ts';
import { idsOf } from './manifest/ids.ts';
import { type Environment, fillPlaceholders } from './manifest/placeholders.ts';
import { type Manifest, type ManifestRule, repeated } from './manifest/rule.ts';
import { againstSchema, MANIFEST_VERSION, schemaUrl } from './manifest/schema.ts';
import { placeholdersLeft, type Texts, textProblems, textsOf } from './manifest/texts.ts';
import { decodePng, readPngHeader } from './png.ts';

/** Files of the package by name, manifest first. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

export type Assembled = {
  readonly files: PackageFiles;
  /** Sentences that say what to do. While there is one, the package must not be used. */
  readonly problems: readonly string[];
  readonly remarks: readonly string[];
};

const MANIFEST = 'manifest.json';
/** A file of the folder itself. */
const PLAIN_NAME = /^[A-Za-z0-9][\w.-]*$/;

/**
 * Reads the folder, fills the placeholders and checks all of it as Teams would.
 *
 * @param folder path of the folder that holds `manifest.json`
 */
export async function assemblePackage(folder: string, environment: Environment): Promise<Assembled> {
  const files = new Map<string, Uint8Array>();
  const problems: string[] = [];
  const remarks: string[] = [];

  const readJson = async (name: string): Promise<unknown> => {
    const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (text === undefined) {
      problems.push(`${name} is missing from ${folder}.`);
      return undefined;
    }
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch (fault) {
      problems.push(`${name} is not valid JSON: ${fault instanceof Error ? fault.message : fault}.`);
      return undefined;
    }
    // Of two that are named alike JSON keeps the last, and so would hide the first.
    for (const { message } of parseDocument(text, { uniqueKeys: true, schema: 'json' }).errors)
      problems.push(`${name}: ${message.split('\n')[0]?.replace(/:$/, '')}. Leave one of them in.`);
    const filled = fillPlaceholders(parsed, environment);
    problems.push(...filled.problems.map((problem) => `${name}: ${problem}`));
    if (filled.problems.length === 0)
      for (const [path, left] of placeholdersLeft(filled.content))
        problems.push(
          `${name}: ${path} is “${left}”, with a placeholder left in it: write what belongs there.`,
        );
    remarks.push(...filled.remarks);
    files.set(name, Buffer.from(`${JSON.stringify(filled.content, null, 2)}\n`));
    return filled.content;
  };

  const content = await readJson(MANIFEST);
  if (problems.length > 0) return { files, problems, remarks };
  problems.push(...(await checkManifest(content)));
  // The checks below read the manifest, so it has to have the shape that the schema gives it.
  if (problems.length > 0) return { files, problems, remarks };
  const manifest = content as Manifest;
  const texts = textsOf(manifest);
  const rules = [...RULES, idsOf(environment.MicrosoftAppId?.trim() ?? '')];
  problems.push(...rules.flatMap((rule) => rule(manifest)).map((problem) => `${MANIFEST}: ${problem}`));
  problems.push(...textProblems(texts).map((problem) => `${MANIFEST}: ${problem}`));

  for (const [name, size, outline] of [
    [manifest.icons.color, 192, false],
    [manifest.icons.outline, 32, true],
    [manifest.icons.color32x32, 32, false],
  ] as const) {
    if (name === undefined) continue;
    if (!PLAIN_NAME.test(name)) {
      problems.push(`${MANIFEST}: the icon “${name}” must lie beside it: give its name alone.`);
      continue;
    }
    const bytes = await readFile(join(folder, name)).catch(() => undefined);
    if (bytes) files.set(name, bytes);
    problems.push(
      ...(bytes ? checkIcon(name, bytes, size, outline) : [`${name} is missing from ${folder}.`]),
    );
  }

  const { localizationInfo } = manifest;
  problems.push(...languageProblems(localizationInfo).map((problem) => `${MANIFEST}: ${problem}`));
  for (const { file } of localizationInfo?.additionalLanguages ?? []) {
    if (!PLAIN_NAME.test(file) || files.has(file)) continue;
    const language = await readJson(file);
    if (language !== undefined) problems.push(...(await checkLanguage(file, language, texts)));
  }

  for (const name of await readdir(folder)) {
    if (files.has(name) || name.startsWith('.')) continue;
    problems.push(`${name} lies in ${folder}, but ${MANIFEST} does not name it: name it there or remove it.`);
  }
  return { files, problems, remarks };
}

/** A zip whose bytes depend on nothing but the files: no time stamps, no order of the file system. */
export function zipPackage(files: PackageFiles): Uint8Array {
  // Zip stores local time, so a local date gives the same bytes in every time zone.
  return zipSync(Object.fromEntries(files), { level: 9, mtime: new Date(2000, 0, 1) });
}

/** What the schema does not say, or says too mildly. */
const RULES: readonly ManifestRule[] = [
  channelFeatures,
  neededScopes,
  defaults,
  permissions,
  botCommands,
  extensionCommands,
  validDomains,
  developerPages,
];

async function checkManifest(content: unknown): Promise<string[]> {
  const manifest = content as Partial<Manifest> | null;
  if (manifest?.manifestVersion !== MANIFEST_VERSION) {
    return [
      `${MANIFEST}: manifestVersion is “${manifest?.manifestVersion}”, but must be “${MANIFEST_VERSION}”: write that here, in its $schema and in that of each language file.`,
    ];
  }
  const url = schemaUrl('MicrosoftTeams');
  if (manifest.$schema !== url) {
    return [`${MANIFEST}: $schema must be ${url}, to agree with manifestVersion.`];
  }
  const problems = await againstSchema('MicrosoftTeams', content);
  if (!/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(String(manifest.version))) {
    problems.push(`version is “${manifest.version}”, but must be three numbers, such as 1.0.2.`);
  }
  return problems.map((problem) => `${MANIFEST}: ${problem}`);
}

function checkIcon(name: string, bytes: Uint8Array, size: number, outline: boolean): string[] {
  const header = readPngHeader(bytes);
  if (!header) return [`${name} is not a PNG picture.`];
  if (header.width !== size || header.height !== size) {
    return [`${name} is ${header.width} × ${header.height} pixels, but Teams wants ${size} × ${size}.`];
  }
  const bitmap = decodePng(bytes);
  if (!bitmap) return [`${name} cannot be read: save it as PNG with 8 bits a channel, RGBA, not interlaced.`];
  if (!outline) return [];
  let visible = 0;
  for (let at = 0; at < bitmap.rgba.length; at += 4) {
    const [red, green, blue, alpha] = bitmap.rgba.subarray(at, at + 4);
    if (alpha === 0) continue;
    visible++;
    if (red !== 255 || green !== 255 || blue !== 255) {
      return [`${name} has pixels that are not white: Teams wants it white on a transparent background.`];
    }
  }
  return visible > 0 && visible < size * size
    ? []
    : [`${name} must show a white shape on a transparent background.`];
}

function languageProblems(info: Manifest['localizationInfo']): string[] {
  if (!info) return ['localizationInfo is missing: name the default language, and the file of each other.'];
  const problems: string[] = [];
  const { defaultLanguageTag, defaultLanguageFile, additionalLanguages = [] } = info;
  if (defaultLanguageFile !== undefined)
    problems.push(
      'localizationInfo.defaultLanguageFile is not used here: keep the default language’s texts in the manifest.',
    );
  const tags = [defaultLanguageTag, ...additionalLanguages.map(({ languageTag }) => languageTag)];
  for (const tag of repeated(tags))
    problems.push(`localizationInfo: the language “${tag}” stands there twice: keep one.`);
  for (const file of repeated(additionalLanguages.map(({ file }) => file)))
    problems.push(`localizationInfo: ${file} is the file of two languages: give each its own.`);
  for (const { file } of additionalLanguages)
    if (!PLAIN_NAME.test(file))
      problems.push(
        `localizationInfo: the file “${file}” must lie beside the manifest: give its name alone.`,
      );
  return problems;
}

async function checkLanguage(name: string, content: unknown, wanted: Texts): Promise<string[]> {
  const problems = await againstSchema('MicrosoftTeams.Localization', content);
  const url = schemaUrl('MicrosoftTeams.Localization');
  const { $schema, ...own } = (content ?? {}) as Record<string, unknown>;
  if ($schema !== url) problems.push(`$schema must be ${url}, the version of ${MANIFEST}.`);
  if (problems.length > 0) return problems.map((problem) => `${name}: ${problem}`);
  const texts = new Map(
    Object.entries(own).map(([key, text]) => [key, typeof text === 'string' ? text : '']),
  );
  for (const key of wanted.keys()) if (!texts.has(key)) problems.push(`“${key}” is not translated: add it.`);
  for (const key of texts.keys())
    if (!wanted.has(key))
      problems.push(`“${key}” translates something that ${MANIFEST} does not have: remove it.`);
  problems.push(...textProblems(texts));
  return problems.map((problem) => `${name}: ${problem}`);
}
