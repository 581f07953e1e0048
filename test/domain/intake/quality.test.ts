import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  assessSubject,
  SUBJECT_EXAMPLES,
  SUBJECT_REASONS,
  type SubjectReason,
} from '../../../src/domain/intake/quality.ts';
import { vocabularyOf } from '../../../src/domain/intake/vocabulary.ts';
import { testDesk } from '../../support/desk.ts';

const vocabulary = vocabularyOf(testDesk());

/** A subject that is turned down: why, by which words, and what is suggested instead. */
type Refused = readonly [
  subject: string,
  reason: SubjectReason,
  evidence?: string | undefined,
  suggestion?: string,
];

const ITALIAN_REFUSED: readonly Refused[] = [
  ['', 'empty', ''],
  ['   ', 'empty', ''],
  ['!!!', 'empty', '!!!'],
  ['...', 'empty'],
  ['😀😀', 'empty'],
  ['AIUTO!!', 'generic', 'AIUTO'],
  ['Aiuto', 'generic'],
  ['Aiutooooo', 'generic'],
  ['infoooo', 'generic'],
  ['Help desk', 'generic'],
  ['Si prega di intervenire', 'generic'],
  ['RE: richiesta', 'generic'],
  ['???', 'empty'],
  ['aiutatemi per favore', 'generic'],
  ['problema', 'generic', 'problema'],
  ['Problemi vari', 'generic'],
  ['problematica', 'generic'],
  ['Ho un problemino', 'generic', 'problemino'],
  ['Problema con il computer', 'generic', 'Problema con il computer'],
  ['Problema al PC', 'generic'],
  ['non funziona', 'generic', 'non funziona'],
  ['NON FUNZIONA NIENTE!!!', 'generic', 'NON FUNZIONA'],
  ['Non va', 'generic'],
  ['Il programma non funziona', 'generic'],
  ['Malfunzionamento del sistema', 'generic'],
  ['Il computer non funziona più', 'generic'],
  ['Non riesco a lavorare', 'generic'],
  ['Non riesco ad accedere', 'generic'],
  ['tutto bloccato', 'generic'],
  ['È tutto fermo da stamattina', 'generic'],
  ['Errore', 'generic'],
  ['errore nel sistema', 'generic'],
  ['Richiesta informazioni', 'generic', 'Richiesta informazioni'],
  ['info', 'generic'],
  ['Ho una domanda', 'generic'],
  ['Chiarimenti', 'generic'],
  ['Assistenza tecnica', 'generic'],
  ['Assistenza informatica', 'generic'],
  ['Segnalazione', 'generic'],
  ['varie', 'generic'],
  ['Altro', 'generic'],
  ['Oggetto', 'generic'],
  ['Ticket', 'generic'],
  ['vedi allegato', 'generic'],
  ['Chiamatemi', 'generic'],
  ['Potete richiamarmi?', 'generic'],
  ['Ho bisogno di parlare con un operatore', 'generic'],
  ['Buongiorno', 'generic', 'Buongiorno'],
  ['Salve a tutti, avrei bisogno di aiuto', 'generic'],
  ['Grazie', 'generic'],
  ['Attenzione!', 'generic'],
  ['Che disastro', 'generic'],
  ['Corso', 'generic'],
  ['test', 'generic'],
  ['prova', 'generic'],
  ['asdfgh', 'generic', 'asdfgh'],
  ['asdasd', 'generic'],
  ['sdfsdf', 'generic'],
  ['aaaaa', 'generic'],
  ['xxx', 'generic'],
  ['blablabla', 'generic'],
  ['123', 'generic', '123'],
  ['504', 'generic'],
  ['x', 'generic'],
  ['Comune di Borgolieto', 'generic', 'Comune di Borgolieto'],
  ['Unione Terre d’Adda', 'generic'],
  ['URGENTE', 'urgentWithoutContent', 'URGENTE'],
  ['Urgentissimo!!!', 'urgentWithoutContent'],
  ['urgenza', 'urgentWithoutContent'],
  ['URGENTE problema', 'urgentWithoutContent', 'URGENTE'],
  ['Richiesta urgente di assistenza', 'urgentWithoutContent', 'urgente'],
  ['Intervenite il prima possibile', 'urgentWithoutContent', 'prima possibile'],
  ['Rispondete subito', 'urgentWithoutContent'],
  ['Emergenza, è un’emergenza', 'urgentWithoutContent', 'Emergenza, emergenza'],
  ['Scadenza oggi', 'urgentWithoutContent'],
  ['Comunicazione importante', 'urgentWithoutContent'],
  ['Per Mario Rossi', 'addressedToPerson', 'Per Mario Rossi'],
  ['per mario rossi', 'addressedToPerson'],
  ['Mario Rossi', 'addressedToPerson', 'Mario Rossi'],
  ['Rossi Mario', 'addressedToPerson'],
  ['Per Pierluca Brambilla', 'addressedToPerson'],
  ['Alla c.a. di Giulia', 'addressedToPerson', 'Alla c.a. di Giulia'],
  ['All’attenzione della dott.ssa Bianchi', 'addressedToPerson'],
  ['Alla cortese attenzione dell’ufficio tributi', 'addressedToPerson'],
  ['Gentile dottoressa Verdi', 'addressedToPerson', 'Gentile dottoressa Verdi'],
  ['Dott. Bianchi', 'addressedToPerson', 'Dott. Bianchi'],
  ['Sig.ra Anna Conti', 'addressedToPerson', 'Sig.ra Anna Conti'],
  ['Domanda per Giulia', 'addressedToPerson', 'Giulia'],
  ['Vorrei parlare con Anna', 'addressedToPerson', 'Anna'],
  ['Ciao Anna', 'addressedToPerson'],
  ['Conti', 'addressedToPerson', 'Conti'],
  ['Sindaco', 'addressedToPerson'],
  ['Per il dirigente', 'addressedToPerson'],
  ['Ciao Anna, la PEC non arriva', 'addressedToPerson', 'Ciao Anna', 'La PEC non arriva'],
  ['Per Anna Conti: mandati bloccati', 'addressedToPerson', 'Per Anna Conti', 'Mandati bloccati'],
  ['Gentile dott.ssa Verdi, il cedolino è vuoto', 'addressedToPerson', undefined, 'Il cedolino è vuoto'],
  ['Mandati bloccati – alla c.a. di Giulia', 'addressedToPerson', 'alla c.a. di Giulia', 'Mandati bloccati'],
  ['Mandati bloccati (c.a. Giulia)', 'addressedToPerson', 'c.a. Giulia', 'Mandati bloccati'],
  ['@Anna guarda la PEC', 'addressedToPerson', 'Anna', 'Guarda la PEC'],
  ['ERRORE EMISSIONE MANDATI', 'shouting', 'ERRORE EMISSIONE MANDATI', 'Errore emissione mandati'],
  ['NON RIESCO A STAMPARE IL CEDOLINO', 'shouting', undefined, 'Non riesco a stampare il cedolino'],
  ['MANDATI BLOCCATI DA IERI!!!', 'shouting', undefined, 'Mandati bloccati da ieri'],
  ['LA PEC NON ARRIVA PIÙ', 'shouting', undefined, 'La PEC non arriva più'],
  ['CARTA D’IDENTITÀ', 'shouting', undefined, 'Carta d’identità'],
  ['FATTURA SDI', 'shouting', 'FATTURA', 'Fattura SDI'],
  ['PC LENTO', 'shouting', 'LENTO', 'PC lento'],
  ['STAMPANTE', 'shouting', 'STAMPANTE', 'Stampante'],
  ['PEC non arriva!!!', 'shouting', '!!!', 'PEC non arriva'],
];

