/** The bot's token from the machine that it runs on: a user-assigned managed identity, and no secret anywhere. */

import type { BotSettings } from '../config/environment.ts';
import type { GrantedToken } from './outbound-token.ts';
import { tokenError } from './token-refused.ts';

const TIMEOUT_MS = 10_000;
/** Azure's metadata service, the same address on every virtual machine. */
const METADATA_SERVICE = 'http://169.254.169.254/metadata/identity/oauth2/token';

/** Which identity of this machine is asked for what. */
export type IdentityRequest = {
  readonly service: BotSettings['identityService'];
  /** Client id of the user-assigned identity. */
  readonly clientId: string;
  /** For whom the token is, without `/.default`. */
  readonly resource: string;
};

/** The bot is a managed identity: its token for the connector comes from the machine itself. */
export function askManagedIdentity(settings: BotSettings, nowMs: number): Promise<GrantedToken> {
  const { identityService: service, appId: clientId, oauthScope } = settings;
  return askIdentityService({ service, clientId, resource: oauthScope.replace(/\/\.default$/, '') }, nowMs);
}

/**
 * Asks the endpoint that Container Apps and App Service name in `IDENTITY_ENDPOINT`, or the metadata service of a virtual
 * machine where they do not. Not the SDK's way, which without an identity goes on to try command-line tools.
 *
 * @param nowMs real time, in milliseconds
 * @throws TokenRefused, or an Error where it may pass, with the status and the endpoint's code
 */
export async function askIdentityService(
  { service, clientId, resource }: IdentityRequest,
  nowMs: number,
): Promise<GrantedToken> {
  const url = new URL(service?.endpoint ?? METADATA_SERVICE);
  url.searchParams.set('api-version', service ? '2019-08-01' : '2018-02-01');
  url.searchParams.set('resource', resource);
  url.searchParams.set('client_id', clientId);
  const response = await fetch(url, {
    headers: service ? { 'x-identity-header': service.header } : { metadata: 'true' },
    // The header is a secret of this machine.
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new Error('the managed identity could not be asked', { cause });
  });
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (!response.ok || typeof body.access_token !== 'string') {
    const code = typeof body.error === 'string' ? body.error : '';
    throw tokenError('the managed identity gave no token', response.status, code);
  }
  const left = Number(body.expires_in) || Number(body.expires_on) - nowMs / 1000;
  return { token: body.access_token, expiresInS: left > 0 ? left : 3600 };
}
