/**
 * Texts in which words are as frequent as in real ones: the most frequent word is in nearly every text, half of all
 * distinct words in one text of a thousand or less (Zipf’s law). What stands at the top is Italian as desks read it; the
 * long tail is made of syllables.
 */

import type { Random } from '../torture/random.ts';

const FREQUENT =
  `di e il la che non per un in è una si i del con a da della al le mi ho sono alla nel come ma lo dal ci più se anche
  questo quando dopo ha gli o però già viene prima ancora solo dei delle tutti senza stato fare stamattina oggi ieri grazie
  buongiorno saluti cordiali errore pratica richiesta ufficio portale sistema utente accesso fattura fatture mandato mandati
  stampante password protocollo programma documento file pagamento fornitore scadenza comune servizio problema messaggio
  riesco funziona esce appare aprire stampare inviare salvare entrare bloccato scartata elettronica soggetto inesistente
  codice data importo bilancio impegno capitolo liquidazione ruolo tributi tari imu contribuente cittadino anagrafe
  certificato carta identità residenza stato civile delibera determina albo pretorio firma digitale pec posta casella
  rete vpn computer schermo monitor tastiera aggiornamento server connessione lento cartella permessi collega dirigente
  ragioneria personale cedolino presenze ferie timbratura badge concorso contratto gara appalto cig durc anac bando
  scuola mensa iscrizione trasporto nido verbale sanzione polizia locale edilizia permesso suap scia catasto mappa`
    .split(/\s+/)
    .filter((word) => word !== '');
const SYLLABLES =
  `ba be bi bo ca ce ci co cu da de di do fa fe fi fo ga ge gi la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri
  ro sa se si so ta te ti to tra tri va ve vi vo sta stri glia gno scio pre pro con ver`.split(/\s+/);
const VOCABULARY = 30_000;

export type Texts = {
  /** The word of that rank, 0 the most frequent. */
  word(rank: number): string;
  /** So many words, some with punctuation. */
  text(random: Random, words: number): string;
  /** So many words that say something: none of the most frequent. */
  subject(random: Random, words: number): string;
};

export function createTexts(): Texts {
  const words = [...new Set(FREQUENT)];
  const known = new Set(words);
  for (let n = 0; words.length < VOCABULARY; n++) {
    const word = made(n);
    if (known.has(word)) continue;
    known.add(word);
    words.push(word);
  }
  // How many of all occurrences are of this word or a more frequent one.
  const upTo = new Float64Array(VOCABULARY);
  let sum = 0;
  for (let rank = 0; rank < VOCABULARY; rank++) upTo[rank] = sum += 1 / (rank + 3);

  function rankOf(share: number): number {
    const at = share * sum;
    let [low, high] = [0, VOCABULARY - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  const word = (rank: number) => words[rank] ?? '';

  return {
    word,
    text(random, count) {
      const parts: string[] = [];
      for (let n = 0; n < count; n++) {
        const [next, end] = [word(rankOf(random.next())), random.next()];
        parts.push(end < 0.08 ? `${next}.` : end < 0.16 ? `${next},` : next);
      }
      return parts.join(' ');
    },
    subject(random, count) {
      const parts: string[] = [];
      while (parts.length < count) {
        const rank = rankOf(random.next());
        if (rank >= 50) parts.push(word(rank));
      }
      const [first = '', ...rest] = parts;
      return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ');
    },
  };
}

/** The nth of a row of words that differ and look like words; scattered, so that neighbours do not begin alike. */
function made(n: number): string {
  const base = SYLLABLES.length;
  const scattered = (n * 7_919 + 12_345) % (base * base * base);
  const third = Math.floor(scattered / (base * base));
  const parts = [SYLLABLES[scattered % base], SYLLABLES[Math.floor(scattered / base) % base]];
  return `${parts.join('')}${n % 3 === 0 ? '' : (SYLLABLES[third] ?? '')}${n % 5 === 0 ? 'zione' : ''}`;
}
