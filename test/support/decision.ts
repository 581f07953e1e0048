/** Given these events, when this command, then these events or this refusal. */

import assert from 'node:assert/strict';
import { compileCalendars } from '../../src/domain/calendar.ts';
import type { Command } from '../../src/domain/commands.ts';
import { decide } from '../../src/domain/decide.ts';
import type { Desk } from '../../src/domain/desk.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { Refusal } from '../../src/domain/refusals.ts';
import { actorFor } from '../../src/domain/rights.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { type PERSON, personRef, testDesk } from './desk.ts';

/** Fields of an event that a test cares for: who and when are filled in by the envelope. */
type Expected = { readonly type: TicketEvent['type'] } & Readonly<Record<string, unknown>>;

export type Someone = keyof typeof PERSON;

/** The actor that the test desk makes of one of its people. */
export function actor(key: Someone, desk: Desk = testDesk()) {
  return actorFor(desk, personRef(key));
}

export function given(ticket: Ticket | undefined, desk: Desk = testDesk()) {
  const context = { desk, calendars: compileCalendars(desk) };
  return {
    when(command: Command) {
      const decision = decide(ticket, command, context);
      return {
        /** The ticket after the events. */
        ticket(): Ticket {
          assert.ok(decision.ok, `refused: ${JSON.stringify(decision)}`);
          return decision.events.reduce(evolve, ticket) as Ticket;
        },
        brings(...expected: Expected[]): Ticket {
          assert.ok(decision.ok, `refused: ${JSON.stringify(decision)}`);
          assert.deepEqual(
            decision.events.map((event, index) => pick(event, Object.keys(expected[index] ?? { type: '' }))),
            expected,
          );
          return decision.events.reduce(evolve, ticket) as Ticket;
        },
        thenRefused(refusal: Refusal): void {
          assert.deepEqual(decision, { ok: false, refusal });
        },
        decision,
      };
    },
  };
}

function pick(event: TicketEvent, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(event).filter(([key]) => keys.includes(key)));
}
