/** The doctor asks those whom the bot depends on, each for a few seconds at most. */

import { connect } from 'node:tls';
import { type BotSettings, isLoopback } from '../../src/config/environment.ts';
import { outboundToken } from '../../src/teams/outbound-token.ts';
import { bad, type Finding, good, note } from './finding.ts';
import { ending } from './settings.ts';

/** Tokens are refused when the clock is off by more (Microsoft allows five minutes). */
const CLOCK_OFF_MS = 2 * 60_000;

const CODES: readonly (readonly [RegExp, string])[] = [
  [
    /AADSTS70025\b/,
    'The app registration has no federated credential: add one for the managed identity, as docs/azure.md says.',
  ],
  [
    /AADSTS70021[123]?\b/,
    'No federated credential of the app registration fits: its subject must be the principal id of the managed identity, its issuer https://login.microsoftonline.com/<tenant>/v2.0, its audience api://AzureADTokenExchange.',
  ],
  [
    /managed identity gave no token/,
    'Give this machine or container app the user-assigned identity whose client id is MANAGED_IDENTITY_CLIENT_ID (of a UserAssignedMSI bot: MicrosoftAppId).',
  ],
  [
    /managed identity could not be asked/,
    'Managed identities are there on machines, container apps and app services of Azure only: elsewhere set a certificate or a secret.',
  ],
  [
    /AADSTS7000222|AADSTS700027/,
    'The secret or certificate has expired or is not registered: create a new one in the app registration and set it.',
  ],
  [/AADSTS7000215/, 'MicrosoftAppPassword is wrong: copy the secret’s value, not its ID.'],
  [/AADSTS700016/, 'MicrosoftAppId is not known in this tenant: compare both ids with the app registration.'],
  [
    /AADSTS90002/,
    'MicrosoftAppTenantId names no tenant: copy “Directory (tenant) ID” from the app registration.',
  ],
];
const OPEN_FIREWALL = 'Let this machine reach that address over HTTPS, and check its DNS and proxy.';

export type Asking = {
  readonly settings: BotSettings;
  readonly publicUrl: string | undefined;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly now: () => number;
  /** How long each may take. */
  readonly patienceMs: number;
};

export async function checkReach({ settings, publicUrl, now, patienceMs }: Asking): Promise<Finding[]> {
  let clockOff: number | undefined;
  const reach = async (about: string, url: string, isRight: (body: string) => boolean, wrong: string) => {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs), redirect: 'manual' });
      const date = Date.parse(response.headers.get('date') ?? '');
      if (Number.isFinite(date)) clockOff ??= now() - date;
      const body = await response.text();
      if (isRight(body)) return good(about, `${new URL(url).host} answers`);
      return bad(about, `${url} answers ${response.status}, and not what was expected`, wrong);
    } catch (error) {
      return bad(about, `${url} cannot be reached (${reasonOf(error)})`, OPEN_FIREWALL);
    }
  };
  const metadata = reach(
    'incoming tokens',
    settings.channelMetadataUrl,
    (body) => typeof readJson(body).jwks_uri === 'string',
    'Remove ToBotFromChannelOpenIdMetadataUrl, or let it name an OpenID configuration.',
  );
  // Whatever it answers without a token: that it does is enough.
  const connector = reach('connector', settings.serviceUrl, () => true, '');
  const findings = await Promise.all([checkToken(settings, now, patienceMs), metadata, connector]);
  return [...findings, checkClock(clockOff), ...(await checkAddress(publicUrl, now, patienceMs))];
}

async function checkToken(settings: BotSettings, now: () => number, patienceMs: number): Promise<Finding> {
  const about = 'login';
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs).unref();
  });
  try {
    await Promise.race([outboundToken(settings, now)(), late]);
    return good(about, 'the bot gets a token');
  } catch (error) {
    // Which of the two could not be asked stands in the message, and why in its cause.
    const why = reasonOf(error);
    const reason = /could not be asked/.test(String(error)) ? `${(error as Error).message} (${why})` : why;
    const known = CODES.find(([code]) => code.test(reason))?.[1];
    const refused = /refused|gave no token/.test(reason);
    return bad(
      about,
      reason,
      known ??
        (refused
          ? 'Compare MicrosoftAppId, tenant and credentials with the app registration.'
          : `${OPEN_FIREWALL} It is ${settings.loginUrl}.`),
    );
  }
}

function checkClock(off: number | undefined): Finding {
  if (off === undefined) return note('clock', 'nobody could be asked for the time');
  const seconds = Math.round(Math.abs(off) / 1000);
  return Math.abs(off) <= CLOCK_OFF_MS
    ? good('clock', `right within ${Math.max(seconds, 1)} s`)
    : bad(
        'clock',
        `${seconds} s ${off > 0 ? 'ahead' : 'behind'}`,
        'Let this machine keep its time by NTP (timedatectl set-ntp true): tokens are refused, and deadlines are wrong.',
      );
}

/** The address under which Teams and people's browsers reach the bot, from here: a proxy may let only others in. */
async function checkAddress(
  publicUrl: string | undefined,
  now: () => number,
  patienceMs: number,
): Promise<Finding[]> {
  const about = 'public address';
  if (publicUrl === undefined)
    return [
      bad(
        about,
        'PUBLIC_URL is not set: attachments and printed requests would have links to this machine only',
        'Set PUBLIC_URL to the https:// address under which browsers reach the bot.',
      ),
    ];
  const url = new URL(publicUrl);
  if (url.protocol !== 'https:') {
    if (isLoopback(url)) return [note(about, `${publicUrl} can be reached from this machine only`)];
    return [];
  }
  const endsAt = await certificateEnd(url, patienceMs);
  return [
    endsAt === undefined
      ? note(about, `the certificate of ${url.host} could not be looked at from here`)
      : ending('certificate of PUBLIC_URL', endsAt, now(), 'Renew it where the traffic enters.'),
  ];
}

/** @returns milliseconds since 1970; undefined when nobody shows one in time */
export function certificateEnd(url: URL, patienceMs: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect({
      host: url.hostname,
      port: Number(url.port) || 443,
      servername: url.hostname,
      // Looked at, not trusted: nothing is sent.
      rejectUnauthorized: false,
      timeout: patienceMs,
    });
    const done = (end: number | undefined) => {
      socket.destroy();
      resolve(end);
    };
    socket.once('secureConnect', () => {
      const end = Date.parse(socket.getPeerCertificate().valid_to);
      done(Number.isFinite(end) ? end : undefined);
    });
    socket.once('timeout', () => done(undefined));
    socket.once('error', () => done(undefined));
  });
}

function readJson(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** What is at the bottom of it: a fetch only says that it failed, and its cause why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return (error as { code?: string }).code ?? error.message;
}
