/** What deciding one command takes. Each command has a rule; the rules of kindred commands share a file. */

import type { WorkingCalendar } from '../calendar.ts';
import type { Command, CommandOf } from '../commands.ts';
import type { Desk } from '../desk.ts';
import type { EventBody } from '../events.ts';
import { TEXT_LIMIT } from '../limits.ts';
import type { Refusal } from '../refusals.ts';
import { type Actor, isOwner, maySupervise } from '../rights.ts';
import type { PersonRef, Ticket } from '../ticket.ts';
import type { TicketAction } from '../transitions.ts';

export type DecisionContext = {
  readonly desk: Desk;
  readonly calendars: ReadonlyMap<string, WorkingCalendar>;
};

/** A command on a ticket that exists. */
export type Existing = Exclude<Command, CommandOf<'open'>>;

export type Rule<C extends Existing> = {
  /** The row of the transition table that the command asks for. */
  readonly action: (command: C, ticket: Ticket, desk: Desk) => TicketAction;
  /** Who has the right (A1), and what the others are told. */
  readonly may: (actor: Actor, ticket: Ticket) => boolean;
  readonly otherwise: 'notYourQueue' | 'notYourTicket' | 'supervisorsOnly';
  /** What the lock has against it (T3). */
  readonly lock: (ticket: Ticket, actor: Actor) => Refusal | undefined;
  /** What is wrong with what was typed or chosen. */
  readonly content?: (ticket: Ticket, command: C, context: DecisionContext) => Refusal | undefined;
  /** Whether it adds to the ticket and overwrites nothing, so that an outdated card or dialog may do it. */
  readonly adds?: true | ((command: C, ticket: Ticket, desk: Desk) => boolean);
  /** What it brings about; nothing where there is nothing to do. */
  readonly events: (ticket: Ticket, command: C, context: DecisionContext) => readonly EventBody[];
};

export type Rules<T extends Existing['type']> = { readonly [K in T]: Rule<CommandOf<K>> };

export function isTimer(actor: Actor): boolean {
  return actor.kind === 'timer';
}

export function lockedByOther(ticket: Ticket): Refusal {
  return {
    code: 'lockedByOther',
    owner: ticket.owner?.name ?? '',
    since: ticket.lockedAt ?? ticket.changedAt,
  };
}

/** While it is locked, only the owner. */
export function ownerOnly(ticket: Ticket, actor: Actor): Refusal | undefined {
  return ticket.locked && !isOwner(actor, ticket) ? lockedByOther(ticket) : undefined;
}

/** While it is locked, the owner or who answers for the ticket. */
export function ownerOrSupervisor(ticket: Ticket, actor: Actor): Refusal | undefined {
  return maySupervise(actor, ticket) ? undefined : ownerOnly(ticket, actor);
}

export function passesLock(): undefined {
  return undefined;
}

/** @param mayBeEmpty where something else was said, such as a file that came with it */
export function checkText(text: string, mayBeEmpty = false): Refusal | undefined {
  if (text.length > TEXT_LIMIT) return { code: 'textTooLong', limit: TEXT_LIMIT, length: text.length };
  return text.trim() === '' && !mayBeEmpty ? { code: 'emptyText' } : undefined;
}

/** Minutes of work that may be noted with one article (T13): a whole number, up to ten hours. */
export const MINUTES_LIMIT = 600;

export function checkMinutes(minutes: number | undefined): Refusal | undefined {
  if (minutes === undefined) return undefined;
  return Number.isInteger(minutes) && minutes >= 0 && minutes <= MINUTES_LIMIT
    ? undefined
    : { code: 'minutesNotValid', limit: MINUTES_LIMIT };
}

/** Minutes as an event holds them: none where none were spent. */
export function spent(minutes: number | undefined): { readonly minutes?: number } {
  return minutes === undefined || minutes === 0 ? {} : { minutes };
}

/** Starting a reply locks the ticket (T3), and so does closing one that nobody holds. */
export function claimFirst(ticket: Ticket): EventBody[] {
  return ticket.locked ? [] : [{ type: 'claimed' }];
}

export function queueNameOf(desk: Desk, queue: string): string {
  return desk.queues.get(queue)?.name ?? queue;
}

/** @returns the desk's person with that id, by name; the id stands for the name of who is not known */
export function refOf(desk: Desk, id: string): PersonRef {
  return { id, name: desk.people.get(id)?.name ?? id };
}
