/** Tickets and queries by chance: the same seed, the same ones. Few words and few values, so that much is found by much. */

import type { Priority, TicketType } from '../../src/domain/desk.ts';
import type { Article, Instant, PersonRef, Ticket, TicketState } from '../../src/domain/ticket.ts';
import type { Span, TicketQuery } from '../../src/domain/ticket-query.ts';
import { aTicket, MORNING, ticketNumber } from './tickets.ts';

/** From 0 up to, and without, 1. */
export type Chance = () => number;

/** Mulberry32: small, and good enough to shuffle words. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Accents composed and not, apostrophes of both kinds, compound and full-width forms, ligatures, emoji, other scripts. */
const WORDS = [
  ...[
    'perché',
    'perche\u0301',
    'PERCHÉ',
    'città',
    "l'ufficio",
    'l’ufficio',
    'dell’IMU',
    'così',
    'fattura',
    'fatture',
  ],
  ...[
    'Fatturazione',
    'mandato',
    'mandati',
    'e-mail',
    'S.p.A.',
    'C/C',
    'n°5',
    '1°',
    '½',
    'ﬁle',
    'ＡＢＣ',
    '１２３',
    '50%',
  ],
  ...[
    'printer',
    'printing',
    'it’s',
    'don’t',
    'log-in',
    'VPN',
    'naïve',
    'Straße',
    'STRASSE',
    'İstanbul',
    'ΣΊΣΥΦΟΣ',
  ],
  ...[
    '👩🏽‍💻',
    '🇮🇹',
    '…',
    '—',
    '"AND"',
    'NOT',
    'OR*',
    'NEAR(',
    'col:',
    '^x',
    '$where',
    '{a}',
    '日本語',
    'かﾞ',
    '한국어',
  ],
  ...[
    '_under_',
    'a.b',
    'x'.repeat(60),
    'é'.repeat(47),
    `${'z'.repeat(47)}𐐀𐐀`,
    '𝟛𝟜',
    'Ⅻ',
    '\u0000',
    '\ud83d',
    'ǆ',
    'ŉ',
  ],
];
const PEOPLE: readonly PersonRef[] = ['ada', 'bea', 'ciro', 'd"o', 'é'].map((id) => ({
  id,
  name: `Nome ${id}`,
}));
const QUEUES = ['finance', 'taxes', 'raw', 'a "b" / c', 'q%_*'];
const TYPES: readonly TicketType[] = ['fault', 'other', 'informationRequest'];
const PRIORITIES: readonly Priority[] = [1, 3, 5];
const SERVICES = ['payroll', 'tari', 'x=y/z'];
const ORGANISATIONS = ['comune', 'unione'];
const LEVELS = ['warning', 'breach'];
const STATES: readonly TicketState['kind'][] = [
  ...(['new', 'open', 'inProgress', 'waitingReminder', 'waitingRequester', 'waitingAutoClose'] as const),
  ...(['closedSuccessfully', 'closedUnsuccessfully', 'merged'] as const),
];
/** Far apart and close together: two months ago, this month, and four moments that many share. */
const MOMENTS = [-70, -33, -32, -1, 0, 0, 0, 1].map((days) => MORNING + days * 86_400_000);

function pick<T>(chance: Chance, items: readonly T[]): T {
  return items[Math.floor(chance() * items.length)] as T;
}

function some<T>(chance: Chance, items: readonly T[]): T[] {
  return items.filter(() => chance() < 0.4);
}

function moment(chance: Chance): Instant {
  return pick(chance, MOMENTS) + pick(chance, [-1, 0, 0, 1, 3_600_000]);
}

function textOf(chance: Chance, words: number): string {
  return Array.from({ length: words }, () => pick(chance, WORDS)).join(pick(chance, [' ', ' ', '\n', ', ']));
}

function stateOf(chance: Chance, at: Instant): TicketState {
  const kind = pick(chance, STATES);
  if (kind === 'waitingReminder') return { kind, until: at, setBy: pick(chance, PEOPLE).id };
  if (kind === 'waitingAutoClose') return { kind, until: at };
  if (kind === 'waitingRequester') return { kind, since: at };
  if (kind === 'merged') return { kind, into: ticketNumber(1), at };
  return kind === 'closedSuccessfully' || kind === 'closedUnsuccessfully' ? { kind, at } : { kind };
}

function articleOf(chance: Chance, id: number): Article {
  const kind = pick(chance, ['request', 'reply', 'note', 'requesterMessage'] as const);
  const names = some(chance, ['scansione 1.PDF', 'città_fattura.xlsx']);
  const attachments = names.map((name) => ({ id: 'a'.repeat(64), name, contentType: 'text/plain', size: 1 }));
  return { id, kind, at: MORNING, by: pick(chance, PEOPLE), text: textOf(chance, 4), attachments };
}

