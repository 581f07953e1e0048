import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { extract, fitting, oneLine, plain, verbatim } from '../../../src/cards/kit/escape.ts';
import { HOSTILE } from '../hostile-texts.ts';
import { renderMarkdown, seen } from '../reading.ts';

/** Strings made of what markdown and cards treat as markup. */
const nasty = fc
  .array(
    fc.constantFrom(
      ...'*_`[]()<>{}\\#+-.!|~&;:/= \n1aà"$'.split(''),
      '{{DATE(',
      ')}}',
      '](',
      '&lt;',
      '\u202E',
      '😀',
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''));

describe('plain', () => {
  it('leaves ordinary text alone', () => {
    for (const text of [
      'Emissione mandati: “soggetto inesistente”',
      'a/b (c) 50%',
      'C:\\temp\\x',
      'tel. 0371-409204',
    ])
      assert.equal(plain(text), text);
  });

  it('has no markup and the same letters in markdown, whatever it is given', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { markup, visible } = renderMarkdown(plain(text));
        assert.deepEqual(markup, []);
        assert.equal(seen(visible), seen(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('has no date or time, whatever it is given', () => {
    fc.assert(fc.property(nasty, (text) => !/\{\{(DATE|TIME)\(/.test(plain(text))));
  });
});

describe('verbatim and oneLine', () => {
  it('show the same letters, whatever they are given', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        assert.equal(seen(verbatim(text)), seen(text));
        assert.equal(seen(oneLine(text)), seen(text));
        assert.ok(!/[\r\n]/.test(oneLine(text)));
        assert.ok(verbatim(text).isWellFormed());
      }),
    );
  });

  it('keep line breaks, of any kind, and joined emoji', () => {
    assert.equal(verbatim('a\r\nb\u2028c\rd'), 'a\nb\nc\nd');
    assert.equal(verbatim('👩‍👩‍👧 ❤️'), '👩‍👩‍👧 ❤️');
  });

  it('let no date or time through', () => {
    for (const text of HOSTILE) assert.doesNotMatch(verbatim(text), /\{\{(DATE|TIME)\(/);
  });
});

describe('extract', () => {
  it('gives a short text whole', () => {
    assert.equal(extract('  breve \n', 20), 'breve');
  });

  it('cuts at a word and says that it did', () => {
    assert.equal(extract('uno due tre quattro', 13), 'uno due tre…');
  });

  it('is never longer than asked for, and never cuts a character in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.integer({ min: 2, max: 40 }),
        (text, length) => {
          const shown = extract(text, length);
          assert.ok(shown.length <= length);
          assert.ok(shown.isWellFormed());
        },
      ),
    );
  });
});

describe('fitting', () => {
  it('keeps as much as fits into that many bytes of JSON, and no more', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.integer({ min: 0, max: 300 }),
        (text, bytes) => {
          const kept = fitting(text, bytes);
          assert.ok(text.startsWith(kept));
          const size = (part: string) => Buffer.byteLength(JSON.stringify(part)) - 2;
          assert.ok(size(kept) <= bytes);
          const next = String.fromCodePoint(text.codePointAt(kept.length) ?? 0);
          if (kept.length < text.length) assert.ok(size(kept + next) > bytes);
        },
      ),
    );
  });
});
