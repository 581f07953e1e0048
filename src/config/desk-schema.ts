/** What each file of the desk may say. The names of keys, and no others, are those of `docs/configure.md`. */

import { z } from 'zod';
import type { EscalationLevel } from '../domain/desk.ts';
import { CHANNEL_TYPES, DEADLINE_KINDS, IMPACTS, PRIORITIES, TICKET_TYPES } from '../domain/desk.ts';
import {
  channelId,
  date,
  digits,
  domain,
  email,
  entries,
  flag,
  guid,
  list,
  localTemplate,
  localText,
  monthAndDay,
  nameOf,
  number,
  oneOf,
  phone,
  someOf,
  term,
  text,
  timeZone,
} from './desk-fields.ts';
import { parseHours } from './desk-hours.ts';
import type { DeskFileName, DeskNames } from './desk-names.ts';

const NOTIFIED = ['owner', 'responsible', 'administrators'] as const satisfies EscalationLevel['notify'];

const level = <Level extends number>(what: string, levels: readonly Level[]) =>
  number(`${what} from 1 (very low) to 5 (very high)`, (value) =>
    levels.some((one) => one === value),
  ).transform((value) => value as Level);

const priority = level('a priority', PRIORITIES);
const impact = level('an impact', IMPACTS);

const hours = z
  .record(z.string(), z.string().describe('the hours of these days, as 8:30-13:00, 14:30-17:00'))
  .transform((lines, ctx) => {
    const { hours, faults } = parseHours(lines);
    for (const { key, message } of faults)
      ctx.addIssue({ code: 'custom', message, path: key === undefined ? [] : [key] });
    return hours ?? z.NEVER;
  })
  .describe('the opening hours, a line for some days each, as mon-fri: 8:30-13:00, 14:30-17:00');

const atLeastTen = (what: string) =>
  number(`a whole number of ${what}, 10 or more`, (value) => Number.isInteger(value) && value >= 10);

const team = z
  .strictObject({
    name: text('the name of the Teams team'),
    id: channelId('the id of the team’s General channel'),
    groupId: guid('the id of the Microsoft 365 group behind the team'),
  })
  .describe('the keys name, id and groupId of the Teams team, indented below it');

