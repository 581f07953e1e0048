/** Looks at everything that a start of Sportello depends on, and changes nothing. */

import { loadDesk } from '../../src/config/desk.ts';
import { formatDeskProblems } from '../../src/config/desk-problem.ts';
import type { Desk } from '../../src/domain/desk.ts';
import { examineStore } from '../../src/stores/examine.ts';
import { checkChannels } from './channels.ts';
import { bad, type Finding, good, note } from './finding.ts';
import { checkMail } from './mail.ts';
import { checkReach } from './reach.ts';
import { checkCredentials, checkEnvironment, checkManifest } from './settings.ts';

export type Patient = {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly nodeVersion: string;
  /** The folder of the app's manifest, and the package that was made of it. */
  readonly appPackage: string;
  readonly packagePath: string;
  readonly now: () => number;
  readonly patienceMs: number;
};

/** Everything that could be looked at; what hangs on something broken is left out. */
export async function examine(patient: Patient): Promise<Finding[]> {
  const { variables, now, patienceMs } = patient;
  const findings: Finding[] = [checkNode(patient.nodeVersion)];
  const { findings: said, environment } = checkEnvironment(variables);
  findings.push(...said);
  const { findings: onDesk, desk } = await checkDesk(variables);
  findings.push(...onDesk);
  findings.push(await checkStore(variables.STORE_URL?.trim() ? variables.STORE_URL : undefined));
  if (!environment) return findings;
  findings.push(...checkCredentials(environment, variables, now()));
  findings.push(...(await checkManifest(patient.appPackage, patient.packagePath, environment)));
  findings.push(...(await checkMail(environment.mail, patienceMs)));
  const { bot: settings, publicUrl } = environment;
  if (!settings) return findings;
  const reached = await checkReach({ settings, publicUrl, now, patienceMs });
  findings.push(...reached);
  // Without a token, or without a way there, nothing more could be said.
  const asked = reached.filter(({ about }) => about === 'login' || about === 'connector');
  if (desk && asked.every(({ state }) => state === 'good'))
    findings.push(...(await checkChannels({ settings, desk, now, patienceMs })));
  return findings;
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const old = major < 22 || (major === 22 && minor < 18) || (major === 23 && minor < 6);
  return old
    ? bad('Node', `${version} is too old`, 'Use Node 22.18 or newer; 24 LTS is best.')
    : good('Node', version);
}

async function checkDesk(
  variables: Patient['variables'],
): Promise<{ readonly findings: Finding[]; readonly desk?: Desk }> {
  const directory = variables.DESK_DIR?.trim() || 'desk';
  const loaded = await loadDesk(directory);
  if (!loaded.ok)
    return {
      findings: formatDeskProblems(loaded.problems, directory)
        .split('\n')
        .map((problem) => bad('desk', problem, 'Put the line right; docs/configure.md explains every key.')),
    };
  const { desk } = loaded;
  const findings: Finding[] = [
    good('desk', `${desk.name}: ${desk.queues.size} queues, ${desk.people.size} people`),
  ];
  const tenant = variables.MicrosoftAppTenantId?.trim().toLowerCase();
  if (tenant && !desk.tenants.includes(tenant))
    findings.push(
      bad(
        'desk',
        'the bot’s tenant is not among the tenants of desk.yaml: it would answer nobody',
        'Add MicrosoftAppTenantId to tenants in desk.yaml, or correct either.',
      ),
    );
  return { findings, desk };
}

/** So little is soon used up by a day's attachments. */
const LITTLE_BYTES = 1024 ** 3;

async function checkStore(url: string | undefined): Promise<Finding> {
  const about = 'store';
  try {
    const { name, version, newest, writable, freeBytes } = await examineStore(url);
    if (!writable)
      return bad(
        about,
        `${name} cannot be written to`,
        'Give the user that runs Sportello the right to write there.',
      );
    if (freeBytes !== undefined && freeBytes < LITTLE_BYTES)
      return bad(
        about,
        `${Math.floor(freeBytes / 1024 ** 2)} MB are free beside ${name}`,
        'Free at least 1 GB, or move the store.',
      );
    if (version === undefined)
      return note(about, `${name} is empty or not there yet: it is made at the first start`);
    if (version > newest)
      return bad(
        about,
        `${name} was written by a newer Sportello (schema ${version}, this one knows ${newest})`,
        'Start that version, or restore a back-up made before the update.',
      );
    return version < newest
      ? note(
          about,
          `${name} will be brought from schema ${version} to ${newest} at the next start: make a back-up before`,
        )
      : good(about, `${name}, schema ${version}`);
  } catch (error) {
    return bad(
      about,
      error instanceof Error ? error.message : String(error),
      'Correct STORE_URL, or make what it names reachable from here.',
    );
  }
}
