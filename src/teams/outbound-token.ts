/** The bot's own token, for calling the connector. */

import { type BotSettings, isMicrosoftLogin } from '../config/environment.ts';
import { credentialFactory } from './authentication.ts';

export type OutboundToken = () => Promise<string>;

const RENEW_BEFORE_MS = 5 * 60_000;
const TIMEOUT_MS = 10_000;

/**
 * From Microsoft through the SDK's credentials (secret or managed identity); from any other login server by a plain
 * OAuth 2.0 client-credentials request to `<login>/oauth2/v2.0/token` (RFC 6749, 4.4). One request at a time; the
 * token is kept until shortly before its end.
 * @param now milliseconds of real time
 */
export function outboundToken(settings: BotSettings, now: () => number): OutboundToken {
  if (isMicrosoftLogin(settings.loginUrl)) return microsoftToken(settings);
  let kept: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;
  return async () => {
    if (kept && now() < kept.until) return kept.token;
    asking ??= request(settings)
      .then(({ token, expiresInS }) => {
        kept = { token, until: now() + Math.max(expiresInS * 1000 - RENEW_BEFORE_MS, expiresInS * 500) };
        return token;
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
}

function microsoftToken(settings: BotSettings): OutboundToken {
  // The SDK keeps and renews the token itself.
  const credentials = credentialFactory(settings).createCredentials(
    settings.appId,
    settings.oauthScope,
    settings.loginUrl,
    settings.validateAuthority,
  );
  return async () => {
    const source = (await credentials) as unknown as { getToken(): Promise<string> };
    return source.getToken();
  };
}

async function request(settings: BotSettings): Promise<{ token: string; expiresInS: number }> {
  const scope = settings.oauthScope.endsWith('/.default')
    ? settings.oauthScope
    : `${settings.oauthScope}/.default`;
  const response = await fetch(`${settings.loginUrl.replace(/\/$/, '')}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: settings.appId,
      client_secret: settings.appPassword ?? '',
      scope,
    }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (!response.ok || typeof body.access_token !== 'string')
    throw new Error(`the login server refused the bot: ${response.status} ${String(body.error ?? '')}`);
  return { token: body.access_token, expiresInS: Number(body.expires_in) || 3600 };
}
