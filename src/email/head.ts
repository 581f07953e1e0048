/** What the head of a mail tells: who it is from, what it answers, and whether a person wrote it (RFC 5322, RFC 3834). */

import { simpleParser } from 'mailparser';
import type { ArrivedMail } from '../app/ports/mail.ts';
import { readMailId } from '../domain/mail-text.ts';

/** The fields that are asked for. */
export const HEAD_FIELDS = [
  'from',
  'subject',
  'message-id',
  'in-reply-to',
  'references',
  'return-path',
  'auto-submitted',
  'precedence',
  'x-auto-response-suppress',
  'x-autoreply',
  'x-autorespond',
  'content-type',
] as const;
type Field = (typeof HEAD_FIELDS)[number];

export type Head = Pick<ArrivedMail, 'from' | 'subject' | 'answers' | 'automatic'> & {
  readonly messageId?: string;
  /** A mail server's report on a delivery (RFC 3464). */
  readonly isReport: boolean;
};

const IDS_READ = 50;

/**
 * @param own the desk's address
 * @throws where it cannot be read
 */
export async function readHead(source: Buffer, own: string): Promise<Head> {
  const parsed = await simpleParser(source);
  const raw = new Map<string, string>();
  for (const { key, line } of parsed.headerLines ?? [])
    if (!raw.has(key))
      raw.set(
        key,
        line
          .slice(line.indexOf(':') + 1)
          .replace(/\s+/g, ' ')
          .trim(),
      );
  const field = (name: Field) => raw.get(name)?.toLowerCase();
  const { name = '', address = '' } = parsed.from?.value?.[0] ?? {};
  const messageId = /<[^<>\s]+>/.exec(raw.get('message-id') ?? '')?.[0];
  const references = `${raw.get('in-reply-to') ?? ''} ${raw.get('references') ?? ''}`;
  const autoSubmitted = field('auto-submitted') ?? 'no';
  const automatic =
    !autoSubmitted.startsWith('no') ||
    /^(bulk|junk|list|auto.?reply)/.test(field('precedence') ?? '') ||
    !/^(none)?$/.test(field('x-auto-response-suppress') ?? '') ||
    raw.has('x-autoreply') ||
    raw.has('x-autorespond') ||
    field('return-path') === '<>' ||
    address.toLowerCase() === own.toLowerCase() ||
    readMailId(messageId ?? '') !== undefined;
  return {
    ...(address === '' ? {} : { from: { name, address } }),
    subject: parsed.subject ?? '',
    answers: [...references.matchAll(/<[^<>\s]+>/g)].map(([id]) => id).slice(0, IDS_READ),
    automatic,
    ...(messageId === undefined ? {} : { messageId }),
    isReport: /^multipart\/report\b.*delivery-status/.test(field('content-type') ?? ''),
  };
}
