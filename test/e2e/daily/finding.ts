/** Ways to find a ticket from the chat with Sportello. */

import type { Card, Pane } from '../../support/browser-pane.ts';
import { closeSilently } from './deeds.ts';
import { CHANNEL, cardOf, openChat, type Way } from './office.ts';
import type { TaskName } from './otrs.ts';

export const FINDING = {
  async locked(office) {
    const { anna, standingTicket } = office;
    const number = await standingTicket();
    await openChat(office, anna);
    const board = await askForBoard(anna);
    return {
      worker: anna,
      does: () => board.root.getByRole('button', { name: /^Bloccate da me: \d+$/ }).click(),
      async afterwards() {
        await anna.card(/In carico a me · /).shows('Bloccata', number);
        await anna.open(CHANNEL);
      },
    };
  },

  async findByNumber(office) {
    const { anna, takenTicket } = office;
    const number = await takenTicket();
    await closeSilently(cardOf(anna, number), 'Chiesta due volte.');
    await cardOf(anna, number).shows('Chiusa, risolta');
    await openChat(office, anna);
    return {
      worker: anna,
      does: () => write(anna, number),
      async afterwards() {
        await cardOf(anna, number).shows('Chiusa, risolta');
        await anna.open(CHANNEL);
      },
    };
  },

  async findByTitle(office) {
    const { anna, takenTicket, stage } = office;
    const number = await takenTicket();
    const ticket = await stage.teams.opened.store.ticket(number);
    const subject = ticket?.subject ?? '';
    await openChat(office, anna);
    return {
      worker: anna,
      async does() {
        await write(anna, `cerca ${subject}`);
        await anna
          .card('Tutte · ')
          .root.getByRole('button', { name: subject.slice(0, 20) })
          .click();
      },
      async afterwards() {
        await cardOf(anna, number).button('Rispondi al richiedente').waitFor();
        await anna.open(CHANNEL);
      },
    };
  },
} as const satisfies Partial<Record<TaskName, Way>>;

export async function askForBoard(pane: Pane): Promise<Card> {
  await write(pane, 'bacheca');
  const board = pane.card('Bloccate da me');
  await board.root.waitFor();
  return board;
}

async function write(pane: Pane, text: string): Promise<void> {
  await pane.composer.fill(text);
  await pane.composer.press('Enter');
}
