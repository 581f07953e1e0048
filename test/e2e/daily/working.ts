/** Ways to take a ticket, to answer and to end it. */

import assert from 'node:assert/strict';
import {
  assign,
  closeSilently,
  note,
  noteCall,
  replyFrom,
  replyFromAndClose,
  setPriority,
  take,
  wait,
} from './deeds.ts';
import { cardOf, type Way } from './office.ts';
import type { TaskName } from './otrs.ts';

export const WORKING = {
  async notice({ stage, bruno, anna, takenTicket }) {
    const number = await takenTicket();
    const card = cardOf(anna, number);
    await assign(card, 'Bruno Galli', 'La tesoreria la conosci tu.');
    await bruno.open(stage.desk.name);
    const notice = bruno.card('Anna Conti ti ha assegnato').root.filter({ hasText: number });
    await notice.waitFor();
    return {
      worker: bruno,
      does: () => notice.getByRole('link', { name: 'Apri la scheda' }).click(),
      afterwards: () => cardOf(bruno, number).button('Rispondi al richiedente').waitFor(),
    };
  },

  async take({ anna, bruno, newTicket }) {
    const card = cardOf(anna, await newTicket());
    const number = /\d{16}/.exec(await card.text())?.[0] ?? '';
    return {
      worker: anna,
      does: () => take(card),
      async afterwards() {
        await card.shows('È in carico a te.');
        await cardOf(bruno, number).root.scrollIntoViewIfNeeded();
        await cardOf(bruno, number).shows('Anna Conti');
        await card.button('Rispondi al richiedente').waitFor();
        assert.equal(await cardOf(bruno, number).button('Rispondi al richiedente').count(), 0);
      },
    };
  },

  async note({ anna, maria, standingTicket }) {
    const card = cardOf(anna, await standingTicket());
    return {
      worker: anna,
      does: () => note(card, 'Sentita la tesoreria.'),
      async afterwards() {
        await card.shows('Nota salvata.', 'Sentita la tesoreria.');
        assert.ok(!(await maria.text()).includes('Sentita la tesoreria.'));
      },
    };
  },

  async priority({ anna, standingTicket }) {
    const card = cardOf(anna, await standingTicket());
    return {
      worker: anna,
      does: () => setPriority(card, 'Alta'),
      afterwards: () => card.shows('Modifiche salvate.', 'Alta'),
    };
  },

  async wait({ anna, takenTicket }) {
    const card = cardOf(anna, await takenTicket());
    return {
      worker: anna,
      does: () => wait(card),
      afterwards: () => card.shows('In attesa'),
    };
  },

  async phoneCall({ anna, standingTicket }) {
    const card = cardOf(anna, await standingTicket());
    return {
      worker: anna,
      does: () => noteCall(card, 'Riprova domani.'),
      afterwards: () => card.shows('Riprova domani.'),
    };
  },

  async closeSilently({ anna, stage, takenTicket }) {
    const number = await takenTicket();
    const card = cardOf(anna, number);
    const heard = async () => {
      await stage.teams.settle();
      const { conversations } = await stage.session('Maria Rinaldi');
      return conversations.flatMap(({ messages }) => messages).length;
    };
    const before = await heard();
    return {
      worker: anna,
      does: () => closeSilently(card, 'Aperta due volte.'),
      async afterwards() {
        await card.shows('Chiusa, risolta');
        assert.equal(await heard(), before);
      },
    };
  },

  async reply({ anna, maria, standingTicket }) {
    const card = cardOf(anna, await standingTicket());
    return {
      worker: anna,
      does: () => replyFrom(card, 'Ricevuta'),
      async afterwards() {
        await card.shows('In lavorazione', 'ci stiamo lavorando');
        await maria.card('Anna Conti ha risposto').shows('ci stiamo lavorando');
      },
    };
  },

  async replyAndClose({ anna, maria, takenTicket }) {
    const card = cardOf(anna, await takenTicket());
    return {
      worker: anna,
      does: () => replyFromAndClose(card, 'Ricevuta'),
      async afterwards() {
        await card.shows('Chiusa, risolta');
        await maria.card('La tua richiesta è risolta').shows('ci stiamo lavorando');
      },
    };
  },
} as const satisfies Partial<Record<TaskName, Way>>;
