/** Decides what a command does to a ticket. Pure: time, ids and rights arrive in the command. */

import type { WorkingCalendar } from './calendar.ts';
import type { Command, CommandOf } from './commands.ts';
import { allowances, calendarFor, escalationsDue, pauseClock } from './deadlines.ts';
import type { Desk } from './desk.ts';
import type { EventBody, TicketEvent } from './events.ts';
import { TEXT_LIMIT } from './limits.ts';
import { type Decision, type Refusal, refuse } from './refusals.ts';
import { agentsOf, isOwner, isRequester, mayReadInternally, maySupervise, mayWork } from './rights.ts';
import type { PersonRef, Ticket } from './ticket.ts';
import { type TicketAction, TRANSITIONS } from './transitions.ts';

export type DecisionContext = {
  readonly desk: Desk;
  readonly calendars: ReadonlyMap<string, WorkingCalendar>;
};

type Existing = Exclude<Command, CommandOf<'open'>>;
const DAY_MS = 86_400_000;

/**
 * @param ticket the ticket as it is now; undefined when there is none with that number
 * @returns the events that the command brings about, or why it does not
 */
export function decide(
  ticket: Ticket | undefined,
  command: Command,
  context: DecisionContext,
): Decision<TicketEvent> {
  if (command.type === 'open') return ticket ? refuse({ code: 'alreadyOpen' }) : open(command, context.desk);
  if (!ticket) return refuse({ code: 'unknownTicket' });
  const refusal =
    checkRights(ticket, command, context.desk) ??
    checkState(ticket, command, context.desk) ??
    checkLock(ticket, command) ??
    checkContent(ticket, command, context.desk) ??
    // Last, so that who lost a race reads who won it and not merely that something changed.
    checkVersion(ticket, command);
  if (refusal) return refuse(refusal);
  const [first, ...rest] = bodies(ticket, command, context).map((body) => stamp(command, body));
  return first ? { ok: true, events: [first, ...rest] } : refuse({ code: 'nothingDue' });
}

function stamp(command: Command, body: EventBody): TicketEvent {
  const by = personOf(command);
  return { at: command.at, via: command.via, ...(by ? { by } : {}), ...body };
}

function personOf({ actor }: Command): PersonRef | undefined {
  return actor.kind === 'person' ? { id: actor.id, name: actor.name } : undefined;
}

function open(command: CommandOf<'open'>, desk: Desk): Decision<TicketEvent> {
  const { number, draft, request, routing } = command;
  const priority = routing.priority ?? 3;
  const deadlines = allowances(desk, { queue: routing.queue, service: request.service, priority });
  return {
    ok: true,
    events: [stamp(command, { type: 'opened', number, draft, request, routing, deadlines })],
  };
}

/** The row of the transition table that a command asks for. */
export function actionOf(command: Existing): TicketAction {
  switch (command.type) {
    case 'reply':
      return command.next === 'stay'
        ? 'reply'
        : command.next === 'waitRequester'
          ? 'replyAndWait'
          : 'replyAndClose';
    case 'requesterMessage':
      return command.thanks ? 'requesterThanks' : 'requesterMessage';
    default:
      return command.type;
  }
}

function checkRights(ticket: Ticket, { type, actor }: Existing, desk: Desk): Refusal | undefined {
  const queue = desk.queues.get(ticket.queue)?.name ?? ticket.queue;
  switch (type) {
    case 'escalate':
      return actor.kind === 'timer' ? undefined : { code: 'supervisorsOnly' };
    case 'requesterMessage':
      return isRequester(actor, ticket) ? undefined : { code: 'notYourTicket' };
    case 'note':
      return mayReadInternally(actor, ticket) ? undefined : { code: 'notYourQueue', queue };
    case 'assign':
      return mayWork(actor, ticket) || maySupervise(actor, ticket)
        ? undefined
        : { code: 'notYourQueue', queue };
    case 'claim':
    case 'reply':
    case 'close':
    case 'classify':
      return mayWork(actor, ticket) ? undefined : { code: 'notYourQueue', queue };
  }
}

function checkState(ticket: Ticket, command: Existing, desk: Desk): Refusal | undefined {
  const transition = TRANSITIONS[ticket.state.kind][actionOf(command)];
  if (typeof transition === 'object') {
    if (transition.refuse === 'mergedInto' && ticket.state.kind === 'merged')
      return { code: 'mergedInto', number: ticket.state.into };
    return { code: transition.refuse === 'nothingDue' ? 'nothingDue' : 'closed' };
  }
  const reopening = command.type === 'requesterMessage' && transition === 'open' && 'at' in ticket.state;
  if (reopening && command.at - ticket.state.at > desk.reopenDays * DAY_MS)
    return { code: 'closedTooLongAgo', days: desk.reopenDays };
  return undefined;
}

function checkLock(ticket: Ticket, command: Existing): Refusal | undefined {
  if (!ticket.locked || command.type === 'requesterMessage' || command.type === 'escalate') return undefined;
  if (isOwner(command.actor, ticket)) return command.type === 'claim' ? { code: 'alreadyYours' } : undefined;
  if (command.type === 'assign' && maySupervise(command.actor, ticket)) return undefined;
  return { code: 'lockedByOther', owner: ticket.owner?.name ?? '', since: lockedSince(ticket) };
}

