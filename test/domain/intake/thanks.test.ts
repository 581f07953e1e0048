import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { continuesTicket, isMereThanks, isPromise } from '../../../src/domain/intake/thanks.ts';

const MERE_THANKS = [
  'grazie!',
  'grazie mille, risolto',
  'ok perfetto grazie',
  'ok',
  '👍',
  '👍🏻',
  'thank you so much',
  'perfetto',
  'tutto a posto, grazie di nuovo e buona giornata',
  'Grazie Anna',
  'grazie mille Anna, gentilissima',
  'Grazie Brambilla',
  'grazie a tutti',
  'Grazie infinite per la rapidità!',
  'grazie per il vostro aiuto',
  'ora funziona, grazie',
  'Funziona tutto, grazie mille',
  'va bene, grazie',
  'd’accordo',
  'tutto ok',
  'Ottimo lavoro',
  '🙏❤️',
  'grazie 😊',
  'no grazie',
  'nessun problema, grazie',
  'grazie comunque',
  'Thanks',
  'thx',
  'ty!',
  'cheers',
  'Great, thanks for your help',
  'Perfect, it works now',
  'all good',
  'all good, thank you',
  'Thanks again, have a nice day',
  'no problem, thanks',
  'resolved, thank you very much',
  'got it, thanks',
  'I really appreciate it',
  'Grazie e buon lavoro',
  'grazie, buon weekend',
  'Grazie mille,\nMaria Rinaldi',
  'GRAZIE',
  'grazie, potete chiudere la richiesta',
  'you can close it, thanks',
  'Great job!',
  'Risolto',
  'ok ok',
  'Buongiorno, grazie mille per la pronta risposta. Cordiali saluti',
  'Grazie :)',
];

const MORE_THAN_THANKS = [
  'grazie ma non funziona ancora',
  'grazie, però ora esce un altro errore',
  'ok?',
  'grazie. Quando arriva il rimborso?',
  '',
  'no',
  'sì',
  'yes',
  'non funziona',
  'grazie, ma no',
  'grazie per niente',
  'thanks for nothing',
  'ok, help me',
  'ciao',
  'buongiorno',
  'Good morning',
  '😡',
  '👎',
  'grazie 😡',
  'grazie :(',
  'ok provo e vi faccio sapere',
  'thanks but it still fails',
  'Thanks. It does not work',
  'grazie, il mandato è 1234',
  'Grazie. Rimborso',
  'grazie, attendo',
  'ok, procedete',
  'perfetto, quindi devo rifare tutto',
  'ancora',
  'ok allora chiamatemi',
  'test',
  'grazie 1234',
  'aiuto grazie',
  'Mario',
  'grazie PEC',
  'funziona a metà',
  'grazie, ne manca uno',
  'ok aiuto',
  'thank you, one more thing',
  'Grazie\nStampante rotta',
];

describe('isPromise', () => {
  for (const text of [
    'Ok, fammi controllare e ti faccio sapere',
    'ok provo e vi faccio sapere',
    'grazie, domani verifico e vi aggiorno',
    'controllo appena posso e ti dico',
    'perfetto, ci provo oggi e le faccio sapere',
    'Let me check and get back to you',
    'Thanks, I’ll check tomorrow and let you know',
  ])
    it(`T9 takes ${JSON.stringify(text)} for a promise to come back`, () => assert.ok(isPromise(text)));
  for (const text of [
    'ok',
    'grazie mille',
    'fammi sapere',
    'ti faccio sapere che non funziona',
    'controllate la stampante e fatemi sapere',
    'let me know',
    'provo ma esce errore',
    'vi scrivo perché non riesco a emettere i mandati',
    'mi fai controllare la PEC?',
  ])
    it(`T9 takes ${JSON.stringify(text)} for no promise`, () => assert.ok(!isPromise(text)));
});

