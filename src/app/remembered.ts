/** What an instance keeps in mind for a short while of what people have on their screens. */

import type { Refusal } from '../domain/refusals.ts';
import type { TextKey } from '../i18n/translate.ts';

/** What was done, in one sentence on top of the card. */
export type NoticeName = Extract<TextKey, `notice.${string}`> extends `notice.${infer Name}` ? Name : never;

/** The sentence that answered a press. It holds for the version of the ticket that it was said about. */
export type Answered = {
  readonly notice?: NoticeName;
  readonly refusal?: Refusal;
  readonly version: number;
};

/** A copy that was opened lately: whose, when, and under which key. */
export type Copy = { readonly person: string; readonly at: number; readonly key: string };
