/** The way to open a ticket for somebody on the phone. */

import { countPresses } from '../../support/presses.ts';
import type { Way } from './office.ts';
import type { TaskName } from './otrs.ts';

export const CALLING = {
  async phoneTicket({ stage }) {
    const pane = await stage.alone('Carla Monti');
    const carla = { ...pane, presses: await countPresses(pane.page) };
    await carla.say('bacheca');
    const board = carla.cardWith('Nuova telefonata');
    await board.button('Nuova telefonata').waitFor();
    const { dialog } = carla;
    return {
      worker: carla,
      async does() {
        await board.press('Nuova telefonata');
        await dialog.fill('Chi chiama', 'Maria Rinaldi');
        await dialog.choose('Tipo', 'Guasto');
        await dialog.choose('Ufficio', 'Tributi');
        await dialog.fill('Oggetto', 'Il programma dei tributi non si apre');
        await dialog.fill('Descrizione', 'Da stamattina, su tutte le postazioni.');
        await dialog.press('Apri la richiesta');
      },
      async afterwards() {
        await dialog.shows(/\d{16} è di Maria Rinaldi/);
        await carla.page.keyboard.press('Escape');
      },
    };
  },
} as const satisfies Partial<Record<TaskName, Way>>;
