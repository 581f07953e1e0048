/** Tells a mere thank-you (T9), which reopens nothing, from a message that says something. */

import { type Token, tokensOf } from '../words.ts';
import { classOf } from './lexicon.ts';
import { isFirstName } from './names.ts';
import { findPhrase, phrasesOf, splitSentences } from './phrases.ts';

export { type Continuation, continuesTicket } from './continues.ts';

/** UTF-16 units. Longer than any thank-you: a longer text says something. */
const THANKS_AT_MOST = 300;

/** Thanks, agreement, and that all is well. "Sì" and "yes" are none: they answer a question. */
const THANKS = wordSet(`
  grazie ringrazio ringraziamo ringraziarvi ringraziarti ringraziarla thanks thank thx tks ty tnx cheers ok okay okey
  oki accordo bene benissimo benone perfetto perfetta ottimo ottima eccellente fantastico fantastici fantastica bravo
  bravi brava bravissimi bravissima perfect great excellent awesome brilliant wonderful lovely super top risolto risolta
  risolti funziona funzionano sistemato sistemata ricevuto ricevuta chiaro capito posto apposto resolved solved fixed
  works working sorted received understood noted prego gentilissimi gentilissima gentilissimo appreciate appreciated`);

/** What may stand beside thanks without adding anything. */
const BESIDE = wordSet(`
  mille tante tanto molte molto infinite infinitamente davvero veramente proprio ancora di nuovo dinuovo per in a al alla
  tutto tutti tutte tutta e ed la il lo le vi ti mi ci l ora adesso anche voi lei te i gli un una del della dell d va
  vostro vostra tuo tua suo sua giornata giorno serata sera pomeriggio presto anticipo saluti saluto cordiali
  cordialmente distinti sempre gentile gentili efficienti efficiente veloci rapidi siete stati stato stata sei era ciao
  buongiorno buonasera arrivederci salve caro cara cari dottore dottoressa dott ragazzi colleghi team cosi
  correttamente perfettamente stesso comunque direi gentilmente adesso buon buona buone buono
  you so very much many a lot ever again for your the all that it this now its is s everything really kind kindly
  regards best have nice good day evening weekend afternoon well and to i we re everyone guys bye hello hi dear at
  fine anyway advance`);

/** For what one thanks, or what one wishes: only after one of the words below. */
const OBJECTS = wordSet(`
  aiuto supporto assistenza disponibilita pazienza gentilezza cortesia rapidita celerita velocita tempestivita prontezza
  professionalita risposta risposte riscontro intervento informazione informazioni info chiarimento chiarimenti lavoro
  collaborazione settimana weekend week end fine domenica feste vacanze ferie natale pasqua anno tempo
  help support assistance reply response answer information job work patience time effort kindness cooperation holidays
  week one`);
const BEFORE_OBJECTS = wordSet(`
  per il l la le lo vostro vostra vostre tuo tua tue suo sua sue del della dell pronta pronto preziosa prezioso rapida
  rapido gentile celere immediata buon buona buone ottimo ottima gran bel fine week
  for your the of great good quick prompt fast nice excellent fantastic kind weekend all`);

/** Phrases that decline or end politely although they hold a denial or a verb. */
const POLITE_ENDINGS = phrasesOf(`
  no grazie|no thanks|no thank you|nessun problema|no problem|no worries|non serve/occorre altro|non serve piu
  nient altro|niente altro|nothing else|non c e di che|ci mancherebbe|all good|got it|va bene|d accordo
  potete/puoi/puo chiudere il/la/questo/questa ticket/richiesta|potete/puoi/puo chiudere|chiudete/chiudi pure
  you can close it/this|you can close the/this ticket/request`);

