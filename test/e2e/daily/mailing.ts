/** The way to somebody who can be reached by e-mail only, and back. */

import assert from 'node:assert/strict';
import { forward } from './deeds.ts';
import { cardOf, type Way } from './office.ts';
import type { TaskName } from './otrs.ts';

const SUPPLIER = 'assistenza@fornitore.example';

export const MAILING = {
  async forward({ anna, bruno, stage, outside, standingTicket }) {
    const number = await standingTicket();
    const card = cardOf(anna, number);
    return {
      worker: anna,
      does: () => forward(card, SUPPLIER, 'Ci aiutate?'),
      async afterwards() {
        await card.shows('Inoltrata: la risposta arriverà qui.');
        await stage.teams.settle();
        const [sent] = outside.mails();
        assert.equal(sent?.to, SUPPLIER);
        assert.ok(sent.subject.startsWith(`[Ticket#${number}] `), sent.subject);
        await outside.answer({ mail: sent.id, text: 'Aggiornate il client alla 12.' });
        await stage.teams.bot.tick();
        await stage.teams.settle();
        await card.shows('E-mail ricevuta', 'Aggiornate il client alla 12.');
        // Its colleagues read it as well, and the requester does not.
        await cardOf(bruno, number).shows('Aggiornate il client alla 12.');
      },
    };
  },
} as const satisfies Partial<Record<TaskName, Way>>;
