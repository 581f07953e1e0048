/** The schema that the package is held against, and what to do about what it refuses. */

import { AppManifestUtils } from '@microsoft/app-manifest';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

/**
 * What Microsoft's own templates use. The upload services take a version only months after its schema is published
 * (microsoft-365-agents-toolkit#15283), so the newest is not the one to take.
 */
export const MANIFEST_VERSION = '1.25';

type Kind = 'MicrosoftTeams' | 'MicrosoftTeams.Localization';

export function schemaUrl(kind: Kind): string {
  return `https://developer.microsoft.com/json-schemas/teams/v${MANIFEST_VERSION}/${kind}.schema.json`;
}

/** What to do, by what the validator says. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/must NOT have more than \d+ characters/, 'shorten it'],
  [/must NOT have fewer than \d+ characters/, 'write it out'],
  [/must NOT have more than \d+ items/, 'take some out'],
  [/must NOT have fewer than \d+ items/, 'add what is missing, or leave the list out'],
  [/must NOT have duplicate items/, 'leave each in once'],
  [/must NOT have additional properties/, `schema ${MANIFEST_VERSION} has no such property: remove it`],
  [/must have required property/, 'add it'],
  [/must be equal to one of the allowed values/, 'take one of those that are listed'],
  [
    /must match pattern "\^\[0-9a-fA-F\]\{8\}/,
    'it must be a GUID, such as 1b4f0e98-5c1d-4a39-9d5e-6f0c7a2b8d31',
  ],
  [/must match pattern "\^#/, 'it must be a colour of six digits, such as #18586E'],
  [/must match pattern "\^\[Hh\]/, 'it must be a complete address that begins with https://'],
  [/must match pattern "\^\[A-Za-z0-9\]\{1,8\}/, 'it must be a language tag, such as it or en-gb'],
];

function told({ instancePath, message = 'is not valid', params }: ErrorObject): string {
  const { pattern: _, ...details } = params;
  const said = `${instancePath} ${message}`.trim();
  const named = Object.keys(details).length === 0 ? '' : ` (${JSON.stringify(details)})`;
  const remedy = REMEDIES.find(([one]) => one.test(said))?.[1];
  return remedy === undefined ? `${said}${named}.` : `${said}${named}. What to do: ${remedy}.`;
}

const compiled = new Map<Kind, Promise<ValidateFunction>>();

/**
 * The library would compile a schema anew for each file, which takes half a second, and with the `u` flag, under which
 * patterns of the language files’ schema are errors.
 */
async function compile(kind: Kind): Promise<ValidateFunction> {
  const { $schema: _, ...schema } = await AppManifestUtils.fetchSchema(schemaUrl(kind));
  // The schemas are of draft 4 and use nothing that has changed since.
  return new Ajv({ allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    schema,
  );
}

/** @returns what the schema of that kind of file refuses, with what to do */
export async function againstSchema(kind: Kind, content: unknown): Promise<string[]> {
  let validate = compiled.get(kind);
  if (validate === undefined) {
    validate = compile(kind);
    compiled.set(kind, validate);
  }
  const valid = await validate;
  return valid(content) ? [] : (valid.errors ?? []).map(told);
}
