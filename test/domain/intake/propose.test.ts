import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { TicketType } from '../../../src/domain/desk.ts';
import { propose } from '../../../src/domain/intake/propose.ts';
import { assessSubject } from '../../../src/domain/intake/quality.ts';
import { vocabularyOf } from '../../../src/domain/intake/vocabulary.ts';
import { testDesk } from '../../support/desk.ts';

const desk = testDesk();
const vocabulary = vocabularyOf(desk);

/** What is made of a text; undefined where the bot cannot tell and must ask. */
type Expected = readonly [
  text: string,
  type: TicketType | undefined,
  service: string | undefined,
  subject: string | undefined,
];

const TABLE: readonly Expected[] = [
  ['mandato 12 respinto', undefined, 'payment-orders', 'Mandato 12 respinto'],
  [
    'non riesco a emettere i mandati, esce soggetto inesistente',
    'fault',
    'payment-orders',
    'Non riesco a emettere i mandati, esce soggetto inesistente',
  ],
  [
    'Buongiorno, sono Maria Rinaldi della ragioneria. La PEC non arriva da stamattina, grazie mille',
    'fault',
    'email',
    'La PEC non arriva da stamattina',
  ],
  [
    'Salve, scusate il disturbo, volevo segnalare che la stampante non stampa',
    'fault',
    'workstation',
    'La stampante non stampa',
  ],
  ['AIUTO!!', undefined, undefined, undefined],
  ['URGENTE!!! il pc non si accende', 'fault', 'workstation', 'Il pc non si accende'],
  ['Un’altra richiesta: la stampante non stampa', 'fault', 'workstation', 'La stampante non stampa'],
  ['ho un altro problema, il pc non si accende', 'fault', 'workstation', 'Il pc non si accende'],
  ['Separately: how do I get a new badge?', 'informationRequest', undefined, 'How do I get a new badge?'],
  ['altra richiesta respinta', undefined, undefined, 'Altra richiesta respinta'],
  [
    'buongiorno\nho un problema con la VPN: non si collega\ngrazie',
    'fault',
    'workstation',
    'Problema con la VPN: non si collega',
  ],
  [
    "Ciao Anna, potete dirmi entro quando si paga l'IMU?",
    'informationRequest',
    'taxes',
    "Entro quando si paga l'IMU?",
  ],
  [
    'come si fa a registrare una fattura elettronica?',
    'informationRequest',
    'invoices',
    'Come si fa a registrare una fattura elettronica?',
  ],
  [
    'vorrei sapere come si calcola il ravvedimento TARI',
    'informationRequest',
    'taxes',
    'Come si calcola il ravvedimento TARI',
  ],
  ['avrei bisogno di un corso su SIOPE+', 'trainingOrConsultancy', 'payment-orders', 'Corso su SIOPE+'],
  [
    'Vorremmo organizzare un corso di formazione sui mandati, non riusciamo a usarli',
    'trainingOrConsultancy',
    'payment-orders',
    'Organizzare un corso di formazione sui mandati, non riusciamo a usarli',
  ],
  [
    'non ho ancora ricevuto il rimborso IMU',
    'paymentProblem',
    'taxes',
    'Non ho ancora ricevuto il rimborso IMU',
  ],
  ['il pagamento non è arrivato', 'paymentProblem', undefined, 'Il pagamento non è arrivato'],
  [
    'la fattura del fornitore non è stata ancora pagata',
    'paymentProblem',
    'invoices',
    'La fattura del fornitore non è stata ancora pagata',
  ],
  ['ho pagato due volte la TARI', 'paymentProblem', 'taxes', 'Ho pagato due volte la TARI'],
  ['quando arriva il rimborso?', 'paymentProblem', undefined, 'Quando arriva il rimborso?'],
  [
    'non riesco a pagare la fattura, esce errore SIOPE',
    'fault',
    undefined,
    'Non riesco a pagare la fattura, esce errore SIOPE',
  ],
  [
    'mi aiutate a caricare le presenze?',
    'operationalSupport',
    'payroll',
    'Mi aiutate a caricare le presenze?',
  ],
  [
    'ho bisogno di supporto per la rendicontazione F24',
    'operationalSupport',
    'taxes',
    'Supporto per la rendicontazione F24',
  ],
  [
    'i dati anagrafici del contribuente sono errati',
    'administrativeProblem',
    'taxes',
    'I dati anagrafici del contribuente sono errati',
  ],
  ["la carta d'identità non si stampa", 'fault', 'registry', "La carta d'identità non si stampa"],
  ['cambio di residenza respinto', 'administrativeProblem', 'registry', 'Cambio di residenza respinto'],
  [
    'il cedolino di marzo è sbagliato',
    'administrativeProblem',
    'payroll',
    'Il cedolino di marzo è sbagliato',
  ],
  [
    'timbratura mancante del 12 marzo',
    'administrativeProblem',
    'payroll',
    'Timbratura mancante del 12 marzo',
  ],
  ['ho perso la password', undefined, undefined, 'Ho perso la password'],
  ['LA STAMPANTE NON FUNZIONA', 'fault', 'workstation', 'La stampante non funziona'],
  ['grazie', undefined, undefined, undefined],
  ['ok', undefined, undefined, undefined],
  ['stampante e PEC non funzionano', 'fault', undefined, 'Stampante e PEC non funzionano'],
  ['il mandato della fattura 12 è bloccato', 'fault', undefined, 'Il mandato della fattura 12 è bloccato'],
  [
    'how do I reset my mailbox password?',
    'informationRequest',
    'email',
    'How do I reset my mailbox password?',
  ],
  [
    "I can't print, the printer keeps jamming",
    'fault',
    'workstation',
    "I can't print, the printer keeps jamming",
  ],
  [
    "The printer on the second floor doesn't work",
    'fault',
    'workstation',
    "The printer on the second floor doesn't work",
  ],
  [
    'Hello, my payslip for March is missing',
    'administrativeProblem',
    'payroll',
    'My payslip for March is missing',
  ],
  [
    'could you please help me with the invoice registration?',
    'operationalSupport',
    'invoices',
    'Help me with the invoice registration?',
  ],
  [
    'We would like a training course on payment orders',
    'trainingOrConsultancy',
    'payment-orders',
    'Training course on payment orders',
  ],
  ['I have not received my salary', 'paymentProblem', undefined, 'I have not received my salary'],
  ['when is the TARI deadline?', 'informationRequest', 'taxes', 'When is the TARI deadline?'],
  [
    'please help, the VPN is down since this morning',
    'fault',
    'workstation',
    'The VPN is down since this morning',
  ],
  ["The invoice hasn't been paid", 'paymentProblem', 'invoices', "The invoice hasn't been paid"],
  ['Dear Mr Smith, my laptop is very slow. Thanks', 'fault', 'workstation', 'My laptop is very slow'],
  ['I need a new computer', undefined, 'workstation', 'New computer'],
  ['wrong address on the tax notice', 'administrativeProblem', 'taxes', 'Wrong address on the tax notice'],
  ['e-mail non parte', 'fault', 'email', 'E-mail non parte'],
  ['casella piena', undefined, 'email', 'Casella piena'],
  ['Richiesta informazioni', 'informationRequest', undefined, undefined],
  ['Urgente: phishing nella casella di posta', 'fault', 'email', 'Phishing nella casella di posta'],
  [
    'la fatturazione elettronica dà errore 00404',
    'fault',
    'invoices',
    'La fatturazione elettronica dà errore 00404',
  ],
  ['è in corso un aggiornamento?', undefined, undefined, undefined],
  ['Il corso online non si apre', 'fault', undefined, 'Il corso online non si apre'],
  ['Per Anna Conti: mandati bloccati', 'fault', 'payment-orders', 'Mandati bloccati'],
  [
    'Buongiorno a tutti, come da oggetto chiedo cortesemente di verificare la reversale 123 che risulta non incassata dal tesoriere, in attesa di riscontro porgo cordiali saluti',
    undefined,
    'payment-orders',
    'Verificare la reversale 123 che risulta non incassata dal tesoriere',
  ],
  [
    'Sono Luca Ferri e non riesco a stampare il cedolino',
    'fault',
    'payroll',
    'Non riesco a stampare il cedolino',
  ],
  [
    'Buonasera\n\nil 12/03 ho inviato una PEC al dott. Verdi ma non è mai arrivata. Potete verificare?\n\nDistinti saluti\nMaria Rinaldi',
    'fault',
    'email',
    'Il 12/03 ho inviato una PEC al dott. Verdi ma non è mai arrivata',
  ],
  [
    'ciao, avrei una domanda: quali documenti servono per il cambio di residenza?',
    'informationRequest',
    'registry',
    'Quali documenti servono per il cambio di residenza?',
  ],
  [
    "E' urgentissimo!! non va la stampante dell'anagrafe",
    'fault',
    undefined,
    "Non va la stampante dell'anagrafe",
  ],
  [
    'Good morning, this is John Smith from the library, the network is down',
    'fault',
    'workstation',
    'The network is down',
  ],
  [
    'mi si è bloccato outlook, che tiene tutta la posta',
    'fault',
    'email',
    'Mi si è bloccato outlook, che tiene tutta la posta',
  ],
  [
    'quanto tempo ci vuole per avere la CIE?',
    'informationRequest',
    'registry',
    'Quanto tempo ci vuole per avere la CIE?',
  ],
  [
    'potete installarmi la stampante nuova?',
    'operationalSupport',
    'workstation',
    'Potete installarmi la stampante nuova?',
  ],
  [
    'nothing happens when I click on print, the printer stays silent',
    'fault',
    'workstation',
    'Nothing happens when I click on print, the printer stays silent',
  ],
  ['mi serve un affiancamento per la TARI', 'operationalSupport', 'taxes', 'Affiancamento per la TARI'],
  ['Supplier invoices are still unpaid', 'paymentProblem', 'invoices', 'Supplier invoices are still unpaid'],
];

