/**
 * The day of an office as a script: who does what to which ticket, and what the ticket's history must hold of it. Three
 * offices with two agents each live through the same ten tickets, and hand some of them to each other.
 */

import type { Card, Pane } from '../../support/browser-pane.ts';
import * as deeds from '../daily/deeds.ts';

/** What somebody sees and may use while they do a line of the script. */
export type Scene = {
  readonly pane: Pane;
  /** The card of the ticket in the channel that is open. */
  readonly card: Card;
  /** The number of another ticket of the day. */
  numberOf(ticket: string): string;
  /** Somebody looks at something and goes back to the channel. */
  readonly desk: string;
};

export type Line = {
  readonly who: string;
  does(scene: Scene): Promise<void>;
  /** What must be on the history afterwards, told as `history.ts` tells it. */
  readonly leaves: readonly string[];
  /** …and on the history of other tickets. */
  readonly leavesOn?: Readonly<Record<string, readonly string[]>>;
};

export type DayTicket = {
  /** By which the script knows it. */
  readonly id: string;
  readonly requester: string;
  readonly queue: string;
  readonly service: string;
  readonly says: string;
  readonly lines: readonly Line[];
};

export type Office = {
  readonly name: string;
  readonly queue: string;
  readonly agents: readonly [string, string];
  readonly requester: string;
  readonly service: string;
  /** What its requests are about, so that no two are alike. */
  readonly thing: string;
  /** The office that gets what does not belong here, and who works there. */
  readonly next: { readonly name: string; readonly queue: string; readonly agent: string };
};

export const OFFICES: readonly Office[] = [
  {
    name: 'Ragioneria',
    queue: 'ragioneria',
    agents: ['Anna Bianchi', 'Marco Ferri'],
    requester: 'Giulia Moretti',
    service: 'Reversali di incasso',
    thing: 'la reversale',
    next: { name: 'Tributi', queue: 'tributi', agent: 'Elena Galli' },
  },
  {
    name: 'Tributi',
    queue: 'tributi',
    agents: ['Elena Galli', 'Luca Marchetti'],
    requester: 'Roberto Testa',
    service: 'TARI e rifiuti',
    thing: 'la cartella della tari',
    next: { name: 'Protocollo', queue: 'protocollo', agent: 'Chiara Vitale' },
  },
  {
    name: 'Protocollo',
    queue: 'protocollo',
    agents: ['Francesca Rinaldi', 'Chiara Vitale'],
    requester: 'Davide Ricci',
    service: 'PEC',
    thing: 'la ricevuta della pec',
    next: { name: 'Ragioneria', queue: 'ragioneria', agent: 'Anna Bianchi' },
  },
];

const BESIDES = 'Aggiungo che anche la stampante dell’ufficio 4 non va.';

