/**
 * What somebody says in the chat while the form of their request stands there. The form is not drawn anew for it, as that
 * would take away what they are typing: it is joined with what the form sends.
 */

import type { Draft, FormInputs } from '../draft.ts';
import { replacedIn } from '../sayings.ts';

/** What a sentence can tell, and a form asks. */
const PROPOSED = ['subject', 'service', 'type'] as const;

/**
 * The draft with one more sentence. What was proposed stays, as it is what the form shows; what was not known before is
 * taken from all that was said.
 *
 * @param proposed what all of it says
 */
export function withSaid(
  draft: Draft,
  text: string,
  proposed: (whole: string) => Draft['proposal'],
): Partial<Pick<Draft, 'text' | 'inputs' | 'proposal' | 'said'>> {
  if (text === '') return {};
  const whole = lines(draft.text, text);
  const proposal = { ...proposed(whole), ...draft.proposal };
  const inputs = withoutBlanks(draft.inputs, proposal);
  const { text: typed = '' } = inputs;
  return {
    text: whole,
    proposal,
    // What was typed takes the place of what was said: it must not hide what is said now.
    inputs: typed.trim() === '' ? inputs : { ...inputs, text: lines(typed, text) },
    said: [...(draft.said ?? []), { version: draft.version + 1, text }],
  };
}

/**
 * The draft with a message of it edited in the chat: where the earlier words stand, there stand the new ones. Where they
 * have been written over, the new ones are added.
 */
export function withCorrection(
  draft: Draft,
  message: string,
  text: string,
  proposed: (whole: string) => Draft['proposal'],
): Partial<Draft> {
  const { messages = [], said = [], corrections = [] } = draft;
  const before = messages.find((one) => one.message === message)?.text ?? '';
  const whole = corrected(draft.text, before, text);
  const typed = draft.inputs.text ?? '';
  return {
    text: whole,
    proposal: { ...proposed(whole), ...draft.proposal },
    inputs: typed.trim() === '' ? draft.inputs : { ...draft.inputs, text: corrected(typed, before, text) },
    said: said.map((one) => (one.text === before ? { ...one, text } : one)),
    messages: messages.map((one) => (one.message === message ? { message, text } : one)),
    corrections: [...corrections, { version: draft.version + 1, before, text }],
  };
}

function corrected(whole: string, before: string, text: string): string {
  const replaced = before === '' ? undefined : replacedIn(whole, before, text);
  return replaced ?? (whole.includes(text) ? whole : lines(whole, text));
}

export type Joined = {
  readonly inputs: FormInputs;
  /** True where something was left empty that has been said since the form was shown: it has not been seen yet. */
  readonly completed: boolean;
};

/**
 * What a form sends, with what was said after it was shown. What already stands in it is not added again.
 *
 * @param seen version of the draft that the form shows; a form that does not say shows nothing of what came later
 */
export function joinSaid(draft: Draft, inputs: FormInputs, seen = 0): Joined {
  const since = (draft.said ?? []).filter(({ version }) => version > seen);
  const corrections = (draft.corrections ?? []).filter(({ version }) => version > seen);
  if (since.length + corrections.length === 0) return { inputs, completed: false };
  const filled = withoutBlanks(inputs, draft.proposal);
  const { text } = filled;
  const completed = Object.keys(filled).length < Object.keys(inputs).length;
  if (text === undefined || text.trim() === '') return { inputs: filled, completed };
  const shown = corrections.reduce((whole, one) => replacedIn(whole, one.before, one.text) ?? whole, text);
  // Of what was edited again and again only how it stands now.
  const last = corrections.filter(
    ({ text: one }, at) => !corrections.slice(at + 1).some(({ before }) => before === one),
  );
  const missing = [...new Set([...since, ...last].map((one) => one.text))].filter(
    (one) => !shown.includes(one),
  );
  return { inputs: { ...filled, text: lines(shown, ...missing) }, completed };
}

/** Without the empty answers to what is known now. */
function withoutBlanks(inputs: FormInputs, proposal: Draft['proposal']): FormInputs {
  const known: readonly string[] = PROPOSED.filter((field) => proposal[field] !== undefined);
  return Object.fromEntries(
    Object.entries(inputs).filter(([field, value]) => value.trim() !== '' || !known.includes(field)),
  );
}

function lines(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}
