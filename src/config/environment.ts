/** Reads the environment: the only place that looks at `process.env`. Bot Framework settings keep their standard names. */

import { z } from 'zod';
import { type BotCertificate, readCertificate } from './certificate.ts';
import { type MailSettings, readMail } from './mail-settings.ts';

/** Settings of the Bot Framework, as `botbuilder` names them. */
export type BotSettings = {
  readonly appId: string;
  readonly appPassword?: string;
  /** Last moment of the secret, in milliseconds since 1970, as whoever made it wrote down: nothing else tells. */
  readonly appPasswordEndsAt?: number;
  readonly certificate?: BotCertificate;
  /**
   * In place of secret and certificate: client id of the managed identity that vouches for the bot, by a federated
   * credential of the bot's app registration.
   */
  readonly federatedIdentity?: string;
  /** Where a managed identity's tokens come from, as the platform says; undefined on a virtual machine. */
  readonly identityService?: { readonly endpoint: string; readonly header: string };
  readonly appType: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI';
  readonly tenantId: string;
  readonly channelMetadataUrl: string;
  readonly channelIssuer: string;
  readonly emulatorMetadataUrl: string;
  /** Where the bot gets its outbound token, unless it is a managed identity. */
  readonly loginUrl: string;
  readonly oauthScope: string;
  readonly oauthUrl: string;
  readonly callerId: string;
  readonly validateAuthority: boolean;
  /** Service to which proactive messages go before any activity has named one. */
  readonly serviceUrl: string;
  /** Hosts that files are fetched from, besides the connector; undefined: SharePoint of every tenant. */
  readonly fileHosts?: readonly string[];
};

export type Environment = {
  /** Undefined: no credentials, so local Teams provides them. */
  readonly bot?: BotSettings;
  /** Undefined: nothing is sent by e-mail. */
  readonly mail?: MailSettings;
  readonly port?: number;
  readonly localTeamsPort?: number;
  readonly storeUrl?: string;
  /** Known to every instance and to nobody else: signs links. Undefined: nothing is set that would do. */
  readonly sharedSecret?: string;
  readonly deskDirectory: string;
  /** Address under which people's browsers reach the bot, for attachments. */
  readonly publicUrl?: string;
  /** Whether whoever reaches the port may read `/metrics`. */
  readonly metrics: boolean;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
};

export type EnvironmentResult =
  | { readonly ok: true; readonly environment: Environment }
  | { readonly ok: false; readonly problems: readonly string[] };

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True where plain http may be used: what never leaves this machine. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.has(url.hostname);
}

const port = z.coerce.number().int().min(0).max(65535);
const safeUrl = z.string().refine(
  (text) => {
    if (!URL.canParse(text)) return false;
    const url = new URL(text);
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  },
  { message: 'must be an https:// address (plain http is accepted for loopback only)' },
);

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

const schema = z.object({
  MicrosoftAppId: z.string().optional(),
  MicrosoftAppPassword: z.string().optional(),
  MicrosoftAppPasswordExpires: z
    .string()
    .refine(isDay, { message: 'must be the day on which the secret ends, as YYYY-MM-DD' })
    .optional(),
  CertificatePrivateKey: z.string().optional(),
  CertificateThumbprint: z.string().optional(),
  MicrosoftAppTenantId: z.string().optional(),
  MANAGED_IDENTITY_CLIENT_ID: z.string().optional(),
  // Set by Azure, which names addresses of the machine itself.
  IDENTITY_ENDPOINT: z.string().url().optional(),
  IDENTITY_HEADER: z.string().optional(),
  MicrosoftAppType: z.enum(['SingleTenant', 'MultiTenant', 'UserAssignedMSI']).default('SingleTenant'),
  ToBotFromChannelOpenIdMetadataUrl: safeUrl.default(
    'https://login.botframework.com/v1/.well-known/openidconfiguration',
  ),
  ToBotFromChannelTokenIssuer: z.string().default('https://api.botframework.com'),
  ToBotFromEmulatorOpenIdMetadataUrl: safeUrl.default(
    'https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration',
  ),
  ToChannelFromBotLoginUrl: safeUrl.optional(),
  ToChannelFromBotOAuthScope: z.string().default('https://api.botframework.com'),
  OAuthUrl: safeUrl.default('https://api.botframework.com'),
  CallerId: z.string().default('urn:botframework:azure'),
  ValidateAuthority: z.enum(['true', 'false']).default('true'),
  SERVICE_URL: safeUrl.default('https://smba.trafficmanager.net/teams/'),
  FILE_HOSTS: z
    .string()
    .transform((text) =>
      text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((host) => host !== ''),
    )
    .refine((hosts) => hosts.every((host) => /^[a-z0-9][a-z0-9.-]*\.[a-z]{2,}$/.test(host)), {
      message:
        'must be names of hosts, as comune.sharepoint.com, with commas between them and without https://',
    })
    .optional(),
  PORT: port.optional(),
  LOCAL_TEAMS_PORT: port.optional(),
  STORE_URL: z.string().optional(),
  DESK_DIR: z.string().default('desk'),
  PUBLIC_URL: safeUrl.optional(),
  LOCAL_TEAMS: z.enum(['on', 'off']).optional(),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().optional(),
  IMAP_URL: z.string().optional(),
  METRICS: z.enum(['on', 'off']).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
});

