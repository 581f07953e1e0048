/** Answers that say or show one thing. */

import type { Outgoing } from '../cards/kit/card.ts';
import type { Answer } from './ports/inbound.ts';

/** Said in the conversation, or in the dialog that asked. */
export function say(text: string): Extract<Answer, { kind: 'text' }> {
  return { kind: 'text', text };
}

/** A dialog under the title that its content has as summary. */
export function inDialog(content: Outgoing): Extract<Answer, { kind: 'dialog' }> {
  return { kind: 'dialog', title: content.summary, content };
}
