import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { TEXT_LIMIT } from '../../src/domain/limits.ts';
import { answerFirst, mailId, markedNumbers, readMailId, subjectMark } from '../../src/domain/mail-text.ts';
import { ticketNumber } from '../support/tickets.ts';

const NUMBER = ticketNumber(1);

describe('W9 numbers in subjects and Message-IDs', () => {
  test('W9 a subject keeps its number through answers, in whatever language', () => {
    for (const prefix of ['', 'R: ', 'Re: AW: ', 'I: [EXTERNAL] '])
      assert.deepEqual(markedNumbers(`${prefix}${subjectMark(NUMBER)} Mandati`), [NUMBER]);
    assert.deepEqual(markedNumbers(`[ticket# ${NUMBER} ]`), [NUMBER]);
  });

  test('W9 a number without its mark, or with a wrong check digit, is none', () => {
    const wrong = `${NUMBER.slice(0, -1)}${(Number(NUMBER.at(-1)) + 1) % 10}`;
    for (const subject of [
      NUMBER,
      `Ticket#${NUMBER}`,
      `[Ticket#${wrong}]`,
      `[Ticket#${NUMBER}`,
      '[Ticket#12]',
      '',
    ])
      assert.deepEqual(markedNumbers(subject), []);
  });

  test('W9 a Message-ID of ours names ticket and article, and nobody else’s does', () => {
    assert.deepEqual(readMailId(`<${mailId(NUMBER, 12)}@comune.example>`), { number: NUMBER, article: 12 });
    for (const id of ['<1@fornitore.example>', `<sportello.${NUMBER}@x>`, `<x.${mailId(NUMBER, 1)}@x>`, ''])
      assert.equal(readMailId(id), undefined);
  });
});

describe('W9 the text of an answer', () => {
  const read = (text: string) => answerFirst(text, '[…]');

  test('W9 what was written stands before what is quoted, and nothing is lost', () => {
    assert.equal(read('Fatto.\r\n\r\n> Ci aiutate?\r\n'), 'Fatto.\n\n> Ci aiutate?');
    assert.equal(
      read('Il 5 novembre Anna ha scritto:\n\n> Ci aiutate?\n> Grazie\n\nCerto, ecco.'),
      'Certo, ecco.\n\nIl 5 novembre Anna ha scritto:\n\n> Ci aiutate?\n> Grazie',
    );
    assert.equal(read('> solo questo'), '> solo questo');
    assert.equal(read('Ecco i punti:\n- uno'), 'Ecco i punti:\n- uno');
  });

  test('W9 it is never longer than a text may be, and holds no control characters', () => {
    const below = fc.constantFrom('', '[“foglio.pdf” è rimasto]');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.nat(60), below, (text, times, said) => {
        const whole = answerFirst(text.repeat(times), '[…]', said);
        assert.ok(whole.length <= TEXT_LIMIT);
        assert.doesNotMatch(whole.replace(/[\n\t]/g, ''), /\p{Cc}/u);
        assert.ok(whole.endsWith(said));
      }),
    );
    assert.match(answerFirst('x'.repeat(20_000), '[…] il resto', 'sotto'), /x\n\[…\] il resto\n\nsotto$/);
  });
});
