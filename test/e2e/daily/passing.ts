/** Ways to pass a ticket on. */

import { assign, move, release } from './deeds.ts';
import { cardOf, openChat, type Way } from './office.ts';
import type { TaskName } from './otrs.ts';

export const PASSING = {
  async release(office) {
    const { anna, dario, takenTicket } = office;
    const number = await takenTicket();
    const card = cardOf(anna, number);
    return {
      worker: anna,
      does: () => release(card),
      async afterwards() {
        await openChat(office, dario);
        const notice = dario.card('Anna Conti l’ha rilasciata');
        await notice.shows(number);
        await notice.button('Assegna').waitFor();
      },
    };
  },

  async assign({ anna, takenTicket }) {
    const card = cardOf(anna, await takenTicket());
    return {
      worker: anna,
      does: () => assign(card, 'Bruno Galli', 'La conosci tu.'),
      afterwards: () => card.shows('Assegnata a Bruno Galli.'),
    };
  },

  async move({ anna, takenTicket }) {
    const card = cardOf(anna, await takenTicket());
    return {
      worker: anna,
      does: () => move(card, 'Tributi'),
      afterwards: () => anna.card('Spostata a Tributi').root.waitFor(),
    };
  },
} as const satisfies Partial<Record<TaskName, Way>>;
