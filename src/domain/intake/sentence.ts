/** Makes a subject of what somebody wrote (I1): the first sentence that says something, without its trimmings. */

import { type Token, tokensOf } from '../words.ts';
import { classOf } from './lexicon.ts';
import { assessSubject } from './quality.ts';
import { type ReadWord, readText } from './reading.ts';
import type { Vocabulary } from './vocabulary.ts';
import { capitalised, cutAtWord, trimmedEnd } from './wording.ts';

/** Longest subject that is proposed, UTF-16 units: what fits on one line of a card. */
export const PROPOSED_SUBJECT_LIMIT = 80;

/** Nobody's point comes later than this; reading on would only cost time. */
const READ_AT_MOST = 2_000;

/** Openings that hedge: what follows is the point. Grouped by first word; the longest that fits is taken off. */
const HEDGES = byFirstWord(
  `ho un|ho una|ho dei|ho delle|avrei un|avrei una|abbiamo un|abbiamo una|c e un|c e una|c e|ci sono dei|ci sono delle
  ci sono|ho bisogno di sapere|ho bisogno di|avrei bisogno di sapere|avrei bisogno di|abbiamo bisogno di
  avremmo bisogno di|mi serve sapere|mi servirebbe sapere|mi servirebbe|mi serve|ci serve|ci servirebbe
  volevo segnalare che|volevo segnalare|vorrei segnalare che|vorrei segnalare|volevo sapere se|volevo sapere
  vorrei sapere se|vorrei sapere|vorremmo sapere|vorrei capire|volevo capire|volevo chiedere se|volevo chiedere|vorrei chiedere se|vorrei chiedere
  volevo informarvi che|vorrei informarvi che|vorrei avere|vorremmo avere|vorrei|vorremmo|chiedo cortesemente di|chiedo di|chiedo|chiediamo di
  vi chiedo cortesemente di|vi chiedo di|si chiede di|si richiede di|si prega di|vi prego di|la prego di|vi segnalo che|vi segnalo|ti segnalo che|ti segnalo
  segnalo che|segnalo|si segnala che|si segnala|vi scrivo perche|vi scrivo per|scrivo perche|scrivo per
  vi contatto perche|vi contatto per|mi potete dire|potete dirmi|potreste dirmi|puo dirmi|sapete dirmi|mi sapete dire
  mi potete aiutare a|potete aiutarmi a|con la presente si segnala che|con la presente|a quanto pare|mi sa che
  credo che|penso che|sembra che|mi sembra che|pare che|purtroppo|un attimo|una cosa|per favore|per cortesia
  mi scuso per il disturbo|scusate il disturbo ma|scusate il disturbo|scusi il disturbo ma|scusi il disturbo|a tutti
  a tutte|a voi|come da oggetto
  i have a|i have an|i have some|we have a|we have an|there is a|there is an|there s a|there s an|i am having|i m having
  we are having|i need to know|i need|we need|i would like to know|i d like to know|i would like to report that
  i would like to report|i d like to report|we would like to|we would like|i would like to ask|i would like to|i would like|i d like to|i d like
  i want to know|i want to|i wanted to report that|i wanted to report|i wanted to ask|i was wondering if
  i was wondering|just wondering|could you tell me|can you tell me|could you please tell me|can you please tell me
  do you know|could you please|can you please|could you|can you|please|it seems that|it looks like|it seems|i think that|i think
  i believe that|i believe|unfortunately|sorry to bother you but|sorry to bother you|i hope you are well
  hope you are well|i am writing because|i am writing to|i m writing to|i m writing because|everyone|all|there`,
);

const INTRODUCTIONS = byFirstWord('sono|mi chiamo|qui|my name is|this is|i am|i m|it is|it s');

/** What leads from a person's name to where they work. */
const ORIGIN = new Set('del dello della dell dei delle dal dallo dalla dall of from at in'.split(' '));

/** Said before a colon or a comma they announce the point and are none: "Urgente: …", "Un’altra richiesta: …". */
const ANNOUNCEMENTS = byFirstWord(
  `aiuto|help|sos|problema|problem|issue|domanda|question|info|richiesta|request|segnalazione|urgente|urgent
  altra cosa|altra richiesta|altra questione|altra domanda|altra segnalazione|altro problema|altro argomento
  un altra cosa|un altra richiesta|un altra questione|un altra domanda|un altra segnalazione|un altro problema
  un altro argomento|nuova richiesta|nuova segnalazione|nuovo problema|cambiando argomento|cambio argomento
  a parte questo|another issue|another problem|another request|another question|another matter|another thing
  new issue|new problem|new request|new question|new topic|something else|separately|unrelated`,
);

/** What a sentence loses with its hedge: "(avrei bisogno di) un corso" is "Corso". */
const LOOSE = new Set(
  'un uno una del della dei delle e ed ma che quindi allora a an some and but that so'.split(' '),
);

/** A subject for this text, at most 80 characters, which passes `assessSubject`; absent when none can be made. */
export function subjectOf(text: string, vocabulary: Vocabulary): string | undefined {
  for (const sentence of sentencesOf(text.slice(0, READ_AT_MOST))) {
    const words = readText(sentence, vocabulary);
    const point = dropTrailing(sentence, words, dropLeading(sentence, words));
    const subject = cutAtWord(capitalised(point), PROPOSED_SUBJECT_LIMIT);
    const judged = assessSubject(subject, vocabulary);
    if (judged.ok) return subject;
    if (judged.suggestion !== undefined) return judged.suggestion;
  }
  return undefined;
}

