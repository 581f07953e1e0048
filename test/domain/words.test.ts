import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findTerm, stemOf, tokensOf, wordMatches, wordsOf } from '../../src/domain/words.ts';

describe('words', () => {
  const TABLE: readonly [string, readonly string[]][] = [
    ['', []],
    ['  !!! … ', []],
    ['Non riesco a emettere i mandati', ['non', 'riesco', 'a', 'emettere', 'i', 'mandati']],
    ['L’errore è perché', ['l', 'errore', 'e', 'perche']],
    ['SIOPE+ KO', ['siope', 'ko']],
    ['F24/IMU-2026', ['f24', 'imu', '2026']],
    ['e-mail', ['e', 'mail']],
    ['Città', ['citta']],
    ['Citta\u0300', ['citta']],
    ['ﬁrma', ['firma']],
    ['ＰＥＣ', ['pec']],
    ['İstanbul', ['istanbul']],
    ['n. 10*5155', ['n', '10', '5155']],
    ['👍 grazie', ['grazie']],
    ['Проблема ①', ['проблема', '1']],
  ];
  for (const [text, words] of TABLE) {
    it(`W6 splits ${JSON.stringify(text)}`, () => assert.deepEqual(wordsOf(text), words));
  }

  it('W6 gives the same words for what it gave: composed, decomposed, in any case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const words = wordsOf(text);
        assert.deepEqual(wordsOf(text.normalize('NFD')), words);
        assert.deepEqual(wordsOf(text.normalize('NFC')), words);
        assert.deepEqual(wordsOf(words.join(' ')), words);
      }),
    );
  });

  it('says where each word stands in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const { word, written, start, end } of tokensOf(text)) {
          assert.equal(text.slice(start, end), written);
          assert.equal(wordsOf(written).join(''), word);
        }
      }),
    );
  });

  it('W6 matches prefixes of words, and nothing with an empty one', () => {
    assert.equal(wordMatches('mandati', 'mandat'), true);
    assert.equal(wordMatches('mandati', 'mandati'), true);
    assert.equal(wordMatches('mandati', 'andati'), false);
    assert.equal(wordMatches('mandati', ''), false);
  });

  it('R1 finds a configured term of one or more words and says what it met', () => {
    const words = wordsOf('Ho perso la Carta d’Identità elettronica e la PEC');
    assert.equal(findTerm(words, 'carta d’identità'), 'carta d identita');
    assert.equal(findTerm(words, 'elettron'), 'elettronica');
    assert.equal(findTerm(words, 'carta elettronica'), undefined);
    assert.equal(findTerm(words, 'identità carta'), undefined);
    assert.equal(findTerm(words, '!!'), undefined);
    assert.equal(findTerm([], 'pec'), undefined);
  });

  const SAME_STEM: readonly (readonly string[])[] = [
    ['mandato', 'mandati'],
    ['fattura', 'fatture'],
    ['stampante', 'stampanti'],
    ['ufficio', 'uffici'],
    ['pratica', 'pratiche'],
    ['rete', 'reti'],
    ['invoice', 'invoices'],
    ['printer', 'printers'],
    ['tax', 'taxes'],
    ['order', 'orders'],
  ];
  for (const words of SAME_STEM) {
    it(`I1 takes ${words.join(' and ')} for the same word`, () =>
      assert.equal(new Set(words.map(stemOf)).size, 1));
  }

  it('I1 keeps apart what only begins alike', () => {
    for (const [one, other] of [
      ['mandato', 'mandante'],
      ['posta', 'postazione'],
      ['imu', 'imi'],
      ['f24', 'f23'],
      ['rete', 'retro'],
    ] as const) {
      assert.notEqual(stemOf(one), stemOf(other));
    }
  });

  it('I5 takes hostile lengths in its stride', () => {
    for (const unit of ['a', 'à ', '\u0300', '!', 'a\u0300', 'ﷺ', "l'", '\ud800']) {
      const text = unit.repeat(100_000 / unit.length);
      assert.ok(wordsOf(text).length <= 2_000_000);
      assert.ok(tokensOf(text).length <= 100_000);
    }
  });
});
