/** Answers to invokes, in the words that Teams expects of a card, a dialog and a message extension. */

import type { Answer, Inbound, SearchResult } from '../app/inbound.ts';
import type { Outgoing } from '../app/ports.ts';
import { translate } from '../i18n/translate.ts';

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

export function invokeBody(inbound: Inbound, answer: Answer): unknown {
  switch (inbound.kind) {
    case 'dialog':
      return dialogBody(answer);
    case 'search':
      return searchBody(answer);
    default:
      return actionBody(answer, inbound);
  }
}

function dialogBody(answer: Answer): unknown {
  switch (answer.kind) {
    case 'text':
      return { task: { type: 'message', value: answer.text } };
    case 'card':
    case 'dialog': {
      const title = answer.kind === 'dialog' ? answer.title : answer.content.summary;
      const card = adaptive(answer.content);
      return { task: { type: 'continue', value: { title, height: 'medium', width: 'medium', card } } };
    }
    case 'results':
      return searchBody(answer);
    case 'none':
      return undefined;
  }
}

function searchBody(answer: Answer): unknown {
  const composeExtension =
    answer.kind === 'results'
      ? { type: 'result', attachmentLayout: 'list', attachments: answer.results.map(resultOf) }
      : { type: 'message', text: answer.kind === 'text' ? answer.text : '' };
  return { composeExtension };
}

/** Teams shows the preview in the list and puts the card into the message. */
function resultOf({ title, text, content }: SearchResult): unknown {
  const preview = { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title, text } };
  return { ...adaptive(content), preview };
}

/** Without a text Teams says that the app cannot be reached, and runs the action again (botbuilder-js#4445). */
function actionBody(answer: Answer, { sender }: Inbound): unknown {
  switch (answer.kind) {
    case 'card':
    case 'dialog':
      // The response type is set here: the SDK's own handler latches "replace for everybody" after the first `refresh`.
      return { statusCode: 200, type: ADAPTIVE_CARD, value: answer.content.card };
    case 'text':
    case 'none':
    case 'results':
      return {
        statusCode: 200,
        type: 'application/vnd.microsoft.activity.message',
        value: (answer.kind === 'text' && answer.text) || translate(sender.locale, 'chat.below'),
      };
  }
}

function adaptive({ card }: Outgoing): { readonly contentType: string; readonly content: unknown } {
  return { contentType: ADAPTIVE_CARD, content: card };
}
