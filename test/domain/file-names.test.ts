import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { FILE_NAME_LIMIT, fileName } from '../../src/domain/file-names.ts';

const named = (given: string, type = 'application/octet-stream') => fileName(given, type, 'allegato');

describe('T15 names of files', () => {
  for (const [given, type, name] of [
    ['mandato 1234 – copia.pdf', 'application/pdf', 'mandato 1234 – copia.pdf'],
    ['../../etc/passwd', 'text/x', 'passwd'],
    ['C:\\fakepath\\verbale.docx', 'x/y', 'verbale.docx'],
    ['fattura\u202efdp.exe', 'x/y', 'fatturafdp.exe'],
    ['\u200f\u2067a\u200bb\ufeff\u00ad.p7m', 'x/y', 'ab.p7m'],
    ['a"b\r\nx: y.txt', 'text/plain', 'a"b x: y.txt'],
    ['mezza\ud800.txt', 'text/plain', 'mezza.txt'],
    ['\u0000\u0007a\u007f.txt', 'text/plain', 'a.txt'],
    ['', 'message/rfc822', 'allegato.eml'],
    ['Re: riunione del 5.11', 'message/rfc822', 'Re: riunione del 5.11.eml'],
    ['posta.EML', 'message/rfc822', 'posta.EML'],
    ['...', 'text/calendar', 'allegato.ics'],
    ['schermata', 'image/png', 'schermata.png'],
    ['schermata 2026-11-05 10.00.00', 'image/jpeg', 'schermata 2026-11-05 10.00.00.jpg'],
    ['schermata.jpg', 'image/png', 'schermata.jpg'],
    ['constructor', 'constructor', 'constructor'],
    ['__proto__', 'toString', '__proto__'],
    ['nome.pdf. . ', 'application/pdf', 'nome.pdf'],
  ] as const)
    test(`${JSON.stringify(given)} of ${type} is called ${name}`, () =>
      assert.equal(named(given, type), name));

  for (const ending of ['.pdf', '.pdf.p7m', '.tar.gz', '.numbers', '.excalidraw', '.P7M'])
    test(`${ending} stays, however long the name`, () => {
      const name = named(`${'Determinazione dirigenziale '.repeat(40)}${ending}`);
      assert.ok(name.endsWith(`…${ending}`) && name.length <= FILE_NAME_LIMIT, name);
    });

  test('whatever the name, it is short, whole, visible and in no folder', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.constantFrom('message/rfc822', 'image/png', ''),
        (given, type) => {
          const name = named(given, type);
          assert.ok(name.length > 0 && name.length <= FILE_NAME_LIMIT + 5);
          assert.ok(name.isWellFormed() && !/[/\\\p{Cc}\p{Cf}]/u.test(name), JSON.stringify(name));
        },
      ),
    );
  });
});
