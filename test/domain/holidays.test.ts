import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nationalHolidays } from '../../src/domain/holidays.ts';

/** Easter Sundays as published. */
const EASTER: Readonly<Record<number, readonly [sunday: string, monday: string]>> = {
  2024: ['03-31', '04-01'],
  2025: ['04-20', '04-21'],
  2026: ['04-05', '04-06'],
  2027: ['03-28', '03-29'],
  2028: ['04-16', '04-17'],
  2029: ['04-01', '04-02'],
  2030: ['04-21', '04-22'],
  2031: ['04-13', '04-14'],
  2032: ['03-28', '03-29'],
  2033: ['04-17', '04-18'],
  2034: ['04-09', '04-10'],
  2035: ['03-25', '03-26'],
};
const FIXED = ['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '11-01', '12-08', '12-25', '12-26'];

for (const [year, easter] of Object.entries(EASTER)) {
  test(`D1 national holidays of ${year}`, () => {
    const expected = [...FIXED, ...easter, ...(Number(year) >= 2026 ? ['10-04'] : [])];
    assert.deepEqual([...nationalHolidays(Number(year))].sort(), expected.sort());
  });
}

test('D1 Easter on its earliest and latest dates, and where the lunar table has its exceptions', () => {
  assert.ok(nationalHolidays(2285).has('03-22'), 'the earliest');
  assert.ok(nationalHolidays(2285).has('03-23'));
  assert.ok(nationalHolidays(2038).has('04-25'), 'the latest, on Liberation Day');
  assert.ok(nationalHolidays(2038).has('04-26'));
  assert.equal(nationalHolidays(2038).size, 12, 'two holidays on one day are one day');
  assert.ok(nationalHolidays(2049).has('04-18'), 'not 25 April');
  assert.ok(nationalHolidays(2076).has('04-19'), 'not 26 April');
});

test('D1 Easter agrees with a second algorithm in every year of five centuries', () => {
  for (let year = 2012; year < 2512; year++) {
    const sunday = easterByButcher(year);
    const monday = sunday + 86_400_000;
    for (const at of [sunday, monday])
      assert.ok(nationalHolidays(year).has(new Date(at).toISOString().slice(5, 10)), `${year}`);
    assert.equal(new Date(sunday).getUTCDay(), 0);
  }
});

/** The rule of Butcher’s Ecclesiastical Calendar (1876), which needs no table and has no exceptions. */
function easterByButcher(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  return Date.UTC(year, month - 1, (h + l - 7 * m + 33 * month + 19) % 32);
}

test('D1 San Francesco is a holiday since 2026', () => {
  assert.equal(nationalHolidays(2025).has('10-04'), false);
  assert.equal(nationalHolidays(2026).has('10-04'), true);
  assert.equal(nationalHolidays(2035).has('10-04'), true);
});
