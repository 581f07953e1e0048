/** Addresses that people open: deep links into Teams, and short-lived ones to attachments. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Links } from '../app/ports.ts';
import type { Desk } from '../domain/desk.ts';
import type { AttachmentRef, Instant } from '../domain/ticket.ts';

const VALID_MS = 15 * 60_000;

export type SignedLinks = Links & {
  /** The attachment that a request's query asks for, when its signature holds and its time is not over. */
  verify(id: string, query: URLSearchParams): Pick<AttachmentRef, 'name' | 'contentType'> | undefined;
};

/**
 * @param publicUrl address of the bot's server, without a slash at the end
 * @param secret key of the signatures
 */
export function createLinks(parts: {
  readonly desk: () => Desk;
  readonly publicUrl: () => string;
  readonly secret: Buffer;
  readonly now: () => Instant;
}): SignedLinks {
  const { desk, publicUrl, secret, now } = parts;
  const sign = (id: string, name: string, type: string, until: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([id, name, type, until]))
      .digest('base64url');
  return {
    toPost(queue, post) {
      const channel = desk().queues.get(queue)?.channel ?? '';
      const { groupId } = desk().team;
      const tenant = desk().tenants[0] ?? '';
      // Documented form: https://teams.microsoft.com/l/message/<channel>/<message>?tenantId=…&groupId=…
      return `https://teams.microsoft.com/l/message/${encodeURIComponent(channel)}/${encodeURIComponent(post.activity)}?${new URLSearchParams(
        { tenantId: tenant, groupId, parentMessageId: post.activity },
      )}`;
    },
    toAttachment({ id, name, contentType }) {
      const until = String(now() + VALID_MS);
      const query = new URLSearchParams({
        name,
        type: contentType,
        until,
        signature: sign(id, name, contentType, until),
      });
      return `${publicUrl()}/attachments/${id}?${query}`;
    },
    verify(id, query) {
      const [name, type, until, signature] = ['name', 'type', 'until', 'signature'].map(
        (key) => query.get(key) ?? '',
      ) as [string, string, string, string];
      const expected = Buffer.from(sign(id, name, type, until));
      const given = Buffer.from(signature);
      if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
      return Number(until) >= now() ? { name, contentType: type } : undefined;
    },
  };
}
