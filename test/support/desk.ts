/**
 * A small but complete desk for tests: a Comune with three offices, a contact centre and the raw queue. Every call
 * builds a new one, so a test may change what it gets by spreading.
 */

import type {
  Agreement,
  Calendar,
  DeadlinePolicy,
  Desk,
  EscalationLevel,
  Organisation,
  Person,
  Queue,
  ReplyTemplate,
  Rule,
  Service,
} from '../../src/domain/desk.ts';
import type { PersonId, PersonRef } from '../../src/domain/ticket.ts';

/** Entra object ids of the people of the test desk, by key. */
export const PERSON = {
  /** Requester, serves one organisation. */
  maria: '11111111-0000-4000-8000-000000000001',
  /** Requester, serves two organisations. */
  luca: '11111111-0000-4000-8000-000000000002',
  /** Agent of the finance office. */
  anna: '22222222-0000-4000-8000-000000000001',
  /** Agent of the finance office, too. */
  bruno: '22222222-0000-4000-8000-000000000002',
  /** Agent of every other queue. */
  carla: '22222222-0000-4000-8000-000000000003',
  /** Supervisor of finance, taxes and systems. */
  dario: '33333333-0000-4000-8000-000000000001',
  /** Administrator; works no queue. */
  elena: '44444444-0000-4000-8000-000000000001',
} as const satisfies Record<string, PersonId>;

export const TENANT = '99999999-0000-4000-8000-000000000001';

const people: readonly Person[] = [
  person('maria', 'Maria Rinaldi', { phone: '0371 409 204', organisations: ['comune'] }),
  person('luca', 'Luca Ferri', { organisations: ['comune', 'unione'] }),
  person('anna', 'Anna Conti', { phone: '0371 409 311', agentOf: ['finance'], areas: ['north'] }),
  person('bruno', 'Bruno Galli', { agentOf: ['finance'], areas: ['south'] }),
  person('carla', 'Carla Monti', { agentOf: ['taxes', 'systems', 'contact-centre', 'raw'] }),
  person('dario', 'Dario Serra', { supervisorOf: ['finance', 'taxes', 'systems'] }),
  person('elena', 'Elena Villa', { administrator: true }),
];

function person(key: keyof typeof PERSON, name: string, more: Partial<Person>): Person {
  return {
    id: PERSON[key],
    key,
    name,
    email: `${name.toLowerCase().replace(' ', '.')}@comune.example.it`,
    organisations: ['comune'],
    agentOf: [],
    supervisorOf: [],
    administrator: false,
    areas: [],
    ...more,
  };
}

const organisations: readonly Organisation[] = [
  {
    id: 'comune',
    name: 'Comune di Borgolieto',
    area: 'north',
    domains: ['comune.example.it'],
    contracts: ['accounting-support'],
  },
  {
    id: 'unione',
    name: 'Unione Terre d’Adda',
    area: 'south',
    domains: ['unione.example.it'],
    contracts: [],
  },
];

const queues: readonly Queue[] = [
  queue('finance', 'Servizi finanziari', { responsible: PERSON.dario }),
  queue('taxes', 'Tributi', {}),
  queue('systems', 'Sistemi informativi', { responsible: PERSON.dario, calendar: 'extended' }),
  queue('contact-centre', 'Primo livello', { contactCentre: true }),
  queue('raw', 'Da smistare', { raw: true }),
];

function queue(id: string, name: string, more: Partial<Queue>): Queue {
  return {
    id,
    name,
    channel: `19:${id}@thread.tacv2`,
    calendar: 'office',
    contactCentre: false,
    raw: false,
    ...more,
  };
}

const services: readonly Service[] = [
  {
    id: 'payment-orders',
    name: { it: 'Mandati di pagamento', en: 'Payment orders' },
    module: 'Contabilità',
    queue: 'finance',
    contract: 'accounting-support',
    words: [
      'mandato',
      'mandati',
      'reversale',
      'ordinativo',
      'siope',
      'tesoreria',
      'beneficiario',
      'treasury',
    ],
    fields: [
      {
        id: 'order',
        label: { it: 'Numero del mandato', en: 'Payment order number' },
        placeholder: { it: '1234/2026', en: '1234/2026' },
        required: false,
      },
    ],
  },
  {
    id: 'invoices',
    name: { it: 'Fatture elettroniche', en: 'Electronic invoices' },
    module: 'Contabilità',
    queue: 'finance',
    contract: 'accounting-support',
    words: ['fattura', 'fatture', 'sdi', 'fornitore', 'invoice', 'supplier'],
    fields: [],
  },
  {
    id: 'taxes',
    name: { it: 'Tributi comunali', en: 'Local taxes' },
    module: 'Entrate',
    queue: 'taxes',
    contract: 'revenue-support',
    words: ['imu', 'tari', 'tributi', 'f24', 'ravvedimento', 'tassa', 'contribuente', 'tax', 'taxpayer'],
    fields: [],
  },
  {
    id: 'email',
    name: { it: 'Posta elettronica e PEC', en: 'E-mail and certified mail' },
    module: 'Sistemi',
    queue: 'systems',
    agreement: 'continuity',
    words: ['pec', 'posta', 'email', 'casella', 'outlook', 'mailbox'],
    fields: [],
  },
  {
    id: 'workstation',
    name: { it: 'Postazione di lavoro', en: 'Workstation' },
    module: 'Sistemi',
    queue: 'systems',
    calendar: 'extended',
    words: ['pc', 'computer', 'stampante', 'monitor', 'vpn', 'rete', 'printer', 'network', 'laptop'],
    fields: [
      {
        id: 'inventory',
        label: { it: 'Numero di inventario', en: 'Inventory number' },
        required: true,
      },
      {
        id: 'site',
        label: { it: 'Sede', en: 'Site' },
        required: false,
        choices: ['Municipio', 'Biblioteca', 'Polizia locale'],
      },
    ],
  },
  {
    id: 'registry',
    name: { it: 'Anagrafe e carta d’identità', en: 'Civil registry and identity card' },
    module: 'Demografici',
    queue: 'contact-centre',
    words: ['cie', 'anagrafe', 'residenza', 'anpr', 'registry'],
    fields: [],
  },
  {
    // No rule speaks of it: its tickets go to the raw queue (R2).
    id: 'payroll',
    name: { it: 'Presenze e buste paga', en: 'Attendance and payslips' },
    module: 'Personale',
    queue: 'contact-centre',
    words: ['presenze', 'ferie', 'cedolino', 'timbratura', 'stipendio', 'payslip', 'attendance'],
    fields: [],
  },
];

