/**
 * Does a message belong to a ticket, or is it another matter (I11)? Certain both ways, or worth a question: what is added
 * silently must belong, and what is made new silently must not.
 */

import type { Desk } from '../desk.ts';
import { isPublic, type ServiceId } from '../ticket.ts';
import { stemOf, wordsOf } from '../words.ts';
import { partsOf } from './parts.ts';
import { findPhrase, type Phrase, phrasesOf, splitSentences } from './phrases.ts';
import { type ReadWord, readText } from './reading.ts';
import { guessService } from './service-guess.ts';
import type { Vocabulary } from './vocabulary.ts';

export type Belonging = {
  readonly verdict: 'goesOn' | 'new' | 'unsure';
  /** What spoke for it or against it, as written. */
  readonly because: readonly {
    readonly kind:
      | 'continuation'
      | 'sharedWord'
      | 'commonWord'
      | 'newTopic'
      | 'anotherService'
      | 'ownMatter'
      | 'noMatter';
    readonly value: string;
  }[];
};

/** Only these make sense about something that is known already, whatever else is said. */
const CERTAIN = phrasesOf(
  `non ~ risolto/risolta/risolti|non ~ sistemato/sistemata|riapr*|riaprire|il problema persiste|persiste|si ripresenta
  si e ripresentato|si ripete|e tornato/ricomparso|come dicevo/detto/scritto|stesso problema/errore|stessa cosa/situazione
  ancora non funziona*|non funziona* ancora|continua a non|continua a dare|ancora niente/nulla|ancora lo stesso
  avete novita/notizie/aggiornamenti|ci sono novita/notizie|novita/aggiornamenti sulla/su/sul mia/mio/ticket/richiesta
  a che punto|mia/vostra precedente/ultima richiesta/risposta/mail/comunicazione|come richiesto|come da voi
  ho provato/fatto/seguito ~ come/quello/quanto/indicazioni/istruzioni|ora/adesso ~ esce/compare/appare/da ~ altro/errore
  non ho ~ ricevuto risposta|non ho ricevuto nessuna|sollecito|nessuna risposta
  still not|still does|still doesn|still isn|still can|still won|still have/having ~ same/problem/issue|not ~ solved/resolved/fixed
  reopen*|re open|same problem/issue/error|as requested|as i said/wrote|any news/update/updates|problem persists|persists
  it is/s back|happened again|happening again|your last/previous reply/message/answer|i tried ~ you/what/as`,
);

/** These lean that way, and decide where the message names no matter of its own. */
const LEANING = phrasesOf(
  `ancora|di nuovo|nuovamente|invece|inoltre|anche|pero|allego|in allegato|ecco|aggiungo|preciso|dimenticavo|intanto
  nel frattempo|adesso|ora|sempre|still|again|also|however|attached|here is/are/s|forgot|meanwhile|now|yet|moreover`,
);

/** The person says so: something else begins here. */
const NEW_TOPIC = phrasesOf(
  `altra cosa|un altra/altro richiesta/questione/problema/domanda/argomento|altro problema|nuova/nuovo richiesta/problema
  nuova segnalazione|cambio/cambiando argomento|a parte questo|diversa/diverso questione/problema
  another/new/different issue/problem/request/question/matter|something else|separately|unrelated|new topic`,
);

/** Nobody's point comes later than this. */
const READ_AT_MOST = 2_000;
/** A ticket's words are looked for in its subject and in the last articles. */
const ARTICLES_READ = 20;
/** A word that more of the desk's tickets have says nothing about which one is meant: one in forty. */
const RARE = 1 / 40;
/** Where there are few tickets, a word of one or two is rare all the same. */
const RARE_IN_FEW = 2;
/** A message with so many words of its own brings a matter of its own, unless more than one of them is known. */
const OWN_MATTER = 7;

/** What is needed of a ticket; internal notes are left out, so that they never shape what a requester sees. */
export type Conversation = {
  readonly service?: ServiceId | undefined;
  readonly subject: string;
  readonly articles: readonly { readonly text: string; readonly kind?: string }[];
};

/** How often words are used in the desk's own tickets. */
export type Usage = {
  readonly tickets: number;
  /** How many of them have a word that begins so. */
  readonly having: (stem: string) => number;
};

