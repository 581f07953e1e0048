import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseHours } from '../../src/config/desk-hours.ts';
import { assertFound } from './desk-planting.ts';

test('D1 hours are read as people write them', () => {
  const morning = { from: 8 * 60 + 30, to: 13 * 60 };
  const afternoon = { from: 14 * 60 + 30, to: 17 * 60 };
  assert.deepEqual(
    parseHours({ 'mon-wed, Fri': '08:30-13:00', thu: '14:30 – 17:00,8:30-13:00', sat: '0:00-24:00' }),
    {
      hours: {
        1: [morning],
        2: [morning],
        3: [morning],
        4: [morning, afternoon],
        5: [morning],
        6: [{ from: 0, to: 24 * 60 }],
      },
      faults: [],
    },
  );
});

const faults: readonly [key: string, hours: string, message: string][] = [
  [
    'lun-ven',
    '8:30-13:00',
    'has hours for "lun-ven", which is no day of the week. Write mon, tue, wed, thu, fri, sat or sun, a span as mon-fri, or several as tue, thu.',
  ],
  [
    'fri-mon',
    '8:30-13:00',
    'has hours for "fri-mon", which ends before it begins. Begin with the earlier day; the week begins with mon.',
  ],
  ['mon-wed, tue', '8:30-13:00', 'has hours for "mon-wed, tue", which names tue twice. Name each day once.'],
  [
    'mon',
    '8.30-13.00',
    'has "8.30-13.00" as hours of mon. Write them as 8:30-13:00, with a comma between two openings.',
  ],
  [
    'mon',
    '8:30-25:00',
    'has "8:30-25:00" as hours of mon. Write them as 8:30-13:00, with a comma between two openings.',
  ],
  [
    'mon',
    '8:30-12:60',
    'has "8:30-12:60" as hours of mon. Write them as 8:30-13:00, with a comma between two openings.',
  ],
  [
    'mon',
    '13:00-8:30',
    'has the hours 13:00-8:30 on mon, which end before they begin. Write the earlier time first.',
  ],
  [
    'mon',
    '8:30-8:30',
    'has the hours 8:30-8:30 on mon, which end before they begin. Write the earlier time first.',
  ],
  [
    'mon',
    '13:00-17:00, 8:30-13:30',
    'has hours on mon that overlap: 8:30-13:30 and 13:00-17:00. Make the first end before the second begins.',
  ],
  [
    'mon',
    '8:30-13:00,',
    'has a gap in its hours of mon. Write openings as 8:30-13:00, 14:30-17:00, or remove the line.',
  ],
];

for (const [key, text, message] of faults)
  test(`D1 hours are refused with a remedy: ${key}: ${text}`, () => {
    assert.deepEqual(parseHours({ [key]: text }), { faults: [{ key, message }] });
  });

test('A5 a fault in the hours is shown on its line, a calendar without hours on its key', async () => {
  await assertFound({
    what: 'a day twice and no hours at all',
    edits: [
      { file: 'calendars.yaml', find: 'tue, thu: 8:00-13:30, 14:30-17:30', put: 'tue-wed: 8:00-13:30' },
      { file: 'calendars.yaml', find: '  hours:\n    mon-fri: 7:30-18:00\n', put: '  hours: {}\n' },
    ],
    found: [
      {
        at: 'tue-wed',
        message:
          'calendar "uffici" has hours for wed under "tue-wed" and already under "mon, wed, fri". Name each day once.',
      },
      {
        at: 'hours: {}',
        message:
          'calendar "primo-livello" has no opening hours, so no deadline would ever end. Write for example mon-fri: 8:30-13:00.',
      },
    ],
  });
});

test('D1 whatever is accepted opens in order and without overlaps, within the day', () => {
  const time = fc
    .tuple(fc.nat(25), fc.nat(61))
    .map(([hour, minute]) => `${hour}:${String(minute).padStart(2, '0')}`);
  const ranges = fc.array(fc.tuple(time, time), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(ranges, (openings) => {
      const { hours } = parseHours({ 'mon-sun': openings.map((opening) => opening.join('-')).join(', ') });
      let closed = 0;
      for (const { from, to } of hours?.[7] ?? []) {
        assert.ok(closed <= from && from < to && to <= 24 * 60);
        closed = to;
      }
    }),
  );
});