/** Names of all variables that Sportello reads. */
export const VARIABLES: readonly string[] = Object.keys(schema.shape);

/**
 * @param variables usually `process.env`; empty values count as absent
 * @returns typed settings, or every problem found as a sentence that names the variable and the remedy
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): EnvironmentResult {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const parsed = schema.safeParse(present);
  if (!parsed.success)
    return {
      ok: false,
      problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    };
  const values = parsed.data;
  const certificate = values.CertificatePrivateKey
    ? readCertificate(values.CertificatePrivateKey, values.CertificateThumbprint)
    : undefined;
  const problems = credentialProblems(values);
  if (certificate?.ok === false) problems.push(certificate.problem);
  const read = readMail(values);
  if ('problems' in read) problems.push(...read.problems);
  if (problems.length) return { ok: false, problems };
  const bot = values.MicrosoftAppId
    ? botSettings(values, values.MicrosoftAppId, certificate?.ok ? certificate.certificate : undefined)
    : undefined;
  return {
    ok: true,
    environment: {
      ...(bot ? { bot } : {}),
      ...('mail' in read ? optional('mail', read.mail) : {}),
      ...optional('port', values.PORT),
      ...optional('localTeamsPort', values.LOCAL_TEAMS_PORT),
      ...optional('storeUrl', values.STORE_URL),
      ...optional('sharedSecret', sharedSecret(values)),
      deskDirectory: values.DESK_DIR,
      ...optional('publicUrl', values.PUBLIC_URL),
      // Local Teams, and all with it, listens on loopback alone.
      metrics: values.METRICS === undefined ? bot === undefined : values.METRICS === 'on',
      logLevel: values.LOG_LEVEL ?? (bot ? 'info' : 'warn'),
    },
  };
}

type Values = z.infer<typeof schema>;

function credentialProblems(values: Values): string[] {
  const {
    MicrosoftAppId: id,
    MicrosoftAppPassword: password,
    CertificatePrivateKey: certificate,
    MicrosoftAppTenantId: tenant,
    MicrosoftAppType: type,
  } = values;
  if (!id) {
    if (password || certificate || tenant)
      return [
        'MicrosoftAppId: is missing although other Microsoft credentials are set. Set it to the id of the bot’s app registration, or remove the others to try Sportello with local Teams.',
      ];
    return values.LOCAL_TEAMS === 'off'
      ? [
          'MicrosoftAppId: is missing and LOCAL_TEAMS is off, so there is nothing to connect to. Set the bot’s credentials, or remove LOCAL_TEAMS.',
        ]
      : [];
  }
  const problems: string[] = [];
  if (values.LOCAL_TEAMS === 'on')
    problems.push(
      'LOCAL_TEAMS: local Teams never runs beside real credentials. Remove LOCAL_TEAMS, or MicrosoftAppId.',
    );
  const identity = values.MANAGED_IDENTITY_CLIENT_ID;
  const own = identity?.toLowerCase() === id.toLowerCase();
  const proofs = [
    ...(identity && !(own && type === 'UserAssignedMSI') ? ['MANAGED_IDENTITY_CLIENT_ID'] : []),
    ...(password ? ['MicrosoftAppPassword'] : []),
    ...(certificate ? ['CertificatePrivateKey'] : []),
  ];
  if (type === 'UserAssignedMSI') {
    if (proofs.length > 0)
      problems.push(
        `MicrosoftAppType: a UserAssignedMSI bot is a managed identity itself, with neither secret nor certificate nor another identity. Remove ${proofs.join(' and ')}, or set MicrosoftAppType to SingleTenant.`,
      );
  } else if (proofs.length === 0)
    problems.push(
      `MicrosoftAppPassword: is missing; a ${type} bot needs MANAGED_IDENTITY_CLIENT_ID, where a managed identity vouches for it, or its client secret, or a certificate in CertificatePrivateKey.`,
    );
  else if (proofs.length > 1)
    problems.push(
      `${proofs[0]}: is set beside ${proofs.slice(1).join(' and ')}. Keep the one that the bot is to use.`,
    );
  else if (own)
    problems.push(
      'MANAGED_IDENTITY_CLIENT_ID: is the id of the bot itself. Set the client id of the managed identity that vouches for it; or, where the bot is that identity, MicrosoftAppType to UserAssignedMSI.',
    );
  if (values.IDENTITY_ENDPOINT && !values.IDENTITY_HEADER)
    problems.push(
      'IDENTITY_HEADER: is missing beside IDENTITY_ENDPOINT. Azure sets both: set neither by hand.',
    );
  if (!tenant && type !== 'MultiTenant')
    problems.push(`MicrosoftAppTenantId: is missing; a ${type} bot needs the id of its Entra tenant.`);
  return problems;
}

/** What a managed identity has no secret for, the password of the common store does. */
function sharedSecret(values: Values): string | undefined {
  const store = values.STORE_URL ?? '';
  return (
    values.MicrosoftAppPassword ??
    values.CertificatePrivateKey ??
    (/^mongodb(\+srv)?:\/\/[^@/:]*:[^@/]+@/i.test(store) ? store : undefined)
  );
}

