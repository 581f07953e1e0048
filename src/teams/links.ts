/**
 * Addresses that people open: deep links into Teams, and short-lived ones to files, prints and lists. Each of these is bound
 * to the person that it was made for, whose rights are asked when it is opened.
 */

import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FileAsked, Links, Listing } from '../app/ports/links.ts';
import { type Desk, teamOf } from '../domain/desk.ts';
import type { Printing } from '../domain/printing.ts';
import type { Instant } from '../domain/ticket.ts';

const VALID_MS = 15 * 60_000;
/** The link stands on the card itself, which may be looked at for a while before it is pressed. */
const PRINT_VALID_MS = 60 * 60_000;

export type SignedLinks = Links & {
  /** The attachment that a request's query asks for, when its signature holds and its time is not over. */
  verify(id: string, query: URLSearchParams): FileAsked | undefined;
  /** What a request wants to print, on the same conditions. */
  verifyPrint(number: string, query: URLSearchParams): Printing | undefined;
  /** The list that a request asks for as a file, on the same conditions. */
  verifyList(query: URLSearchParams): Listing | undefined;
};

/** Links outlive a restart, and open on any instance, where there is a secret that all have. */
export function linkSecret(sharedSecret: string | undefined): Buffer {
  return sharedSecret === undefined
    ? randomBytes(32)
    : createHmac('sha256', sharedSecret).update('sportello attachment links').digest();
}

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
  const { desk, publicUrl, now } = parts;
  // As it is, Node would make one of the bytes for every signature, which takes far longer than signing.
  const secret = createSecretKey(parts.secret);
  // What kind of address it is belongs to what is signed: one for a file must not open a ticket.
  const sign = (kind: 'attachment' | 'print' | 'list', ...said: readonly string[]) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([kind, ...said]))
      .digest('base64url');
  const holds = (query: URLSearchParams, until: string, expected: string) =>
    sameText(query.get('signature') ?? '', expected) && Number(until) >= now();
  return {
    toPost(queue, post) {
      const found = desk().queues.get(queue);
      const channel = found?.channel ?? '';
      const { groupId } = teamOf(desk(), found);
      const tenant = desk().tenants[0] ?? '';
      // Documented form: https://teams.microsoft.com/l/message/<channel>/<message>?tenantId=…&groupId=…
      return `https://teams.microsoft.com/l/message/${encodeURIComponent(channel)}/${encodeURIComponent(post.activity)}?${new URLSearchParams(
        { tenantId: tenant, groupId, parentMessageId: post.activity },
      )}`;
    },
    toAttachment({ ticket, file: { id, name, contentType: type }, person }) {
      const until = String(now() + VALID_MS);
      const signature = sign('attachment', id, ticket, name, type, person, until);
      const query = new URLSearchParams({ ticket, name, type, person, until, signature });
      return `${publicUrl()}/attachments/${id}?${query}`;
    },
    verify(id, query) {
      const [ticket, name, type, person, until] = read(query, ['ticket', 'name', 'type', 'person', 'until']);
      if (!holds(query, until, sign('attachment', id, ticket, name, type, person, until))) return undefined;
      return { ticket, file: { id, name, contentType: type }, person };
    },
    toPrint({ number, scope, person, locale }) {
      const until = String(now() + PRINT_VALID_MS);
      const signature = sign('print', number, scope, person, locale, until);
      const query = new URLSearchParams({ scope, person, locale, until, signature });
      return `${publicUrl()}/print/${number}?${query}`;
    },
    verifyPrint(number, query) {
      const [scope, person, locale, until] = read(query, ['scope', 'person', 'locale', 'until']);
      if (!holds(query, until, sign('print', number, scope, person, locale, until))) return undefined;
      return {
        number,
        scope: scope === 'everything' ? 'everything' : 'public',
        person,
        locale: locale === 'en' ? 'en' : 'it',
      };
    },
    toList({ asked, person, locale }) {
      const until = String(now() + VALID_MS);
      const signature = sign('list', asked, person, locale, until);
      return `${publicUrl()}/list?${new URLSearchParams({ asked, person, locale, until, signature })}`;
    },
    verifyList(query) {
      const [asked, person, locale, until] = read(query, ['asked', 'person', 'locale', 'until']);
      if (!holds(query, until, sign('list', asked, person, locale, until))) return undefined;
      return { asked, person, locale: locale === 'en' ? 'en' : 'it' };
    },
  };
}

type Texts<T> = { readonly [K in keyof T]: string };

function read<const T extends readonly string[]>(query: URLSearchParams, keys: T): Texts<T> {
  return keys.map((key) => query.get(key) ?? '') as unknown as Texts<T>;
}

function sameText(a: string, b: string): boolean {
  const [given, expected] = [Buffer.from(a), Buffer.from(b)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
