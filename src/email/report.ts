/** Reads a mail server's report on what it could not deliver (RFC 3464), as plain text: its fields are never encoded. */

import type { MailReport } from '../app/mail.ts';
import { readMailId } from '../domain/mail-text.ts';
import { withoutAddresses } from './reason.ts';

/** Of a report this much is read: it may carry the whole mail that it is about. */
export const REPORT_READ = 256 * 1024;

/** @returns undefined where nothing has failed for good, or nothing of ours */
export function readReport(source: string): MailReport | undefined {
  const text = source.replace(/\r\n?/g, '\n').replace(/\n[ \t]+/g, ' ');
  if (!/^Action:\s*failed\b/im.test(text)) return undefined;
  const about = [...text.matchAll(/<[^<>\s]+>/g)].map(([id]) => id).filter((id) => readMailId(id));
  if (about.length === 0) return undefined;
  const addresses = [...text.matchAll(/^(?:Final|Original)-Recipient:\s*rfc822;\s*<?([^\s<>]+)/gim)].map(
    ([, address = '']) => address,
  );
  const [, said = ''] = /^Diagnostic-Code:\s*(?:[\w-]+;)?\s*(.+)$/im.exec(text) ?? [];
  const [, status = ''] = /^Status:\s*([\d.]+)/im.exec(text) ?? [];
  return {
    about: [...new Set(about)],
    addresses: [...new Set(addresses)],
    reason: withoutAddresses(said) || status,
  };
}
