/** Brings activities to the bot, as Teams does: signed, with a time limit, and once more where that failed. */

import type { Activity } from './activities.ts';
import { parseJson } from './json.ts';

/** After this long Teams gives up waiting and sends the activity again. */
export const BOT_TIMEOUT_MS = 15_000;

export type Delivered =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown; readonly attempts: number }
  | { readonly kind: 'unreachable'; readonly reason: string; readonly attempts: number };

export type Delivery = {
  deliver(activity: Activity | Readonly<Record<string, unknown>>): Promise<Delivered>;
  /** Resolves when no delivery is under way. */
  idle(): Promise<void>;
  /** Breaks off what is under way. */
  close(): void;
};

export function createDelivery(options: {
  endpoint(): string | undefined;
  tokenForBot(): Promise<string>;
  readonly timeoutMs: number;
}): Delivery {
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  const attempt = async (body: string, attempts: number): Promise<Delivered> => {
    const endpoint = options.endpoint();
    if (endpoint === undefined) return { kind: 'unreachable', reason: 'No bot is connected.', attempts };
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          Authorization: `Bearer ${await options.tokenForBot()}`,
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(options.timeoutMs)]),
      });
      const text = await response.text();
      return {
        kind: 'answered',
        status: response.status,
        body: text === '' ? undefined : (parseJson(text) ?? text),
        attempts,
      };
    } catch (error) {
      return { kind: 'unreachable', reason: reasonOf(error), attempts };
    }
  };

  const run = async (activity: Readonly<Record<string, unknown>>): Promise<Delivered> => {
    const body = JSON.stringify(activity);
    const first = await attempt(body, 1);
    const failed = first.kind === 'unreachable' || first.status >= 500;
    const repeatable = activity.type === 'message' || activity.type === 'invoke';
    if (!failed || !repeatable || closing.signal.aborted || options.endpoint() === undefined) return first;
    return attempt(body, 2);
  };

  return {
    async deliver(activity) {
      const delivered = run(activity);
      underWay.add(delivered);
      try {
        return await delivered;
      } finally {
        underWay.delete(delivered);
      }
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: () => closing.abort(),
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'The bot did not answer in time.';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
