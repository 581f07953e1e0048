/** Requesters whom Teams does not know (I14): they are who their e-mail address says. */

import type { PersonId } from './ticket.ts';

const MARK = 'mail:';
/** RFC 5321. */
const ADDRESS_LIMIT = 254;

/** One address, without a name around it, that a mail could be sent to. */
export function isAddress(text: string): boolean {
  return (
    text.length <= ADDRESS_LIMIT && /^[^\s@<>()",;:\\]+@[^\s@.<>()",;:\\]+(\.[^\s@.<>()",;:\\]+)+$/.test(text)
  );
}

/** The id of a person known by their address only. */
export function outsider(address: string): PersonId {
  return `${MARK}${address.toLowerCase()}`;
}

/** Whether the bot could write to them in Teams. */
export function isInTeams(person: PersonId): boolean {
  return !person.startsWith(MARK);
}
