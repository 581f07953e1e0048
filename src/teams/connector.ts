/**
 * Calls the Bot Connector REST API. Not the SDK's client: that one repeats a POST after a 5xx, so that a message can
 * appear twice, and has no timeout.
 */

import { isLoopback } from '../config/environment.ts';
import type { OutboundToken } from './outbound-token.ts';

export type ConnectorReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly retryAfterMs?: number;
    }
  /** No answer: it may or may not have been done. */
  | { readonly kind: 'noAnswer'; readonly reason: string };

export type Connector = {
  call(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    serviceUrl: string,
    path: string,
    body?: unknown,
  ): Promise<ConnectorReply>;
  /** Opens a file that Teams hosts. `authorize` only for addresses under the authenticated service. */
  download(url: string, authorize: boolean): Promise<AsyncIterable<Uint8Array>>;
};

const TIMEOUT_MS = 10_000;
const DOWNLOAD_TIMEOUT_MS = 120_000;

/** @param timeoutMs how long one call may take; the platform's own hangs must not become ours */
export function createConnector(token: OutboundToken, timeoutMs = TIMEOUT_MS): Connector {
  return {
    async call(method, serviceUrl, path, body) {
      try {
        const response = await fetch(new URL(path, withSlash(serviceUrl)), {
          method,
          headers: {
            authorization: `Bearer ${await token()}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(timeoutMs),
        });
        const text = await response.text();
        return {
          kind: 'answer',
          status: response.status,
          body: parse(text),
          ...retryAfter(response.headers.get('retry-after')),
        };
      } catch (error) {
        return { kind: 'noAnswer', reason: describe(error) };
      }
    },
    async download(url, authorize) {
      const address = new URL(url);
      if (address.protocol !== 'https:' && !isLoopback(address))
        throw new Error('a file is only fetched over https');
      const response = await fetch(address, {
        headers: authorize ? { authorization: `Bearer ${await token()}` } : {},
        redirect: authorize ? 'error' : 'follow',
        signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
      });
      if (!response.ok || !response.body) throw new Error(`the file answered ${response.status}`);
      return response.body;
    },
  };
}

function withSlash(serviceUrl: string): string {
  return serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`;
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Seconds or a date, as RFC 9110 10.2.3 allows. */
function retryAfter(header: string | null): { readonly retryAfterMs?: number } {
  if (header === null) return {};
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? { retryAfterMs: Math.max(ms, 0) } : {};
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.name} ${error.message}${cause}`;
}