/** The nth ticket; `version` and `createdAt` stay when it is changed. */
export function randomTicket(chance: Chance, counter: number, before?: Ticket): Ticket {
  const requester = pick(chance, PEOPLE);
  const day = pick(chance, ['20261105', '20261106', '20270105']);
  const createdAt = before?.createdAt ?? moment(chance);
  // Another clock may be a minute behind.
  const later = () => Math.max(moment(chance), createdAt - 60_000);
  const { organisation: _, responsible: _nobody, ...rest } = aTicket(counter);
  return {
    ...rest,
    number: before?.number ?? ticketNumber(counter * 111, day),
    createdAt,
    createdIn: before?.createdIn ?? pick(chance, QUEUES),
    version: before?.version ?? 1,
    subject: textOf(chance, 3),
    articles: [1, 2].map((id) => articleOf(chance, id)),
    fields: { order: textOf(chance, 1) },
    contact: { name: requester.name, phone: `0371 ${100 + counter}`, availability: [] },
    requester,
    changedAt: later(),
    state: stateOf(chance, later()),
    priority: pick(chance, PRIORITIES),
    ...(chance() < 0.5 && { agreement: 'continuity', agreementChosen: true, impact: 5 }),
    locked: chance() < 0.5,
    queue: pick(chance, QUEUES),
    type: pick(chance, TYPES),
    service: pick(chance, SERVICES),
    ...(chance() < 0.7 && { organisation: pick(chance, ORGANISATIONS) }),
    ...(chance() < 0.7 && { owner: pick(chance, PEOPLE) }),
    ...(chance() < 0.7 && { responsible: pick(chance, PEOPLE) }),
    deadlines: (['firstResponse', 'solution'] as const).map((kind) => ({
      kind,
      allowedMs: 1,
      usedMs: 0,
      fired: some(chance, LEVELS),
      ...(chance() < 0.5 && { metAt: MORNING }),
    })),
  };
}

/** Beginnings of words that there are, words that there are not, and what is no word. */
function searchText(chance: Chance): string {
  const words = Array.from({ length: 1 + Math.floor(chance() * 2) }, () => {
    const word = pick(chance, WORDS);
    return chance() < 0.7 ? [...word].slice(0, 1 + Math.floor(chance() * 6)).join('') : word;
  });
  return chance() < 0.1 ? 'nessuno' : words.join(' ');
}

function numberText(chance: Chance, numbers: readonly string[]): string {
  const number = pick(chance, numbers);
  const undated = number.slice(8);
  return pick(chance, [
    number,
    undated,
    `*${number.slice(-4)}`,
    `10*${number.slice(-4)}`,
    `${number.slice(0, 8)}*`,
    `${number.slice(0, 9)}*${number.slice(-1)}`,
    `${undated.slice(0, 4)}*`,
    `*${number.slice(6, 9)}*`,
    `10*${number.slice(-5, -3)}*`,
    '*',
    '99*',
  ]);
}

function spanOf(chance: Chance): Span {
  return {
    ...(chance() < 0.7 && { from: moment(chance) }),
    ...(chance() < 0.7 && { before: moment(chance) }),
  };
}

/** One to four conditions at once. */
export function randomQuery(chance: Chance, numbers: readonly string[]): TicketQuery {
  const one: readonly (() => TicketQuery)[] = [
    () => ({ text: searchText(chance) }),
    () => ({ text: searchText(chance), readableOnly: true }),
    () => ({ title: searchText(chance) }),
    () => ({ articleText: searchText(chance) }),
    () => ({ attachmentName: pick(chance, ['scan', 'fattura', 'pdf', 'citta fatt']) }),
    () => ({ number: numberText(chance, numbers) }),
    () => ({ states: some(chance, STATES) }),
    () => ({ open: chance() < 0.7 }),
    () => ({ priorities: some(chance, PRIORITIES) }),
    () => ({ locked: chance() < 0.5 }),
    () => ({ queues: some(chance, QUEUES) }),
    () => ({ queues: [pick(chance, QUEUES)], open: true }),
    () => ({ createdInQueues: [pick(chance, QUEUES)] }),
    () => ({ types: some(chance, TYPES) }),
    () => ({ services: [pick(chance, SERVICES)] }),
    () => ({ organisations: some(chance, ORGANISATIONS) }),
    () => ({ owner: pick(chance, PEOPLE).id }),
    () => ({ responsible: pick(chance, PEOPLE).id }),
    () => ({ requester: pick(chance, PEOPLE).id }),
    () => ({ created: spanOf(chance) }),
    () => ({ changed: spanOf(chance) }),
    () => ({ closed: spanOf(chance) }),
    () => ({ reminderBefore: moment(chance) }),
    () => ({ escalations: some(chance, LEVELS) }),
    () => ({
      visibleTo: {
        queues: some(chance, QUEUES),
        person: pick(chance, PEOPLE).id,
        ...(chance() < 0.5 && { internally: true }),
      },
    }),
    () => ({ personText: pick(chance, ['nome', 'ad', '0371 12']) }),
  ];
  const parts = Array.from({ length: 1 + Math.floor(chance() * 4) }, () => pick(chance, one)());
  return Object.assign({}, ...parts);
}
