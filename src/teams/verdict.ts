/** What an answer of the connector means: done and where, to be tried again, gone, or never. */

import type { Post } from '../app/ports/delivery.ts';
import type { SendOutcome } from '../app/ports/messaging.ts';
import type { ConnectorReply } from './connector.ts';
import { isRecord, type Json } from './json.ts';

export type Body = Json;
type Retry = Extract<SendOutcome, { kind: 'retry' }>;
/** A `SendOutcome` without the place. */
export type Called =
  | { readonly kind: 'done'; readonly body: Body }
  | (Omit<Retry, 'late'> & { readonly late?: Promise<Called> })
  | Exclude<SendOutcome, { kind: 'sent' | 'retry' }>;

/** Answers that the platform asks to be tried again (Microsoft's documentation of rate limits). */
const AGAIN = new Set([401, 408, 412, 429, 500, 502, 503, 504]);

/** Of an activity whose id Teams does not tell, as the port has it. */
export const UNTOLD = '';

/** What the platform says to an update of a message that was deleted (BotFramework-Services#269). */
const OF_A_DELETED_MESSAGE = 'ServiceError';

export function judge(method: 'POST' | 'PUT', reply: ConnectorReply): Called {
  if (reply.kind === 'noAnswer') {
    const silent = { kind: 'retry', reason: reply.reason, counts: true } as const;
    return reply.late === undefined
      ? silent
      : { ...silent, late: reply.late.then((answer) => judge(method, answer)) };
  }
  const { status, retryAfterMs } = reply;
  if (status >= 200 && status < 300) return { kind: 'done', body: isRecord(reply.body) ? reply.body : {} };
  const code = errorCode(reply.body);
  const reason = `${status} ${code}`.trim();
  if (AGAIN.has(status) || status >= 500)
    return {
      kind: 'retry',
      reason,
      // Being told to slow down is no failure of the message.
      counts: status !== 429,
      ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }),
    };
  // About one in a thousand passes (msteams-docs#6139, #9425).
  if (status === 404) return { kind: 'doubtful', reason, believed: { kind: 'gone' } };
  if (status === 403 && code === OF_A_DELETED_MESSAGE)
    // To a new message it says nothing that holds (msteams-docs#7613).
    return method === 'PUT'
      ? { kind: 'gone' }
      : { kind: 'doubtful', reason, believed: { kind: 'failed', reason } };
  return { kind: 'failed', reason };
}

export function withoutLate({ late: _, ...retry }: Extract<Called, { kind: 'retry' }>): Omit<Retry, 'late'> {
  return retry;
}

function errorCode(body: unknown): string {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  return typeof error.code === 'string' ? error.code : '';
}

/** A `sent` with the place that the body tells, or what became of it instead. */
export function placed(called: Called, where: (body: Body) => Post): SendOutcome {
  if (called.kind === 'done') return { kind: 'sent', post: where(called.body) };
  if (called.kind !== 'retry') return called;
  const { late, ...retry } = called;
  return late === undefined ? retry : { ...retry, late: late.then((later) => placed(later, where)) };
}

/** Some answers have no body, or no id; some ids begin with the conversation's or are one. */
export function activityIn({ activityId, id }: Body): string {
  const told = wordIn(activityId) ?? wordIn(id);
  if (told === undefined) return UNTOLD;
  const [before = '', after] = told.split(';messageid=');
  // The id of a conversation alone says nothing of the message.
  if (after === undefined) return /^(a:|19:)/.test(before) ? UNTOLD : before;
  return /^(a:|19:)/.test(before) ? after : before;
}

export function wordIn(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function isNotFound(reply: ConnectorReply): boolean {
  return reply.kind === 'answer' && reply.status === 404;
}