const ITALIAN_PASSED = [
  'F24',
  'IMU 2026',
  'IMU',
  'CIE',
  'PEC',
  'SPID',
  'SDI',
  'PagoPA',
  'PC lento',
  'PC bloccato',
  'SIOPE+ KO',
  'SICRAWEB KO',
  'INPS PASSWEB',
  'PEC non arriva',
  'PEC non arriva!',
  'pec ko',
  'Errore 504 mandati',
  'Errore 504',
  'stampante',
  'Stampante non stampa',
  'Problema stampante',
  'fatture',
  'Corso Excel',
  'Nuovo PC',
  'Scadenza IMU',
  'Sito lento',
  'Il PC non si accende',
  'Allegato non si apre',
  'Non riesco a stampare',
  'Non riesco ad accedere a SIOPE+',
  'URGENTE: PEC non arriva',
  'Buongiorno, la PEC non arriva',
  'Attenzione: server fuori uso',
  'Problema conti',
  'Conti correnti postali',
  'Villa comunale chiusa',
  'Accesso agli atti',
  'Entrate patrimoniali',
  'Segnaletica stradale caduta',
  'Funzionario assente',
  'Avviso di pagamento errato',
  'Assistenza domiciliare',
  'Mandato per Mario Rossi bloccato',
  'Abilitazione SPID per Mario Rossi',
  'Busta paga di Mario Rossi',
  'Per Mario Rossi non funziona la PEC',
  'Rossi Mario, cambio residenza',
  'Comune di Borgolieto: IMU',
  'Non riesco a emettere i mandati, esce soggetto inesistente',
  'IBAN',
  'Toner finito',
  'Office 365',
  'Matrimonio Rossi',
  'Badge di Anna',
  'Lampada bruciata',
  'Riunione con il sindaco: videoproiettore',
];

