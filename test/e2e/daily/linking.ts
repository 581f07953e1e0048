/** Ways to make one ticket of two, or two of one. */

import { link, merge, splitOff } from './deeds.ts';
import { cardOf, type Way } from './office.ts';
import type { TaskName } from './otrs.ts';

export const LINKING = {
  async split({ anna, takenTicket }) {
    const card = cardOf(anna, await takenTicket());
    return {
      worker: anna,
      does: () => splitOff(card),
      afterwards: () => card.shows('staccata da questa'),
    };
  },

  async merge({ anna, maria, takenTicket, standingTicket }) {
    const [other, number] = [await standingTicket(), await takenTicket()];
    const card = cardOf(anna, number);
    return {
      worker: anna,
      does: () => merge(card, other),
      async afterwards() {
        await anna.card('Unita: da ora va avanti l’altra.').root.waitFor();
        await maria.card('La tua richiesta è stata unita a un’altra').shows(other);
      },
    };
  },

  async link({ anna, standingTicket, takenTicket }) {
    const [other, number] = [await standingTicket(), await takenTicket()];
    const card = cardOf(anna, number);
    return {
      worker: anna,
      does: () => link(card, other),
      afterwards: () => card.shows('Collegata.', other),
    };
  },
} as const satisfies Partial<Record<TaskName, Way>>;