function botSettings(values: Values, appId: string, certificate: BotCertificate | undefined): BotSettings {
  const tenantId = values.MicrosoftAppTenantId ?? '';
  return {
    appId,
    ...optional('appPassword', values.MicrosoftAppPassword),
    ...optional(
      'appPasswordEndsAt',
      values.MicrosoftAppPassword && values.MicrosoftAppPasswordExpires
        ? Date.parse(`${values.MicrosoftAppPasswordExpires}T00:00:00Z`)
        : undefined,
    ),
    ...optional('certificate', certificate),
    ...optional(
      'federatedIdentity',
      values.MicrosoftAppType === 'UserAssignedMSI' ? undefined : values.MANAGED_IDENTITY_CLIENT_ID,
    ),
    ...(values.IDENTITY_ENDPOINT && values.IDENTITY_HEADER
      ? { identityService: { endpoint: values.IDENTITY_ENDPOINT, header: values.IDENTITY_HEADER } }
      : {}),
    appType: values.MicrosoftAppType,
    tenantId,
    channelMetadataUrl: values.ToBotFromChannelOpenIdMetadataUrl,
    channelIssuer: values.ToBotFromChannelTokenIssuer,
    emulatorMetadataUrl: values.ToBotFromEmulatorOpenIdMetadataUrl,
    loginUrl:
      values.ToChannelFromBotLoginUrl ??
      `https://login.microsoftonline.com/${values.MicrosoftAppType === 'MultiTenant' ? 'botframework.com' : tenantId}`,
    oauthScope: values.ToChannelFromBotOAuthScope,
    oauthUrl: values.OAuthUrl,
    callerId: values.CallerId,
    validateAuthority: values.ValidateAuthority === 'true',
    serviceUrl: values.SERVICE_URL,
    ...optional('fileHosts', values.FILE_HOSTS),
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}
