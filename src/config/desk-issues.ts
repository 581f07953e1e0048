/** Turns what a schema found into problems that name the entry, the place and the remedy. */

import { z } from 'zod';
import type { IssueParams } from './desk-fields.ts';
import type { DeskFileName } from './desk-names.ts';
import { asList, asMap } from './desk-names.ts';
import type { DeskProblem, KeyPath } from './desk-problem.ts';
import { nearest } from './desk-suggestion.ts';
import type { DeskFile, Place, Raw } from './desk-yaml.ts';

/** Problems of one file. */
export function problemsOf(
  file: DeskFile,
  schema: z.ZodTypeAny,
  issues: readonly z.ZodIssue[],
): DeskProblem[] {
  const mistyped = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(file, schema, issue.path, key))
      : [],
  );
  const standIns = new Set(mistyped.map(({ path }) => JSON.stringify(path)));
  const others = issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return [];
    const missing = valueAt(file.raw, issue.path) === undefined;
    // Whoever wrote "chanel" need not be told that "channel" is missing as well.
    if (missing && standIns.has(JSON.stringify(issue.path))) return [];
    const { params } = issue as { readonly params?: IssueParams };
    const place = params?.spot ? file.placeOfText(issue.path, params.spot) : placeOf(file, issue.path);
    return [problem(file, place, issue.path, sentence(file, schema, issue, params))];
  });
  return [...mistyped, ...others];
}

function sentence(
  file: DeskFile,
  schema: z.ZodTypeAny,
  issue: z.ZodIssue,
  params: IssueParams | undefined,
): string {
  const { path } = issue;
  const { label, keys } = entryAt(file, path);
  const key = keys.filter((step) => typeof step === 'string').join('.');
  const expects = expectation(schemaAt(schema, path));
  const raw = valueAt(file.raw, path);

  if (raw === '' || (raw === undefined && path.length === 0))
    return key === ''
      ? `${label} is empty. Write ${expects}.`
      : `${label} leaves "${key}" empty. Write ${expects}, or remove the line.`;
  if (params?.written !== undefined) {
    if (params.written === '') return `${label} leaves "${key}" empty. Write ${expects}.`;
    const as = key === '' ? '' : ` as "${key}"`;
    return `${label} has "${params.written}"${as}. ${params.remedy || `Write ${expects}.`}`;
  }
  if (issue.code === 'custom') return `${label} ${issue.message}`;
  if (raw === undefined) return `${label} has no "${key}". Add it: ${expects}.`;
  if (issue.code === 'too_small')
    return `${label} has too few entries in "${key}". Write ${expects}, or remove the key.`;
  const found =
    typeof raw === 'string' ? 'a single value' : Array.isArray(raw) ? 'a list' : 'a group of keys';
  return key === ''
    ? `${label} holds ${found}. Write ${expects}.`
    : `${label} has ${found} as "${key}". Write ${expects}.`;
}

function unknownKey(file: DeskFile, schema: z.ZodTypeAny, path: KeyPath, key: string): DeskProblem {
  const { label, keys } = entryAt(file, path);
  const known = keysOf(schemaAt(schema, path)) ?? [];
  const meant = nearest(key, known);
  const inside = keys.filter((step) => typeof step === 'string').join('.');
  const where = inside === '' ? label : `"${inside}" of ${label}`;
  // "{ it: Ferie, permessi, en: … }" makes a key without a value of what follows the comma.
  const remedy =
    meant !== undefined
      ? `Did you mean "${meant}"?`
      : valueAt(file.raw, [...path, key]) === ''
        ? 'If it belongs to the text before the comma, put that whole text in double quotes.'
        : `The keys are: ${known.join(', ')}.`;
  return problem(
    file,
    file.placeOfKey([...path, key]),
    // As if the right key had been written, so that nobody is told as well that it is missing.
    [...path, meant ?? key],
    `${where} has the key "${key}", which does not exist. ${remedy}`,
  );
}