/** Promises to look and to come back: there is nothing to do about them until they do. The longer ones first. */
const PROMISES = phrasesOf(`
  fammi/fatemi/mi/ci faccia controllare/verificare/provare/vedere|fammi/fatemi controllare/verificare/provare/vedere
  ti/vi/le/la faccio/faro/facciamo/faremo sapere|ti/vi/la aggiorno/aggiornero/aggiorniamo|ti/vi/le dico/diro
  ti/vi/le scrivo/scrivero/rispondo/rispondero|ci/lo/la provo/guardo/controllo/verifico|faccio una prova
  controllo/verifico/provo/guardo|controllero/verifichero/provero/guardero|controlliamo/verifichiamo/proviamo
  i/we ll/will let you know|i/we ll/will get/come/be back/in to/touch you|i/we ll/will get/come back to you
  i/we ll/will check/verify/try/see|i/we ll/will have/take a look
  let me/us check/verify/try/see|let me/us have/take a look|let you know|get back to you|come back to you`);
/** When that will be. */
const WHEN = wordSet(`
  domani dopodomani oggi stasera dopo poi appena posso possibile quando lunedi martedi mercoledi giovedi venerdi mattina
  tomorrow today later soon as possible monday tuesday wednesday thursday friday morning afternoon when can`);

/** Emoji that thank, agree or smile; hearts of any colour. */
const APPROVING = new Set([
  ...'👍👌🙏👏🙌💪🤝🙂😀😁😃😄😅😆😇😉😊😍😎🤗🤩🥰😘🎉🎊🌟⭐✅✔🆗❤♥💙💚💛💜🖤🤍🧡💐🌹🌺☺💯🍀',
]);
const ANY_EMOJI = /\p{Extended_Pictographic}/u;

/**
 * True when the text says nothing but thanks, agreement or that all is well, in Italian, English or emoji. Anything
 * that asks, denies or names a matter makes it false: a real message must never be taken for a thank-you.
 */
export function isMereThanks(text: string): boolean {
  if (text.length > THANKS_AT_MOST || /\?|:-?\(/.test(text)) return false;
  const emoji = [...text].filter((character) => ANY_EMOJI.test(character));
  if (emoji.some((character) => !APPROVING.has(character))) return false;
  const rest = without(text, POLITE_ENDINGS);
  const tokens = tokensOf(rest);
  const thanking = rest !== text || emoji.length > 0 || tokens.some(({ word }) => THANKS.has(word));
  return thanking && tokens.every((token, index) => addsNothing(rest, token, tokens[index - 1]));
}

/**
 * True when somebody says that they will look and come back, and nothing else. That is no new request, and gives nobody
 * anything to do about one that is closed; on an open one it is worth knowing.
 */
export function isPromise(text: string): boolean {
  if (text.length > THANKS_AT_MOST || /\?|:-?\(/.test(text)) return false;
  const polite = without(text, POLITE_ENDINGS);
  const rest = without(polite, PROMISES);
  const tokens = tokensOf(rest);
  return (
    rest !== polite &&
    tokens.every((token, index) => WHEN.has(token.word) || addsNothing(rest, token, tokens[index - 1]))
  );
}

function without(text: string, phrases: typeof PROMISES): string {
  return phrases.reduce((rest, phrase) => {
    const met = findPhrase(splitSentences(rest), phrase);
    return met === undefined ? rest : rest.replace(met, () => '');
  }, text);
}

function addsNothing(text: string, { word, written, start }: Token, before: Token | undefined): boolean {
  if (THANKS.has(word) || BESIDE.has(word) || BEFORE_OBJECTS.has(word) || isFirstName(word)) return true;
  if (before === undefined) return false;
  if (OBJECTS.has(word)) return BEFORE_OBJECTS.has(before.word);
  // A name that nobody knows, but written as one just after thanks or a given name: "Grazie Brambilla".
  const follows = /^[ ,]*$/.test(text.slice(before.end, start));
  const afterName =
    isFirstName(before.word) || /^(grazie|thanks|saluti|regards|gentile|dott|dottoressa)$/.test(before.word);
  return follows && afterName && classOf(word) === undefined && /^\p{Lu}\p{M}*\p{Ll}/u.test(written);
}

function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