const ENGLISH_REFUSED: readonly Refused[] = [
  ['help', 'generic', 'help'],
  ['HELP ME!!!', 'generic'],
  ['Helping', 'generic'],
  ['Help needed', 'generic'],
  ['it doesn’t work', 'generic'],
  ['Nothing works', 'generic', 'Nothing works'],
  ['Not working', 'generic', 'Not working'],
  ['computer problem', 'generic'],
  ['My computer is not working', 'generic'],
  ['question', 'generic'],
  ['Quick question', 'generic'],
  ['Request for information', 'generic'],
  ['Info please', 'generic'],
  ['Hello', 'generic'],
  ['Good morning everyone', 'generic'],
  ['Can’t log in', 'generic'],
  ['issue', 'generic'],
  ['Various issues', 'generic'],
  ['something is wrong', 'generic'],
  ['everything is broken', 'generic'],
  ['The system is down', 'generic'],
  ['please call me', 'generic'],
  ['support', 'generic'],
  ['thanks', 'generic'],
  ['testing', 'generic'],
  ['foo', 'generic'],
  ['Dear support team', 'generic'],
  ['see attachment', 'generic'],
  ['Urgent', 'urgentWithoutContent'],
  ['URGENT HELP', 'urgentWithoutContent', 'URGENT'],
  ['ASAP', 'urgentWithoutContent'],
  ['I need this right now', 'urgentWithoutContent', 'right now'],
  ['Very important request', 'urgentWithoutContent'],
  ['For John Smith', 'addressedToPerson', 'For John Smith'],
  ['To the attention of Jane', 'addressedToPerson'],
  ['Attn: Jane', 'addressedToPerson'],
  ['Dear Mr Smith', 'addressedToPerson'],
  ['Hi Anna', 'addressedToPerson'],
  ['For Mary: invoice rejected', 'addressedToPerson', 'For Mary', 'Invoice rejected'],
  ['dear Anna, my printer is offline', 'addressedToPerson', 'dear Anna', 'My printer is offline'],
  ['PRINTER NOT WORKING', 'shouting', undefined, 'Printer not working'],
  ['I CANNOT PRINT THE PAYSLIP', 'shouting', undefined, 'I cannot print the payslip'],
  ['Invoice rejected!!!!', 'shouting', '!!!!', 'Invoice rejected'],
];

const ENGLISH_PASSED = [
  'Printer jam',
  'VPN down',
  'VPN',
  'Slow laptop',
  'PC slow',
  'VAT number',
  'Payment order 1234 rejected',
  'Error 504',
  'Error code 12',
  'Password reset',
  'New user account',
  'Outlook crash',
  'can’t print',
  'Invoice rejected',
  'Payslip for Mary Jones',
  'Urgent: invoices rejected since Monday',
  'Hello, my mailbox is full',
  'The computer does not start',
  'Website slow',
  'How do I register an invoice?',
  'Access to SIOPE+',
  'Excel training',
];

const OTHER_LANGUAGES_PASSED = ['Проблема с принтером', '打印机', 'Drucker druckt nicht'];

