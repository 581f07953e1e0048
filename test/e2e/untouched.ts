/** Point five of the story: nobody touches the next ticket. */

import assert from 'node:assert/strict';
import { compileCalendars } from '../../src/domain/calendar.ts';
import type { Pane } from '../support/browser-pane.ts';
import { passTime, type Stage } from './stage.ts';

const HOUR = 3_600_000;
/** Working hours that the example desk allows for the first response to this service, in the office's calendar. */
const ALLOWED = 8;
const CALENDAR = 'uffici';

/** @param panes `anna` and `marco` look at the channel of their office */
export async function nobodyTouchesTheNext(
  stage: Stage,
  panes: { readonly giulia: Pane; readonly anna: Pane; readonly marco: Pane },
): Promise<void> {
  const { step } = stage;
  const { giulia, anna, marco } = panes;
  const carla = await stage.alone('Carla Fontana');
  let next = '';
  await step('R1 the next ticket is routed to an owner, and left alone', async () => {
    await giulia.say('non scarico le fatture elettroniche dallo sdi');
    const draft = giulia.cardWith('Invia la richiesta');
    await draft.shows('Fatture elettroniche', 'Ragioneria');
    await draft.press('Modifica');
    await draft.field('Oggetto').waitFor();
    await draft.choose('Tipo', 'Guasto');
    await draft.fill('Fornitore', 'Cartoleria Bassi');
    await draft.press('Invia la richiesta');
    const mine = giulia.card('dallo sdi');
    await mine.shows('Ricevuta');
    next = /\d{16}/.exec(await mine.text())?.[0] ?? '';
    await anna.card(next).shows('Marco Ferri');
  });

  await marco.open('Assistenza Roccaferrata');
  const pings = async (who: string, headline: string) => {
    const { conversations } = await stage.session(who);
    const texts = conversations.flatMap(({ messages }) => messages.map(({ cards }) => JSON.stringify(cards)));
    return texts.filter((text) => text.includes(headline) && text.includes(next)).length;
  };
  const calendar = compileCalendars(stage.desk).get(CALENDAR);
  const now = Date.parse((await giulia.page.getByTestId('clock-now').getAttribute('datetime')) ?? '');
  /** Moves the clock to so many minutes before or after this share of the allowed working time. */
  let reached = now;
  const goTo = async (share: number, minutes: number) => {
    const to = (calendar?.addWorkingTime(now, ALLOWED * share * HOUR) ?? 0) + minutes * 60_000;
    await passTime(giulia.page, (to - reached) / 60_000, 'minutes');
    reached = to;
  };

  await step('D1 D2 D3 at the warning share the owner is pinged once, and nobody before', async () => {
    await goTo(0.75, -5);
    assert.equal(await pings('Marco Ferri', 'Scadenza vicina'), 0);
    await goTo(0.75, 5);
    await marco.card('Scadenza vicina').shows(next, 'Prima risposta');
    assert.equal(await pings('Carla Fontana', 'Scadenza'), 0);
  });

  await step('D3 at the breach the owner and the supervisor are pinged, once each', async () => {
    await goTo(1, -5);
    assert.equal(await pings('Carla Fontana', 'Scadenza'), 0);
    await goTo(1, 5);
    await marco.card('Scadenza superata').shows(next);
    await carla.card('Scadenza superata').shows(next, 'Prima risposta', 'Marco Ferri', 'Nuova');
    await goTo(1, 15);
    assert.equal(await pings('Marco Ferri', 'Scadenza vicina'), 1);
    assert.equal(await pings('Marco Ferri', 'Scadenza superata'), 1);
    assert.equal(await pings('Carla Fontana', 'Scadenza superata'), 1);
  });

  await step('T4 the supervisor assigns it on the card of the ping', async () => {
    const ping = carla.card('Scadenza superata');
    await ping.press('Assegna');
    await ping.dialog.choose('Assegna a', 'Anna Bianchi');
    await ping.dialog.fill('Nota per il collega', 'Puoi vederla tu? Marco è in ferie.');
    await ping.dialog.press('Assegna');
    await ping.shows('Assegnata ad Anna Bianchi.');
    await anna.card(next).shows('In lavorazione', 'Anna Bianchi');
    await anna.open('Assistenza Roccaferrata');
    await anna.card('Carla Fontana ti ha assegnato una richiesta').shows(next, 'Marco è in ferie');
  });
}
