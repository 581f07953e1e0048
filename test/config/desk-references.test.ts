import { test } from 'node:test';
import type { Case } from './desk-planting.ts';
import { assertFound } from './desk-planting.ts';

const cases: readonly Case[] = [
  {
    what: 'a rule sends to an unknown queue',
    edits: [{ file: 'rules.yaml', find: 'queue: ragioneria', put: 'queue: ragionera' }],
    found: [
      {
        at: 'queue: ragionera',
        message:
          'rule "pagamenti-bloccati" sends to the queue "ragionera", which queues.yaml does not define. Did you mean "ragioneria"?',
      },
    ],
  },
  {
    what: 'a rule asks for an unknown service, among others',
    edits: [{ file: 'rules.yaml', find: 'service: impegni, economato', put: 'service: impegni, economatto' }],
    found: [
      {
        at: 'economatto',
        message:
          'rule "contabilita" names the service "economatto", which services.yaml does not define. Did you mean "economato"?',
      },
    ],
  },
  {
    what: 'a rule asks for an unknown organisation',
    edits: [{ file: 'rules.yaml', find: 'organisation: unione-colli', put: 'organisation: unione-coli' }],
    found: [
      {
        at: 'unione-coli',
        message:
          'rule "tributi-unione" names the organisation "unione-coli", which organisations.yaml does not define. Did you mean "unione-colli"?',
      },
    ],
  },
  {
    what: 'a rule asks for an unknown area, and none is near',
    edits: [{ file: 'rules.yaml', find: 'area: frazioni, colli', put: 'area: pianura' }],
    found: [
      {
        at: 'pianura',
        message:
          'rule "sedi-esterne" names the area "pianura", which areas.yaml does not define. Use one of: sede-centrale, frazioni, colli.',
      },
    ],
  },
  {
    what: 'a rule gives its tickets to an unknown person',
    edits: [{ file: 'rules.yaml', find: 'owner: marco.ferri', put: 'owner: Marco Ferri' }],
    found: [
      {
        at: 'Marco Ferri',
        message:
          'rule "fatture-elettroniche" names the person "Marco Ferri", which people.yaml does not define. Did you mean "marco.ferri"?',
      },
    ],
  },
  {
    what: 'an organisation lies in an unknown area',
    edits: [{ file: 'organisations.yaml', find: 'area: colli', put: 'area: coli' }],
    found: [
      {
        at: 'area: coli',
        message:
          'organisation "unione-colli" names the area "coli", which areas.yaml does not define. Did you mean "colli"?',
      },
    ],
  },
  {
    what: 'an organisation has an unknown contract',
    edits: [
      { file: 'organisations.yaml', find: 'contracts: gestione-personale', put: 'contracts: personale' },
    ],
    found: [
      {
        at: 'contracts: personale',
        message:
          'organisation "farmacie-sociale" names the contract "personale", which contracts.yaml does not define. Use one of: assistenza-contabilita, assistenza-tributi, gestione-personale, servizi-digitali.',
      },
    ],
  },
  {
    what: 'a service is covered by an unknown contract',
    edits: [{ file: 'services.yaml', find: 'contract: servizi-digitali', put: 'contract: servizi-digitale' }],
    found: [
      {
        at: 'servizi-digitale',
        message:
          'service "posta-elettronica" names the contract "servizi-digitale", which contracts.yaml does not define. Did you mean "servizi-digitali"?',
      },
    ],
  },
  {
    what: 'a service belongs to an unknown queue',
    edits: [{ file: 'services.yaml', find: 'queue: edilizia', put: 'queue: ediliza' }],
    found: [
      {
        at: 'queue: ediliza',
        message:
          'service "pratiche-edilizie" belongs to the queue "ediliza", which queues.yaml does not define. Did you mean "edilizia"?',
      },
    ],
  },
  {
    what: 'a queue has an unknown calendar and an unknown responsible',
    edits: [
      { file: 'queues.yaml', find: 'calendar: uffici', put: 'calendar: ufici' },
      { file: 'queues.yaml', find: 'responsible: carla.fontana', put: 'responsible: carla.fontan' },
    ],
    found: [
      {
        at: 'calendar: ufici',
        message:
          'queue "ragioneria" names the calendar "ufici", which calendars.yaml does not define. Did you mean "uffici"?',
      },
      {
        at: 'carla.fontan',
        message:
          'queue "ragioneria" names the person "carla.fontan", which people.yaml does not define. Did you mean "carla.fontana"?',
      },
    ],
  },
  {
    what: 'an agent works an unknown queue: nobody is told that the right one has no agent',
    edits: [
      { file: 'people.yaml', find: 'agentOf: personale, protocollo', put: 'agentOf: personalle, protocollo' },
    ],
    found: [
      {
        at: 'personalle',
        message:
          'person "chiara.vitale" is an agent of the queue "personalle", which queues.yaml does not define. Did you mean "personale"?',
      },
    ],
  },
  {
    what: 'a person supervises an unknown queue, serves an unknown organisation, in an unknown area',
    edits: [
      { file: 'people.yaml', find: 'supervisorOf: ragioneria', put: 'supervisorOf: rag' },
      { file: 'people.yaml', find: 'organisations: comune, unione-colli', put: 'organisations: comume' },
      { file: 'people.yaml', find: 'areas: frazioni, colli', put: 'areas: [frazioni, monti]' },
    ],
    found: [
      {
        at: 'comume',
        message:
          'person "paolo.santini" names the organisation "comume", which organisations.yaml does not define. Did you mean "comune"?',
      },
      {
        at: '[frazioni, monti]',
        message:
          'person "marco.ferri" names the area "monti", which areas.yaml does not define. Use one of: sede-centrale, frazioni, colli.',
      },
      {
        at: 'supervisorOf: rag',
        message:
          'person "carla.fontana" is a supervisor of the queue "rag", which queues.yaml does not define. Use one of: primo-livello, smistamento, ragioneria, tributi, demografici, personale, edilizia, protocollo, sistemi-informativi.',
      },
    ],
  },
  {
    what: 'deadlines and templates speak of unknown queues and services',
    edits: [
      { file: 'deadlines.yaml', find: 'service: mandati', put: 'service: mandato' },
      { file: 'templates.yaml', find: 'queue: tributi', put: 'queue: tributo' },
    ],
    found: [
      {
        at: 'service: mandato',
        message:
          'policy 3 names the service "mandato", which services.yaml does not define. Did you mean "mandati"?',
      },
      {
        file: 'templates.yaml',
        at: 'queue: tributo',
        message:
          'template "posizione-aggiornata" names the queue "tributo", which queues.yaml does not define. Did you mean "tributi"?',
      },
    ],
  },
  {
    what: 'services and deadlines speak of unknown agreements',
    edits: [
      { file: 'services.yaml', find: 'agreement: pagamenti', put: 'agreement: pagamento' },
      { file: 'deadlines.yaml', find: 'agreement: sportelli-aperti', put: 'agreement: oro' },
    ],
    found: [
      {
        file: 'deadlines.yaml',
        at: 'agreement: oro',
        message:
          'policy 6 names the agreement "oro", which deadlines.yaml does not define. Use one of: sportelli-aperti, pagamenti.',
      },
      {
        file: 'services.yaml',
        at: 'agreement: pagamento',
        message:
          'service "mandati" names the agreement "pagamento", which deadlines.yaml does not define. Did you mean "pagamenti"?',
      },
    ],
  },
  {
    what: 'what a file that cannot be read would define is taken for granted',
    edits: [{ file: 'queues.yaml', find: 'primo-livello:\n', put: 'primo-livello:\n\t' }],
    found: [
      {
        at: '\t',
        message: 'the line begins with a tab. Indent with spaces, two for each level.',
      },
    ],
  },
];

for (const planted of cases) test(`A5 a reference is checked: ${planted.what}`, () => assertFound(planted));
