/**
 * A process that opens tickets, changes them and writes to standard output what was acknowledged, until it is killed.
 * Started by the durability tests. One line per acknowledged commit: number and version.
 */

import { writeSync } from 'node:fs';
import { openStore } from '../../src/stores/open.ts';
import { aTicket, change, MORNING, notedEvent, notice, opening, queueCard } from '../support/tickets.ts';

export const DAY = '20261105';

const url = process.argv[2];
if (url) {
  const { store } = await openStore(url);
  const say = (line: string) => writeSync(1, `${line}\n`);

  /** Opens a ticket with two events, two deliveries and a receipt; adds a note to every third. */
  const work = async () => {
    for (;;) {
      const counter = await store.nextCounter(DAY);
      say(`counter ${counter}`);
      const ticket = aTicket(counter, { version: 2 });
      const first = opening(counter);
      const commit = opening(counter, {
        ticket,
        events: [...first.events, notedEvent('prima')],
        dueAt: MORNING,
        deliveries: [queueCard(), notice(1)],
        receipt: { key: `open ${ticket.number}`, at: MORNING, outcome: ticket.number },
        posts: { requesterCard: { conversation: 'a:1', activity: String(counter) } },
      });
      if ((await store.commitTicket(commit)).kind !== 'committed') throw new Error(`${counter} was taken`);
      say(`ticket ${counter} 2`);
      if (counter % 3 !== 0) continue;
      const receipt = { key: `note ${ticket.number}`, at: MORNING, outcome: 3 };
      const note = change(ticket, { receipt, deliveries: [notice(3)] });
      if ((await store.commitTicket(note)).kind !== 'committed') throw new Error(`${counter} was changed`);
      say(`ticket ${counter} 3`);
    }
  };
  // Several at once, so that groups are cut by the kill too.
  await Promise.all([work(), work(), work(), work()]);
}