function lockedSince(ticket: Ticket): number {
  return ticket.lockedAt ?? ticket.changedAt;
}

function checkContent(ticket: Ticket, command: Existing, desk: Desk): Refusal | undefined {
  switch (command.type) {
    case 'note':
    case 'reply':
    case 'close':
      return checkText(command.text, command.type === 'note' && command.attachments.length > 0);
    case 'requesterMessage':
      return checkText(command.text, command.attachments.length > 0);
    case 'classify':
      if (!desk.services.has(command.service)) return { code: 'unknownService' };
      return command.priority === ticket.priority &&
        command.ticketType === ticket.type &&
        command.service === ticket.service
        ? { code: 'nothingChanged' }
        : undefined;
    case 'assign': {
      const agents = agentsOf(desk, ticket.queue);
      if (!agents.some(({ id }) => id === command.to))
        return { code: 'unknownAgent', queue: desk.queues.get(ticket.queue)?.name ?? ticket.queue };
      if (ticket.locked && ticket.owner?.id === command.to)
        return { code: 'alreadyAssigned', owner: ticket.owner.name };
      return checkText(command.note, false);
    }
    case 'claim':
    case 'escalate':
      return undefined;
  }
}

function checkText(text: string, mayBeEmpty: boolean): Refusal | undefined {
  if (text.length > TEXT_LIMIT) return { code: 'textTooLong', limit: TEXT_LIMIT, length: text.length };
  return text.trim() === '' && !mayBeEmpty ? { code: 'emptyText' } : undefined;
}

function checkVersion(ticket: Ticket, command: Existing): Refusal | undefined {
  // A requester adds to the conversation and changes nothing that an agent may have changed meanwhile.
  if (command.type === 'requesterMessage' || command.seen === undefined) return undefined;
  return command.seen === ticket.version ? undefined : { code: 'stale' };
}

function bodies(ticket: Ticket, command: Existing, { desk, calendars }: DecisionContext): EventBody[] {
  switch (command.type) {
    case 'claim':
      return [{ type: 'claimed' }];
    case 'note':
      return [{ type: 'noted', text: command.text, attachments: command.attachments }];
    case 'reply':
      return [...claimFirst(ticket), ...replyBodies(ticket, command, { desk, calendars })];
    case 'close':
      return [...claimFirst(ticket), { type: 'closedSuccessfully', text: command.text }];
    case 'classify': {
      const { priority, ticketType, service } = command;
      return [
        {
          type: 'classified',
          from: { priority: ticket.priority, ticketType: ticket.type, service: ticket.service },
          to: { priority, ticketType, service },
          deadlines: allowances(desk, { queue: ticket.queue, service, priority }),
        },
      ];
    }
    case 'assign': {
      const person = desk.people.get(command.to);
      const to = { id: command.to, name: person?.name ?? command.to };
      return [{ type: 'assigned', to, note: command.note, ...(ticket.owner ? { from: ticket.owner } : {}) }];
    }
    case 'requesterMessage':
      return requesterBodies(ticket, command);
    case 'escalate':
      return escalationsDue(ticket, desk, calendars, command.at).map(({ deadline, level, notified }) => ({
        type: 'escalated',
        deadline,
        level: level.id,
        share: level.at,
        notified,
      }));
  }
}

/** Starting a reply locks the ticket (T3), and so does closing one that nobody holds. */
function claimFirst(ticket: Ticket): EventBody[] {
  return ticket.locked ? [] : [{ type: 'claimed' }];
}

function replyBodies(
  ticket: Ticket,
  { text, next, at }: CommandOf<'reply'>,
  { desk, calendars }: DecisionContext,
): EventBody[] {
  if (next === 'close') return [{ type: 'closedSuccessfully', text }];
  if (next === 'stay' || ticket.state.kind === 'waitingRequester') return [{ type: 'replied', text }];
  const calendar = calendarFor(desk, calendars, ticket);
  const used = ticket.deadlines
    // The reply itself meets the first response, and the update clock begins anew with it.
    .filter(
      ({ kind, runningSince, metAt }) => kind !== 'firstResponse' && runningSince !== undefined && !metAt,
    )
    .map((clock) => ({
      kind: clock.kind,
      usedMs: clock.kind === 'update' ? 0 : pauseClock(clock, calendar, at).usedMs,
    }));
  return [
    { type: 'replied', text },
    { type: 'waitedForRequester', used },
  ];
}

function requesterBodies(ticket: Ticket, command: CommandOf<'requesterMessage'>): EventBody[] {
  const { text, attachments } = command;
  const wrote: EventBody = { type: 'requesterWrote', text, attachments };
  const transition = TRANSITIONS[ticket.state.kind][actionOf(command)];
  if (transition === 'resume') return [wrote, { type: 'waitEnded' }];
  return transition === 'open' ? [wrote, { type: 'reopened' }] : [wrote];
}
