/**
 * What the files in `appPackage/` leave open. They use the notation of the Microsoft 365 Agents Toolkit, `${{NAME}}`;
 * here the values come from environment variables, the same ones that the bot itself reads where it has them.
 */

export type Environment = Readonly<Record<string, string | undefined>>;

type Placeholder = {
  /** Environment variables that may give the value, best first. The last one is asked for when all are unset. */
  readonly variables: readonly [string, ...string[]];
  /** What the value is and where to get it. */
  readonly source: string;
  readonly check: (value: string) => string | undefined;
  /** Used, and remarked on, when no variable is set. */
  readonly example?: string;
};

const guid = (value: string): string | undefined =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
    ? undefined
    : 'must be a GUID, such as 1b4f0e98-5c1d-4a39-9d5e-6f0c7a2b8d31';

function httpsAddress(value: string): string | undefined {
  return URL.parse(value)?.protocol === 'https:'
    ? undefined
    : 'must be a complete address that begins with https://';
}

const developerName = (value: string): string | undefined =>
  value.length <= 32 ? undefined : `has ${value.length} characters, but Teams takes 32 at most`;

const BOT_ID_SOURCE =
  'it is the bot’s application (client) id: in the Azure portal, Azure Bot resource, Settings > Configuration, “Microsoft App ID”';

const PLACEHOLDERS: Readonly<Record<string, Placeholder>> = {
  BOT_ID: { variables: ['MicrosoftAppId'], source: BOT_ID_SOURCE, check: guid },
  // An app needs an id of its own only where several packages share one bot.
  TEAMS_APP_ID: { variables: ['TEAMS_APP_ID', 'MicrosoftAppId'], source: BOT_ID_SOURCE, check: guid },
  DEVELOPER_NAME: {
    variables: ['DEVELOPER_NAME'],
    source: 'it is the name of the body or company that runs Sportello',
    check: developerName,
    example: 'Sportello',
  },
  DEVELOPER_WEBSITE_URL: {
    variables: ['DEVELOPER_WEBSITE_URL'],
    source: 'it is the page where people find out who runs Sportello',
    check: httpsAddress,
    example: 'https://sportello.example.org',
  },
  DEVELOPER_PRIVACY_URL: {
    variables: ['DEVELOPER_PRIVACY_URL'],
    source: 'it is the page with the privacy notice',
    check: httpsAddress,
    example: 'https://sportello.example.org/privacy',
  },
  DEVELOPER_TERMS_OF_USE_URL: {
    variables: ['DEVELOPER_TERMS_OF_USE_URL'],
    source: 'it is the page with the terms of use',
    check: httpsAddress,
    example: 'https://sportello.example.org/terms',
  },
};

const PATTERN = /\$\{\{(.*?)\}\}/g;

type Resolved = { readonly value?: string; readonly problem?: string; readonly remark?: string };

function resolve(name: string, environment: Environment): Resolved {
  const placeholder = Object.hasOwn(PLACEHOLDERS, name) ? PLACEHOLDERS[name] : undefined;
  if (!placeholder) {
    return {
      problem: `\${{${name}}} is not a placeholder that this script knows: correct its name, or add it to scripts/manifest-placeholders.ts.`,
    };
  }
  const { variables, source, check, example } = placeholder;
  const variable = variables.find((candidate) => environment[candidate]) ?? variables.at(-1) ?? name;
  const value = environment[variable];
  if (value) {
    const objection = check(value);
    return objection ? { problem: `${variable} ${objection} (now “${value}”); ${source}.` } : { value };
  }
  if (example !== undefined) {
    return {
      value: example,
      remark: `${variable} is not set, so the example “${example}” stands in the package; ${source}.`,
    };
  }
  return { problem: `${variable} is not set; ${source}.` };
}

export type Filled = {
  readonly content: unknown;
  /** Sentences that say what to do; empty when every placeholder has a good value. */
  readonly problems: readonly string[];
  /** Sentences about values that will do for a trial only. */
  readonly remarks: readonly string[];
};

/**
 * Puts the environment's values in the place of every `${{NAME}}`, in the strings of parsed JSON rather than in its
 * text, so that no value can change the structure.
 */
export function fillPlaceholders(content: unknown, environment: Environment): Filled {
  const problems = new Set<string>();
  const remarks = new Set<string>();
  const fillText = (text: string): string =>
    text.replace(PATTERN, (whole, name: string) => {
      const { value, problem, remark } = resolve(name.trim(), environment);
      if (problem !== undefined) problems.add(problem);
      if (remark !== undefined) remarks.add(remark);
      return value ?? whole;
    });
  const fill = (node: unknown): unknown => {
    if (typeof node === 'string') return fillText(node);
    if (Array.isArray(node)) return node.map(fill);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fill(value)]));
  };
  const filled = fill(content);
  if (problems.size === 0 && JSON.stringify(filled).includes('${{')) {
    problems.add(
      'there is an opening of a placeholder, a dollar sign and two braces, without its two closing braces.',
    );
  }
  return { content: filled, problems: [...problems], remarks: [...remarks] };
}
