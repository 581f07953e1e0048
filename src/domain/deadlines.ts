/** Deadlines in working time (D2) and what happens as they draw near and pass (D3). */

import type { Calendars, WorkingCalendar } from './calendar.ts';
import { type Classification, impactOf } from './classification.ts';
import { DEADLINE_KINDS, type DeadlineKind, type Desk, type EscalationLevel, rawQueueOf } from './desk.ts';
import { answerableFor, ownerNow, type RightsDesk } from './rights.ts';
import {
  type DeadlineClock,
  type Instant,
  isClosed,
  type PersonRef,
  type QueueId,
  type Ticket,
} from './ticket.ts';
import { HOUR_MS } from './units.ts';

/** Working hours for the first response where no policy speaks of it (D2). */
const DEFAULT_FIRST_RESPONSE_HOURS = 48;

export type Allowance = {
  readonly kind: DeadlineKind;
  /** Working time allowed, in milliseconds. */
  readonly allowedMs: number;
};

/**
 * The deadlines of a ticket with these attributes: of each kind, the first policy that matches. A kind without a policy
 * has no deadline, but for the first response, which then has 48 working hours.
 */
export function allowances(
  desk: Pick<Desk, 'deadlines'>,
  ticket: Pick<Classification, 'service' | 'priority' | 'agreement' | 'impact'> & { readonly queue: QueueId },
): Allowance[] {
  return DEADLINE_KINDS.flatMap((kind) => {
    const policy = desk.deadlines.find(
      ({ deadline, queue, service, priority, agreement, impact }) =>
        deadline === kind &&
        (queue?.includes(ticket.queue) ?? true) &&
        (service?.includes(ticket.service) ?? true) &&
        (priority?.includes(ticket.priority) ?? true) &&
        (agreement?.includes(ticket.agreement ?? '') ?? true) &&
        (impact?.includes(impactOf(ticket)) ?? true),
    );
    const hours = policy?.hours ?? (kind === 'firstResponse' ? DEFAULT_FIRST_RESPONSE_HOURS : undefined);
    return hours === undefined ? [] : [{ kind, allowedMs: Math.round(hours * HOUR_MS) }];
  });
}

/** Clocks that begin to run at `at` with nothing used and nothing fired. Also starts a clock anew, given as it was. */
export function startClocks(deadlines: readonly Allowance[], at: Instant): DeadlineClock[] {
  return deadlines.map(({ kind, allowedMs }) => ({
    kind,
    allowedMs,
    usedMs: 0,
    runningSince: at,
    fired: [],
  }));
}

/** Stops a running clock and keeps the working time it has used. A clock that is paused or met stays as it is. */
export function pauseClock(clock: DeadlineClock, calendar: WorkingCalendar, at: Instant): DeadlineClock {
  if (!isRunning(clock)) return clock;
  const { runningSince: _, ...rest } = clock;
  return { ...rest, usedMs: usedTime(clock, calendar, at) };
}

/** Lets a paused clock run on. A clock that runs or is met stays as it is. */
export function resumeClock(clock: DeadlineClock, at: Instant): DeadlineClock {
  return clock.runningSince === undefined && clock.metAt === undefined
    ? { ...clock, runningSince: at }
    : clock;
}

/**
 * The promise is kept: nothing is due any more. The clock keeps since when it ran, so that the time it took can still
 * be told. A clock that is met stays as it is.
 */
export function meetClock(clock: DeadlineClock, at: Instant): DeadlineClock {
  return clock.metAt === undefined ? { ...clock, metAt: at } : clock;
}

function isRunning(clock: DeadlineClock): clock is DeadlineClock & { readonly runningSince: Instant } {
  return clock.runningSince !== undefined && clock.metAt === undefined;
}

/** Working time used up by `now`, in milliseconds; a met clock has used what it had used when it was met. */
export function usedTime(clock: DeadlineClock, calendar: WorkingCalendar, now: Instant): number {
  if (clock.runningSince === undefined) return clock.usedMs;
  return clock.usedMs + calendar.workingTimeBetween(clock.runningSince, clock.metAt ?? now);
}

/** Part of the allowed time used up by `now`: 0.75 is three quarters, 1 and more is late. */
export function shareUsed(clock: DeadlineClock, calendar: WorkingCalendar, now: Instant): number {
  return usedTime(clock, calendar, now) / clock.allowedMs;
}

/** Working time left, in milliseconds; below 0, by how much working time it is late. */
export function remaining(clock: DeadlineClock, calendar: WorkingCalendar, now: Instant): number {
  return clock.allowedMs - usedTime(clock, calendar, now);
}

/**
 * When the clock has used up this share of the allowed time; undefined while it is paused, and once it is met. A share
 * that was used up before the clock last resumed is due since then.
 */
export function dueAt(clock: DeadlineClock, calendar: WorkingCalendar, share: number): Instant | undefined {
  if (!isRunning(clock)) return undefined;
  const left = Math.round(clock.allowedMs * share) - clock.usedMs;
  return calendar.addWorkingTime(clock.runningSince, Math.max(0, left));
}

/**
 * The calendar by which a ticket's time is counted: its service's, else its queue's. Where the desk has its queue no
 * longer, that of the queue which takes what fits nowhere: the ticket is about to go there.
 *
 * @throws Error when the desk has no such calendar, which its configuration's check rules out
 */
