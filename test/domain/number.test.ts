import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  checkDigit,
  dayOf,
  findTicketNumbers,
  isTicketNumber,
  ticketNumber,
} from '../../src/domain/number.ts';

test('T1 the check digit of 201903194200001 is 5', () => {
  assert.equal(checkDigit('201903194200001'), 5);
  assert.equal(ticketNumber('20190319', '42', 1), '2019031942000015');
});

test('T1 where the sum is a multiple of ten the check digit is 1, not 10', () => {
  assert.equal(checkDigit('0'), 1);
  assert.equal(checkDigit('12'), 5);
  assert.equal(checkDigit('82'), 8, 'products are added, not their digits: 8 + 4 = 12');
  assert.equal(checkDigit('08'), 4, 'products are added, not their digits: 16, not 7');
});

test('T1 a check digit is of digits only', () => {
  for (const bad of ['', '12a', '1 2', '-1', '١٢']) assert.throws(() => checkDigit(bad), /decimal digits/);
});

test('T1 the counter has five digits, and more past 99999', () => {
  assert.match(ticketNumber('20261104', '10', 7), /^202611041000007\d$/);
  assert.match(ticketNumber('20261104', '10', 99_999), /^202611041099999\d$/);
  assert.match(ticketNumber('20261104', '10', 100_000), /^2026110410100000\d$/);
  assert.equal(ticketNumber('20261104', '10', 7).length, 16);
  assert.equal(ticketNumber('20261104', '10', 100_000).length, 17);
});

test('T1 a number is not made of a day, system id or counter that cannot be', () => {
  for (const day of ['2026110', '20261131', '20260229', '20261301', '19991231', '2026-11-04', ''])
    assert.throws(() => ticketNumber(day, '10', 1), /YYYYMMDD/, day);
  for (const systemId of ['', '1', 'ab', '1234567'])
    assert.throws(() => ticketNumber('20261104', systemId, 1), /two to six digits/);
  for (const counter of [0, -1, 1.5, Number.NaN, 1e9])
    assert.throws(() => ticketNumber('20261104', '10', counter), /whole number/);
  assert.match(ticketNumber('20280229', '10', 1), /^20280229/);
});

/** Numbers as Sportello makes them. */
const numbers = fc
  .record({
    at: fc.integer({ min: Date.UTC(2000, 0, 2), max: Date.UTC(2099, 11, 30) }),
    systemId: fc.stringMatching(/^\d{2,6}$/),
    counter: fc.integer({ min: 1, max: 999_999_999 }),
  })
  .map(({ at, systemId, counter }) => ticketNumber(dayOf(at, 'Europe/Rome'), systemId, counter));

test('T1 every number made is recognised as one', () => {
  fc.assert(fc.property(numbers, (number) => isTicketNumber(number) && number.length >= 16));
});

test('T1 different counters of a day never give the same number', () => {
  const seen = new Set<string>();
  for (let counter = 1; counter <= 120_000; counter++) seen.add(ticketNumber('20261104', '10', counter));
  assert.equal(seen.size, 120_000);
});

test('T1 a mistyped check digit is always noticed', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 9 }), (number, shift) => {
      const wrong = (Number(number.at(-1)) + shift) % 10;
      return !isTicketNumber(number.slice(0, -1) + wrong);
    }),
  );
});

/** The digits' weighted sum modulo ten, which the check digit stands for. */
function residue(digits: string): number {
  return [...digits].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 1 : 2), 0) % 10;
}

test('T1 two tickets of one day may share their check digit: it finds mistakes, it does not tell tickets apart', () => {
  assert.equal(ticketNumber('20261104', '10', 1), '2026110410000011');
  assert.equal(ticketNumber('20261104', '10', 2), '2026110410000021');
});

/** Residues 9 and 0 share the check digit 1: that is the rule's own weakness. */
function toldApart(a: number, b: number): boolean {
  return a !== b && !((a === 9 && b === 0) || (a === 0 && b === 9));
}