describe('assessSubject', () => {
  for (const [language, refused] of [
    ['Italian', ITALIAN_REFUSED],
    ['English', ENGLISH_REFUSED],
  ] as const) {
    for (const [subject, reason, evidence, suggestion] of refused) {
      it(`I5 turns down the ${language} ${JSON.stringify(subject)}: ${reason}`, () => {
        const judged = assessSubject(subject, vocabulary);
        assert.equal(judged.ok, false);
        assert.equal(judged.reason, reason);
        if (evidence !== undefined) assert.equal(judged.evidence, evidence);
        assert.equal(judged.suggestion, suggestion);
      });
    }
  }

  for (const subject of [...ITALIAN_PASSED, ...ENGLISH_PASSED, ...OTHER_LANGUAGES_PASSED]) {
    it(`I5 lets pass ${JSON.stringify(subject)}`, () =>
      assert.deepEqual(assessSubject(subject, vocabulary), { ok: true }));
  }

  it('I5 turns down what is too long and suggests a cut at a word', () => {
    const long = `${'Mandato respinto dal tesoriere perché '.repeat(4)}manca il CIG`;
    const judged = assessSubject(long, vocabulary);
    assert.equal(judged.ok, false);
    assert.equal(judged.reason, 'tooLong');
    assert.equal(judged.suggestion?.endsWith('dal tesoriere'), true);
    assert.equal((judged.suggestion?.length ?? 999) <= 120, true);
    assert.deepEqual(assessSubject(`Mandato ${'respinto '.repeat(12)}ora`, vocabulary), { ok: true });
    const longest = `Mandato ${'respinto '.repeat(11)}dal tesoriere`;
    assert.deepEqual(assessSubject(longest, vocabulary), { ok: true });
    assert.equal(longest.length, 120);
    assert.equal(assessSubject(`${longest}x`, vocabulary).ok, false);
  });

  it('I5 shows the example nearest to what was meant', () => {
    const examples: readonly [string, string][] = [
      ['Problema con il computer', 'device'],
      ['Non riesco ad accedere', 'access'],
      ['Richiesta informazioni', 'information'],
      ['Quick question', 'information'],
      ['AIUTO!!', 'fault'],
    ];
    for (const [subject, example] of examples) {
      const judged = assessSubject(subject, vocabulary);
      assert.equal(judged.ok ? undefined : judged.example, example, subject);
    }
  });

  it('I5 learns the desk’s own words: acronyms, people, organisations', () => {
    const desk = testDesk();
    const known = vocabularyOf(desk);
    const bare = vocabularyOf({
      ...desk,
      services: new Map(),
      people: new Map(),
      organisations: new Map(),
    });
    assert.equal(assessSubject('STAMPANTE', known).ok, false);
    assert.equal(assessSubject('Conti', known).ok, false);
    assert.equal(assessSubject('Conti', bare).ok, true);
    assert.equal(assessSubject('Comune di Borgolieto', bare).ok, true);

    const service = { id: 'io', name: { it: 'App IO', en: 'IO app' }, module: 'Digitale', queue: 'systems' };
    const withApp = vocabularyOf({
      ...desk,
      services: new Map([['io', { ...service, words: ['IO', 'LIQUIDA WEB'], fields: [] }]]),
    });
    assert.equal(assessSubject('app IO', known).ok, false);
    assert.equal(assessSubject('app IO', withApp).ok, true);
    assert.equal(assessSubject('LIQUIDA KO', known).ok, false);
    assert.equal(assessSubject('LIQUIDA KO', withApp).ok, true);
  });

  it('I5 never throws, explains every refusal and suggests only what would pass', () => {
    const words = fc.constantFrom(
      ...'AIUTO URGENTE per Mario Rossi PEC mandati : , ! – ciao c.a. 504 ERRORE bloccati 😀 𝐀𝐁𝐂𝐃𝐄 ẞßẞß'.split(
        ' ',
      ),
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 150 }),
      fc.string({ unit: 'binary', maxLength: 150 }),
      fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const judged = assessSubject(text, vocabulary);
        if (judged.ok) return;
        assert.ok(SUBJECT_REASONS.includes(judged.reason));
        assert.ok(SUBJECT_EXAMPLES.includes(judged.example));
        assert.ok(judged.evidence !== '' || text.trim() === '');
        if (judged.suggestion !== undefined) {
          assert.deepEqual(assessSubject(judged.suggestion, vocabulary), { ok: true });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('I5 takes hostile lengths in its stride', () => {
    for (const unit of ['a', ' ', '!', 'A ', 'per ', 'Mario ', '(', '\u0300', '🙃', '-', '. ', '\n']) {
      const judged = assessSubject(unit.repeat(100_000 / unit.length), vocabulary);
      assert.equal(judged.ok, false);
    }
  });
});
