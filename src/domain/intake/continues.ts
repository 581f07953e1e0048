/** Does a message go on about a ticket? Asked where a person writes without saying which ticket they mean. */

import { isPublic } from '../ticket.ts';
import { stemOf, wordsOf } from '../words.ts';
import { isGibberish } from './gibberish.ts';
import { classOf } from './lexicon.ts';
import { findPhrase, phrasesOf, splitSentences } from './phrases.ts';

export type Continuation = {
  readonly continues: boolean;
  /** What spoke for it or, where it does not continue, against it. */
  readonly because: readonly {
    readonly kind: 'continuation' | 'sharedWord' | 'newTopic';
    readonly value: string;
  }[];
};

/** Only these make sense about something that is known already, whatever else is said. */
const CERTAIN = phrasesOf(
  `non ~ risolto/risolta/risolti|non ~ sistemato/sistemata|riapr*|riaprire|il problema persiste|persiste|si ripresenta
  si e ripresentato|si ripete|e tornato/ricomparso|come dicevo/detto/scritto|stesso problema/errore|stessa cosa/situazione
  ancora non funziona*|non funziona* ancora|continua a non|continua a dare|ancora niente/nulla|ancora lo stesso
  avete novita/notizie|ci sono novita/notizie|novita/aggiornamenti sulla/su/sul mia/mio/ticket/richiesta
  a che punto|mia/vostra precedente/ultima richiesta/risposta/mail/comunicazione|come richiesto|come da voi
  ho provato/fatto/seguito ~ come/quello/quanto/indicazioni/istruzioni|ora/adesso ~ esce/compare/appare/da ~ altro/errore
  non ho ~ ricevuto risposta|sollecito|nessuna risposta
  still not|still does|still doesn|still isn|still can|still won|still have/having ~ same/problem/issue|not ~ solved/resolved/fixed
  reopen*|re open|same problem/issue/error|as requested|as i said/wrote|any news/update/updates|problem persists|persists
  it is/s back|happened again|happening again|your last/previous reply/message/answer|i tried ~ you/what/as`,
);

/** These lean that way, and decide where the message names no matter of its own. */
const LEANING = phrasesOf(
  `ancora|di nuovo|nuovamente|invece|inoltre|anche|pero|allego|in allegato|ecco|aggiungo|preciso|dimenticavo|intanto
  nel frattempo|adesso|ora|still|again|also|however|attached|here is/are/s|forgot|meanwhile|now|yet|moreover`,
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

/** What is needed of a ticket; internal notes are left out, so that they never shape what a requester sees. */
export type Conversation = {
  readonly subject: string;
  readonly articles: readonly { readonly text: string; readonly kind?: string }[];
};

/**
 * Does the text clearly go on about that ticket? By words of continuation ("ancora", "riaprite", "still"), unless the
 * text brings a matter of its own, or by specific words that it shares with the ticket: two, or half of its own.
 */
export function continuesTicket(text: string, ticket: Conversation): Continuation {
  const beginning = text.slice(0, READ_AT_MOST);
  const sentences = splitSentences(beginning);
  const own = specificStems(beginning);
  const known = knownStems(ticket);
  const shared = [...own].filter(([stem]) => known.has(stem)).map(([, word]) => word);
  const because = shared.map((value) => ({ kind: 'sharedWord' as const, value }));

  const newTopic = firstOf(NEW_TOPIC, sentences);
  if (newTopic !== undefined) {
    return { continues: false, because: [{ kind: 'newTopic', value: newTopic }] };
  }
  const certain = firstOf(CERTAIN, sentences);
  if (certain !== undefined) {
    return { continues: true, because: [{ kind: 'continuation', value: certain }, ...because] };
  }
  const leaning = firstOf(LEANING, sentences);
  const besides = wordsOf(leaning ?? '').filter((word) => own.has(stemOf(word))).length;
  if (leaning !== undefined && (own.size === besides || shared.length > 0)) {
    return { continues: true, because: [{ kind: 'continuation', value: leaning }, ...because] };
  }
  const enough = shared.length >= 2 || (shared.length === 1 && own.size <= 2);
  return { continues: enough, because: enough ? because : [] };
}

function firstOf(
  phrases: ReturnType<typeof phrasesOf>,
  sentences: ReturnType<typeof splitSentences>,
): string | undefined {
  for (const phrase of phrases) {
    const met = findPhrase(sentences, phrase);
    if (met !== undefined) return met;
  }
  return undefined;
}

/** Words that name a matter, by stem. Numbers alone ("504", "12") are details of any matter. */
function specificStems(text: string): Map<string, string> {
  const stems = new Map<string, string>();
  for (const word of wordsOf(text)) {
    const names = word.length > 2 && classOf(word) === undefined && /\p{L}/u.test(word) && !isGibberish(word);
    if (names && !stems.has(stemOf(word))) stems.set(stemOf(word), word);
  }
  return stems;
}

function knownStems({ subject, articles }: Conversation): ReadonlySet<string> {
  const read = articles.filter(isPublic).slice(-ARTICLES_READ);
  const texts = [subject, ...read.map(({ text }) => text.slice(0, READ_AT_MOST))];
  return new Set(texts.flatMap((text) => [...specificStems(text).keys()]));
}
