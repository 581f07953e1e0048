/** The files of the desk, and the names that each defines and others refer to. */

import type { DeskFile, Raw, RawMap } from './desk-yaml.ts';

export const DESK_FILES = [
  'desk.yaml',
  'areas.yaml',
  'contracts.yaml',
  'organisations.yaml',
  'people.yaml',
  'queues.yaml',
  'services.yaml',
  'rules.yaml',
  'calendars.yaml',
  'deadlines.yaml',
  'templates.yaml',
] as const;
export type DeskFileName = (typeof DESK_FILES)[number];

/** Files without which there is no desk. The others may be empty. */
export const INDISPENSABLE: readonly DeskFileName[] = [
  'desk.yaml',
  'people.yaml',
  'queues.yaml',
  'services.yaml',
  'calendars.yaml',
];

/** Files that could be read and say something, or may be empty. */
export type DeskSources = ReadonlyMap<DeskFileName, DeskFile>;

/** What files refer to by name, and where it is defined. */
export const DEFINED_IN = {
  area: 'areas.yaml',
  contract: 'contracts.yaml',
  organisation: 'organisations.yaml',
  person: 'people.yaml',
  queue: 'queues.yaml',
  service: 'services.yaml',
  calendar: 'calendars.yaml',
  agreement: 'deadlines.yaml',
} as const satisfies Record<string, DeskFileName>;
export type NameKind = keyof typeof DEFINED_IN;

/**
 * All names that are defined, whether or not the entry behind them is in order: a fault in a queue must not make every
 * rule that sends to it faulty. A kind is absent when its file could not be read, and references to it go unchecked.
 */
export type DeskNames = Readonly<Partial<Record<NameKind, ReadonlySet<string>>>>;

export function definedNames(sources: DeskSources): DeskNames {
  const names: Partial<Record<NameKind, ReadonlySet<string>>> = {};
  for (const [kind, fileName] of Object.entries(DEFINED_IN) as [NameKind, DeskFileName][]) {
    const file = sources.get(fileName);
    if (file === undefined) continue;
    names[kind] = new Set(namesIn(file.raw, kind));
  }
  return names;
}

function namesIn(raw: Raw, kind: NameKind): string[] {
  if (kind === 'service') return serviceEntries(raw).map(({ id }) => id);
  return Object.keys(asMap(kind === 'agreement' ? asMap(raw).agreements : raw));
}

/** Services with the module that they stand under, in the order of the file. */
export function serviceEntries(raw: Raw): { module: string; id: string; value: Raw }[] {
  return Object.entries(asMap(raw)).flatMap(([module, services]) =>
    Object.entries(asMap(services)).map(([id, value]) => ({ module, id, value })),
  );
}

/** The group of keys, or an empty one where something else was written. */
export function asMap(raw: Raw): RawMap {
  return typeof raw === 'object' && !Array.isArray(raw) ? (raw as RawMap) : {};
}

/** The list, or an empty one where something else was written. */
export function asList(raw: Raw): readonly Raw[] {
  return Array.isArray(raw) ? (raw as readonly Raw[]) : [];
}

/** What a list of names says, written with hyphens, in brackets or as one text with commas. */
export function asTexts(raw: Raw): string[] {
  const written = typeof raw === 'string' ? splitNames(raw) : asList(raw);
  return written.filter((item) => typeof item === 'string');
}

export function splitNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** True and false as people write them. */
export function asFlag(text: string): boolean | undefined {
  if (text === 'true' || text === 'yes') return true;
  if (text === 'false' || text === 'no') return false;
  return undefined;
}
