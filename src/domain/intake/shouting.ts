/** Tells shouting from acronyms: "ERRORE EMISSIONE MANDATI" shouts, "SIOPE+ KO" and "INPS PASSWEB" do not. */

import { stemOf } from '../words.ts';
import { classOf } from './lexicon.ts';
import type { ReadWord } from './reading.ts';
import type { Vocabulary } from './vocabulary.ts';
import { capitalised } from './wording.ts';

/** Acronyms of the public administration and of computing, four letters or more: shorter ones are never shouting. */
const ACRONYMS = new Set(
  `siope tari tasi tares isee suap spid anpr inps inail durc sepa pagopa mepa irap irpef uniemens bdap consip miur agid
  anac siatel entratel passweb perlapa cosap tosap rpct ipab asmel ancitel inpdap cnipa pnrr regis openbdap rasa simog
  sicraweb urbi civilia ascii html http https json smtp imap oauth wifi hdmi adsl ldap sftp saml pdfa ddos vpns`.split(
    /\s+/,
  ),
);

/** The words that shout, as written; empty when nobody does. */
export function shoutedIn(text: string, words: readonly ReadWord[], vocabulary: Vocabulary): string[] {
  const shouted = words.filter((word) => isShouted(word, vocabulary));
  const loud = lettersIn(shouted);
  const calm = lettersIn(words.filter((word) => /\p{Ll}/u.test(word.written)));
  const certain = shouted.length > 1 || shouted.some((word) => isOrdinaryWord(word, vocabulary));
  if (certain && loud > calm) return shouted.map((word) => word.written);
  const marks = text.match(/!/g)?.length ?? 0;
  return marks >= 3 ? ['!'.repeat(Math.min(marks, 5))] : [];
}

/** The same text in a calm voice: shouted words lower-cased, exclamation marks taken off, the first letter capital. */
export function calmed(text: string, words: readonly ReadWord[], vocabulary: Vocabulary): string {
  let result = '';
  let at = 0;
  for (const word of words) {
    const quiet = isShouted(word, vocabulary) || isGrammar(word);
    result += text.slice(at, word.start) + (quiet ? word.written.toLowerCase() : word.written);
    at = word.end;
  }
  result += text.slice(at);
  return capitalised(result.replaceAll('!', ' ').split(/\s+/).join(' ').trim());
}

/** In capitals and long enough to be a word; acronyms and codes are not. */
function isShouted({ word, written }: ReadWord, vocabulary: Vocabulary): boolean {
  return (
    written.length >= 4 &&
    /^\p{Lu}[\p{Lu}\p{M}]*$/u.test(written) &&
    !ACRONYMS.has(word) &&
    !vocabulary.acronyms.has(word)
  );
}

/** Short words in capitals that only grammar has: NON, DEL, THE. They follow the words around them. */
function isGrammar({ part, written }: ReadWord): boolean {
  return part === 'stop' && /^\p{Lu}+$/u.test(written);
}

/** A word of the language rather than a product's name: known, used by the desk in lower case, or of Italian shape. */
function isOrdinaryWord({ word }: ReadWord, vocabulary: Vocabulary): boolean {
  if (classOf(word) !== undefined || vocabulary.services.has(stemOf(word))) return true;
  return word.length >= 5 && /[aeio]$/.test(word) && (word.match(/[aeiou]/g)?.length ?? 0) >= 2;
}

function lettersIn(words: readonly ReadWord[]): number {
  return words.reduce((sum, word) => sum + word.written.length, 0);
}