/** What happens in each office: nine requests, and a tenth that is split off one of them. */
export function dayOf(office: Office): DayTicket[] {
  const { queue, requester, service, thing, next } = office;
  const [first, second] = office.agents;
  const ticket = (id: number, what: string, ...lines: Line[]): DayTicket => ({
    id: `${queue}-${id}`,
    requester,
    queue,
    service,
    says: `${thing} ${what}`,
    lines,
  });
  return [
    ticket(
      1,
      'numero 12 non si stampa',
      taken(first),
      noted(first, 'Il modello di stampa è quello vecchio.'),
      replied(first, 'Ho cambiato il modello: riprovi a stampare.'),
      answered(requester, 'Provo subito, adesso la stampa parte ma manca il logo.'),
      answeredAndClosed(first, 'Rimesso anche il logo.'),
    ),
    ticket(2, 'di marzo non si trova più in archivio', taken(second), reclassified(second, 'Alta', 4), {
      who: second,
      does: ({ card }) => deeds.wait(card),
      leaves: [`${second} waits`],
    }),
    ticket(
      3,
      'risulta caricata due volte',
      taken(first),
      { who: first, does: ({ card }) => deeds.release(card), leaves: [`${first} lets ${first} go: byHand`] },
      taken(second),
      {
        who: second,
        does: ({ card }) => deeds.closeSilently(card, 'Era lo stesso documento.'),
        leaves: [`${second} closes, without a word: Era lo stesso documento.`],
      },
    ),
    ticket(
      4,
      'porta un importo sbagliato',
      taken(first),
      {
        who: first,
        does: ({ card }) => deeds.assign(card, second, 'Gli importi li segui tu.'),
        leaves: [`${first} assigns to ${second}: Gli importi li segui tu.`],
      },
      {
        // What was assigned is reached from the notice in one's own chat.
        who: second,
        async does({ pane, card, desk }) {
          await pane.open(desk);
          const notice = pane.card(`${first} ti ha assegnato una richiesta`);
          await notice.root.getByRole('link', { name: 'Apri la scheda' }).click();
          await card.button('Nota').waitFor();
        },
        leaves: [],
      },
      {
        who: second,
        does: ({ card }) => deeds.noteCall(card, 'L’importo giusto è quello del secondo foglio.'),
        leaves: [`${second} phones, made: L’importo giusto è quello del secondo foglio.`],
      },
      answeredAndClosed(second, 'Importo corretto.'),
    ),
    ticket(
      5,
      'è intestata all’ufficio sbagliato',
      taken(second),
      {
        who: second,
        does: ({ card }) => deeds.move(card, next.name),
        leaves: [`${second} moves it to ${next.queue}`, `${second} lets ${second} go: moved`],
      },
      taken(next.agent),
      answeredAndClosed(next.agent, 'Ora è intestata a noi.'),
    ),
    ticket(
      6,
      'non arriva per posta elettronica',
      taken(first),
      { who: second, does: ({ card }) => deeds.watch(card), leaves: [`${second} watches`] },
      {
        who: first,
        does: ({ card, numberOf }) => deeds.link(card, numberOf(`${queue}-2`)),
        leaves: [`${first} links ${queue}-2 (related)`],
        leavesOn: { [`${queue}-2`]: [`${first} links ${queue}-6 (related)`] },
      },
      { who: first, does: ({ card }) => deeds.print(card), leaves: [] },
    ),
    ticket(7, 'non arriva neanche al collega', taken(first), {
      who: first,
      does: ({ card, numberOf }) => deeds.merge(card, numberOf(`${queue}-6`)),
      leaves: [`${first} merges it into ${queue}-6`],
      leavesOn: { [`${queue}-6`]: [`${first} absorbs ${queue}-7`] },
    }),
    ticket(
      8,
      'chiede un codice che non abbiamo',
      taken(second),
      {
        who: second,
        async does({ pane, card }) {
          await deeds.showHistory(card);
          await pane.dialog.shows('Presa in carico');
          await pane.page.getByTestId('dialog-close').click();
        },
        leaves: [],
      },
      answeredAndClosed(second, 'Il codice è sul retro.'),
    ),
    ticket(
      9,
      'ha una data che non torna',
      taken(second),
      noted(second, 'Aspettiamo il visto.'),
      answered(requester, BESIDES),
      {
        who: second,
        does: ({ card }) => deeds.splitOff(card),
        leaves: [`${second} links ${queue}-10 (splitInto)`],
        leavesOn: { [`${queue}-10`]: [`${second} asks ${queue}: ${BESIDES}`] },
      },
    ),
  ];
}

function taken(who: string): Line {
  return {
    who,
    async does({ card }) {
      await deeds.take(card);
      await card.shows('È in carico a te.');
    },
    leaves: [`${who} takes it`],
  };
}

function noted(who: string, text: string): Line {
  return {
    who,
    async does({ card }) {
      await deeds.note(card, text);
      await card.shows('Nota salvata.');
    },
    leaves: [`${who} notes: ${text}`],
  };
}

function replied(who: string, text: string): Line {
  return {
    who,
    async does({ card }) {
      await deeds.reply(card, text);
      await card.shows('Risposta inviata');
    },
    leaves: [`${who} replies: ${text}`],
  };
}

function answeredAndClosed(who: string, text: string): Line {
  return {
    who,
    async does({ card }) {
      await deeds.replyAndClose(card, text);
      await card.shows('Chiusa, risolta');
    },
    leaves: [`${who} closes: ${text}`],
  };
}

function reclassified(who: string, name: string, priority: number): Line {
  return {
    who,
    async does({ card }) {
      await deeds.setPriority(card, name);
      await card.shows('Modifiche salvate.');
    },
    leaves: [`${who} sets the priority ${priority}`],
  };
}

/** The requester answers on the card of their request. */
function answered(who: string, text: string): Line {
  return {
    who,
    async does({ card }) {
      await card.root.getByRole('textbox').fill(text);
      await card.press('Invia');
      await card.shows('Messaggio inviato');
    },
    leaves: [`${who} writes: ${text}`],
  };
}
