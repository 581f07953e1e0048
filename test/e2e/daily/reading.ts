/** Ways to follow a ticket and to read all of it. */

import { print, showHistory, watch } from './deeds.ts';
import { cardOf, type Way } from './office.ts';
import type { TaskName } from './otrs.ts';

export const READING = {
  async watch({ bruno, standingTicket }) {
    const card = cardOf(bruno, await standingTicket());
    await card.root.scrollIntoViewIfNeeded();
    await card.button('Segui').waitFor();
    return {
      worker: bruno,
      does: () => watch(card),
      afterwards: () => card.button('Non seguire più').waitFor(),
    };
  },

  async print({ anna, standingTicket }) {
    const card = cardOf(anna, await standingTicket());
    return {
      worker: anna,
      does: () => print(card),
    };
  },

  async history({ anna, standingTicket }) {
    const card = cardOf(anna, await standingTicket());
    return {
      worker: anna,
      does: () => showHistory(card),
      async afterwards() {
        await anna.dialog.shows('Storico della richiesta', 'Presa in carico');
        await anna.page.getByTestId('dialog-close').click();
        await anna.dialog.root.waitFor({ state: 'detached' });
      },
    };
  },
} as const satisfies Partial<Record<TaskName, Way>>;
