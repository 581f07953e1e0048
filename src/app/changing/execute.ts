/** The one way to change a ticket: load, decide, evolve, commit; again when somebody else was faster. */

import type { Command } from '../../domain/commands.ts';
import { decide } from '../../domain/decide.ts';
import type { TicketEvent } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import type { NoticeChoices } from '../../domain/notice-choice.ts';
import type { Refusal } from '../../domain/refusals.ts';
import { agentsOf } from '../../domain/rights.ts';
import type { Ticket, TicketNumber } from '../../domain/ticket.ts';
import { timersOf } from '../../domain/timers.ts';
import type { House } from '../house.ts';
import type { Post } from '../ports/delivery.ts';
import type { Receipt } from '../ports/store.ts';
import { copiesOf } from './copies.ts';
import { mayBeChosen } from './notices.ts';
import { askedAt, deliveriesFor } from './notify.ts';

export type Executed =
  | { readonly kind: 'done'; readonly ticket: Ticket; readonly events: readonly TicketEvent[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly ticket?: Ticket }
  /** An earlier delivery of the same activity did it; this is what it came to. */
  | { readonly kind: 'repeated'; readonly outcome: unknown; readonly ticket?: Ticket };

/** Only other processes race with this one; more rounds than this are a fault. */
const ROUNDS = 20;

export type Besides = {
  /** Kept with the effect, so that the same activity delivered again has none. */
  readonly receipt?: Receipt;
  /** Cards that already stand in Teams and belong to the ticket from now on. */
  readonly posts?: Readonly<Record<string, Post>>;
  /** Where it opens a ticket: the draft's version as it was read. Refused as stale when something was added to it since. */
  readonly draftVersion?: number;
  /** The ticket as it was read a moment ago: the commit's guard finds out where it is outdated, and so does a refusal. */
  readonly known?: Ticket;
};

/**
 * @throws when the ticket could not be committed in a bounded number of rounds
 */
export function execute(
  house: House,
  number: TicketNumber,
  command: Command,
  besides: Besides = {},
): Promise<Executed> {
  return house.turns(number, async () => {
    const done = await settle(house, number, command, besides);
    house.meter.decision(command.type, done.kind === 'refused' ? done.refusal.code : done.kind);
    return done;
  });
}

async function settle(
  house: House,
  number: TicketNumber,
  command: Command,
  { receipt, posts, draftVersion, known }: Besides,
): Promise<Executed> {
  for (let round = 0; round < ROUNDS; round++) {
    const unread = round === 0 ? known : undefined;
    const before = unread ?? (await house.store.ticket(number));
    const decision = decide(before, await withOther(house, command), house);
    if (!decision.ok) {
      // Only what holds now is told.
      if (unread) continue;
      const earlier = receipt && (await house.store.receipt(receipt.key));
      if (earlier) return { kind: 'repeated', outcome: earlier.outcome, ...present(before) };
      return { kind: 'refused', refusal: decision.refusal, ...present(before) };
    }
    const ticket = decision.events.reduce(evolve, before) as Ticket;
    const dueAt = timersOf(ticket, house.desk, house.calendars)[0]?.at;
    const choices = await choicesAbout(house, ticket, decision.events);
    const result = await house.store.commitTicket({
      ticket,
      expected: before?.version ?? 0,
      events: decision.events,
      deliveries: askedAt(
        command.at,
        [...deliveriesFor(before, ticket, decision.events, house.desk, choices), ...copiesOf(house, ticket)],
        decision.events.find(({ by }) => by)?.by?.id,
      ),
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(receipt ? { receipt } : {}),
      ...(posts ? { posts } : {}),
      ...(draftVersion === undefined ? {} : { draftVersion }),
    });
    if (result.kind === 'repeated')
      return { kind: 'repeated', outcome: result.outcome, ...present(await house.store.ticket(number)) };
    if (result.kind === 'committed') {
      house.nudge();
      return { kind: 'done', ticket, events: decision.events };
    }
    // A draft becomes one ticket: whoever came second finds the first one's.
    if (command.type === 'open') {
      const made = await house.store.ticketOfDraft(command.draft);
      if (made) return { kind: 'refused', refusal: { code: 'alreadyOpen' }, ticket: made };
      const draft = draftVersion === undefined ? undefined : await house.store.draft(command.draft);
      if (draft && draft.version !== draftVersion) return { kind: 'refused', refusal: { code: 'stale' } };
    }
  }
  throw new Error(`ticket ${number} could not be committed: too many writers`);
}

/** What the agents of the ticket’s queue have chosen to be told of (N1), where that can matter. */
async function choicesAbout(
  { desk, store }: House,
  { queue }: Ticket,
  events: readonly TicketEvent[],
): Promise<NoticeChoices> {
  if (!mayBeChosen(events)) return new Map();
  return store.noticeChoices(agentsOf(desk, queue).map(({ id }) => id));
}

/** The other ticket that a command names (T11), as it stands at each round. */
async function withOther(house: House, command: Command): Promise<Command> {
  if (command.type !== 'link' && command.type !== 'merge') return command;
  const other = await house.store.ticket(command.to);
  return other ? { ...command, other } : command;
}

function present(ticket: Ticket | undefined): { readonly ticket?: Ticket } {
  return ticket ? { ticket } : {};
}
