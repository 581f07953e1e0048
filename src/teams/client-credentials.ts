/** The bot's token from its login server: OAuth 2.0 client credentials, by secret or by certificate. */

import { constants, randomUUID, sign } from 'node:crypto';
import type { BotSettings } from '../config/environment.ts';
import type { GrantedToken } from './outbound-token.ts';
import { tokenError } from './token-refused.ts';

const TIMEOUT_MS = 10_000;
const ASSERTION_LASTS_S = 600;

/**
 * `POST <login>/oauth2/v2.0/token` (RFC 6749, 4.4). With a certificate the bot proves itself by a signed assertion (RFC
 * 7523, in the form that Microsoft's identity platform asks for) and sends no secret.
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
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: settings.appId,
      scope,
      ...proof(settings, url, Math.floor(nowMs / 1000)),
    }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (!response.ok || typeof body.access_token !== 'string')
    throw tokenError('the login server refused the bot', response.status, codesOf(body));
  return { token: body.access_token, expiresInS: Number(body.expires_in) || 3600 };
}

function proof(settings: BotSettings, audience: string, nowS: number): Record<string, string> {
  if (!settings.certificate) return { client_secret: settings.appPassword ?? '' };
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion(settings.appId, settings.certificate, audience, nowS),
  };
}

/** Microsoft: “Microsoft identity platform application authentication certificate credentials”. */
function assertion(
  appId: string,
  { privateKey, thumbprint }: NonNullable<BotSettings['certificate']>,
  audience: string,
  nowS: number,
): string {
  // A SHA-1 thumbprint has a header of its own, which goes with the older algorithm.
  const modern = thumbprint.algorithm === 'sha256';
  const header = {
    alg: modern ? 'PS256' : 'RS256',
    typ: 'JWT',
    [modern ? 'x5t#S256' : 'x5t']: thumbprint.digest.toString('base64url'),
  };
  const claims = {
    aud: audience,
    iss: appId,
    sub: appId,
    jti: randomUUID(),
    nbf: nowS,
    iat: nowS,
    exp: nowS + ASSERTION_LASTS_S,
  };
  const signed = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(signed), {
    key: privateKey,
    ...(modern
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {}),
  });
  return `${signed}.${signature.toString('base64url')}`;
}

/** `invalid_client AADSTS7000222`: enough to look up what is wrong, and nothing of the request. */
function codesOf(body: Record<string, unknown>): string {
  const codes = Array.isArray(body.error_codes) ? body.error_codes.filter(Number.isInteger) : [];
  const error = typeof body.error === 'string' ? body.error : '';
  return [error, ...codes.map((code) => `AADSTS${code}`)].join(' ');
}
