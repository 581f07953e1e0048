/** The bot's own token, for calling the connector. */

import type { BotSettings } from '../config/environment.ts';
import { askLoginServer } from './client-credentials.ts';
import { askManagedIdentity } from './managed-identity.ts';

export type OutboundToken = () => Promise<string>;

export type GrantedToken = { readonly token: string; readonly expiresInS: number };

const RENEW_BEFORE_MS = 5 * 60_000;

/**
 * From the machine's managed identity, or from the login server: by secret, by certificate, or because the machine's
 * managed identity vouches for the bot. One request at a time; the token
 * is kept until shortly before its end.
 * @param now milliseconds of real time
 */
export function outboundToken(settings: BotSettings, now: () => number): OutboundToken {
  const ask = settings.appType === 'UserAssignedMSI' ? askManagedIdentity : askLoginServer;
  let kept: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;
  return async () => {
    if (kept && now() < kept.until) return kept.token;
    asking ??= ask(settings, now())
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
