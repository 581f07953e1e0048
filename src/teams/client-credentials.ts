/** The bot's token from its login server: OAuth 2.0 client credentials, by secret, certificate or managed identity. */

import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { BotSettings } from '../config/environment.ts';
import { askIdentityService } from './managed-identity.ts';
import type { GrantedToken } from './outbound-token.ts';
import { tokenError } from './token-refused.ts';

const TIMEOUT_MS = 10_000;
const ASSERTION_LASTS_S = 600;
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * `POST <login>/oauth2/v2.0/token` (RFC 6749, 4.4). With a certificate the bot proves itself by a signed assertion (RFC
 * 7523, in the form that Microsoft's identity platform asks for) and sends no secret. With a federated credential the
 * assertion is a token of the machine's managed identity, and nothing of the bot's own is kept anywhere.
 *
 * @param nowMs real time, in milliseconds
 * @throws TokenRefused, or an Error where it may pass, with the status and the server's codes, without anything that was sent
 */
export async function askLoginServer(settings: BotSettings, nowMs: number): Promise<GrantedToken> {
  const url = `${settings.loginUrl.replace(/\/$/, '')}/oauth2/v2.0/token`;
  const scope = settings.oauthScope.endsWith('/.default')
    ? settings.oauthScope
    : `${settings.oauthScope}/.default`;
  const response = await fetch(url, {
    method: 'POST',
    // What proves the bot goes to nobody else.
    redirect: 'error',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: settings.appId,
      scope,
      ...(await proof(settings, url, nowMs)),
    }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (!response.ok || typeof body.access_token !== 'string')
    throw tokenError('the login server refused the bot', response.status, codesOf(body));
  return { token: body.access_token, expiresInS: Number(body.expires_in) || 3600 };
}

async function proof(settings: BotSettings, url: string, nowMs: number): Promise<Record<string, string>> {
  const { appId, certificate, federatedIdentity } = settings;
  if (federatedIdentity !== undefined) {
    const { token } = await askIdentityService(
      {
        service: settings.identityService,
        clientId: federatedIdentity,
        resource: exchangeAudience(new URL(url).hostname),
      },
      nowMs,
    );
    return { client_assertion_type: JWT_BEARER, client_assertion: token };
  }
  if (certificate === undefined) return { client_secret: settings.appPassword ?? '' };
  return {
    client_assertion_type: JWT_BEARER,
    client_assertion: await assertion(appId, certificate, url, Math.floor(nowMs / 1000)),
  };
}

/** Microsoft: “Configure an application to trust a managed identity”, audiences of the national clouds. */
function exchangeAudience(loginHost: string): string {
  if (loginHost.endsWith('.us')) return 'api://AzureADTokenExchangeUSGov';
  return loginHost.endsWith('.cn') ? 'api://AzureADTokenExchangeChina' : 'api://AzureADTokenExchange';
}

/** Microsoft: “Microsoft identity platform application authentication certificate credentials”. */
function assertion(
  appId: string,
  { privateKey, thumbprint }: NonNullable<BotSettings['certificate']>,
  audience: string,
  nowS: number,
): Promise<string> {
  // A SHA-1 thumbprint has a header of its own, which goes with the older algorithm.
  const modern = thumbprint.algorithm === 'sha256';
  return new SignJWT({
    aud: audience,
    iss: appId,
    sub: appId,
    jti: randomUUID(),
    nbf: nowS,
    iat: nowS,
    exp: nowS + ASSERTION_LASTS_S,
  })
    .setProtectedHeader({
      alg: modern ? 'PS256' : 'RS256',
      typ: 'JWT',
      [modern ? 'x5t#S256' : 'x5t']: thumbprint.digest.toString('base64url'),
    })
    .sign(privateKey);
}

/** `invalid_client AADSTS7000222`: enough to look up what is wrong, and nothing of the request. */
function codesOf(body: Record<string, unknown>): string {
  const codes = Array.isArray(body.error_codes) ? body.error_codes.filter(Number.isInteger) : [];
  const error = typeof body.error === 'string' ? body.error : '';
  return [error, ...codes.map((code) => `AADSTS${code}`)].join(' ');
}