test('T1 one wrong digit is noticed, but for digits five apart at even places and the step between sums 9 and 0', () => {
  fc.assert(
    fc.property(numbers, fc.nat({ max: 13 }), fc.integer({ min: 1, max: 9 }), (number, position, shift) => {
      const digits = number.slice(0, -1);
      const old = Number(digits[position]);
      const typed = (old + shift) % 10;
      const wrong = digits.slice(0, position) + typed + digits.slice(position + 1);
      const noticed = checkDigit(wrong) !== checkDigit(digits);
      if (position % 2 === 1) assert.equal(noticed, Math.abs(typed - old) !== 5);
      else assert.equal(noticed, toldApart(residue(digits), residue(wrong)));
    }),
  );
});

test('T1 two neighbouring digits exchanged are noticed, but for the step between sums 9 and 0', () => {
  fc.assert(
    fc.property(numbers, fc.nat({ max: 13 }), (number, position) => {
      const digits = number.slice(0, -1);
      const [a, b] = [digits[position] ?? '', digits[position + 1] ?? ''];
      const swapped = digits.slice(0, position) + b + a + digits.slice(position + 2);
      assert.equal(checkDigit(swapped) !== checkDigit(digits), toldApart(residue(digits), residue(swapped)));
    }),
  );
});

test('T1 what is not a number is not taken for one', () => {
  const good = ticketNumber('20261104', '10', 1);
  assert.equal(isTicketNumber(good), true);
  for (const bad of [
    '',
    good.slice(0, -1),
    ` ${good}`,
    `${good}\n`,
    `#${good}`,
    '4111111111111111',
    '20261104a1000017',
    `${good.slice(0, -1)}a${good.at(-1)}`,
    withCheck('202613041000001'),
    withCheck('202602301000001'),
    withCheck('199912311000001'),
    withCheck('20261104100001'),
    withCheck('2026110410123456000000001'),
  ])
    assert.equal(isTicketNumber(bad), false, JSON.stringify(bad));
});

function withCheck(digits: string): string {
  return `${digits}${checkDigit(digits)}`;
}

const one = ticketNumber('20261105', '10', 1);
const two = ticketNumber('20261105', '10', 2);

test('T1 numbers are found in free text, with or without #, in order and once', () => {
  assert.equal(one, '2026110510000019');
  assert.equal(two, '2026110510000028');
  assert.deepEqual(findTicketNumbers(`Riguardo a #${two}: come ${one}. Grazie (${two})`), [two, one]);
  assert.deepEqual(findTicketNumbers(`Re: [Ticket#${one}] mandati`), [one]);
  assert.deepEqual(findTicketNumbers(`la ${one}.`), [one]);
  assert.deepEqual(findTicketNumbers(`n.${one}, poi altro`), [one]);
  assert.deepEqual(findTicketNumbers('nessun numero, tel. 0371 409 204'), []);
  assert.deepEqual(findTicketNumbers(''), []);
});

test('T1 spaces and dots between groups of digits are read through', () => {
  assert.deepEqual(findTicketNumbers('richiesta 20261105 10 00001 9'), [one]);
  assert.deepEqual(findTicketNumbers('richiesta 2026 1105 1000 0019, urgente'), [one]);
  assert.deepEqual(findTicketNumbers('2026.11.05.10.00001.9'), [one]);
  assert.deepEqual(findTicketNumbers('2026\u00a01105\u00a01000\u00a00019'), [one]);
  assert.deepEqual(findTicketNumbers('20261105 10000019 e 20261105 10000028'), [one, two]);
  assert.deepEqual(findTicketNumbers('20261105 10000019 20261105 10000028'), [one, two], 'side by side');
});

test('T1 a number written in one piece counts, whatever digits stand beside it', () => {
  assert.deepEqual(findTicketNumbers(`${one} 5 volte`), [one]);
  assert.deepEqual(findTicketNumbers(`3 ${one} ${two} 12`), [one, two]);
  assert.deepEqual(findTicketNumbers(`2026 1105 1000 0019 ${two}`), [one, two]);
  assert.deepEqual(findTicketNumbers(`2026 1105 ${two} 1000 0019`), [two], 'nothing is joined across it');
});