/** @param waiting the office has asked the requester something on this ticket */
export function belongsTo(
  text: string,
  ticket: Conversation,
  waiting: boolean,
  { desk, vocabulary, usage }: { desk: Pick<Desk, 'services'>; vocabulary: Vocabulary; usage: Usage },
): Belonging {
  const { matter } = partsOf(text.slice(0, READ_AT_MOST), vocabulary);
  const sentences = splitSentences(matter);
  const [newTopic] = allOf(NEW_TOPIC, sentences);
  if (newTopic !== undefined) return verdict('new', 'newTopic', newTopic);

  const own = tellingStems(matter, vocabulary);
  const known = knownStems(ticket, vocabulary);
  const rare = (stem: string) =>
    !vocabulary.services.has(stem) && usage.having(stem) <= Math.max(RARE_IN_FEW, usage.tickets * RARE);
  const shared = [...own].filter(([stem]) => known.has(stem));
  const telling = shared.filter(([stem]) => rare(stem)).map(([, word]) => word);
  const common = shared.filter(([stem]) => !rare(stem)).map(([, word]) => word);
  const certain = allOf(CERTAIN, sentences);
  const leans = [...certain, ...allOf(LEANING, sentences)];
  const [phrase] = certain;
  const [leaning] = leans;
  const besides = new Set(leans.flatMap(wordsOf).map(stemOf));
  const matters = [...own.keys()].filter((stem) => !besides.has(stem)).length;

  const guess = guessService(matter, desk);
  // By words that the ticket has as well nothing else is named.
  const elsewhere = guess?.because.filter(
    (words) => !wordsOf(words).every((word) => known.has(stemOf(word))),
  );
  const another =
    guess && guess.service !== ticket.service && elsewhere?.length ? elsewhere.join(', ') : undefined;

  if (matters === 0) {
    const word = leaning ?? matter.trim().slice(0, 40);
    return phrase !== undefined || leaning !== undefined || waiting
      ? verdict('goesOn', leaning === undefined ? 'noMatter' : 'continuation', word)
      : verdict('unsure', 'noMatter', word);
  }
  if (another !== undefined)
    return telling.length > 0 || phrase !== undefined
      ? verdict('unsure', 'anotherService', another)
      : verdict('new', 'anotherService', another);
  const [one] = telling;
  if (one !== undefined) {
    const enough = telling.length > 1 || leaning !== undefined || waiting || matters < OWN_MATTER;
    return verdict(enough ? 'goesOn' : 'unsure', 'sharedWord', telling.join(', '));
  }
  if (phrase !== undefined) return verdict('unsure', 'continuation', phrase);
  if (common.length > 0) return verdict('unsure', 'commonWord', common.join(', '));
  if (waiting || leaning !== undefined) return verdict('unsure', 'ownMatter', [...own.values()].join(', '));
  return verdict('new', 'ownMatter', [...own.values()].join(', '));
}

function verdict(
  value: Belonging['verdict'],
  kind: Belonging['because'][number]['kind'],
  because: string,
): Belonging {
  return { verdict: value, because: [{ kind, value: because }] };
}

/** What of the text each phrase met, as written. */
function allOf(phrases: readonly Phrase[], sentences: ReturnType<typeof splitSentences>): string[] {
  return phrases.flatMap((phrase) => findPhrase(sentences, phrase) ?? []);
}

/** Words that name a matter, by stem: what is specific, whom it concerns, and numbers of papers. */
function tellingStems(matter: string, vocabulary: Vocabulary): Map<string, string> {
  const stems = new Map<string, string>();
  const words = readText(matter, vocabulary);
  for (const [at, word] of words.entries()) {
    if (!tells(word, words[at - 1], vocabulary)) continue;
    const stem = stemOf(word.word);
    if (!stems.has(stem)) stems.set(stem, word.written);
  }
  return stems;
}

function tells(word: ReadWord, before: ReadWord | undefined, vocabulary: Vocabulary): boolean {
  switch (word.part) {
    case 'specific':
      return word.word.length > 2;
    // Whoever is of the desk, or is greeted, says nothing about the matter; a supplier or a citizen does.
    case 'name':
      return (
        !vocabulary.givenNames.has(word.word) &&
        !vocabulary.surnames.has(word.word) &&
        before?.part !== 'salutation' &&
        before?.part !== 'courtesy'
      );
    // "12" and "2026" are details of any matter; the number of an order or a file is one of this.
    case 'number':
      return word.word.length >= 3 && !/^(?:19|20)\d\d$/.test(word.word);
    default:
      return false;
  }
}

function knownStems({ subject, articles }: Conversation, vocabulary: Vocabulary): ReadonlySet<string> {
  const read = articles.filter(isPublic).slice(-ARTICLES_READ);
  const texts = [subject, ...read.map(({ text }) => partsOf(text.slice(0, READ_AT_MOST), vocabulary).matter)];
  return new Set(texts.flatMap((text) => [...tellingStems(text, vocabulary).keys()]));
}
