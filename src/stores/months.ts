/**
 * Words are indexed month by month, under a code of the month in which the ticket was created: who wants the newest tickets
 * of a frequent word reads one month’s list of it, and not that of all years.
 */

import type { Instant } from '../domain/ticket.ts';

/** Months of UTC since the year 0. */
export type Month = number;

const BASE = 36;
const DIGITS = 3;

export function monthOf(createdAt: Instant): Month {
  const date = new Date(Math.ceil(createdAt));
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The first moment of the month. */
export function startOf(month: Month): Instant {
  return Date.UTC(Math.floor(month / 12), month % 12);
}

/** Letters and digits, always as many, so that what follows them is never taken for a part of them. */
export function codeOf(month: Month): string {
  return month.toString(BASE).padStart(DIGITS, '0');
}
