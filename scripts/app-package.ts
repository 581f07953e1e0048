/** Puts the Teams app package together and checks it, without the network. */

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppManifestUtils, type TeamsManifestLatest } from '@microsoft/app-manifest';
import { zipSync } from 'fflate';
import { type Environment, fillPlaceholders } from './manifest-placeholders.ts';
import { decodePng, readPngHeader } from './png.ts';

/** Files of the package by name, manifest first. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

export type Assembled = {
  readonly files: PackageFiles;
  /** Sentences that say what to do. While there is one, the package must not be used. */
  readonly problems: readonly string[];
  readonly remarks: readonly string[];
};

type Schema = Awaited<ReturnType<typeof AppManifestUtils.fetchSchema>>;

const MANIFEST = 'manifest.json';
/** The first schema that has everything the manifest uses. */
const OLDEST_SCHEMA = 19;

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
    const filled = fillPlaceholders(parsed, environment);
    problems.push(...filled.problems.map((problem) => `${name}: ${problem}`));
    remarks.push(...filled.remarks);
    files.set(name, Buffer.from(`${JSON.stringify(filled.content, null, 2)}\n`));
    return filled.content;
  };

  const content = await readJson(MANIFEST);
  if (problems.length > 0) return { files, problems, remarks };
  problems.push(...(await checkManifest(content)));
  // The checks below read the manifest, so it has to have the shape that the schema gives it.
  if (problems.length > 0) return { files, problems, remarks };
  const manifest = content as TeamsManifestLatest;

  for (const [name, size, outline] of [
    [manifest.icons.color, 192, false],
    [manifest.icons.outline, 32, true],
  ] as const) {
    const bytes = await readFile(join(folder, name)).catch(() => undefined);
    if (bytes) files.set(name, bytes);
    problems.push(
      ...(bytes ? checkIcon(name, bytes, size, outline) : [`${name} is missing from ${folder}.`]),
    );
  }

  const { defaultLanguageTag, additionalLanguages = [] } = manifest.localizationInfo ?? {};
  const tags = [defaultLanguageTag, ...additionalLanguages.map(({ languageTag }) => languageTag)];
  if (new Set(tags).size < tags.length) problems.push(`${MANIFEST}: a language stands there twice.`);
  for (const { file } of additionalLanguages) {
    const language = await readJson(file);
    if (language !== undefined) problems.push(...(await checkLanguage(file, language, manifest)));
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

function schemaUrl(version: string, kind: 'MicrosoftTeams' | 'MicrosoftTeams.Localization'): string {
  return `https://developer.microsoft.com/json-schemas/teams/v${version}/${kind}.schema.json`;
}

/** True where `@microsoft/app-manifest` carries the schemas of this version; otherwise it would ask the network. */
function bringsSchema(version: string): boolean {
  const path = `@microsoft/app-manifest/build/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`;
  try {
    return existsSync(new URL(import.meta.resolve(path)));
  } catch {
    return false;
  }
}

async function checkManifest(content: unknown): Promise<string[]> {
  const manifest = content as Partial<TeamsManifestLatest> | null;
  const version = String(manifest?.manifestVersion);
  if (!/^1\.\d+$/.test(version) || Number(version.slice(2)) < OLDEST_SCHEMA || !bringsSchema(version)) {
    return [
      `${MANIFEST}: manifestVersion is “${version}”, but must be 1.${OLDEST_SCHEMA} or newer, and one that the installed @microsoft/app-manifest knows.`,
    ];
  }
  const url = schemaUrl(version, 'MicrosoftTeams');
  if (manifest?.$schema !== url) {
    return [`${MANIFEST}: $schema must be ${url}, to agree with manifestVersion.`];
  }
  const problems = await AppManifestUtils.validateAgainstSchema(content as TeamsManifestLatest);
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

/** Keys of all texts in the manifest that a language file has to translate, as its schema spells them. */
export function translatableKeys(manifest: TeamsManifestLatest): string[] {
  const keys = ['name.short', 'description.short', 'description.full'];
  if (manifest.name.full !== undefined) keys.push('name.full');
  for (const [b, bot] of (manifest.bots ?? []).entries()) {
    for (const [l, list] of (bot.commandLists ?? []).entries()) {
      for (const [c, command] of list.commands.entries()) {
        const prefix = `bots[${b}].commandLists[${l}].commands[${c}]`;
        keys.push(`${prefix}.title`);
        if (command.description !== undefined) keys.push(`${prefix}.description`);
      }
    }
  }
  for (const [e, extension] of (manifest.composeExtensions ?? []).entries()) {
    for (const [c, command] of (extension.commands ?? []).entries()) {
      const prefix = `composeExtensions[${e}].commands[${c}]`;
      keys.push(`${prefix}.title`);
      if (command.description !== undefined) keys.push(`${prefix}.description`);
      for (const [p, parameter] of (command.parameters ?? []).entries()) {
        keys.push(`${prefix}.parameters[${p}].title`);
        if (parameter.description !== undefined) keys.push(`${prefix}.parameters[${p}].description`);
      }
    }
  }
  return keys;
}

/**
 * Microsoft's localization schemas have patterns with a bare closing bracket. The library compiles patterns with the
 * `u` flag, under which that is an error, and so would throw on every language file.
 */
function withRepairedPatterns(schema: Schema): Schema {
  const { patternProperties = {} } = schema as { patternProperties?: object };
  const repaired = Object.entries(patternProperties).map(([pattern, rule]) => [
    pattern.replaceAll('\\b]', '\\b\\]'),
    rule,
  ]);
  return Object.assign({}, schema, { patternProperties: Object.fromEntries(repaired) });
}

async function checkLanguage(
  name: string,
  content: unknown,
  manifest: TeamsManifestLatest,
): Promise<string[]> {
  const url = schemaUrl(manifest.manifestVersion, 'MicrosoftTeams.Localization');
  const schema = withRepairedPatterns(await AppManifestUtils.fetchSchema(url));
  // The library has one method for all its schemas, but no type for a language file.
  const problems = await AppManifestUtils.validateAgainstSchema(content as TeamsManifestLatest, schema);
  if (problems.length > 0) return problems.map((problem) => `${name}: ${problem}`);
  const texts = new Map(Object.entries(content as Record<string, unknown>));
  const wanted = translatableKeys(manifest);
  for (const key of wanted) {
    const text = texts.get(key);
    if (typeof text !== 'string' || text.trim() === '') problems.push(`“${key}” is not translated.`);
  }
  for (const key of texts.keys()) {
    if (key === '$schema' || wanted.includes(key)) continue;
    problems.push(`“${key}” translates something that ${MANIFEST} does not have.`);
  }
  if (texts.get('$schema') !== url) problems.push(`$schema must be ${url}, the version of ${MANIFEST}.`);
  return problems.map((problem) => `${name}: ${problem}`);
}
