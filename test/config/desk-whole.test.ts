import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unreachable } from '../../src/config/desk-reach.ts';
import { findTerm, wordsOf } from '../../src/domain/words.ts';
import type { Case } from './desk-planting.ts';
import { assertFound } from './desk-planting.ts';

const cases: readonly Case[] = [
  {
    what: 'no queue takes what no rule fits',
    edits: [{ file: 'queues.yaml', find: 'raw: true', put: 'raw: false' }],
    found: [
      {
        at: 'primo-livello:',
        message:
          'the file has no queue with raw: true. Write it on the one queue that takes what no rule fits.',
      },
    ],
  },
  {
    what: 'two queues take what no rule fits',
    edits: [{ file: 'queues.yaml', find: 'contactCentre: true', put: 'contactCentre: true\n  raw: yes' }],
    found: [
      {
        at: 'raw: true',
        message:
          'queue "smistamento" has raw: true, as "primo-livello" has already. Keep it on the one queue that takes what no rule fits.',
      },
    ],
  },
  {
    what: 'no contact centre, and the queue that should be it has another fault as well',
    edits: [
      { file: 'queues.yaml', find: '  contactCentre: true\n', put: '' },
      { file: 'queues.yaml', find: 'calendar: primo-livello', put: 'calendar: primolivello' },
    ],
    found: [
      {
        at: 'primo-livello:',
        message:
          'the file has no queue with contactCentre: true. Write it on the one queue that is the contact centre.',
      },
      {
        at: 'primolivello',
        message:
          'queue "primo-livello" names the calendar "primolivello", which calendars.yaml does not define. Did you mean "primo-livello"?',
      },
    ],
  },
  {
    what: 'a queue that may be the contact centre, but says so in words that nobody understands',
    edits: [{ file: 'queues.yaml', find: 'contactCentre: true', put: 'contactCentre: maybe' }],
    found: [
      {
        at: 'maybe',
        message: 'queue "primo-livello" has "maybe" as "contactCentre". Write true or false.',
      },
    ],
  },
  {
    what: 'no administrator',
    edits: [{ file: 'people.yaml', find: 'administrator: true', put: 'administrator: false' }],
    found: [
      {
        at: 'giulia.moretti:',
        message: 'the file names no administrator. Write administrator: true for at least one person.',
      },
    ],
  },
  {
    what: 'somebody written in a way that leaves open whether they are the administrator',
    edits: [
      { file: 'people.yaml', find: '\nandrea.greco:\n', put: '\nandrea.greco: Andrea Greco\nandrea.g:\n' },
      { file: 'people.yaml', find: 'administrator: true', put: 'administrator: false' },
      { file: 'rules.yaml', find: '  owner: andrea.greco\n', put: '' },
    ],
    found: [
      {
        at: 'andrea.greco: Andrea Greco',
        message:
          'person "andrea.greco" holds a single value. Write its keys below it, indented: name, entraId, email, phone, organisations, agentOf, supervisorOf, administrator, areas.',
      },
    ],
  },
  {
    what: 'a queue without agents',
    edits: [{ file: 'people.yaml', find: 'agentOf: edilizia, demografici', put: 'agentOf: demografici' }],
    found: [
      {
        file: 'queues.yaml',
        at: 'edilizia:',
        message:
          'queue "edilizia" has no agent. Write agentOf: edilizia for at least one person in people.yaml.',
      },
    ],
  },
  {
    what: 'two people with one object id, written in capitals once',
    edits: [
      {
        file: 'people.yaml',
        find: 'entraId: a4646ee7-e4f0-4931-bae8-28c64690c63a',
        put: 'entraId: 59CA2781-4653-46E1-B2AE-B0EC4D80C86B',
      },
    ],
    found: [
      {
        at: '59CA2781',
        message:
          'person "marco.ferri" has the same object id as "anna.bianchi" on line ⟨entraId: 59ca2781⟩. Write each person once, with their own id.',
      },
    ],
  },
  {
    what: 'two people with one e-mail address',
    edits: [{ file: 'people.yaml', find: 'email: marco.ferri@', put: 'email: Anna.Bianchi@' }],
    found: [
      {
        at: 'Anna.Bianchi@',
        message:
          'person "marco.ferri" has the same e-mail address as "anna.bianchi" on line ⟨email: anna.bianchi⟩. Write each person once, with their own address.',
      },
    ],
  },
  {
    what: 'two queues in one channel',
    edits: [
      {
        file: 'queues.yaml',
        find: '19:beada9dc06637f441eb6d97969fd44dc@thread.tacv2',
        put: '19:abf34a7fa98e52e11399eaed648f5533@thread.tacv2 # again',
      },
    ],
    found: [
      {
        at: '# again',
        message:
          'queue "tributi" has the same channel as "ragioneria" on line ⟨19:abf34⟩. Give each queue a channel of its own.',
      },
    ],
  },
  {
    what: 'one service under two headings',
    edits: [
      {
        file: 'services.yaml',
        find: '\nOrientamento:\n',
        put: `
Orientamento:
  cedolino: # again
    name: { it: Cedolino, en: Payslip }
    queue: personale
    words: cedolino
`,
      },
    ],
    found: [
      {
        at: 'cedolino: # again',
        message:
          'service "cedolino" stands under "Personale" as well, on line ⟨  cedolino:⟩. Remove one, or give it another name.',
      },
    ],
  },
  {
    what: 'two rules of one name',
    edits: [{ file: 'rules.yaml', find: '- rule: biblioteca', put: '- rule: sicurezza # again' }],
    found: [
      {
        at: '# again',
        message:
          'rule "sicurezza" has the same name as the rule on line ⟨- rule: sicurezza⟩. Give one of them another name.',
      },
    ],
  },
  {
    what: 'a rule that gives its tickets to somebody and names no queue',
    edits: [
      {
        file: 'rules.yaml',
        find: '  queue: tributi\n  responsible: carla.fontana\n',
        put: '  responsible: carla.fontana\n',
      },
    ],
    found: [
      {
        at: 'owner: elena.galli',
        message:
          'rule "tributi-unione" names the owner "elena.galli" and no queue. Write the queue as well, so that its tickets go where the owner works.',
      },
    ],
  },
  {
    what: 'a rule that gives its tickets to somebody who may not work them',
    edits: [{ file: 'rules.yaml', find: 'owner: marco.ferri', put: 'owner: elena.galli # tributi' }],
    found: [
      {
        at: '# tributi',
        message:
          'rule "fatture-elettroniche" gives its tickets to "elena.galli", who is no agent of the queue "ragioneria". Name one of its agents, or add ragioneria to the agentOf of elena.galli in people.yaml.',
      },
    ],
  },
  {
    what: 'a rule after one without conditions',
    edits: [
      {
        file: 'rules.yaml',
        find: '- rule: informazioni\n',
        put: '- rule: resto\n  queue: smistamento\n\n- rule: informazioni\n',
      },
    ],
    found: [
      {
        at: '- rule: informazioni',
        message:
          'rule "informazioni" can never apply, because rule "resto" on line ⟨- rule: resto⟩ has no conditions and takes everything. Move this one above it, or remove it.',
      },
    ],
  },
  {
    what: 'a rule after one that takes the same and more',
    edits: [
      {
        file: 'rules.yaml',
        find: '# Finance\n',
        put: '- rule: posta-sospetta\n  when:\n    words: mail sospetta ricevuta\n    area: colli\n  queue: tributi\n',
      },
    ],
    found: [
      {
        at: '- rule: posta-sospetta',
        message:
          'rule "posta-sospetta" can never apply, because rule "sicurezza" on line ⟨- rule: sicurezza⟩ already takes all that this one would. Move this one above it, or remove it.',
      },
    ],
  },
  {
    what: 'a deadline after the one for everything',
    edits: [
      {
        file: 'deadlines.yaml',
        find: '  # Solution\n',
        put: '  - deadline: firstResponse # too late\n    queue: tributi\n    hours: 20\n',
      },
    ],
    found: [
      {
        at: '# too late',
        message:
          'policy 6 can never apply, because policy 5 on line ⟨for all the rest⟩ already takes all that this one would. Move this one above it, or remove it.',
      },
    ],
  },
  {
    what: 'escalation that goes backwards',
    edits: [{ file: 'deadlines.yaml', find: 'at: 1.5', put: 'at: 0.9' }],
    found: [
      {
        at: 'at: 0.9',
        message:
          'level "long-overdue" comes at 0.9, not after the level "breach" at 1. Order the levels by their share, each later than the one before.',
      },
    ],
  },
  {
    what: 'several faults in several files, all at once and in order',
    edits: [
      { file: 'rules.yaml', find: 'owner: elena.galli', put: 'owner: elena.gali' },
      { file: 'areas.yaml', find: 'colli:', put: 'coli:' },
      { file: 'people.yaml', find: 'administrator: true', put: 'administrator: no' },
      { file: 'calendars.yaml', find: 'sat: 9:00-12:00', put: 'sat: 12:00-9:00' },
    ],
    found: [
      {
        file: 'calendars.yaml',
        at: 'sat: 12:00-9:00',
        message:
          'calendar "sportelli" has the hours 12:00-9:00 on sat, which end before they begin. Write the earlier time first.',
      },
      {
        file: 'organisations.yaml',
        at: 'area: colli',
        message:
          'organisation "unione-colli" names the area "colli", which areas.yaml does not define. Did you mean "coli"?',
      },
      {
        file: 'people.yaml',
        at: 'giulia.moretti:',
        message: 'the file names no administrator. Write administrator: true for at least one person.',
      },
      ...['areas: colli', 'areas: frazioni, colli', 'areas: sede-centrale, colli'].map((at, index) => ({
        file: 'people.yaml',
        at,
        message: `person "${['sara.colombo', 'marco.ferri', 'elena.galli'][index]}" names the area "colli", which areas.yaml does not define. Did you mean "coli"?`,
      })),
      {
        file: 'rules.yaml',
        at: 'owner: elena.gali',
        message:
          'rule "tributi-unione" names the person "elena.gali", which people.yaml does not define. Did you mean "elena.galli"?',
      },
      {
        file: 'rules.yaml',
        at: 'area: frazioni, colli',
        message:
          'rule "sedi-esterne" names the area "colli", which areas.yaml does not define. Did you mean "coli"?',
      },
    ],
  },
];

for (const planted of cases)
  test(`A5 the desk is checked as a whole: ${planted.what}`, () => assertFound(planted));

test('R1 an entry called unreachable fits nothing that an earlier one does not fit', () => {
  const value = fc.constantFrom('a', 'ab', 'abc', 'b', 'ba');
  const condition = fc.record(
    { words: fc.array(value, { minLength: 1 }), service: fc.array(value, { minLength: 1 }) },
    { requiredKeys: [] },
  );
  const ticket = fc.record({ text: fc.array(value, { maxLength: 4 }), service: value });
  type Condition = { words?: string[]; service?: string[] };
  const fits = (when: Condition, { text, service }: { text: string[]; service: string }) =>
    (when.service?.includes(service) ?? true) &&
    (when.words?.some((word) => findTerm(wordsOf(text.join(' ')), word) !== undefined) ?? true);
  fc.assert(
    fc.property(fc.array(condition, { maxLength: 5 }), ticket, (conditions, asked) => {
      for (const { index, by } of unreachable(conditions)) {
        assert.ok(by < index);
        assert.ok(!fits(conditions[index] as Condition, asked) || fits(conditions[by] as Condition, asked));
      }
    }),
  );
});
