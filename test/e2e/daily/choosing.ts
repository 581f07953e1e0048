/** The way to choose what one is told of. */

import assert from 'node:assert/strict';
import { note } from './deeds.ts';
import { askForBoard } from './finding.ts';
import { cardOf, openChat, type Way } from './office.ts';
import type { TaskName } from './otrs.ts';

export const CHOOSING = {
  async notified(office) {
    const { anna, bruno, standingTicket } = office;
    const number = await standingTicket();
    await openChat(office, bruno);
    const board = await askForBoard(bruno);
    const form = bruno.card('I miei avvisi');
    return {
      worker: bruno,
      async does() {
        await board.press('Avvisi');
        await form.field('Qualcuno aggiunge una nota').check();
        await form.press('Salva');
      },
      async afterwards() {
        await form.shows('Salvato');
        assert.ok(await form.field('Servizi finanziari').isChecked());
        await note(cardOf(anna, number), 'Risponde la tesoreria.');
        const notice = bruno.card('Anna Conti ha aggiunto una nota');
        await notice.shows(number, 'Risponde la tesoreria.');
      },
    };
  },
} as const satisfies Partial<Record<TaskName, Way>>;
