/**
 * The tickets of a query that somebody may read as the desk’s (A1, N4). A store knows who takes part in a ticket, and not
 * whether that still gives them a right: in their own queues it answers alone, elsewhere each ticket is asked.
 */

import { queuesOf } from '../../domain/asked.ts';
import { type Actor, mayReadInternally } from '../../domain/rights.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { TicketQuery } from '../../domain/ticket-query.ts';
import type { House } from '../house.ts';
import type { PageRequest, QueueCount, TicketPage, Whose } from '../ports/finding.ts';

/** Tickets outside their own queues in which somebody takes part that are looked at to count them. */
const ELSEWHERE = 1_000;

/** A page of what the query finds. Where it asks for what somebody requested themselves, that is theirs to find. */
export async function findVisible(
  { store }: Pick<House, 'store'>,
  actor: Actor,
  query: TicketQuery,
  { limit = 25, after }: PageRequest = {},
): Promise<TicketPage> {
  if (!isAsked(query)) return store.find(query, { limit, ...(after === undefined ? {} : { after }) });
  const tickets: Ticket[] = [];
  let next = after;
  do {
    const page = await store.find(query, {
      limit: limit - tickets.length,
      ...(next === undefined ? {} : { after: next }),
    });
    tickets.push(...page.tickets.filter((ticket) => mayReadInternally(actor, ticket)));
    next = page.next;
  } while (next !== undefined && tickets.length < limit);
  return { tickets, ...(next === undefined ? {} : { next }) };
}

/** How many it finds; counting ends at `atMost`. */
export async function countVisible(
  house: Pick<House, 'store' | 'desk'>,
  actor: Actor,
  query: TicketQuery,
  atMost: number,
): Promise<number> {
  if (!isAsked(query)) return house.store.count(query, atMost);
  const own = queuesOf(actor);
  const { visibleTo: _, ...asked } = query;
  const queues = query.queues?.filter((queue) => own.includes(queue)) ?? own;
  const counted = queues.length === 0 ? 0 : await house.store.count({ ...asked, queues }, atMost);
  return Math.min(atMost, counted + (await elsewhere(house, actor, query)).length);
}

/** Open tickets by queue and state, sorted by both. */
export async function countOpenVisible(
  house: Pick<House, 'store' | 'desk'>,
  actor: Actor,
  query: Pick<TicketQuery, 'visibleTo'> & Whose,
): Promise<readonly QueueCount[]> {
  const { visibleTo, ...whose } = query;
  const counts = await house.store.countOpen(visibleTo, whose);
  if (!isAsked(query)) return counts;
  const own = queuesOf(actor);
  const found = new Map<string, QueueCount>();
  for (const { queue, state } of await elsewhere(house, actor, { ...query, open: true })) {
    const key = `${queue} ${state.kind}`;
    found.set(key, { queue, state: state.kind, count: (found.get(key)?.count ?? 0) + 1 });
  }
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...counts.filter(({ queue }) => own.includes(queue)), ...found.values()].sort(
    (a, b) => order(a.queue, b.queue) || order(a.state, b.state),
  );
}

/** Whether it is for somebody who does not see everything. */
function isAsked({ visibleTo }: TicketQuery): boolean {
  return visibleTo !== undefined && visibleTo.queues !== 'all';
}

async function elsewhere(
  { store, desk }: Pick<House, 'store' | 'desk'>,
  actor: Actor,
  query: TicketQuery,
): Promise<readonly Ticket[]> {
  const own = queuesOf(actor);
  const queues = (query.queues ?? [...desk.queues.keys()]).filter((queue) => !own.includes(queue));
  if (queues.length === 0) return [];
  const { tickets } = await store.find({ ...query, queues }, { limit: ELSEWHERE });
  return tickets.filter((ticket) => mayReadInternally(actor, ticket));
}
