import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { csvLine } from '../../../src/app/finding/csv.ts';
import { wantedBy } from '../../../src/app/finding/find-words.ts';
import { ticketNumber } from '../../support/tickets.ts';

describe('what is asked for by a word, and what comes out as a file', () => {
  test('W6 commands are told from requests for help', () => {
    const number = ticketNumber(7);
    assert.deepEqual(wantedBy(' Bacheca! '), { kind: 'board' });
    assert.deepEqual(wantedBy('LE MIE RICHIESTE'), { kind: 'list', asked: { scope: 'requested' } });
    assert.deepEqual(wantedBy('cerca'), { kind: 'form' });
    assert.deepEqual(wantedBy('Cerca fattura Rossi'), { kind: 'list', asked: { words: 'fattura Rossi' } });
    assert.deepEqual(wantedBy(`#${number}`), { kind: 'ticket', number });
    assert.deepEqual(wantedBy(`search Ticket#${number}`), { kind: 'ticket', number });
    assert.deepEqual(wantedBy('10*5155'), { kind: 'list', asked: { digits: '10*5155' } });
    assert.deepEqual(wantedBy('#5155'), { kind: 'list', asked: { digits: '*5155' } });
    for (const text of [
      'la bacheca è rotta',
      '5155',
      'ricerca lenta',
      '*',
      `${number} non va`,
      'cercavo aiuto',
    ])
      assert.equal(wantedBy(text), undefined, text);
  });

  test('W6 a cell of the file is never a formula, and keeps its separators to itself', () => {
    const cells = [
      '=1+1',
      '+39 0371',
      '-2',
      '@SUM(A1)',
      '\t=1',
      ' =1',
      'a;b',
      'di “x” e "y"',
      'due\nrighe',
      '3-4',
    ];
    assert.equal(
      csvLine(cells),
      '\'=1+1;\'+39 0371;\'-2;\'@SUM(A1);"\'\t=1";\' =1;"a;b";"di “x” e ""y""";"due\nrighe";3-4\r\n',
    );
  });
});
