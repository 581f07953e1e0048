/**
 * The day of an office as a script: who does what to which ticket, and what the ticket's history must hold of it. Three
 * offices with two agents each live through the same ten tickets, and hand some of them to each other.
 */

import * as deeds from '../daily/deeds.ts';
import {
  answered,
  answeredAndClosed,
  answeredByMail,
  corrected,
  deleted,
  forwarded,
  idle,
  type Line,
  noted,
  reclassified,
  replied,
  taken,
} from './lines.ts';

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
  /** Who answers for it, and who else could. */
  readonly supervisors: readonly [string, string];
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
    supervisors: ['Carla Fontana', 'Stefano Barbieri'],
    service: 'Reversali di incasso',
    thing: 'la reversale',
    next: { name: 'Tributi', queue: 'tributi', agent: 'Elena Galli' },
  },
  {
    name: 'Tributi',
    queue: 'tributi',
    agents: ['Elena Galli', 'Luca Marchetti'],
    requester: 'Roberto Testa',
    supervisors: ['Carla Fontana', 'Stefano Barbieri'],
    service: 'TARI e rifiuti',
    thing: 'la cartella della tari',
    next: { name: 'Protocollo', queue: 'protocollo', agent: 'Chiara Vitale' },
  },
  {
    name: 'Protocollo',
    queue: 'protocollo',
    agents: ['Francesca Rinaldi', 'Chiara Vitale'],
    requester: 'Davide Ricci',
    supervisors: ['Stefano Barbieri', 'Carla Fontana'],
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
  const [supervisor, another] = office.supervisors;
  const twice = 'risulta caricata due volte';
  const written = `un’altra richiesta: ${thing} ${twice}`;
  const mended = `${written}, il 3 e il 4`;
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
      {
        who: requester,
        asks: ['requesterThanks'],
        async does({ card }) {
          await card.press('Non è risolto');
          await card.dialog.root.getByRole('textbox').fill('Grazie mille!');
          await card.dialog.press('Invia e riapri');
          await card.shows('Messaggio inviato');
        },
        leaves: [`${requester} writes: Grazie mille!`],
      },
      {
        who: requester,
        asks: ['rate'],
        async does({ pane, number }) {
          const told = pane.card(new RegExp(`La tua richiesta è risolta\\s*${number}`));
          await told.root.getByRole('button', { name: /^4 (★|stelle)$/ }).click();
          await told.shows('il tuo giudizio è arrivato');
        },
        leaves: [`${requester} rates 4`],
      },
    ),
    ticket(
      2,
      'di marzo non si trova più in archivio',
      taken(second),
      reclassified(second, 'Alta', 4),
      {
        who: second,
        asks: ['wait'],
        does: ({ card }) => deeds.wait(card),
        leaves: [`${second} waits`],
      },
      {
        who: second,
        asks: ['resume'],
        does: ({ card }) => deeds.resume(card),
        leaves: [`${second} resumes`],
      },
      {
        who: supervisor,
        asks: ['appoint'],
        async does({ pane, card, number }) {
          await pane.say(number);
          await deeds.appoint(card, another);
          await card.shows(`Ora ne risponde ${another}.`);
        },
        leaves: [`${supervisor} appoints ${another}`],
      },
      {
        who: second,
        asks: ['classify', 'classify'],
        async does({ pane, desk, channel, number, numberOf }) {
          await pane.open(desk);
          await pane.say(`cerca ${thing}`);
          await pane.cardWith('Seleziona').press('Seleziona');
          const boxes = pane.card('Scegli le richieste');
          for (const one of [number, numberOf(`${queue}-9`)]) await boxes.field(new RegExp(one)).check();
          await boxes.press('Priorità');
          const form = pane.card('2 richieste scelte');
          await form.choose(/^Priorità/, 'Bassa');
          await form.press('Cambia priorità');
          await pane.card('Fatte 2 di 2').root.waitFor();
          await pane.open(channel);
        },
        leaves: [`${second} sets the priority 2`],
        leavesOn: { [`${queue}-9`]: [`${second} sets the priority 2`] },
      },
      {
        who: second,
        asks: ['replyAndRemind'],
        async does({ card }) {
          await deeds.replyThen(card, 'Cerco in archivio.', 'Metti in attesa: domani alle 9:00');
          await card.shows('Cerco in archivio.');
        },
        leaves: [`${second} replies: Cerco in archivio.`, `${second} waits`],
      },
      {
        who: second,
        asks: ['changeRequester'],
        async does({ card }) {
          await deeds.changeRequester(card, 'Nessuno Qui');
          await card.dialog.shows('Serve una persona della rubrica');
          await card.dialog.fill('Oppure nome ed e-mail', 'Paolo Santini');
          await card.dialog.press('Cambia richiedente');
          await card.shows('Ora la richiesta è di Paolo Santini.');
        },
        leaves: [`${second} gives it to Paolo Santini`],
      },
    ),
    ticket(
      3,
      twice,
      taken(first),
      corrected(requester, written, mended),
      {
        who: first,
        asks: ['release'],
        does: ({ card }) => deeds.release(card),
        leaves: [`${first} lets ${first} go: byHand`],
      },
      taken(second),
      deleted(requester, mended),
      {
        who: second,
        asks: ['close'],
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
        asks: ['assign'],
        does: ({ card }) => deeds.assign(card, second, 'Gli importi li segui tu.'),
        leaves: [`${first} assigns to ${second}: Gli importi li segui tu.`],
      },
      {
        // What was assigned is reached from the notice in one's own chat.
        who: second,
        asks: [],
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
        asks: ['phone'],
        does: ({ card }) => deeds.noteCall(card, 'L’importo giusto è quello del secondo foglio.'),
        leaves: [`${second} phones, made: L’importo giusto è quello del secondo foglio.`],
      },
      {
        who: second,
        asks: ['contactFailed'],
        async does({ card }) {
          await deeds.callInVain(card);
          await card.shows('Tentativo annotato.');
        },
        leaves: [`${second} calls in vain, 1: `],
      },
      {
        who: second,
        asks: ['lastContactFailed'],
        async does({ card }) {
          await deeds.callInVain(card);
          await card.shows('Chiusa, non risolta');
        },
        leaves: [`${second} calls in vain, 2: `, `${second} gives up, called 2 times`],
      },
    ),
    ticket(
      5,
      'è intestata all’ufficio sbagliato',
      taken(second),
      {
        who: second,
        asks: ['move'],
        does: ({ card }) => deeds.move(card, next.name),
        leaves: [`${second} moves it to ${next.queue}`, `${second} lets ${second} go: moved`],
      },
      taken(next.agent),
      {
        who: next.agent,
        asks: ['closeUnsuccessfully'],
        async does({ card }) {
          await deeds.closeUnsolved(card, 'L’intestazione non si può cambiare.');
          await card.shows('Chiusa, non risolta');
        },
        leaves: [
          `${next.agent} gives up: L’intestazione non si può cambiare.`,
          `${next.agent} asks for a review`,
        ],
      },
    ),
    ticket(
      6,
      'non arriva per posta elettronica',
      taken(first),
      { who: second, asks: ['watch'], does: ({ card }) => deeds.watch(card), leaves: [`${second} watches`] },
      {
        who: first,
        asks: ['link', 'linkBack'],
        does: ({ card, numberOf }) => deeds.link(card, numberOf(`${queue}-2`)),
        leaves: [`${first} links ${queue}-2 (related)`],
        leavesOn: { [`${queue}-2`]: [`${first} links ${queue}-6 (related)`] },
      },
      { who: first, asks: [], does: ({ card }) => deeds.print(card), leaves: [] },
      {
        who: second,
        asks: ['unwatch'],
        does: ({ card }) => deeds.unwatch(card),
        leaves: [`${second} watches no longer`],
      },
      { who: first, asks: ['mark'], does: ({ card }) => deeds.mark(card), leaves: [`${first} marks 1`] },
      {
        who: first,
        asks: ['replyAndAutoClose'],
        async does({ card }) {
          const until = 'Chiudi da sola se non scrive: tra 3 giorni lavorativi';
          await deeds.replyThen(card, 'Adesso dovrebbe arrivare.', until);
          await card.shows('Adesso dovrebbe arrivare.');
        },
        leaves: [`${first} replies, to close alone: Adesso dovrebbe arrivare.`],
      },
    ),
    ticket(7, 'non arriva neanche al collega', taken(first), {
      who: first,
      asks: ['merge', 'absorb'],
      does: ({ card, numberOf }) => deeds.merge(card, numberOf(`${queue}-6`)),
      leaves: [`${first} merges it into ${queue}-6`],
      leavesOn: { [`${queue}-6`]: [`${first} absorbs ${queue}-7`] },
    }),
    ticket(
      8,
      'chiede un codice che non abbiamo',
      taken(second),
      forwarded(second, 'Avete voi il codice?'),
      answeredByMail(second, 'No: il codice lo dà la banca.'),
      {
        who: second,
        asks: [],
        async does({ pane, card }) {
          await deeds.showHistory(card);
          await pane.dialog.shows('Presa in carico');
          await pane.page.getByTestId('dialog-close').click();
        },
        leaves: [],
      },
      {
        who: second,
        asks: ['replyAndGiveUp'],
        async does({ card }) {
          await deeds.replyThen(card, 'Il codice lo dà la banca.', 'Chiudi come non risolta');
          await card.shows('Chiusa, non risolta');
        },
        leaves: [`${second} gives up: Il codice lo dà la banca.`, `${second} asks for a review`],
      },
      {
        who: supervisor,
        asks: ['review'],
        async does({ pane, number }) {
          const asked = pane.card(new RegExp(`Perché non si è potuta risolvere\\?\\s*${number}`));
          await asked.press('Scrivi il riesame');
          await asked.dialog.fill('Esito del riesame', 'Lo scriviamo nelle istruzioni.');
          await asked.dialog.press('Salva il riesame');
          await asked.shows('Riesame salvato.');
        },
        leaves: [`${supervisor} reviews: Lo scriviamo nelle istruzioni.`],
      },
    ),
    ticket(
      9,
      'ha una data che non torna',
      taken(second),
      noted(second, 'Aspettiamo il visto.'),
      answered(requester, BESIDES),
      {
        who: second,
        asks: ['linkBack'],
        does: ({ card }) => deeds.splitOff(card),
        leaves: [`${second} links ${queue}-10 (splitInto)`],
        leavesOn: { [`${queue}-10`]: [`${second} asks ${queue}: ${BESIDES}`] },
      },
      // Meanwhile its priority is changed together with another's.
      idle(second),
      idle(second),
      {
        who: second,
        asks: ['replyAndWait'],
        async does({ card }) {
          const until = 'Aspetta la risposta del richiedente';
          await deeds.replyThen(card, 'Quale data deve avere?', until);
          await card.shows('In attesa del richiedente');
        },
        leaves: [`${second} replies: Quale data deve avere?`, `${second} waits for the requester`],
      },
      {
        who: requester,
        asks: ['withdraw'],
        async does({ card }) {
          await card.pressFurther('Ritira la richiesta');
          await card.dialog.press('Ritira la richiesta');
          await card.shows('Richiesta ritirata.');
        },
        leaves: [`${requester} withdraws`],
      },
    ),
  ];
}
