/**
 * Judges the subject of a request (I5). Words that only ask, greet, thank, hurry or address somebody are taken away;
 * a subject is good when something remains that says what it is about, however short.
 */

import { SUBJECT_LIMIT } from '../limits.ts';
import { addressingOf } from './addressed.ts';
import { type ReadWord, readText, saysSomething } from './reading.ts';
import { calmed, shoutedIn } from './shouting.ts';
import type { Vocabulary } from './vocabulary.ts';
import { capitalised, cutAtWord } from './wording.ts';

export const SUBJECT_REASONS = [
  'empty',
  'generic',
  'shouting',
  'urgentWithoutContent',
  'addressedToPerson',
  'tooLong',
] as const;
export type SubjectReason = (typeof SUBJECT_REASONS)[number];

/** Which example of a good subject to show; the texts stand in `src/i18n`. */
export const SUBJECT_EXAMPLES = ['fault', 'device', 'access', 'information'] as const;
export type SubjectExample = (typeof SUBJECT_EXAMPLES)[number];

export type SubjectJudgement =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: SubjectReason;
      /** The words that decided it, as the person wrote them. */
      readonly evidence: string;
      readonly example: SubjectExample;
      /** A better subject made of this one, where that is possible. It passes. */
      readonly suggestion?: string;
    };

const URGENT_PHRASES = [
  ['prima', 'possibile'],
  ['appena', 'possibile'],
  ['quanto', 'prima'],
  ['right', 'now'],
  ['right', 'away'],
  ['as', 'soon', 'as'],
];

/** Any text may be given; longer ones than a subject can be are turned down without being read. */
export function assessSubject(subject: string, vocabulary: Vocabulary): SubjectJudgement {
  const text = subject.trim();
  if (text.length > SUBJECT_LIMIT) {
    const cut = cutAtWord(text, SUBJECT_LIMIT);
    const evidence = `${cutAtWord(text, 60)}…`;
    return withSuggestion(
      { ok: false, reason: 'tooLong', evidence, example: 'fault' },
      text,
      cut,
      vocabulary,
    );
  }
  const words = readText(text, vocabulary);
  if (words.length === 0) return { ok: false, reason: 'empty', evidence: text, example: 'fault' };

  const example = exampleFor(words);
  const addressing = addressingOf(text, words);
  if (addressing !== undefined) {
    const refusal = {
      ok: false,
      reason: 'addressedToPerson',
      evidence: addressing.address,
      example,
    } as const;
    return withSuggestion(refusal, text, capitalised(addressing.rest), vocabulary);
  }
  if (!saysSomething(words)) return { ok: false, ...whyNothing(text, words), example };
  const shouted = shoutedIn(text, words, vocabulary);
  if (shouted.length > 0) {
    const refusal = { ok: false, reason: 'shouting', evidence: shouted.join(' '), example } as const;
    return withSuggestion(refusal, text, calmed(text, words, vocabulary), vocabulary);
  }
  return { ok: true };
}

function whyNothing(text: string, words: readonly ReadWord[]): { reason: SubjectReason; evidence: string } {
  const urgent = urgencyIn(words);
  if (urgent.length > 0) return { reason: 'urgentWithoutContent', evidence: urgent.join(', ') };
  const persons = words.filter(({ part }) => part === 'name' || part === 'title');
  if (persons.some(({ part }) => part === 'name') || persons.length === words.length) {
    return { reason: 'addressedToPerson', evidence: spanOf(text, persons) };
  }
  return { reason: 'generic', evidence: emptyWords(text, words) };
}

/** Urgency as written, phrases whole. */
function urgencyIn(words: readonly ReadWord[]): string[] {
  return words.flatMap((word, index) => {
    const phrase = URGENT_PHRASES.find((known) =>
      known.every((part, at) => words[index + at]?.word === part),
    );
    const length = phrase?.length ?? (word.part === 'urgency' ? 1 : 0);
    const found = words.slice(index, index + length).map(({ written }) => written);
    return found.length > 0 ? [found.join(' ')] : [];
  });
}

/** The text from the first to the last of the words. */
function spanOf(text: string, words: readonly ReadWord[]): string {
  return text.slice(words[0]?.start, words.at(-1)?.end);
}

/** From the first to the last word that is more than grammar, a negation before it included. */
function emptyWords(text: string, words: readonly ReadWord[]): string {
  const first = words.findIndex(({ part }) => part !== 'stop');
  const last = words.findLastIndex(({ part }) => part !== 'stop');
  if (first < 0) return text;
  const negated = /^(non|not|no|nothing|niente)$/.test(words[first - 1]?.word ?? '');
  return text.slice(words[negated ? first - 1 : first]?.start, words[last]?.end);
}

type Refused = Extract<SubjectJudgement, { ok: false }>;

/** Adds the suggestion if it would itself pass: telling somebody to write what is turned down again helps nobody. */
function withSuggestion(
  refusal: Refused,
  subject: string,
  suggestion: string,
  vocabulary: Vocabulary,
): SubjectJudgement {
  if (suggestion === '' || suggestion.length > SUBJECT_LIMIT) return refusal;
  // Letters without a lower case ("𝐀") stay as loud as they were: no suggestion then.
  if (suggestion === subject) return refusal;
  const judged = assessSubject(suggestion, vocabulary);
  if (judged.ok) return { ...refusal, suggestion };
  return judged.suggestion === undefined ? refusal : { ...refusal, suggestion: judged.suggestion };
}

/** The example nearest to what the person seems to mean. */
function exampleFor(words: readonly ReadWord[]): SubjectExample {
  const begins = (beginnings: RegExp) => words.some(({ word }) => beginnings.test(word));
  if (begins(/^(pc|computer|stamp|print|monitor|laptop)/)) return 'device';
  if (begins(/^(acces|acced|entra|login|log$|password)/)) return 'access';
  if (begins(/^(info|domand|question|quesit|saper|know|query|enquir|inquir|chiar)/)) return 'information';
  return 'fault';
}
