/** What the bot makes of a sentence (I1): a subject, a service and a type, each only where the words say so. */

import type { Desk } from '../desk.ts';
import type { Proposal } from '../draft.ts';
import { splitSentences } from './phrases.ts';
import { subjectOf } from './sentence.ts';
import { guessService } from './service-guess.ts';
import { guessType } from './type-cues.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** Why each part of the proposal was made: the words of the text that speak for it. */
export type Because = {
  readonly service: readonly string[];
  readonly type: readonly string[];
};

/** What a request is about stands at its beginning; what follows is detail, or a forwarded thread. */
const READ_AT_MOST = 2_000;

/**
 * Proposes from a text of any length; only its first 2,000 characters are read. Parts without evidence are absent,
 * and so is a service when two are as likely.
 */
export function propose(
  text: string,
  desk: Desk,
  vocabulary: Vocabulary = vocabularyOf(desk),
): Proposal & { readonly because: Because } {
  const beginning = text.slice(0, READ_AT_MOST);
  const subject = subjectOf(beginning, vocabulary);
  const service = guessService(beginning, desk);
  const type = guessType(splitSentences(beginning));
  return {
    ...(subject !== undefined && { subject }),
    ...(service && { service: service.service }),
    ...(type && { type: type.type }),
    because: { service: service?.because ?? [], type: type?.because ?? [] },
  };
}
