/** The doctor looks at the environment and at what can be told without asking anybody: names, shapes, ids, dates. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { nearest } from '../../src/config/desk-suggestion.ts';
import {
  type BotSettings,
  type Environment,
  readEnvironment,
  VARIABLES,
} from '../../src/config/environment.ts';
import { bad, type Finding, good, note } from './finding.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY_MS = 86_400_000;
/** Read by `npm run package` and by the machine's own programs, and not by the bot. */
const OTHERS = ['TEAMS_APP_ID', 'DEVELOPER_NAME', 'DEVELOPER_WEBSITE_URL', 'DEVELOPER_PRIVACY_URL'];
/** What a variable of ours begins with; anything else is somebody else's. */
const OURS =
  /^(microsoftapp|managed_?id|tobot|tochannel|certificate|callerid|oauthurl|validateauth|local_?teams|store_?u|desk_?d|public_?u|log_?l|service_?u|file_?h|smtp_?u|imap_?u|mail_?from|port$|metrics)/i;

/** @returns what is wrong with the variables, and the environment where it can be read */
export function checkEnvironment(variables: Variables): {
  readonly findings: readonly Finding[];
  readonly environment?: Environment;
} {
  const known = [...VARIABLES, ...OTHERS];
  const misspelt = Object.keys(variables)
    .filter((name) => !known.includes(name) && variables[name]?.trim() && OURS.test(name))
    .map((name) => {
      const meant = nearest(name, known);
      return bad(
        'environment',
        `${name} is set, and Sportello knows no such variable`,
        meant === undefined ? 'Remove it, or look for its right name in README.md.' : `Call it ${meant}.`,
      );
    });
  const read = readEnvironment(variables);
  if (!read.ok)
    return {
      findings: [
        ...misspelt,
        ...read.problems.map((problem) => {
          const [, name = 'environment', said = problem] = /^(\w+): (.*)$/s.exec(problem) ?? [];
          return bad(
            'environment',
            `${name} ${said}`,
            `Set ${name} as README.md says, section “Connect a real tenant”.`,
          );
        }),
      ],
    };
  const { environment } = read;
  if (misspelt.length === 0) misspelt.push(good('environment', 'all variables are known and readable'));
  return { findings: misspelt, environment };
}

/** The bot's credentials as far as their shape and their dates tell. */
export function checkCredentials({ bot }: Environment, variables: Variables, now: number): Finding[] {
  if (!bot) return [note('credentials', 'none are set: Sportello would start with local Teams')];
  const findings: Finding[] = [];
  if (!GUID.test(bot.appId))
    findings.push(
      bad(
        'credentials',
        'MicrosoftAppId is no GUID',
        'Copy “Application (client) ID” from the app registration.',
      ),
    );
  if (bot.tenantId !== '' && !GUID.test(bot.tenantId))
    findings.push(
      bad(
        'credentials',
        'MicrosoftAppTenantId is no GUID',
        'Copy “Directory (tenant) ID” from the app registration.',
      ),
    );
  if (bot.federatedIdentity !== undefined && !GUID.test(bot.federatedIdentity))
    findings.push(
      bad(
        'credentials',
        'MANAGED_IDENTITY_CLIENT_ID is no GUID',
        'Copy “Client ID” from the overview of the managed identity, not its principal ID.',
      ),
    );
  const secret = variables.MicrosoftAppPassword;
  if (bot.appPassword !== undefined) {
    if (GUID.test(bot.appPassword))
      findings.push(
        bad(
          'credentials',
          'MicrosoftAppPassword is the secret’s ID',
          'Copy its value instead, which is shown once: create a new secret.',
        ),
      );
    else if (secret !== secret?.trim() || /^["'].*["']$|\s/.test(bot.appPassword))
      findings.push(
        bad(
          'credentials',
          'MicrosoftAppPassword has blanks or quotation marks around or in it',
          'Set it to the value alone.',
        ),
      );
    if (bot.appPasswordEndsAt === undefined)
      findings.push(
        note(
          'credentials',
          'MicrosoftAppPasswordExpires is not set: nobody will be told before the secret ends',
        ),
      );
    else
      findings.push(
        ending(
          'secret',
          bot.appPasswordEndsAt,
          now,
          'Create a new secret in the app registration, set it and its end, and restart.',
        ),
      );
  }
  if (bot.certificate?.endsAt !== undefined)
    findings.push(
      ending(
        'certificate',
        bot.certificate.endsAt,
        now,
        'Upload a new certificate to the app registration, set it in CertificatePrivateKey, and restart.',
      ),
    );
  return findings.some(({ state }) => state === 'bad')
    ? findings
    : [good('credentials', `${bot.appType} ${bot.appId}, by ${proofOf(bot)}`), ...findings];
}

function proofOf(bot: BotSettings): string {
  if (bot.appType === 'UserAssignedMSI') return 'managed identity';
  if (bot.federatedIdentity !== undefined) return 'federated credential';
  return bot.certificate === undefined ? 'secret' : 'certificate';
}

const SOON_DAYS = 30;

/** @param remedy also for what ends within 30 days */
export function ending(what: string, at: number, now: number, remedy: string): Finding {
  const day = new Date(at).toISOString().slice(0, 10);
  if (at <= now) return bad(what, `ended on ${day}`, remedy);
  const days = Math.ceil((at - now) / DAY_MS);
  return days <= SOON_DAYS
    ? bad(what, `ends on ${day}, in ${days} days`, remedy)
    : good(what, `holds until ${day}`);
}

/** The ids of the app's manifest, as written in its folder and as put into the package that was made last. */
export async function checkManifest(
  folder: string,
  packagePath: string,
  { bot }: Environment,
): Promise<Finding[]> {
  if (!bot) return [];
  const sources: (readonly [string, string])[] = [];
  const written = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => undefined);
  if (written !== undefined) sources.push([join(folder, 'manifest.json'), written]);
  if (existsSync(packagePath)) {
    try {
      const files = unzipSync(await readFile(packagePath));
      sources.push([packagePath, Buffer.from(files['manifest.json'] ?? []).toString('utf8')]);
    } catch {
      return [bad('app package', `${packagePath} cannot be read`, 'Make it again with npm run package.')];
    }
  }
  if (sources.length === 0)
    return [note('app package', `there is neither ${folder} nor ${packagePath} here`)];
  return sources.map(([name, text]) => {
    const ids = [...text.matchAll(/"botId":\s*"([^"]*)"/g)].map(([, id]) => id ?? '');
    const others = ids.filter(
      (id) => !id.startsWith('$' + '{{') && id.toLowerCase() !== bot.appId.toLowerCase(),
    );
    if (ids.length === 0)
      return bad('app package', `${name} names no bot`, 'Take manifest.json as it comes with Sportello.');
    return others.length === 0
      ? good('app package', `${name} fits MicrosoftAppId`)
      : bad(
          'app package',
          `${name} is of the bot ${others[0]}, and MicrosoftAppId is ${bot.appId}`,
          'Make the package again with npm run package in this environment, and install that one.',
        );
  });
}
