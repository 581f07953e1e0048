/** By which words a request shows its type (I4), in Italian and English. Weights are compared, never shown. */

import type { TicketType } from '../desk.ts';
import { findPhrase, type Phrase, phrasesOf, type Sentences } from './phrases.ts';

type Cues = { readonly weight: number; readonly phrases: readonly Phrase[] };

const PAID_NOUNS = 'pagament*/rimbors*/stipendi*/accredit*/bonific*/compens*/indennita';
const PAYMENT_NOUNS_EN = 'payment*/refund*/reimburs*/salary/salaries/wage*/bank/transfer*';

/** Earlier types win a tie: what does not work or was not paid comes before what somebody wants to know. */
const CUES: readonly (readonly [TicketType, readonly Cues[]])[] = [
  [
    'paymentProblem',
    [
      // The payment itself must be the topic: a fault while making one stays a fault.
      cues(
        5,
        `${PAID_NOUNS} ~ non ~ arriva*/ricevut*/pervenut*/pagat*/accreditat*/visto
        non ~ arriva*/ricevut*/pervenut*/ricevo/visto/pagat* ~ ${PAID_NOUNS}
        mai ~ ricevut*/arriva*/pagat* ~ ${PAID_NOUNS}
        ${PAID_NOUNS} ~ mai ~ arriva*/ricevut*/pagat*
        quando ~ arriva*/pagat*/accreditat*/ricever* ~ ${PAID_NOUNS}
        ${PAID_NOUNS} ~ in ritardo|ritardo ~ ${PAID_NOUNS}
        ${PAID_NOUNS}/fattur*/bollett* ~ insolut*/scadut*/doppi*
        ${PAID_NOUNS} ~ sbagliat*/errat*/parzial*
        fattur*/bollett* ~ non ~ pagat*/saldat*|fattur*/bollett* non pagat*/saldat*
        non ~ pagat*/saldat* ~ fattur*/bollett*
        sollecit* ~ ${PAID_NOUNS}/fattur*
        pagat* ~ due volte|pagat* ~ doppi*|pagat* ~ per errore|due volte ~ addebit*|addebit* ~ due volte
        addebit* ~ doppi*/errat*/sbagliat*|doppi* addebit*/pagament*
        ${PAYMENT_NOUNS_EN} ~ not ~ arriv*/receiv*/paid|${PAYMENT_NOUNS_EN} hasn/haven ~ arriv*/receiv*
        not ~ receiv* ~ ${PAYMENT_NOUNS_EN}|haven/hasn/never ~ receiv*/paid ~ ${PAYMENT_NOUNS_EN}
        ${PAYMENT_NOUNS_EN} ~ late/missing/overdue/wrong/delayed|late/missing/overdue/wrong/delayed payment*/refund*/salary
        when ~ ${PAYMENT_NOUNS_EN} ~ arrive*/paid|when ~ receive ~ ${PAYMENT_NOUNS_EN}
        invoice*/bill/bills ~ unpaid/overdue|unpaid/overdue invoice*/bill/bills
        invoice*/bill/bills ~ not ~ paid|invoice*/bill/bills ~ hasn/haven ~ paid
        not/hasn/haven/never ~ been paid|paid ~ twice|charged ~ twice|double ~ payment*/charge*`,
      ),
    ],
  ],
  [
    'fault',
    [
      cues(
        3,
        `non riesc*/riusci*|non funzion*|non si apr*/accend*/avvi*/carica*/collega*/vede/vedono/connett*/stamp*
        non part*|non stamp*/risponde/rispondono/apre/aprono/carica/accende/invia/importa/salva/calcola
        smesso di|malfunzion*|guast*|schermata bianca/blu/nera|crash*|anomali*|non va|non vanno|va in errore|da errore
        doesn/isn/don/aren/not ~ work*|does not ~ work*|unable to|broken|breaks|blank screen|stopped ~ work*
        won/wont t ~ open/start/load/print/save/send|fails|failed|failing|failure|malfunction*`,
      ),
      cues(
        2,
        `errore/errori/error/errors/eccezione/exception|blocc*|impall*|lent*|rallent*|rott*|ko|disconnett*|scartat*
        esce/appare/compare/restituisce|non ~ arriva*|non ~ vedo|non ~ trova/trovano|non ~ ricev*|non mi fa|non mi lascia
        messaggio ~ errore|is/are/keeps/got stuck|can t|cannot|can not|doesn/isn/won/didn/don/hasn t|does/is not
        non viene/vengono|rumore|noise|nothing happens|keeps|disconnect*|locked|virus|phishing|ransomware
        slow|freez*|frozen|is/are/goes/went/was down|jam|jammed|jams|stuck|offline|not ~ arriv*/receiv*`,
      ),
      cues(1, 'rifiutat*/respint*|reject*|di nuovo|sparit*|disappear*|missing'),
    ],
  ],
  [
    'trainingOrConsultancy',
    [
      // "In corso" is under way and no course.
      cues(
        3,
        `un/uno/dei/i/il/al/sul/vostro/prossimo/nuovo corso|corsi|corso di/su/sul/sulla/sui/per|formazione|formarci
        formativ*|webinar|lezion*|consulenz*|addestrament*|training|trainer|course|courses|consultanc*|consultant
        workshop`,
      ),
      cues(
        4,
        `vorrei/vorremmo/serve/servirebbe/bisogno/organizz*/richied*/chied* ~ corso/corsi/formazione/consulenza
        would/need/want/organi*/request/like ~ training/course/consultancy/workshop`,
      ),
    ],
  ],
  [
    'operationalSupport',
    [
      cues(
        4,
        `supporto/assistenza operativ*|affiancament*|aiutarmi/aiutarci/aiutatemi/aiutateci a/ad/con/per|mi/ci aiut* a/ad/con
        potete/puo/potreste aiutar*|bisogno/serve/servirebbe ~ aiuto/supporto/assistenza per/a/ad/con/nel/nella/su/sul/sui
        al posto nostro/mio|potete/puo/potreste inserir*/caricar*/registrar*/farmi/farci/configurar*/installar*/predisporre
        supporto/aiuto/assistenza per/nella/nel/alla/al|help me/us|help with|help to|need ~ help/assistance/support ~ with/to
        assist me/us|walk me/us through|show me how|operational support|could/can you ~ for me/us|support with`,
      ),
      cues(2, 'non so come|non sappiamo come|don t know how|passo passo|step by step'),
    ],
  ],
  [
    'informationRequest',
    [
      cues(
        4,
        `non riesco a capire|non riesco a trovare/sapere|non capisco come/se|vorrei/vorremmo/volevo capire|come si fa|how do i|how do we|how can i|how can we
        how does one`,
      ),
      cues(
        3,
        `come si|come faccio|come posso|come possiamo|come facciamo|vorrei/volevo/vorremmo sapere|informazion*|info
        chiariment*|delucidazion*|mi sapete dire|sapete dirmi/se|potete/potreste/puo dirmi|entro quando|fino a quando
        dove trovo|dove si trova/trovano|dove posso|quali/che documenti|quale modulo|c e un modulo
        ho/avrei una domanda|ho un dubbio|e possibile sapere|posso sapere|how to|what is/are|when is/are/does/do/will
        where can/do i|where is/are|which form/documents|like to know|tell me|do you know|question*|information
        is it possible to|am i allowed`,
      ),
      cues(
        2,
        `quant*|qual|quale|quali|a chi|dove|perche|scadenza ~ per|orari*|posso|si puo|e possibile
        quando si/apre/chiude/scade/scadono/inizia/posso/potro/sara/saranno/esce/escono
        how much|how many|how long|opening hours|deadline|who is/do/can`,
      ),
    ],
  ],
  [
    'administrativeProblem',
    [
      cues(
        3,
        `dati/anagrafic*/nominativ*/indirizz*/intestazion* ~ errat*/sbagliat*/scorrett*|rettific*|voltur*
        cambio ~ residenza/intestat*/indirizzo/domicilio|pratica/domanda/istanza ~ sospes*/respint*/ferma/rigettat*
        certificat* ~ errat*/sbagliat*|rinnov* ~ contratt*/convenzion*|contratt* ~ scadut*/scade/errat*/sbagliat*/rinnov*
        cedolin*/busta/timbratur*/cartellin*/payslip*/timesheet* ~ mancant*/manca/mancano/errat*/sbagliat*/missing/wrong
        delega ~ firma|nomina|ricorso|reclamo|ferie/permess*/presenz* ~ non ~ conteggiat*/risulta*/calcolat*
        wrong/incorrect name/address/data/details|contract ~ expire*/wrong/renew*|complaint|renew* ~ contract/agreement
        application ~ rejected/suspended|change ~ address`,
      ),
      cues(2, 'contratt*|convenzion*|certificat*|delega|deliber*|contract|certificate|agreement'),
    ],
  ],
];

