/** The bot's credentials are not accepted: trying again will not help, somebody has to mend it. */

import type { ConnectorReply } from './connector.ts';
import type { OutboundToken } from './outbound-token.ts';

export class TokenRefused extends Error {
  /** Status and codes, and nothing of what was sent. */
  readonly code: string;

  constructor(said: string, code: string) {
    super(`${said}: ${code}`);
    this.code = code;
  }
}

/** The error of a login server that answered with this status: too many requests and its own faults are no refusal. */
export function tokenError(said: string, status: number, codes: string): Error {
  const code = `${status} ${codes}`.trim();
  const passes = status === 429 || status === 408 || status >= 500;
  return passes ? new Error(`${said}: ${code}`) : new TokenRefused(said, code);
}

/** Who is told whether the credentials are accepted. */
export type TokenWatcher = { tokenRefused(code: string): void; tokenAccepted(): void };

/** Tells of refusals. That a token was granted says nothing yet: the connector may refuse it. */
export function watched(token: OutboundToken, watcher: TokenWatcher): OutboundToken {
  return async () => {
    try {
      return await token();
    } catch (error) {
      if (error instanceof TokenRefused) watcher.tokenRefused(error.code);
      throw error;
    }
  };
}

/** Tells what the connector made of the token. */
export function heed(reply: ConnectorReply, watcher: TokenWatcher): ConnectorReply {
  if (reply.kind === 'answer' && reply.status === 401) watcher.tokenRefused('401');
  else if (reply.kind === 'answer') watcher.tokenAccepted();
  return reply;
}