/** Sentences and lines. A full stop inside "dott. Verdi", "c.a." or "10.30" ends none. */
function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const ends = text[at] === '\n' || (/[.!?;\u2026]/.test(text[at] ?? '') && endsSentence(text, at));
    if (!ends) continue;
    sentences.push(text.slice(from, at + (text[at] === '?' ? 1 : 0)));
    from = at + 1;
  }
  sentences.push(text.slice(from));
  return sentences.map((sentence) => sentence.trim().split(/\s+/).join(' ')).filter((line) => line !== '');
}

function endsSentence(text: string, at: number): boolean {
  if (!/\s/.test(text[at + 1] ?? ' ')) return false;
  if (text[at] !== '.') return true;
  const before = tokensOf(text.slice(Math.max(0, at - 20), at)).at(-1)?.word ?? '';
  return before.length > 1 && classOf(before) !== 'title';
}

/** Index of the first word of the point, after salutation, courtesy, introduction and hedges; none may remain. */
function dropLeading(sentence: string, words: readonly ReadWord[]): number {
  let at = 0;
  for (;;) {
    const next =
      afterPhrase(words, at, HEDGES) ??
      afterSalutation(words, at) ??
      afterIntroduction(sentence, words, at) ??
      afterAnnouncement(sentence, words, at);
    if (next === undefined) break;
    at = next;
  }
  while (at > 0 && LOOSE.has(words[at]?.word ?? '') && at + 1 < words.length) at++;
  return at;
}

function afterSalutation(words: readonly ReadWord[], at: number): number | undefined {
  const part = words[at]?.part;
  if (part !== 'salutation' && part !== 'courtesy') return undefined;
  let next = at + 1;
  while (words[next]?.part === 'title' || words[next]?.part === 'name') next++;
  return words[next]?.word === 'mille' ? next + 1 : next;
}

/**
 * "Sono Maria Rinaldi dell’ufficio tributi, …": to the punctuation after the person's name; without any, just after
 * the name, or to the end where only the person's office follows.
 */
function afterIntroduction(sentence: string, words: readonly ReadWord[], at: number): number | undefined {
  const start = afterPhrase(words, at, INTRODUCTIONS);
  if (start === undefined || !isPerson(words[start])) return undefined;
  let afterName = start;
  for (let next = start; next < words.length; next++) {
    if (isPerson(words[next])) afterName = next + 1;
    if (breaksAfter(sentence, words, next)) return next + 1;
  }
  return ORIGIN.has(words[afterName]?.word ?? '') ? words.length : afterName;
}

function isPerson(word: ReadWord | undefined): boolean {
  return word?.part === 'name' || word?.part === 'title';
}

function afterAnnouncement(sentence: string, words: readonly ReadWord[], at: number): number | undefined {
  const next = afterPhrase(words, at, ANNOUNCEMENTS);
  return next !== undefined && breaksAfter(sentence, words, next - 1) ? next : undefined;
}

/** Index after the longest of the phrases that stands at `at`. */
function afterPhrase(
  words: readonly Token[],
  at: number,
  known: ReadonlyMap<string, readonly string[][]>,
): number | undefined {
  const lengths = (known.get(words[at]?.word ?? '') ?? [])
    .filter((phrase) => phrase.every((word, offset) => words[at + offset]?.word === word))
    .map((phrase) => phrase.length);
  return lengths.length > 0 ? at + Math.max(...lengths) : undefined;
}

function breaksAfter(sentence: string, words: readonly Token[], index: number): boolean {
  const end = words[index]?.end;
  const next = words[index + 1]?.start;
  return (
    end !== undefined && next !== undefined && /[,:;!\u2013\u2014]|\s-\s/.test(sentence.slice(end, next))
  );
}

/** Words that belong to thanks at the end of a sentence: "grazie mille a tutti", "per favore", "in anticipo". */
const WITH_THANKS = new Set(
  'mille tante infinite per in many you so very much a tutti all e ancora buona buon giornata lavoro'.split(
    ' ',
  ),
);

/** What closes a letter; nothing after it is the point. */
const CLOSINGS = byFirstWord(
  `in attesa di|in attesa|resto in attesa|restiamo in attesa|attendo riscontro|attendo un|attendo vostr|attendo
  porgo|cordiali saluti|distinti saluti|cordialmente|buona giornata|buon lavoro|un saluto|saluti|ringraziando
  si ringrazia|vi ringrazio|la ringrazio|ringrazio|looking forward|i look forward|kind regards|best regards|regards
  thank you|thanks in advance|many thanks|best wishes`,
);

/** The sentence from its point on, without the thanks at its end. */
function dropTrailing(sentence: string, words: readonly ReadWord[], from: number): string {
  const closing = words.findIndex((_, at) => at > from && afterPhrase(words, at, CLOSINGS) !== undefined);
  let to = closing < 0 ? words.length : closing;
  for (let at = to - 1; at > from; at--) {
    const word = words[at];
    if (word?.part === 'courtesy') to = at;
    else if (word === undefined || !WITH_THANKS.has(word.word)) break;
  }
  if (to < words.length && to - 1 > from && ['per', 'in'].includes(words[to - 1]?.word ?? '')) to--;
  const first = words[from];
  const last = words[to - 1];
  if (first === undefined || last === undefined) return '';
  const quoted = /["'«“‘(]/.test(sentence[first.start - 1] ?? '') ? 1 : 0;
  return trimmedEnd(sentence.slice(first.start - quoted, to < words.length ? last.end : sentence.length));
}

function byFirstWord(list: string): ReadonlyMap<string, string[][]> {
  const all = list.split(/[|\n]/).map((phrase) => phrase.trim().split(' '));
  return Map.groupBy(all, (phrase) => phrase[0] ?? '');
}
