/** What several notices that became one say together (A9). */

import type { TicketEvent } from '../../domain/events.ts';
import type { AttachmentRef } from '../../domain/ticket.ts';
import type { Slot } from './notify.ts';

/** Texts that are shown; the others stand in the ticket. */
const SHOWN = 3;

export type Written = {
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
  /** How many were written; more than the texts may be. */
  readonly count: number;
};

/** @returns undefined where the slot speaks of one event only */
export function writtenTogether(history: readonly TicketEvent[], { events = [] }: Slot): Written | undefined {
  if (events.length < 2) return undefined;
  const written = events.flatMap((position) => history[position - 1] ?? []);
  const texts = written.map((event) => ('text' in event && event.text ? event.text : '')).filter(Boolean);
  const attachments = written.flatMap((event) =>
    event.type === 'requesterWrote' || event.type === 'mailReceived' ? event.attachments : [],
  );
  return { text: texts.slice(-SHOWN).join('\n\n'), attachments, count: written.length };
}