/** The schemas of all files; references are checked against `names`. */
export function deskSchemas(names: DeskNames) {
  const area = nameOf(names, 'area');
  const contract = nameOf(names, 'contract');
  const organisation = nameOf(names, 'organisation');
  const person = nameOf(names, 'person');
  const queue = nameOf(names, 'queue');
  const service = nameOf(names, 'service');
  const calendar = nameOf(names, 'calendar');
  const agreement = nameOf(names, 'agreement');

  return {
    'desk.yaml': z.strictObject({
      name: text('the name of the desk, as people read it'),
      systemId: digits('the system id of ticket numbers, digits only, as 10').default('10'),
      timeZone,
      locale: oneOf(['it', 'en']),
      tenants: someOf(guid('the id of a Microsoft Entra tenant')),
      team,
      unclaimedAfterHours: number('working hours, more than 0, as 8', (value) => value > 0).optional(),
      contactAttempts: number(
        'a whole number of calls, 1 or more',
        (value) => Number.isInteger(value) && value > 0,
      ).default('2'),
      reopenDays: number('a whole number of days, as 14', (value) => Number.isInteger(value) && value >= 0),
      fairUse: z
        .strictObject({
          perMinute: atLeastTen('messages, presses and searches').default('120'),
          mailsPerHour: atLeastTen('e-mails').default('60'),
          filesPerDay: atLeastTen('files').default('200'),
          megabytesPerDay: atLeastTen('megabytes').default('1000'),
        })
        .describe('limits such as perMinute: 120, indented below it')
        .default({}),
    }),

    'areas.yaml': entries(text('the area’s name, as people read it'), 'areas, each as name: Text'),

    'contracts.yaml': entries(
      text('what the contract is about, for whoever reads the file'),
      'contracts, each as name: Text',
    ),

    'organisations.yaml': entries(
      z.strictObject({
        name: text('the organisation’s name, as people read it'),
        area: area.optional(),
        domains: list(domain).default([]),
        contracts: list(contract).default([]),
      }),
      'organisations by name',
    ),

    'people.yaml': entries(
      z.strictObject({
        name: text('first name and surname'),
        entraId: guid('the person’s object id in Microsoft Entra'),
        email,
        phone: phone.optional(),
        organisations: list(organisation).default([]),
        agentOf: list(nameOf(names, 'queue', 'is an agent of the queue')).default([]),
        supervisorOf: list(nameOf(names, 'queue', 'is a supervisor of the queue')).default([]),
        administrator: flag.default('false'),
        areas: list(area).default([]),
      }),
      'people by name, as anna.bianchi',
    ),

    'queues.yaml': entries(
      z.strictObject({
        name: text('the office’s name, as people read it'),
        channel: channelId('the id of the queue’s Teams channel'),
        channelType: oneOf(CHANNEL_TYPES).optional(),
        team: team.optional(),
        calendar,
        responsible: person.optional(),
        contactCentre: flag.default('false'),
        mayMoveTo: list(nameOf(names, 'queue', 'may send to the queue')).optional(),
        raw: flag.default('false'),
      }),
      'queues by name',
    ),

    'services.yaml': z
      .record(
        z.string(),
        entries(
          z.strictObject({
            name: localText,
            queue: nameOf(names, 'queue', 'belongs to the queue'),
            calendar: calendar.optional(),
            contract: contract.optional(),
            agreement: agreement.optional(),
            words: someOf(term),
            fields: entries(
              z.strictObject({
                label: localText,
                placeholder: localText.optional(),
                required: flag.default('false'),
                choices: z.array(text('a choice')).min(2).describe('at least two choices').optional(),
              }),
              'fields by name',
            ).default({}),
          }),
          'services by name',
        ),
      )
      .describe('modules by their heading, with their services below'),

    'rules.yaml': z
      .array(
        z.strictObject({
          rule: text('the rule’s name, to be shown where somebody asks why a ticket is where it is'),
          when: z
            .strictObject({
              service: someOf(service).optional(),
              type: someOf(oneOf(TICKET_TYPES)).optional(),
              organisation: someOf(organisation).optional(),
              area: someOf(area).optional(),
              words: someOf(term).optional(),
              domain: someOf(domain).optional(),
            })
            .describe('conditions, such as service or words, indented below it')
            .default({}),
          queue: nameOf(names, 'queue', 'sends to the queue').optional(),
          responsible: person.optional(),
          owner: person.optional(),
          priority: priority.optional(),
        }),
      )
      .describe('rules in order, each beginning with "- rule: "'),

    'calendars.yaml': entries(
      z.strictObject({
        timeZone: timeZone.optional(),
        hours,
        nationalHolidays: flag.default('true'),
        patron: monthAndDay.optional(),
        closed: list(date).default([]),
      }),
      'calendars by name',
    ),

    'deadlines.yaml': z.strictObject({
      agreements: entries(z.strictObject({ name: localText }), 'agreements by name').default({}),
      policies: z
        .array(
          z.strictObject({
            deadline: oneOf(DEADLINE_KINDS),
            queue: someOf(queue).optional(),
            service: someOf(service).optional(),
            priority: someOf(priority).optional(),
            agreement: someOf(agreement).optional(),
            impact: someOf(impact).optional(),
            hours: number('working hours, more than 0, as 48 or 0.5', (value) => value > 0),
          }),
        )
        .describe('a list of policies, each beginning with "- deadline: "')
        .default([]),
      escalation: entries(
        z.strictObject({
          at: number('a share of the time, more than 0, as 0.75', (value) => value > 0),
          notify: someOf(oneOf(NOTIFIED)),
        }),
        'levels by name',
      ).default({}),
    }),

    'templates.yaml': entries(
      z.strictObject({
        queue: someOf(queue).optional(),
        courtesy: flag.optional(),
        title: localText,
        text: localTemplate,
      }),
      'templates by name',
    ),
  } satisfies Record<DeskFileName, z.ZodTypeAny>;
}

/** What the files say once each has passed its schema; people and queues are still names. */
export type DeskEntries = { [File in DeskFileName]: z.output<ReturnType<typeof deskSchemas>[File]> };

/** What is written where a file is empty: nothing, in the shape that its schema wants. */
export function emptyFile(name: DeskFileName): unknown {
  return name === 'rules.yaml' ? [] : {};
}
