/** Starts Sportello as an operator would, connected to the fake connector, and the settings that any bot there needs. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, cpSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BY_THE_CLOCK, clockEnvironment } from './clock.ts';
import { APP_ID } from './names.ts';
import { keep } from './processes.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What `npm start` runs, from whatever directory. */
export const START = [
  '--import',
  pathToFileURL(join(ROOT, 'src/node-version.mjs')).href,
  join(ROOT, 'src/index.ts'),
];

/** The environment without any setting of the bot that the machine may have. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG, TZ } = process.env;
  return Object.fromEntries(
    Object.entries({ PATH, HOME, TMPDIR, LANG, TZ }).filter(([, value]) => value !== undefined),
  );
}

/** Bot Framework settings that lead to the fake connector. */
export function botEnvironment(connectorUrl: string, tenant: string): NodeJS.ProcessEnv {
  const metadata = `${connectorUrl}/.well-known/openidconfiguration`;
  return {
    ...bareEnvironment(),
    MicrosoftAppId: APP_ID,
    MicrosoftAppPassword: 'secret-of-the-bench',
    MicrosoftAppTenantId: tenant,
    MicrosoftAppType: 'SingleTenant',
    ToBotFromChannelOpenIdMetadataUrl: metadata,
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    ToBotFromEmulatorOpenIdMetadataUrl: metadata,
    ToChannelFromBotLoginUrl: connectorUrl,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    OAuthUrl: connectorUrl,
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: 'false',
    SERVICE_URL: `${connectorUrl}/`,
  };
}

/** The example desk, for few people who send what many would. */
function deskWithoutLimits(directory: string): string {
  const desk = join(directory, 'desk');
  cpSync(join(ROOT, 'desk'), desk, { recursive: true });
  appendFileSync(join(desk, 'desk.yaml'), '\nfairUse:\n  perMinute: 1000000\n');
  return desk;
}

export type Started = { readonly process: ChildProcess; readonly pid: number; readonly url: string };

const PATIENCE_MS = 30_000;

/**
 * @param directory where its log goes
 * @param flags for Node, before the program
 */
export async function startSportello(
  environment: NodeJS.ProcessEnv,
  storeUrl: string,
  directory: string,
  flags: readonly string[] = [],
): Promise<Started> {
  const logPath = join(directory, 'sportello.log');
  const log = openSync(logPath, 'w');
  const child = keep(
    spawn(process.execPath, [...flags, ...BY_THE_CLOCK, ...START], {
      cwd: ROOT,
      env: {
        ...environment,
        ...clockEnvironment(),
        STORE_URL: storeUrl,
        DESK_DIR: deskWithoutLimits(directory),
        PORT: '0',
      },
      stdio: ['ignore', log, log],
    }),
  );
  closeSync(log);
  await once(child, 'spawn');
  for (const deadline = performance.now() + PATIENCE_MS; ; await sleep(5)) {
    const said = readFileSync(logPath, 'utf8');
    const port = /listens on port (\d+)/.exec(said)?.[1];
    if (port) return { process: child, pid: child.pid ?? 0, url: `http://127.0.0.1:${port}/api/messages` };
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`Sportello did not start:\n${said}`);
  }
}
