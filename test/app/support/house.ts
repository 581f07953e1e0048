/** The use cases on a real store, without Teams: what would be sent is handed to the test. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { execute } from '../../../src/app/changing/execute.ts';
import { createFileQuota } from '../../../src/app/fairness/file-quota.ts';
import type { House } from '../../../src/app/house.ts';
import type { Messenger, SendOutcome } from '../../../src/app/ports/messaging.ts';
import { NO_METER } from '../../../src/app/ports/signals.ts';
import { createTroubles } from '../../../src/app/troubles.ts';
import { createTurns } from '../../../src/app/turns.ts';
import { compileCalendars } from '../../../src/domain/calendar.ts';
import type { Desk } from '../../../src/domain/desk.ts';
import { vocabularyOf } from '../../../src/domain/intake/vocabulary.ts';
import { actorFor } from '../../../src/domain/rights.ts';
import { createMovableClock, type MovableClock } from '../../../src/local/clock.ts';
import { openStore } from '../../../src/stores/open.ts';
import { personRef, testDesk } from '../../support/desk.ts';
import { signalsInto } from '../../support/signals.ts';
import { aRequest, aRouting, MORNING, ticketNumber } from '../../support/tickets.ts';

export type Building = {
  readonly clock: MovableClock;
  /** Lines of the log, as JSON. */
  readonly log: readonly string[];
  /** One more instance on the same store, with its own desk and its own way to Teams. */
  house(over?: { readonly desk?: Desk; readonly messenger?: Partial<Messenger> }): Promise<House>;
  /** Opens the day's nth ticket; its requester is Maria, its queue finance. */
  open(house: House, counter: number): Promise<string>;
  demolish(): Promise<void>;
};

export async function build(): Promise<Building> {
  const folder = await mkdtemp(join(tmpdir(), 'sportello-'));
  const clock = createMovableClock(() => MORNING);
  const log: string[] = [];
  const houses: House[] = [];
  let posts = 0;
  const sent = async (): Promise<SendOutcome> => ({
    kind: 'sent',
    post: { conversation: 'somewhere', activity: String(++posts) },
  });
  return {
    clock,
    log,
    async house({ desk = testDesk(), messenger = {} } = {}) {
      const { store, attachments } = await openStore(`sqlite:${join(folder, 'sportello.db')}`);
      const house: House = {
        desk,
        calendars: compileCalendars(desk),
        vocabulary: vocabularyOf(desk),
        store,
        attachments,
        clock,
        ids: { next: () => 'id' },
        messenger: { places: async () => 64, post: sent, edit: sent, ...messenger },
        directory: {
          lookUp: async () => undefined,
          channelIds: async () => [],
          channelType: () => undefined,
          unexpectedChannels: () => [],
          forget: () => {},
        },
        links: {
          toPost: () => 'https://teams.example/',
          toAttachment: () => 'https://bot.example/',
          toPrint: () => 'https://bot.example/',
          toList: () => 'https://bot.example/',
        },
        log: signalsInto(log).log,
        meter: NO_METER,
        troubles: createTroubles(),
        turns: createTurns(),
        openForms: new LRUCache({ max: 10 }),
        answered: new LRUCache({ max: 10 }),
        openedOver: new LRUCache({ max: 10 }),
        fileQuota: createFileQuota(attachments, clock.now),
        met: new LRUCache({ max: 10 }),
        copies: new LRUCache({ max: 10 }),
        nudge: () => {},
      };
      houses.push(house);
      return house;
    },
    async open(house, counter) {
      const number = ticketNumber(counter);
      const done = await execute(house, number, {
        type: 'open',
        at: clock.now(),
        via: 'chat',
        actor: actorFor(house.desk, personRef('maria')),
        number,
        draft: `draft-${counter}`,
        request: aRequest(),
        routing: aRouting(),
      });
      if (done.kind !== 'done') throw new Error(`ticket ${counter} was not opened: ${done.kind}`);
      return number;
    },
    async demolish() {
      await Promise.all(houses.map(({ store }) => store.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
