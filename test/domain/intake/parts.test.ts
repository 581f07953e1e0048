import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { partsOf } from '../../../src/domain/intake/parts.ts';
import { vocabularyOf } from '../../../src/domain/intake/vocabulary.ts';
import { testDesk } from '../../support/desk.ts';
import { STYLES } from './pairs.ts';

const vocabulary = vocabularyOf(testDesk());
const matterOf = (text: string) => partsOf(text, vocabulary).matter;

describe('I11 the matter of a message is told from what stands around it', () => {
  const matter = 'La stampante del primo piano non stampa';
  for (const [style, sign] of Object.entries(STYLES))
    it(`signed in the style “${style}”`, () => {
      const parts = partsOf(sign(matter, 'Giulia Moretti'), vocabulary);
      assert.match(parts.matter, /stampante del primo piano non stampa/);
      assert.doesNotMatch(parts.matter, /Moretti|fficio|Tel|231|204|riservato|iPhone/);
      assert.match(parts.signature.join('\n'), /Giulia Moretti/);
    });

  it('by whoever nobody knows, after a closing or a separator', () => {
    assert.equal(matterOf('Manca il toner.\nGrazie\nZdenka Hrabalova'), 'Manca il toner.');
    assert.equal(matterOf('Manca il toner\n--\nZ. Hrabalova\nqualunque cosa'), 'Manca il toner');
    assert.equal(
      matterOf(
        'The printer is broken.\n\nKind regards,\nJohn Smith\nFinance Department\nphone +39 0371 409 204',
      ),
      'The printer is broken.',
    );
  });

  it('telephone, office and hours of the signature are kept apart for whoever needs them', () => {
    const { signature } = partsOf(
      'Manca il toner\n\nCordiali saluti\nMaria Rinaldi\nUfficio Tributi\nTel. 0371 409204\nDisponibile dalle 9 alle 12',
      vocabulary,
    );
    assert.deepEqual(signature, [
      'Maria Rinaldi',
      'Ufficio Tributi',
      'Tel. 0371 409204',
      'Disponibile dalle 9 alle 12',
    ]);
  });

  it('what an earlier message said is no part of it, with headers of Outlook, Gmail and plain programs', () => {
    for (const thread of [
      'Il giorno lun 3 nov 2026 alle ore 10:12 Anna Conti <anna@example.it> ha scritto:\n> Provi a riavviare',
      'On Mon, Nov 3, 2026 at 10:12 AM Anna Conti <\nanna@example.it> wrote:\n> Please restart',
      'Da: Anna Conti\nInviato: lunedì 3 novembre 2026 10:12\nA: Maria Rinaldi\nOggetto: R: stampante\n\nProvi a riavviare',
      '-----Messaggio originale-----\nDa: Anna\nProvi a riavviare',
      '> Provi a riavviare\n> Saluti',
    ])
      assert.equal(matterOf(`Fatto, stesso errore\n\n${thread}`), 'Fatto, stesso errore');
  });

  it('answers between quotations are the sender’s own', () => {
    const text =
      'Il giorno 3 nov 2026 Anna ha scritto:\n> quale stampante?\nquella del primo piano\n> da quando?\nda lunedì';
    assert.equal(matterOf(text), 'quella del primo piano\nda lunedì');
  });

  it('who passes a message on without a word means what it says', () => {
    const text =
      'Da: Mario Rossi\nInviato: ieri\nA: supporto\nOggetto: Errore sul mandato 12\n\nIl mandato 12 non parte';
    assert.equal(matterOf(text), 'Errore sul mandato 12\n\nIl mandato 12 non parte');
  });

  it('a matter that looks like a signature stays one', () => {
    for (const text of [
      'Servizio civile',
      'Ufficio elettorale: stampa delle tessere',
      'Chiedo per la collega Rossi che è in ferie: non le arriva la posta',
      'Il telefono 0371 409204 è muto',
      'Aggiornare il nome di Maria Rossi nella rubrica',
      'via Roma 12: manca la bolletta',
    ])
      assert.equal(matterOf(text), text);
  });

  it('a text of which only a name remains has no matter', () => {
    assert.deepEqual(partsOf('Maria Rinaldi', vocabulary), { matter: '', signature: ['Maria Rinaldi'] });
    assert.equal(matterOf(''), '');
  });
});
