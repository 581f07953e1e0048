import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatAvailability, parseAvailability } from '../../../src/domain/intake/availability.ts';
import type { TimeRange } from '../../../src/domain/ticket.ts';

const UNDERSTOOD: readonly [text: string, italian: string][] = [
  ['', ''],
  ['   ', ''],
  ['sempre', ''],
  ['any time', ''],
  ['all day', ''],
  ['tutto il giorno', ''],
  ['9-12', '9:00–12:00'],
  ['9-12, 14:30-16', '9:00–12:00 e 14:30–16:00'],
  ['9-12; 14-16', '9:00–12:00 e 14:00–16:00'],
  ['9-12 / 14-16', '9:00–12:00 e 14:00–16:00'],
  ['9-12 14-16', '9:00–12:00 e 14:00–16:00'],
  ['dalle 9 alle 12 e dalle 15 alle 17', '9:00–12:00 e 15:00–17:00'],
  ['Dalle ore 9 alle ore 12', '9:00–12:00'],
  ['dalle 8 fino alle 14', '8:00–14:00'],
  ['tra le 9 e le 11', '9:00–11:00'],
  ['dalle 9 e mezza alle 12', '9:30–12:00'],
  ['9:00–13:00', '9:00–13:00'],
  ['9.30-12.30', '9:30–12:30'],
  ['0900-1300', '9:00–13:00'],
  ['ore 9-12', '9:00–12:00'],
  ['mezzogiorno-15', '12:00–15:00'],
  ['mattina', '9:00–13:00'],
  ['la mattina', '9:00–13:00'],
  ['solo mattina', '9:00–13:00'],
  ['pomeriggio', '14:00–18:00'],
  ['mattina e pomeriggio', '9:00–13:00 e 14:00–18:00'],
  ['ore 9 - 12 e pomeriggio', '9:00–12:00 e 14:00–18:00'],
  ['dopo le 14:30', 'dopo le 14:30'],
  ['dalle 9', 'dopo le 9:00'],
  ['prima delle 9', 'prima delle 9:00'],
  ['entro le 12', 'prima delle 12:00'],
  ['morning', '9:00–13:00'],
  ['in the afternoon', '14:00–18:00'],
  ['afternoons only', '14:00–18:00'],
  ['after 14:30', 'dopo le 14:30'],
  ['after 2', 'dopo le 14:00'],
  ['before noon', 'prima delle 12:00'],
  ['between 9 and 11', '9:00–11:00'],
  ['from 9 to 12 or from 3 to 5', '9:00–12:00 e 15:00–17:00'],
  ['9am-2pm', '9:00–14:00'],
  ['9 a.m. to 2 p.m.', '9:00–14:00'],
  ['9-5', '9:00–17:00'],
  ['2-4', '14:00–16:00'],
  ['02:00-04:00', '02:00–04:00'],
  ['14-16, 9-12, 11-13', '9:00–13:00 e 14:00–16:00'],
  ['9-12, 12-14', '9:00–14:00'],
  ['18-24', 'dopo le 18:00'],
];

const NOT_UNDERSTOOD: readonly [text: string, part: string][] = [
  ['lunedì 9-12', 'lunedì 9-12'],
  ['9-12, boh', 'boh'],
  ['boh, 9-12', 'boh'],
  ['10', '10'],
  ['dopo pranzo', 'dopo pranzo'],
  ['12-9', '12-9'],
  ['25-26', '25-26'],
  ['9:75-10', '9:75-10'],
  ['13pm-14pm', '13pm-14pm'],
  ['9-9', '9-9'],
  ['-', '-'],
  [',', ','],
  ['le', 'le'],
  ['any time after 9', 'any time after 9'],
  ['constructor', 'constructor'],
  ['quando volete', 'quando volete'],
  ['123456-7', '123456-7'],
];

describe('parseAvailability', () => {
  for (const [text, italian] of UNDERSTOOD) {
    it(`I6 understands ${JSON.stringify(text)}`, () => {
      const parsed = parseAvailability(text);
      assert.ok(parsed.ok);
      assert.equal(formatAvailability(parsed.ranges, 'it'), italian);
    });
  }

  for (const [text, part] of NOT_UNDERSTOOD) {
    it(`I6 says which part of ${JSON.stringify(text)} is unclear`, () =>
      assert.deepEqual(parseAvailability(text), { ok: false, part }));
  }

  it('I6 gives minutes from midnight', () => {
    assert.deepEqual(parseAvailability('9-12, 14:30-16'), {
      ok: true,
      ranges: [
        { from: 540, to: 720 },
        { from: 870, to: 960 },
      ],
    });
  });

  it('I6 writes both languages', () => {
    const ranges = [
      { from: 0, to: 540 },
      { from: 600, to: 720 },
      { from: 840, to: 1440 },
    ];
    assert.equal(formatAvailability(ranges, 'it'), 'prima delle 9:00, 10:00–12:00 e dopo le 14:00');
    assert.equal(formatAvailability(ranges, 'en'), 'before 9:00, 10:00–12:00, and after 14:00');
  });

  const separate = fc
    .uniqueArray(fc.integer({ min: 0, max: 287 }), { minLength: 2, maxLength: 8 })
    .map((fives) => fives.sort((a, b) => a - b).map((five) => five * 5))
    .map((minutes) => {
      const ranges: TimeRange[] = [];
      for (let at = 0; at + 1 < minutes.length; at += 2) {
        ranges.push({ from: minutes[at] ?? 0, to: minutes[at + 1] ?? 0 });
      }
      return ranges;
    });

  it('I6 reads back what it writes, in both languages', () => {
    fc.assert(
      fc.property(separate, fc.constantFrom('it', 'en'), (ranges, locale) => {
        assert.deepEqual(parseAvailability(formatAvailability(ranges, locale)), { ok: true, ranges });
      }),
    );
  });

  it('I6 gives ranges sorted, apart and within the day, and never throws', () => {
    const words = fc.constantFrom(
      ...'9 12 14:30 alle dalle dopo mattina e and to - , am pm h le any 24 0 e mezza'.split(' '),
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseAvailability(text);
        if (!parsed.ok) return;
        let last = -1;
        for (const { from, to } of parsed.ranges) {
          assert.ok(last < from && from < to && to <= 1440, `${text}: ${JSON.stringify(parsed.ranges)}`);
          last = to;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('I6 turns down what is far too long at once', () => {
    for (const unit of ['9', '9-', ' ', 'a', '-', '9-12, ']) {
      const parsed = parseAvailability(unit.repeat(100_000 / unit.length));
      assert.equal(parsed.ok, false);
    }
  });
});