const rules: readonly Rule[] = [
  { id: 'security', when: { words: ['phishing', 'ransomware', 'virus'] }, queue: 'systems', priority: 5 },
  { id: 'finance', when: { service: ['payment-orders', 'invoices'] }, queue: 'finance' },
  {
    id: 'taxes-south',
    when: { service: ['taxes'], area: ['south'] },
    queue: 'taxes',
    responsible: PERSON.dario,
    owner: PERSON.carla,
  },
  { id: 'taxes', when: { service: ['taxes'] }, queue: 'taxes' },
  { id: 'systems', when: { service: ['email', 'workstation'] }, queue: 'systems' },
  { id: 'registry', when: { service: ['registry'] }, queue: 'contact-centre' },
  { id: 'training', when: { type: ['trainingOrConsultancy'] }, queue: 'contact-centre', priority: 2 },
  { id: 'partners', when: { domain: ['partner.example.it'] }, queue: 'contact-centre' },
];

const workday = [
  { from: 8 * 60 + 30, to: 13 * 60 },
  { from: 14 * 60, to: 17 * 60 },
];
const longDay = [{ from: 7 * 60 + 30, to: 19 * 60 + 30 }];

const calendars: readonly Calendar[] = [
  {
    id: 'office',
    timeZone: 'Europe/Rome',
    hours: { 1: workday, 2: workday, 3: workday, 4: workday, 5: [{ from: 8 * 60 + 30, to: 13 * 60 }] },
    nationalHolidays: true,
    patron: '01-19',
    closed: ['2026-12-24', '2026-12-31'],
  },
  {
    id: 'extended',
    timeZone: 'Europe/Rome',
    hours: { 1: longDay, 2: longDay, 3: longDay, 4: longDay, 5: longDay, 6: longDay },
    nationalHolidays: true,
    closed: [],
  },
];

const agreements: readonly Agreement[] = [
  { id: 'standard', name: { it: 'Ordinario', en: 'Standard' } },
  { id: 'continuity', name: { it: 'Continuità del servizio', en: 'Service continuity' } },
];

const deadlines: readonly DeadlinePolicy[] = [
  { deadline: 'firstResponse', queue: ['finance'], priority: [5], hours: 2 },
  { deadline: 'firstResponse', service: ['payment-orders'], hours: 8 },
  { deadline: 'firstResponse', hours: 48 },
  { deadline: 'update', queue: ['finance'], impact: [4, 5], hours: 12 },
  { deadline: 'update', queue: ['finance'], hours: 24 },
  { deadline: 'solution', agreement: ['continuity'], hours: 16 },
  { deadline: 'solution', queue: ['finance'], hours: 40 },
];

const escalation: readonly EscalationLevel[] = [
  { id: 'warning', at: 0.75, notify: ['owner'] },
  { id: 'breach', at: 1, notify: ['owner', 'responsible'] },
  { id: 'long', at: 2, notify: ['administrators'] },
];

const templates: readonly ReplyTemplate[] = [
  {
    id: 'thanks',
    title: { it: 'Ricevuta', en: 'Received' },
    text: {
      it: 'Buongiorno {requester}, ci stiamo lavorando.',
      en: 'Dear {requester}, we are working on it.',
    },
  },
  {
    id: 'screenshot',
    queue: ['systems'],
    title: { it: 'Chiedi una schermata', en: 'Ask for a screenshot' },
    text: {
      it: 'Buongiorno {requester}, può mandarci una schermata dell’errore?',
      en: 'Dear {requester}, could you send us a screenshot of the error?',
    },
  },
];

/** A new test desk. Valid as the configuration loader would check it. */
export function testDesk(): Desk {
  return {
    name: 'Assistenza Borgolieto',
    systemId: '10',
    timeZone: 'Europe/Rome',
    locale: 'it',
    tenants: [TENANT],
    team: {
      id: '19:team@thread.tacv2',
      groupId: '99999999-0000-4000-8000-000000000002',
      name: 'Assistenza',
    },
    contactAttempts: 2,
    reopenDays: 14,
    areas: new Map([
      ['north', { id: 'north', name: 'Nord' }],
      ['south', { id: 'south', name: 'Sud' }],
    ]),
    organisations: byId(organisations),
    people: byId(people),
    queues: byId(queues),
    services: byId(services),
    rules,
    calendars: byId(calendars),
    agreements: byId(agreements),
    deadlines,
    escalation,
    templates,
  };
}

/** A person of the test desk as tickets name them. */
export function personRef(key: keyof typeof PERSON): PersonRef {
  const found = people.find((candidate) => candidate.key === key);
  if (!found) throw new Error(`The test desk has no person "${key}".`);
  return { id: found.id, name: found.name };
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
