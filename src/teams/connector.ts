/**
 * Calls the Bot Connector REST API. Not the SDK's client: that one repeats a POST after a 5xx, so that a message can
 * appear twice, and has no timeout.
 */

import { request as overTcp } from 'node:http';
import { request as overTls } from 'node:https';
import type { Hosts } from './hosts.ts';
import type { OutboundToken } from './outbound-token.ts';

export type ConnectorReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly retryAfterMs?: number;
    }
  /** No answer: it may or may not have been done. */
  | {
      readonly kind: 'noAnswer';
      readonly reason: string;
      /** What comes after a long silence, where the call is still listened to. */
      readonly late?: Promise<ConnectorReply>;
    };

export type Connector = {
  call(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    serviceUrl: string,
    path: string,
    body?: unknown,
  ): Promise<ConnectorReply>;
};

const TIMEOUT_MS = 10_000;
/**
 * Whoever posts again what Teams took after a long silence makes two of it. So a post is listened to for longer than
 * anybody waits for it: so many times as long.
 */
const LISTENS_ON = 4.5;

/**
 * @param hosts which of them are the connector's: nothing is sent to others, whatever names them
 * @param timeoutMs how long one call may take; the platform's own hangs must not become ours
 * @param after a signal that ends a call so many milliseconds later
 */
export function createConnector(
  token: OutboundToken,
  hosts: Pick<Hosts, 'isConnector'>,
  timeoutMs = TIMEOUT_MS,
  after: (ms: number) => AbortSignal = AbortSignal.timeout,
): Connector {
  return {
    async call(method, serviceUrl, path, body) {
      const patience = after(timeoutMs);
      const ask = async (signal: AbortSignal): Promise<ConnectorReply> => {
        try {
          const url = new URL(path, withSlash(serviceUrl));
          if (!hosts.isConnector(url)) throw new Error(`${url.host} is no host of the connector`);
          const { status, text, wait } = await exchange(
            method,
            url,
            await token(),
            body === undefined ? undefined : JSON.stringify(body),
            signal,
          );
          return { kind: 'answer', status, body: parse(text), ...retryAfter(wait) };
        } catch (error) {
          return { kind: 'noAnswer', reason: describe(error) };
        }
      };
      // What is read or edited twice is the same as once.
      if (method !== 'POST') return ask(patience);
      const answer = ask(after(timeoutMs * (1 + LISTENS_ON)));
      return Promise.race([answer, silenceOf(patience, answer)]);
    },
  };
}

/** What holds once nobody waits any more. */
function silenceOf(patience: AbortSignal, late: Promise<ConnectorReply>): Promise<ConnectorReply> {
  return new Promise((resolve) => {
    const give = () => resolve({ kind: 'noAnswer', reason: describe(patience.reason), late });
    if (patience.aborted) give();
    else patience.addEventListener('abort', give, { once: true });
  });
}

type Exchanged = { readonly status: number; readonly text: string; readonly wait: string | undefined };

/**
 * One request over a connection that is kept for the next. Not `fetch`, which takes twice the CPU time; and a redirect is
 * just an answer here, so that the token goes nowhere else.
 */
function exchange(
  method: string,
  url: URL,
  token: string,
  body: string | undefined,
  signal: AbortSignal,
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? overTls : overTcp;
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    const request = open(url, { method, headers, signal }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text, wait: response.headers['retry-after'] }),
      );
      // The connection ended before the answer did.
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
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
function retryAfter(header: string | undefined): { readonly retryAfterMs?: number } {
  if (header === undefined) return {};
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? { retryAfterMs: Math.max(ms, 0) } : {};
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.name} ${error.message}${cause}`;
}