/** A single value is shown where it stands, a group or list at its key, what is missing where its entry begins. */
function placeOf(file: DeskFile, path: KeyPath): Place {
  const raw = valueAt(file.raw, path);
  return typeof raw === 'string' ? file.placeOfValue(path) : file.placeOfKey(path);
}

function problem(file: DeskFile, place: Place, path: KeyPath, message: string): DeskProblem {
  return { file: file.name, ...place, path, message };
}

/** How people call the entry that a path leads into, and the keys from there on. */
export function entryAt(file: DeskFile, path: KeyPath): { label: string; keys: KeyPath } {
  const [first, second] = path;
  const below = (depth: number, label: string) => ({ label, keys: path.slice(depth) });
  const kind = SINGULAR[file.name as DeskFileName];
  switch (file.name as DeskFileName) {
    case 'desk.yaml':
      return below(0, 'the desk');
    case 'services.yaml':
      if (first !== undefined && second === undefined) return below(1, `module "${first}"`);
      if (second !== undefined) return below(2, `service "${second}"`);
      break;
    case 'rules.yaml':
      if (first !== undefined) {
        const name = asMap(asList(file.raw)[Number(first)]).rule;
        return below(1, typeof name === 'string' && name ? `rule "${name}"` : `rule ${Number(first) + 1}`);
      }
      break;
    case 'deadlines.yaml':
      if (first === 'agreements' && second !== undefined) return below(2, `agreement "${second}"`);
      if (first === 'policies' && second !== undefined) return below(2, `policy ${Number(second) + 1}`);
      if (first === 'escalation' && second !== undefined) return below(2, `level "${second}"`);
      break;
    default:
      if (first !== undefined) return below(1, `${kind} "${first}"`);
  }
  return below(0, 'the file');
}

const SINGULAR: Partial<Record<DeskFileName, string>> = {
  'areas.yaml': 'area',
  'contracts.yaml': 'contract',
  'organisations.yaml': 'organisation',
  'people.yaml': 'person',
  'queues.yaml': 'queue',
  'calendars.yaml': 'calendar',
  'templates.yaml': 'template',
};

function valueAt(raw: Raw, path: KeyPath): Raw {
  let value = raw;
  for (const step of path) {
    // One value standing for a list of one: its positions are the value itself.
    if (typeof value === 'string' && typeof step === 'number') continue;
    value = Array.isArray(value) ? value[Number(step)] : ownValue(value, String(step));
  }
  return value;
}

function ownValue(raw: Raw, key: string): Raw {
  const map = asMap(raw);
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The keys that a group may have; undefined where names are free or no group is meant. */
export function keysOf(schema: z.ZodTypeAny): string[] | undefined {
  const inner = innerSchema(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : undefined;
}

/** The schema of what stands at a path. */
export function schemaAt(schema: z.ZodTypeAny, path: KeyPath): z.ZodTypeAny {
  let found = schema;
  for (const step of path) {
    const inner = innerSchema(found);
    if (inner instanceof z.ZodObject) found = inner.shape[String(step)] ?? inner;
    else if (inner instanceof z.ZodRecord || inner instanceof z.ZodArray) found = inner.element;
  }
  return found;
}

/** What to write, by the outermost schema that says so; for a group, its keys. */
function expectation(schema: z.ZodTypeAny): string {
  for (let layer: z.ZodTypeAny | undefined = schema; layer !== undefined; layer = below(layer)) {
    if (layer.description) return layer.description;
  }
  const keys = keysOf(schema);
  return keys ? `its keys below it, indented: ${keys.join(', ')}` : 'a value';
}

/** The schema without the defaults, checks and the like around it. */
export function innerSchema(schema: z.ZodTypeAny): z.ZodTypeAny {
  let inner = schema;
  for (let next = below(inner); next !== undefined; next = below(inner)) inner = next;
  return inner;
}

/** The schema inside one that only adds a default, a check or the like. */
function below(schema: z.ZodTypeAny): z.ZodTypeAny | undefined {
  if (schema instanceof z.ZodEffects) return schema.innerType();
  if (schema instanceof z.ZodDefault) return schema.removeDefault();
  if (schema instanceof z.ZodOptional) return schema.unwrap();
  return undefined;
}