describe('isMereThanks', () => {
  for (const text of MERE_THANKS) {
    it(`T9 takes ${JSON.stringify(text)} for mere thanks`, () => assert.equal(isMereThanks(text), true));
  }
  for (const text of MORE_THAN_THANKS) {
    it(`T9 hears more than thanks in ${JSON.stringify(text)}`, () => assert.equal(isMereThanks(text), false));
  }

  it('T9 hears more than thanks as soon as a word that it does not know is added', () => {
    const matters = fc.constantFrom(
      'mandato',
      'stampante',
      '1234',
      'errore',
      'ma',
      'però',
      'non',
      'but',
      'invoice',
      'PEC',
      '?',
    );
    fc.assert(
      fc.property(fc.constantFrom(...MERE_THANKS), matters, (thanks, matter) => {
        assert.equal(isMereThanks(`${thanks} ${matter}`), false);
        assert.equal(isMereThanks(`${matter} ${thanks}`), false);
      }),
    );
  });

  it('T9 does not change its mind over case, spaces and exclamation marks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MERE_THANKS), (thanks) => {
        assert.equal(isMereThanks(`  ${thanks}!!  `), true);
        assert.equal(isMereThanks(thanks.toLowerCase()), !/Brambilla|Rinaldi/.test(thanks));
      }),
    );
  });

  it('T9 takes hostile lengths in its stride', () => {
    for (const unit of ['grazie ', 'a', '👍', ' ', '!', 'no grazie ']) {
      assert.equal(isMereThanks(unit.repeat(100_000 / unit.length)), false);
    }
  });
});

const TICKET = {
  subject: 'Non riesco a emettere i mandati, esce soggetto inesistente',
  articles: [
    { kind: 'request', text: 'non riesco a emettere i mandati, esce soggetto inesistente' },
    { kind: 'reply', text: 'Buongiorno, di quale fornitore si tratta?' },
    { kind: 'note', text: 'Il collega ha smarrito il badge.' },
  ],
};

const GOES_ON = [
  'non è ancora risolto',
  'Il problema persiste',
  'riaprite per favore',
  'grazie ma non funziona ancora',
  'però ora esce un altro errore',
  'stesso errore di ieri',
  'ancora niente',
  'ci sono novità?',
  'a che punto siete?',
  'Ho provato come mi avete detto ma niente',
  'esce ancora soggetto inesistente',
  'il mandato 1234 è stato emesso',
  'i mandati',
  'il fornitore del mandato è Rossi',
  'il soggetto inesistente compare anche su un altro mandato',
  'still not working',
  'it still does not work',
  'please reopen',
  'same error again',
  'any news?',
  'the problem persists',
  'di nuovo',
  'ancora',
  'adesso non va',
  'ecco la schermata',
  'allego la schermata',
  'sollecito',
  'non ho ricevuto risposta',
  'mandati ancora bloccati',
  'it happened again',
  'as requested, attached',
];

const SOMETHING_ELSE = [
  'la stampante è ancora rotta',
  'non riesco a stampare il cedolino',
  'ho perso la password',
  'vorrei un corso su Excel',
  'ho un altro problema: la PEC non arriva',
  'nuova richiesta: mandati da annullare',
  'buongiorno',
  'la PEC non arriva',
  'non funziona la stampante',
  'another issue: the printer is broken',
  'I cannot print',
  'my mailbox is full',
  'badge smarrito',
  '',
  '12',
  'AIUTO!!',
  'ho bisogno di aiuto',
  'il computer non si accende',
  'di nuovo problemi con la stampante',
];

describe('continuesTicket', () => {
  for (const text of GOES_ON) {
    it(`T9 hears that ${JSON.stringify(text)} goes on about the ticket, and says why`, () => {
      const continuation = continuesTicket(text, TICKET);
      assert.equal(continuation.continues, true);
      assert.ok(continuation.because.length > 0);
    });
  }
  for (const text of SOMETHING_ELSE) {
    it(`I11 does not take ${JSON.stringify(text)} for more about the ticket`, () =>
      assert.equal(continuesTicket(text, TICKET).continues, false));
  }

  it('T9 explains by the words of the text', () => {
    assert.deepEqual(continuesTicket('Il mandato è ancora bloccato', TICKET), {
      continues: true,
      because: [
        { kind: 'continuation', value: 'ancora' },
        { kind: 'sharedWord', value: 'mandato' },
      ],
    });
    assert.deepEqual(continuesTicket('Ho un altro problema: la PEC', TICKET), {
      continues: false,
      because: [{ kind: 'newTopic', value: 'un altro problema' }],
    });
  });

  it('T8 never lets an internal note decide or be quoted', () => {
    assert.deepEqual(continuesTicket('Il badge smarrito', TICKET), { continues: false, because: [] });
  });

  it('T9 takes hostile lengths in its stride', () => {
    const long = 'mandato '.repeat(12_500);
    const articles = Array.from({ length: 200 }, () => ({ text: long }));
    assert.equal(continuesTicket(long, { subject: long, articles }).continues, true);
    assert.equal(continuesTicket('non '.repeat(25_000), TICKET).continues, false);
  });
});