test('T1 groups of digits that can be read in two ways are not read at all', () => {
  // 20261105 10 00001 9 is a number, and so is the longer one that goes on with the next group.
  const further = checkDigit(one);
  assert.equal(isTicketNumber(`${one}${further}`), true);
  assert.deepEqual(findTicketNumbers(`20261105 10 00001 9 ${further}`), []);
  assert.deepEqual(findTicketNumbers(`${one} ${further}`), [one], 'written in one piece it is one');
  assert.deepEqual(findTicketNumbers(`20261105 10 00001 9 ${(further + 1) % 10}`), [one]);
});

test('T1 a group that ends one number and begins another belongs to neither', () => {
  const days = Array.from({ length: 365 }, (_, day) => dayOf(Date.UTC(2026, 0, 1 + day), 'UTC'));
  const first = '20261105';
  const shared = days.find((day) => isTicketNumber(first + day));
  const last = days.find((day) => isTicketNumber(`${shared}${day}`));
  assert.ok(shared && last);
  assert.deepEqual(findTicketNumbers(`${first} ${shared}`), [first + shared]);
  assert.deepEqual(findTicketNumbers(`${first} ${shared} ${last}`), []);
});

test('T1 separators that are more than one space or dot end a number', () => {
  for (const text of ['20261105  10000019', '20261105. 10000019', '20261105\n10000019', '20261105-10000019'])
    assert.deepEqual(findTicketNumbers(text), [], JSON.stringify(text));
});

test('T1 every number is found back in a text, however it is grouped', () => {
  const grouped = fc
    .tuple(
      numbers,
      fc.uniqueArray(fc.integer({ min: 1, max: 15 }), { maxLength: 5 }),
      fc.constantFrom(' ', '.'),
    )
    .map(([number, cuts, separator]) => ({
      number,
      text: [...number].map((digit, i) => (cuts.includes(i) ? separator + digit : digit)).join(''),
    }));
  fc.assert(
    fc.property(grouped, ({ number, text }) => {
      const found = findTicketNumbers(`Buongiorno, la richiesta #${text}, grazie.`);
      // A part of the groups may by chance be a number, too: then it is ambiguous, and no other number may come of it.
      const shorter = isAmbiguous(text.split(/[ .]/));
      if (!shorter) assert.deepEqual(found, [number]);
    }),
  );
});

function isAmbiguous(groups: readonly string[]): boolean {
  const readings = groups.flatMap((_, from) =>
    groups.slice(from).map((__, length) => groups.slice(from, from + length + 1).join('')),
  );
  return readings.filter(isTicketNumber).length > 1;
}

test('T1 the day is the local one, over midnight, both clock changes and the turn of the year', () => {
  const day = (iso: string, zone = 'Europe/Rome') => dayOf(Date.parse(iso), zone);
  assert.equal(day('2026-01-31T22:59:59.999Z'), '20260131');
  assert.equal(day('2026-01-31T23:00:00Z'), '20260201');
  assert.equal(day('2026-07-31T21:59:59Z'), '20260731');
  assert.equal(day('2026-07-31T22:00:00Z'), '20260801');
  assert.equal(day('2026-03-28T22:59:00Z'), '20260328');
  assert.equal(day('2026-03-29T21:59:00Z'), '20260329');
  assert.equal(day('2026-03-29T22:00:00Z'), '20260330');
  assert.equal(day('2026-10-24T22:00:00Z'), '20261025');
  assert.equal(day('2026-10-25T22:59:00Z'), '20261025');
  assert.equal(day('2026-10-25T23:00:00Z'), '20261026');
  assert.equal(day('2026-12-31T23:00:00Z'), '20270101');
  assert.equal(day('2026-12-31T23:00:00Z', 'UTC'), '20261231');
  assert.equal(day('2026-12-31T20:00:00Z', 'Asia/Kolkata'), '20270101');
  assert.throws(() => day('2026-01-01T00:00:00Z', 'Europe/Roma'), /time zone/);
});
