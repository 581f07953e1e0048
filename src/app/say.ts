/** Answers that say or show one thing. */

import type { Outgoing } from '../cards/kit/card.ts';
import type { Locale } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import type { Answer } from './ports/inbound.ts';

/** Said in the conversation, or in the dialog that asked. */
export function say(text: string): Extract<Answer, { kind: 'text' }> {
  return { kind: 'text', text };
}

/** No button of ours asks for that, or not with such inputs. */
export function unknownAction(locale: Locale): ReturnType<typeof say> {
  return say(translate(locale, 'chat.unknownAction'));
}

/** A dialog under the title that its content has as summary. */
export function inDialog(content: Outgoing): Extract<Answer, { kind: 'dialog' }> {
  return { kind: 'dialog', title: content.summary, content };
}
