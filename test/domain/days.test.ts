import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dayWritten, timeWritten } from '../../src/domain/days.ts';
import { momentAt } from '../../src/domain/moments.ts';

describe('T7 days and times as people and their clients write them', () => {
  for (const [written, day] of [
    ['2026-11-10', '2026-11-10'],
    ['10/11/2026', '2026-11-10'],
    ['10/11/26', '2026-11-10'],
    ['1.2.2027', '2027-02-01'],
    ['10-11-2026', '2026-11-10'],
    ['2026/11/10', '2026-11-10'],
    ['10 novembre 2026', '2026-11-10'],
    ['10 nov 2026', '2026-11-10'],
    ['November 10, 2026', '2026-11-10'],
    ['11/25/2026', '2026-11-25'],
    ['2026-11-10T00:00:00.000Z', '2026-11-10'],
    ['\u200e10/\u200e11/\u200e2026', '2026-11-10'],
  ] as const)
    test(`the day ${JSON.stringify(written)}`, () => assert.equal(dayWritten(written), day));
  for (const written of [
    '',
    'domani',
    '31/02/2026',
    '2026-13-01',
    '10/11',
    '10/11/2026 e poi',
    '9'.repeat(99),
  ])
    test(`no day in ${JSON.stringify(written)}`, () => assert.equal(dayWritten(written), undefined));

  for (const [written, time] of [
    ['14:30', '14:30'],
    ['9:30', '09:30'],
    ['9.30', '09:30'],
    ['14:30:00', '14:30'],
    ['02:30 PM', '14:30'],
    ['2:30\u202fPM', '14:30'],
    ['2:30 p.m.', '14:30'],
    ['12:05 AM', '00:05'],
    ['12:05 pm', '12:05'],
    ['14:30:00.000Z', '14:30'],
    ['2026-11-10T14:30', '14:30'],
    ['ore 9', '09:00'],
    ['9h30', '09:30'],
    ['\u200e02:30\u200e \u200ePM', '14:30'],
  ] as const)
    test(`the time ${JSON.stringify(written)}`, () => assert.equal(timeWritten(written), time));
  for (const written of ['', '25:00', '14:60', 'dopo pranzo', '1430', '9:3', '9:30 xm'])
    test(`no time in ${JSON.stringify(written)}`, () => assert.equal(timeWritten(written), undefined));

  test('a date without time means nine o’clock, a time without date means nothing', () => {
    assert.equal(momentAt('10/11/2026', '', 'Europe/Rome'), Date.UTC(2026, 10, 10, 8));
    assert.equal(momentAt('10/11/2026', '02:30 PM', 'Europe/Rome'), Date.UTC(2026, 10, 10, 13, 30));
    assert.equal(momentAt('', '14:30', 'Europe/Rome'), undefined);
    assert.equal(momentAt('10/11/2026', 'boh', 'Europe/Rome'), undefined);
  });
});
