/** What somebody typed into a form of a ticket's card and did not send (T17). */

import type { Instant, PersonId, TicketNumber } from './ticket.ts';

/** Stands for the ticket in the drafts of forms about several (T16). */
export const SEVERAL_TICKETS = '';

/** One person has one draft of one form of one ticket. */
export type FormOf = { readonly person: PersonId; readonly ticket: TicketNumber; readonly form: string };

export type FormDraft = FormOf & {
  /** What stood in the fields, by field id. */
  readonly values: Readonly<Record<string, string>>;
  readonly at: Instant;
};

/** How long a store keeps a draft, in milliseconds: whoever has not come back to it by then has done something else. */
export const FORM_DRAFT_LIFE_MS = 7 * 24 * 3_600_000;

/** Longest that is kept of all fields of a form together, in UTF-16 units: two texts at their limit. */
export const FORM_DRAFT_LIMIT = 20_000;

type Typed = Readonly<Record<string, string>>;

/**
 * True when it says something that the form as it stood did not, and is no longer than what is kept.
 * @param typed what stood in each field of the form
 * @param standing what the form shows before anybody types, by field id; a field that is not named is empty
 */
export function isWorthKeeping(typed: Typed, standing: Typed): boolean {
  const length = Object.values(typed).reduce((sum, { length }) => sum + length, 0);
  if (length > FORM_DRAFT_LIMIT) return false;
  return Object.entries(typed).some(([id, value]) => value.trim() !== (standing[id] ?? ''));
}