describe('propose', () => {
  for (const [text, type, service, subject] of TABLE) {
    it(`I1 understands ${JSON.stringify(text)}`, () => {
      const { because: _because, ...proposal } = propose(text, desk, vocabulary);
      assert.deepEqual(proposal, {
        ...(subject !== undefined && { subject }),
        ...(service !== undefined && { service }),
        ...(type !== undefined && { type }),
      });
    });
  }

  it('I1 says by which words', () => {
    assert.deepEqual(propose('non riesco a emettere i mandati, esce soggetto inesistente', desk).because, {
      service: ['mandati'],
      type: ['non riesco', 'esce'],
    });
    assert.deepEqual(propose('AIUTO!!', desk).because, { service: [], type: [] });
  });

  it('I1 cuts a long sentence before a word, at most 80 characters', () => {
    const { subject } = propose(
      'La stampante del secondo piano non stampa più le buste paga del personale a tempo determinato del settore tecnico',
      desk,
    );
    assert.equal(subject, 'La stampante del secondo piano non stampa più le buste paga del personale');
  });

  it('I1 counts rare words more than common ones, and phrases more than their words', () => {
    const service = (id: string, words: readonly string[]) => ({
      id,
      name: { it: id, en: id },
      module: 'M',
      queue: 'systems',
      words,
      fields: [],
    });
    const services = [
      service('one', ['firma', 'certificato']),
      service('two', ['firma', 'delibera']),
      service('three', ['firma', 'certificato di firma']),
    ];
    const small = { ...desk, services: new Map(services.map((one) => [one.id, one])) };
    assert.equal(propose('la firma della delibera', small).service, 'two');
    assert.equal(propose('la firma', small).service, undefined);
    assert.equal(propose('il certificato di firma', small).service, 'three');
  });

  it('I1 never throws; what it proposes exists and would pass the form', () => {
    const words = fc.constantFrom(
      ...'buongiorno sono Maria Rinaldi non riesco a stampare i mandati ; . , ! \n grazie URGENTE PEC F24 ho un problema di IMU help me the is 504 😀'.split(
        ' ',
      ),
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.array(words, { maxLength: 30 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const proposal = propose(text, desk, vocabulary);
        if (proposal.service !== undefined) assert.ok(desk.services.has(proposal.service));
        if (proposal.subject === undefined) return;
        assert.ok(proposal.subject.length <= 80);
        assert.deepEqual(assessSubject(proposal.subject, vocabulary), { ok: true });
      }),
      { numRuns: 500 },
    );
  });

  it('I1 takes hostile lengths in its stride', () => {
    const units = [
      'a',
      ' ',
      '!',
      '\n',
      '. ',
      'non riesco ',
      'ho un ',
      'Mario ',
      "'",
      '-',
      'non ~ arriva ',
      'à',
      '(',
      '🙃',
    ];
    for (const unit of units) propose(unit.repeat(100_000 / unit.length), desk, vocabulary);
  });
});
