/** Reads a mail server's report on what it could not deliver (RFC 3464), as plain text: its fields are never encoded. */

import type { MailReport } from '../app/ports/mail.ts';
import { readMailId } from '../domain/mail-text.ts';

/** Of a report this much is read: it may carry the whole mail that it is about. */
export const REPORT_READ = 256 * 1024;
/** Of the field that says why. */
const LINE_READ = 200;

/** @returns undefined where nothing has failed for good, or nothing of ours */
export function readReport(source: string): MailReport | undefined {
  const text = source.replace(/\r\n?/g, '\n').replace(/\n[ \t]+/g, ' ');
  if (!/^Action:\s*failed\b/im.test(text)) return undefined;
  const about = [...text.matchAll(/<[^<>\s]+>/g)].map(([id]) => id).filter((id) => readMailId(id));
  if (about.length === 0) return undefined;
  const addresses = [...text.matchAll(/^(?:Final|Original)-Recipient:\s*rfc822;\s*<?([^\s<>]+)/gim)].map(
    ([, address = '']) => address,
  );
  return {
    about: [...new Set(about)],
    addresses: [...new Set(addresses)],
    reason: statusIn(text),
  };
}

/** Anybody can write a report, and words would be shown as a mail server's: a number is all that is taken (RFC 3463). */
function statusIn(text: string): string {
  for (const field of [/^Status:[^\n]*/im, /^Diagnostic-Code:[^\n]*/im]) {
    const line = field.exec(text)?.[0].slice(0, LINE_READ) ?? '';
    const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(line) ?? /\b[45]\d\d\b/.exec(line);
    if (status) return status[0];
  }
  return '';
}
