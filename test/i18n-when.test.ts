import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  formatDate,
  formatDuration,
  formatRange,
  formatSize,
  formatTime,
  formatWhen,
} from '../src/i18n/when.ts';

const ROME = 'Europe/Rome';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Thursday 3 December 2026, 10:32 in Rome. */
const NOW = Date.UTC(2026, 11, 3, 9, 32);

describe('formatWhen', () => {
  it('says the days next to now by name', () => {
    assert.equal(formatWhen(NOW, 'it', ROME, NOW), 'oggi 10:32');
    assert.equal(formatWhen(NOW - DAY, 'it', ROME, NOW), 'ieri 10:32');
    assert.equal(formatWhen(NOW + DAY, 'it', ROME, NOW), 'domani 10:32');
    assert.equal(formatWhen(NOW, 'en', ROME, NOW), 'today 10:32');
    assert.equal(formatWhen(NOW - DAY, 'en', ROME, NOW), 'yesterday 10:32');
  });

  it('says others by weekday and date, and by year where it is another', () => {
    assert.equal(formatWhen(NOW - 2 * DAY, 'it', ROME, NOW), 'mar 1 dic 10:32');
    assert.equal(formatWhen(NOW - 2 * DAY, 'en', ROME, NOW), 'Tue 1 Dec 10:32');
    assert.equal(formatWhen(NOW + 30 * DAY, 'it', ROME, NOW), 'sab 2 gen 2027 10:32');
  });

  it('goes by the local day, not by hours apart', () => {
    const midnight = Date.UTC(2026, 11, 2, 23);
    assert.equal(formatWhen(midnight, 'it', ROME, NOW), 'oggi 00:00');
    assert.equal(formatWhen(midnight - 1, 'it', ROME, NOW), 'ieri 23:59');
    assert.equal(formatWhen(midnight, 'it', 'America/New_York', NOW), 'ieri 18:00');
  });

  it('D1 is right over the nights when clocks change', () => {
    const spring = Date.UTC(2026, 2, 29, 8);
    assert.equal(formatWhen(spring, 'it', ROME, spring), 'oggi 10:00');
    assert.equal(formatWhen(spring - 23 * HOUR, 'it', ROME, spring), 'ieri 10:00');
    const autumn = Date.UTC(2026, 9, 25, 9);
    assert.equal(formatWhen(autumn - 25 * HOUR, 'it', ROME, autumn), 'ieri 10:00');
    const jump = Date.UTC(2026, 2, 29, 1);
    assert.deepEqual([formatTime(jump - 1, ROME), formatTime(jump, ROME)], ['01:59', '03:00']);
  });
});

describe('formatDate', () => {
  it('says what Intl says, in every hour of a year and of any zone', () => {
    for (const zone of [ROME, 'Australia/Lord_Howe', 'America/St_Johns', 'UTC'])
      for (const [locale, tag] of [
        ['it', 'it-IT'],
        ['en', 'en-GB'],
      ] as const) {
        const format = new Intl.DateTimeFormat(tag, {
          timeZone: zone,
          weekday: 'short',
          day: 'numeric',
          month: 'short',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        });
        for (let at = Date.UTC(2026, 0, 2); at < Date.UTC(2026, 11, 31); at += 7.5 * HOUR) {
          const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
          const expected = `${part.weekday} ${part.day} ${part.month} ${part.hour}:${part.minute}`;
          assert.equal(formatDate(at, locale, zone, NOW), expected);
        }
      }
  });

  it('says nothing that would be wrong tomorrow', () => {
    assert.equal(formatDate(NOW, 'it', ROME, NOW), 'gio 3 dic 10:32');
    assert.equal(formatDate(NOW, 'en', ROME, NOW), 'Thu 3 Dec 10:32');
    assert.equal(formatTime(NOW, ROME), '10:32');
  });
});

describe('formatDuration', () => {
  it('says whole units, rounded down', () => {
    const said = (ms: number) => formatDuration(ms, 'it');
    assert.equal(said(59_999), 'meno di un minuto');
    assert.equal(said(-HOUR), 'meno di un minuto');
    assert.equal(said(60_000), '1 min');
    assert.equal(said(59 * 60_000), '59 min');
    assert.equal(said(3 * HOUR + 59 * 60_000), '3 h');
    assert.equal(said(DAY), '1 giorno');
    assert.equal(said(2.9 * DAY), '2 giorni');
    assert.equal(formatDuration(2 * DAY, 'en'), '2 days');
  });
});

describe('formatSize and formatRange', () => {
  it('T15 says the largest attachment as people know it', () => {
    assert.equal(formatSize(20 * 1024 * 1024, 'it'), '20 MB');
    assert.equal(formatSize(1_500_000, 'it'), '1,4 MB');
    assert.equal(formatSize(1_500_000, 'en'), '1.4 MB');
    assert.equal(formatSize(500, 'it'), '500 byte');
  });

  it('I6 says when somebody can be reached', () => {
    assert.equal(formatRange({ from: 540, to: 13 * 60 + 5 }), '09:00–13:05');
  });
});
