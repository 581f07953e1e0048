/** Builds a ticket from its events. Pure, total: what has been recorded is never refused. */

import { meetClock, resumeClock, startClocks } from './deadlines.ts';
import type { EventOf, TicketEvent } from './events.ts';
import type { Article, ArticleKind, DeadlineClock, Instant, Ticket, TicketState } from './ticket.ts';

/**
 * @param ticket the state before; undefined before the first event, which must be `opened`
 * @throws when the history does not begin with `opened`: that is a fault of the store
 */
export function evolve(ticket: Ticket | undefined, event: TicketEvent): Ticket {
  if (!ticket) {
    if (event.type !== 'opened') throw new Error(`history begins with "${event.type}" instead of "opened"`);
    return opened(event);
  }
  const next = { ...ticket, version: ticket.version + 1, changedAt: event.at };
  const id = next.version;
  switch (event.type) {
    case 'opened':
      throw new Error(`ticket ${ticket.number} was opened twice`);
    case 'claimed':
      return {
        ...next,
        ...lockedBy(event.by ?? ticket.owner, event.at),
        state: workedOn(ticket.state),
      };
    case 'noted':
      return { ...next, articles: [...ticket.articles, article(id, 'note', event)] };
    case 'replied':
      return {
        ...next,
        state: ticket.state,
        articles: [...ticket.articles, article(id, 'reply', event)],
        deadlines: ticket.deadlines.map((clock) => afterReply(clock, event.at)),
      };
    case 'waitedForRequester':
      return {
        ...next,
        state: { kind: 'waitingRequester', since: event.at },
        deadlines: ticket.deadlines.map((clock) => {
          const used = event.used.find(({ kind }) => kind === clock.kind);
          return used ? stopped(clock, used.usedMs) : clock;
        }),
      };
    case 'closedSuccessfully': {
      const { lockedAt: _, ...rest } = next;
      return {
        ...rest,
        locked: false,
        state: { kind: 'closedSuccessfully', at: event.at },
        articles: [...ticket.articles, article(id, 'reply', event)],
        deadlines: ticket.deadlines.map((clock) => meetClock(clock, event.at)),
      };
    }
    case 'classified':
      return {
        ...next,
        priority: event.to.priority,
        type: event.to.ticketType,
        service: event.to.service,
        deadlines: event.deadlines.map((allowance) => {
          const clock = ticket.deadlines.find(({ kind }) => kind === allowance.kind);
          return clock
            ? { ...clock, allowedMs: allowance.allowedMs }
            : (startClocks([allowance], event.at)[0] as DeadlineClock);
        }),
      };
    case 'assigned':
      return {
        ...next,
        ...lockedBy(event.to, event.at),
        state: ticket.state.kind.startsWith('waiting') ? ticket.state : workedOn(ticket.state),
        articles: [...ticket.articles, article(id, 'note', { ...event, text: event.note, attachments: [] })],
      };
    case 'requesterWrote':
      return { ...next, articles: [...ticket.articles, article(id, 'requesterMessage', event)] };
    case 'waitEnded':
      return {
        ...next,
        state: { kind: ticket.locked ? 'inProgress' : 'open' },
        deadlines: ticket.deadlines.map((clock) => resumeClock(clock, event.at)),
      };
    case 'reopened':
      return {
        ...next,
        state: { kind: 'open' },
        // The first response was given long ago; what is promised anew is a solution.
        deadlines: ticket.deadlines.map((clock) =>
          clock.kind === 'firstResponse' ? clock : restarted(clock, event.at),
        ),
      };
    case 'escalated':
      return {
        ...next,
        deadlines: ticket.deadlines.map((clock) =>
          clock.kind === event.deadline ? { ...clock, fired: [...clock.fired, event.level] } : clock,
        ),
      };
  }
}

/** The ticket that a whole history leads to. */
export function replay(history: readonly TicketEvent[]): Ticket {
  const ticket = history.reduce<Ticket | undefined>(evolve, undefined);
  if (!ticket) throw new Error('a history has at least one event');
  return ticket;
}

function opened(event: EventOf<'opened'>): Ticket {
  const { number, draft, request, routing, deadlines, at } = event;
  return {
    number,
    version: 1,
    draft,
    createdAt: at,
    changedAt: at,
    state: { kind: 'new' },
    locked: false,
    requester: request.requester,
    locale: request.locale,
    ...(request.organisation === undefined ? {} : { organisation: request.organisation }),
    contact: request.contact,
    subject: request.subject,
    type: request.type,
    service: request.service,
    fields: request.fields,
    chargeAccepted: request.chargeAccepted,
    queue: routing.queue,
    ...(routing.owner ? { owner: routing.owner } : {}),
    ...(routing.responsible ? { responsible: routing.responsible } : {}),
    priority: routing.priority ?? 3,
    routing: routing.reason,
    articles: [
      {
        id: 1,
        kind: 'request',
        at,
        by: request.requester,
        text: request.text,
        attachments: request.attachments,
      },
    ],
    deadlines: startClocks(deadlines, at),
  };
}

type Said = {
  readonly at: Instant;
  readonly by?: { readonly id: string; readonly name: string };
  readonly text: string;
  readonly attachments?: Article['attachments'];
};

function article(id: number, kind: ArticleKind, { at, by, text, attachments }: Said): Article {
  return { id, kind, at, by: by ?? { id: '', name: '' }, text, attachments: attachments ?? [] };
}

function lockedBy(
  owner: Ticket['owner'],
  at: Instant,
): Pick<Ticket, 'locked' | 'lockedAt'> & { owner?: NonNullable<Ticket['owner']> } {
  return { locked: true, lockedAt: at, ...(owner ? { owner } : {}) };
}

function workedOn(state: TicketState): TicketState {
  return state.kind === 'waitingRequester' ? state : { kind: 'inProgress' };
}

function afterReply(clock: DeadlineClock, at: Instant): DeadlineClock {
  if (clock.kind === 'firstResponse') return meetClock(clock, at);
  if (clock.kind !== 'update' || clock.metAt !== undefined) return clock;
  // A reply while the ticket waits for the requester leaves the clock paused, with nothing used.
  return clock.runningSince === undefined ? { ...clock, usedMs: 0, fired: [] } : restarted(clock, at);
}

function stopped(clock: DeadlineClock, usedMs: number): DeadlineClock {
  const { runningSince: _, ...rest } = clock;
  return { ...rest, usedMs };
}

function restarted(clock: DeadlineClock, at: Instant): DeadlineClock {
  const { metAt: _, ...rest } = clock;
  return { ...rest, usedMs: 0, runningSince: at, fired: [] };
}