/** Evidence below this is no evidence. */
const LEAST = 2;

export type TypeGuess = { readonly type: TicketType; readonly because: readonly string[] };

/** The type for which the text speaks most, with the words that do; absent without evidence. */
export function guessType(sentences: Sentences): TypeGuess | undefined {
  let best: (TypeGuess & { readonly score: number }) | undefined;
  for (const [type, groups] of CUES) {
    // Several phrases that meet the same words are one piece of evidence.
    const met = new Map<string, number>();
    for (const { weight, phrases } of groups) {
      for (const phrase of phrases) {
        const found = findPhrase(sentences, phrase);
        if (found !== undefined) keepStrongest(met, found, weight);
      }
    }
    const score = [...met.values()].reduce((sum, weight) => sum + weight, 0);
    if (score >= LEAST && score > (best?.score ?? 0)) best = { type, because: [...met.keys()], score };
  }
  return best && { type: best.type, because: best.because };
}

/** Keeps `found` unless something at least as strong already covers it, and drops what it covers itself. */
function keepStrongest(met: Map<string, number>, found: string, weight: number): void {
  for (const [other, otherWeight] of met) {
    if (other.includes(found) && otherWeight >= weight) return;
    if (found.includes(other) && weight >= otherWeight) met.delete(other);
  }
  met.set(found, weight);
}

function cues(weight: number, list: string): Cues {
  return { weight, phrases: phrasesOf(list) };
}
