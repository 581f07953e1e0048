/** A request before it has a number: what the bot understood, what the person typed, what is still missing. */

import type { TicketType } from './desk.ts';
import type { Message } from './sayings.ts';
import type {
  Arrival,
  AttachmentRef,
  Instant,
  Locale,
  OrganisationId,
  PersonRef,
  ServiceId,
  TicketNumber,
} from './ticket.ts';

/** What the bot makes of a sentence (I1). Absent means that it could not tell and must ask. */
export type Proposal = {
  readonly subject?: string;
  readonly service?: ServiceId;
  readonly type?: TicketType;
};

/** What a person typed or chose in the form, as text, by field id (`field.<id>` for a service's extra fields). */
export type FormInputs = Readonly<Record<string, string>>;

/** How long a request waits to be sent after it was last written to, in milliseconds. */
export const UNSENT_DRAFT_LIFE_MS = 30 * 24 * 3_600_000;

export type Correction = { readonly version: number; readonly before: string; readonly text: string };

export type Draft = {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Instant;
  /** When it was last written to; absent where that was never since it was begun. */
  readonly changedAt?: Instant;
  readonly requester: PersonRef;
  readonly email?: string;
  readonly locale: Locale;
  /** Organisations the person may ask for; more than one means that they must say (I7). */
  readonly organisations: readonly OrganisationId[];
  /** The sentence the conversation began with, then every further one, joined by line breaks. */
  readonly text: string;
  /** What was said since it was begun, each with the version that took it in: a form of an earlier one does not show it. */
  readonly said?: readonly { readonly version: number; readonly text: string }[];
  /** The messages that it was made of, as they stand in the chat now. */
  readonly messages?: readonly Message[];
  /** What was edited in the chat since it was begun: a form of an earlier version shows what stood there before. */
  readonly corrections?: readonly Correction[];
  readonly attachments: readonly AttachmentRef[];
  readonly proposal: Proposal;
  readonly inputs: FormInputs;
  /** True once the person asked to change what the bot proposed: every field is shown then. */
  readonly editing: boolean;
  /** True once the person tried to send it as it is: what is wrong is then said at the fields. */
  readonly checked: boolean;
  /** Tickets that the message may be about: the person is asked which one before anything else. */
  readonly candidates: readonly TicketNumber[];
  /** The ticket that it goes on from, which can no longer be reopened (T9). */
  readonly continues?: TicketNumber;
  /** Nothing will come of it: taken back, or added to a ticket that exists. */
  readonly withdrawn: boolean;
  /** Nobody has gone on with it for `UNSENT_DRAFT_LIFE_MS`: it is withdrawn, and holds nothing of what was said any more. */
  readonly ended?: true;
  /** Present where it is prepared in a dialog, so that it has no card, and what is said in the chat is not about it. */
  readonly arrival?: Arrival;
  /** Who prepares it (I13, I14). Absent: the requester; by phone the requester is theirs to name in the form. */
  readonly preparedBy?: PersonRef;
  /** The ticket that the message was about after all. */
  readonly addedTo?: TicketNumber;
};

/** The moment from which on nobody has gone on with it. */
export function lastWritten({ createdAt, changedAt }: Pick<Draft, 'createdAt' | 'changedAt'>): Instant {
  return changedAt ?? createdAt;
}

/** As it stands once it has ended: who asked and where its card stands are left, what was said is not. */
export function endedDraft(draft: Draft, at: Instant): Draft {
  const { said: _, messages: __, corrections: ___, continues: ____, ...rest } = draft;
  return {
    ...rest,
    version: draft.version + 1,
    changedAt: at,
    text: '',
    attachments: [],
    proposal: {},
    inputs: {},
    candidates: [],
    withdrawn: true,
    ended: true,
  };
}
