/**
 * What agents of a second level do every day, as OTRS 6 has them do it: counted from the manuals of two bodies. A click is
 * a click or a choice in a drop-down; typing is not counted; each task begins at the open ticket where it does not say
 * otherwise: “from anywhere” is any page of OTRS, and the chat with Sportello.
 */

export type Task = {
  /** Requirements that doing it shows. */
  readonly shows: string;
  readonly name: string;
  readonly way: string;
  /** At least, and at most where some may be left out. */
  readonly clicks: readonly [least: number, most: number];
  /** Fields that must not stay empty. */
  readonly fields: readonly string[];
  /** Why Sportello may ask for more than the least, where it may; never for more than the most. */
  readonly onPurpose?: string;
  /** What its users complain of or are warned about. */
  readonly complaint?: string;
};

export const OTRS = {
  notice: {
    shows: 'W4',
    name: 'From a notice to the ticket',
    way: 'link in the e-mail, log in',
    clicks: [1, 2],
    fields: ['user', 'password'],
    complaint: 'The notice holds an extract only; whoever has switched notices off must keep looking.',
  },
  take: {
    shows: 'T3 W3',
    name: 'Take it',
    way: 'Blocca',
    clicks: [1, 1],
    fields: [],
    complaint: 'Starting a reply locks it, and it stays locked when the window is closed unsent.',
  },
  locked: {
    shows: 'T3 W5',
    name: 'List what I have locked (from anywhere)',
    way: 'the padlock in the corner',
    clicks: [1, 1],
    fields: [],
    complaint: 'The padlock is there only while one has some.',
  },
  note: {
    shows: 'W2',
    name: 'Internal note',
    way: 'Comunicazione, Nota, Invia',
    clicks: [3, 3],
    fields: ['subject', 'text'],
    complaint: 'The same form can show the note to the requester.',
  },
  wait: {
    shows: 'T7',
    name: 'Wait until a date',
    way: 'In attesa, up to five drop-downs for date and time, Invia',
    clicks: [2, 7],
    fields: ['subject', 'text'],
    complaint: 'The ticket is gone from the dashboard until then; the reminder comes by e-mail.',
  },
  priority: {
    shows: 'T6',
    name: 'Change the priority',
    way: 'Priorità, value, Invia',
    clicks: [3, 3],
    fields: ['type'],
  },
  reply: {
    shows: 'W8',
    name: 'Reply from a template, the ticket stays open',
    way: 'the article’s Risposta, template, Invia',
    clicks: [4, 4],
    fields: ['to', 'subject', 'text'],
    complaint: 'The next state is easily forgotten.',
  },
  replyAndClose: {
    shows: 'T8 W8',
    name: 'Reply from a template and close',
    way: 'the article’s Risposta, template, next state, Invia',
    clicks: [5, 5],
    fields: ['to', 'subject', 'text'],
  },
  closeSilently: {
    shows: 'T8',
    name: 'Close without telling the requester',
    way: 'Chiudi, state and review if wanted, Invia',
    clicks: [2, 4],
    fields: ['subject', 'text'],
    onPurpose: 'it has to be confirmed',
    complaint: 'Discouraged, and yet the nearest way: the requester hears nothing.',
  },
  release: {
    shows: 'T3',
    name: 'Release',
    way: 'Varie, Rilascia',
    clicks: [2, 2],
    fields: [],
    complaint: 'The responsible has to notice it and to reassign.',
  },
  assign: {
    shows: 'T4',
    name: 'Assign to a colleague',
    way: 'Persone, Operatore, new owner, Invia',
    clicks: [4, 4],
    fields: ['owner', 'subject', 'text'],
    complaint: 'Only colleagues who see the queue are offered.',
  },
  move: {
    shows: 'T5',
    name: 'Move to another office',
    way: 'Sposta, queue',
    clicks: [2, 2],
    fields: [],
    complaint:
      'The note belongs before it, three clicks more, and is left out; who has no rights there loses it.',
  },
  phoneTicket: {
    shows: 'I14',
    name: 'Open a ticket for a caller (from anywhere)',
    way: 'Richieste, Nuovo ticket da telefonata, type, queue, (service, owner, state), Crea',
    clicks: [5, 8],
    fields: ['type', 'requester', 'queue', 'subject', 'text'],
    complaint: 'The owner can be chosen only after the queue.',
  },
  phoneCall: {
    shows: 'W2',
    name: 'Note a phone call',
    way: 'Comunicazione, Telefonata, Invia',
    clicks: [3, 3],
    fields: ['subject', 'text'],
  },
  forward: {
    shows: 'W9',
    name: 'Forward an article to an address outside',
    way: 'the article’s Inoltra, Invia',
    clicks: [3, 3],
    fields: ['to', 'text'],
    complaint: 'The number has to be kept in the subject by hand.',
  },
  split: {
    shows: 'T11',
    name: 'Split an article off',
    way: 'article, Dividi, type, queue, Crea, as for a new ticket',
    clicks: [5, Number.POSITIVE_INFINITY],
    fields: ['type', 'requester', 'queue', 'subject', 'text'],
  },
  merge: {
    shows: 'T11',
    name: 'Merge with another ticket',
    way: 'Varie, Unisci, Invia',
    clicks: [3, 4],
    fields: ['number'],
  },
  link: {
    shows: 'T11',
    name: 'Link to another ticket',
    way: 'Varie, Collega, search, Invia',
    clicks: [3, 4],
    fields: ['number'],
  },
  watch: { shows: 'T12', name: 'Watch', way: 'Osserva', clicks: [1, 1], fields: [] },
  print: { shows: 'T18', name: 'Print', way: 'Stampa', clicks: [1, 1], fields: [] },
  history: { shows: 'T10', name: 'History', way: 'Varie, Storico', clicks: [2, 2], fields: [] },
  findByNumber: {
    shows: 'W6',
    name: 'Find by number (from anywhere)',
    way: 'magnifier, Esegui ricerca, result',
    clicks: [3, 3],
    fields: ['number'],
    complaint: 'It is the only way to a closed ticket.',
  },
  findByTitle: {
    shows: 'W6',
    name: 'Find by title (from anywhere)',
    way: 'magnifier, list of attributes, Titolo, Esegui ricerca, result',
    clicks: [5, 5],
    fields: ['title'],
  },
  notified: {
    shows: 'N1',
    name: 'Choose the queues one is notified of (from anywhere)',
    way: 'icon, Preferenze personali, Impostazioni delle notifiche, queues, Conferma, tick',
    clicks: [6, Number.POSITIVE_INFINITY],
    fields: [],
    complaint: 'The kinds of notices cannot be chosen.',
  },
} as const satisfies Readonly<Record<string, Task>>;

export type TaskName = keyof typeof OTRS;
