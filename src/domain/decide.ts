/** Decides what a command does to a ticket. Pure: time, ids and rights arrive in the command. */

import { agreementOf } from './classification.ts';
import type { Command, CommandOf } from './commands.ts';
import { allowances } from './deadlines.ts';
import { CLOSING } from './decisions/closing.ts';
import { FOLLOWING } from './decisions/following.ts';
import { LINKING } from './decisions/linking.ts';
import { MAILING } from './decisions/mailing.ts';
import { checkArrival, checkOrigin } from './decisions/opening.ts';
import { PASSING } from './decisions/passing.ts';
import { PHONE } from './decisions/phone.ts';
import { REQUESTER } from './decisions/requester.ts';
import {
  type DecisionContext,
  type Existing,
  queueNameOf,
  type Rule,
  type Rules,
  spent,
} from './decisions/rule.ts';
import { checkState } from './decisions/state.ts';
import { TIMERS } from './decisions/timers.ts';
import { WAITING } from './decisions/waiting.ts';
import { WORKING } from './decisions/working.ts';
import type { Desk } from './desk.ts';
import type { EventBody, TicketEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { type Decision, type Refusal, refuse } from './refusals.ts';
import { withinReach } from './reopening.ts';
import type { Actor } from './rights.ts';
import type { PersonRef, Ticket } from './ticket.ts';
import { type TicketAction, TRANSITIONS } from './transitions.ts';

const RULES: Rules<Existing['type']> = {
  ...WORKING,
  ...PASSING,
  ...CLOSING,
  ...WAITING,
  ...PHONE,
  ...MAILING,
  ...FOLLOWING,
  ...LINKING,
  ...REQUESTER,
  ...TIMERS,
};

/** Each command meets its own rule: what TypeScript cannot follow through the union of them. */
function ruleOf<C extends Existing>(type: C['type']): Rule<C> {
  return RULES[type] as unknown as Rule<C>;
}

/**
 * @param ticket the ticket as it is now; undefined when there is none with that number
 * @returns the events that the command brings about, or why it does not
 */
export function decide(
  ticket: Ticket | undefined,
  command: Command,
  context: DecisionContext,
): Decision<TicketEvent> {
  if (command.type === 'open') return ticket ? refuse({ code: 'alreadyOpen' }) : open(command, context);
  if (!ticket) return refuse({ code: 'unknownTicket' });
  const rule = ruleOf(command.type);
  const refusal =
    checkRights(rule, ticket, command.actor, context.desk) ??
    checkState(ticket, rule.action(command, ticket, context.desk)) ??
    checkAge(ticket, command, context.desk) ??
    rule.lock(ticket, command.actor) ??
    rule.content?.(ticket, command, context) ??
    // Last, so that who lost a race reads who won it and not merely that something changed.
    checkVersion(rule, ticket, command, context.desk);
  if (refusal) return refuse(refusal);
  const [first, ...rest] = rule.events(ticket, command, context).map((body) => stamp(command, body));
  return first ? { ok: true, events: [first, ...rest] } : refuse({ code: 'nothingDue' });
}

/**
 * Whether this person may ask for it as the ticket stands, whatever they then type: for what a card offers.
 *
 * @param action the row of the transition table, where the command has several
 */
export function isOpenTo(
  ticket: Ticket,
  actor: Actor,
  type: Existing['type'],
  action: TicketAction,
): boolean {
  const rule = ruleOf(type);
  return rule.may(actor, ticket) && !checkState(ticket, action) && rule.lock(ticket, actor) === undefined;
}

/** Why this person may not ask for it as the ticket stands, before they type anything; undefined where they may. */
export function whyNotOpenTo(
  ticket: Ticket,
  actor: Actor,
  type: Existing['type'],
  action: TicketAction,
  desk: Desk,
): Refusal | undefined {
  const rule = ruleOf(type);
  return checkRights(rule, ticket, actor, desk) ?? checkState(ticket, action) ?? rule.lock(ticket, actor);
}

function stamp(command: Command, body: EventBody): TicketEvent {
  // What was decided on another ticket is whose decision it was there.
  const by = 'by' in command ? command.by : personOf(command);
  return { at: command.at, via: command.via, ...(by ? { by } : {}), ...body };
}

function personOf({ actor }: Command): PersonRef | undefined {
  return actor.kind === 'person' ? { id: actor.id, name: actor.name } : undefined;
}

function open(command: CommandOf<'open'>, context: DecisionContext): Decision<TicketEvent> {
  const { desk } = context;
  const { number, draft, request, routing, origin, minutes, next } = command;
  const refusal = (origin && checkOrigin(command, origin, desk)) ?? checkArrival(command, desk);
  if (refusal) return refuse(refusal);
  const priority = routing.priority ?? 3;
  const agreed = agreementOf(desk, request.service);
  const agreement = agreed === undefined ? {} : { agreement: agreed };
  const { queue } = routing;
  const deadlines = allowances(desk, { queue, service: request.service, priority, ...agreement });
  const opened = stamp(command, {
    type: 'opened',
    number,
    draft,
    request,
    routing,
    ...agreement,
    deadlines,
    ...(origin ? { origin: { number: origin.ticket.number, kind: origin.kind } } : {}),
    ...spent(minutes),
  });
  if (!next) return { ok: true, events: [opened] };
  const { at, actor, via } = command;
  const then = decide(evolve(undefined, opened), { ...next, at, actor, via }, context);
  return then.ok ? { ok: true, events: [opened, ...then.events] } : then;
}

function checkRights(
  { may, otherwise }: Rule<Existing>,
  ticket: Ticket,
  actor: Actor,
  desk: Desk,
): Refusal | undefined {
  if (may(actor, ticket)) return undefined;
  return otherwise === 'notYourQueue'
    ? { code: otherwise, queue: queueNameOf(desk, ticket.queue) }
    : { code: otherwise };
}

/** What reopens a ticket does so for a number of days only (T9). */
function checkAge(ticket: Ticket, command: Existing, desk: Desk): Refusal | undefined {
  const { state } = ticket;
  const reopening =
    'at' in state && TRANSITIONS[ruleOf(command.type).action(command, ticket, desk)][state.kind] === 'open';
  return reopening && !withinReach(state, desk, command.at)
    ? { code: 'closedTooLongAgo', days: desk.reopenDays }
    : undefined;
}

function checkVersion(
  { adds }: Rule<Existing>,
  ticket: Ticket,
  command: Existing,
  desk: Desk,
): Refusal | undefined {
  const { seen } = command;
  if (seen === undefined || seen === ticket.version) return undefined;
  const overwrites = typeof adds === 'function' ? !adds(command, ticket, desk) : !adds;
  return overwrites ? { code: 'stale' } : undefined;
}