export function calendarFor(
  desk: Pick<Desk, 'queues' | 'services'>,
  calendars: Calendars,
  ticket: Pick<Ticket, 'queue' | 'service'>,
): WorkingCalendar {
  const queue = desk.queues.get(ticket.queue) ?? rawQueueOf(desk);
  const id = desk.services.get(ticket.service)?.calendar ?? queue.calendar;
  const calendar = calendars.get(id);
  if (calendar === undefined) throw new Error(`The desk has no calendar “${id}”: define it.`);
  return calendar;
}

export type Escalation = {
  readonly at: Instant;
  readonly deadline: DeadlineKind;
  readonly level: EscalationLevel;
};

/** A level that fires now. */
export type DueEscalation = Escalation & {
  /**
   * Whom to ping: those the level addresses, without those whom a higher level of the same deadline pings at the same
   * time. May be empty; the level is recorded as fired all the same.
   */
  readonly notified: readonly PersonRef[];
  /** Id of the highest level of the same deadline that fires at the same time, where that is not this one. */
  readonly supersededBy?: string;
};

type EscalatingDesk = Pick<Desk, 'queues' | 'services' | 'escalation'>;
type EscalatingTicket = Pick<Ticket, 'state' | 'deadlines' | 'queue' | 'service'>;

/** The next level to fire over all running clocks, be it already due or not; on a closed ticket none. */
export function nextEscalation(
  ticket: EscalatingTicket,
  desk: EscalatingDesk,
  calendars: Calendars,
): Escalation | undefined {
  let next: Escalation | undefined;
  forEachRunningClock(ticket, desk, calendars, (clock, calendar) => {
    const [level] = levelsToFire(clock, desk.escalation);
    const at = level && dueAt(clock, calendar, level.at);
    if (level && at !== undefined && (next === undefined || at < next.at))
      next = { at, deadline: clock.kind, level };
  });
  return next;
}

/**
 * Every level that is due by `now`, soonest first. Several of one deadline are due together when nobody looked for a
 * while: each is reported, so that each is recorded as fired, and nobody is pinged by more than the highest.
 */
export function escalationsDue(
  ticket: EscalatingTicket & Pick<Ticket, 'owner' | 'responsible'>,
  desk: EscalatingDesk & RightsDesk,
  calendars: Calendars,
  now: Instant,
): DueEscalation[] {
  const due: DueEscalation[] = [];
  forEachRunningClock(ticket, desk, calendars, (clock, calendar) => {
    const reached: Escalation[] = [];
    for (const level of levelsToFire(clock, desk.escalation)) {
      const at = dueAt(clock, calendar, level.at);
      if (at === undefined || at > now) break;
      reached.push({ at, deadline: clock.kind, level });
    }
    const highest = reached.at(-1)?.level;
    const pinged = new Set<string>();
    const fired = reached.reverse().map((escalation): DueEscalation => {
      const notified = addressees(escalation.level, ticket, desk).filter(({ id }) => !pinged.has(id));
      for (const { id } of notified) pinged.add(id);
      const superseded = highest !== undefined && highest !== escalation.level;
      return { ...escalation, notified, ...(superseded ? { supersededBy: highest.id } : {}) };
    });
    due.push(...fired.reverse());
  });
  // Stable: at the same moment a deadline's levels stay in their order.
  return due.sort((a, b) => a.at - b.at);
}

function forEachRunningClock(
  ticket: EscalatingTicket,
  desk: EscalatingDesk,
  calendars: Calendars,
  visit: (clock: DeadlineClock, calendar: WorkingCalendar) => void,
): void {
  if (isClosed(ticket.state) || !ticket.deadlines.some(isRunning)) return;
  const calendar = calendarFor(desk, calendars, ticket);
  for (const clock of ticket.deadlines) if (isRunning(clock)) visit(clock, calendar);
}

/**
 * The levels that the clock has not fired, by share. A level below one that has fired is left out: it was put into the
 * configuration afterwards, and news of it would only repeat what people know.
 */
function levelsToFire(clock: DeadlineClock, levels: readonly EscalationLevel[]): EscalationLevel[] {
  let reached = 0;
  for (const { id, at } of levels) if (at > reached && clock.fired.includes(id)) reached = at;
  return levels
    .filter(({ id, at }) => at >= reached && !clock.fired.includes(id))
    .sort((a, b) => a.at - b.at);
}

/**
 * The people a level addresses, each once; nobody who has left the desk or the queue. Where there is no owner the responsible stands in, where there is none the
 * supervisors of the queue, and then the administrators: an escalation that reaches nobody would be a silent one.
 */
function addressees(
  level: EscalationLevel,
  ticket: Pick<Ticket, 'queue' | 'owner' | 'responsible'>,
  desk: RightsDesk,
): PersonRef[] {
  const owner = ownerNow(desk, ticket);
  const administrators = () =>
    [...desk.people.values()]
      .filter(({ administrator }) => administrator)
      .map(({ id, name }) => ({ id, name }));
  const byId = new Map<string, PersonRef>();
  for (const role of level.notify) {
    const chosen =
      role === 'administrators'
        ? administrators()
        : role === 'owner' && owner
          ? [owner]
          : answerableFor(desk, ticket);
    for (const ref of chosen) byId.set(ref.id, ref);
  }
  return [...byId.values()];
}
