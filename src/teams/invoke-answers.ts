/** Answers to invokes, in the words that Teams expects of a card, a dialog and a message extension. */

import type { Answer, Inbound, InboundDialog, SearchResult } from '../app/ports/inbound.ts';
import type { Card, Outgoing } from '../cards/kit/card.ts';
import { translate } from '../i18n/translate.ts';

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

export function invokeBody(inbound: Inbound, answer: Answer): unknown {
  switch (inbound.kind) {
    case 'dialog':
      return dialogBody(inbound, answer);
    case 'search':
      return searchBody(answer);
    default:
      return actionBody(answer, inbound);
  }
}

function dialogBody(dialog: InboundDialog<string>, answer: Answer): unknown {
  switch (answer.kind) {
    case 'text':
      if (dialog.step === 'submit' && answer.again) return goOn('', retryCard(dialog, answer.text));
      // Teams shows an empty dialog where a message answers the fetch (msteams-docs#6740).
      if (dialog.step === 'fetch') return goOn('', wordsCard(answer.text));
      return { task: { type: 'message', value: answer.text } };
    case 'card':
      return goOn(answer.content.summary, answer.content.card);
    case 'dialog':
      return goOn(answer.title, answer.content.card, answer.tall ? 'large' : 'medium');
    case 'results':
      return searchBody(answer);
    case 'none':
      return undefined;
  }
}

function goOn(title: string, content: Card, height: 'small' | 'medium' | 'large' = 'small'): unknown {
  const card = { contentType: ADAPTIVE_CARD, content };
  return { task: { type: 'continue', value: { title, height, width: 'medium', card } } };
}

/** A sentence is all that there is to show. */
function wordsCard(words: string, more: readonly Card[] = [], actions: readonly Card[] = []): Card {
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: words,
    body: [paragraph(words), ...more],
    actions,
  };
}

function paragraph(text: string): Card {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] };
}

/** Shown of each text that could not be sent, in UTF-16 units: all of it is in the button. */
const TYPED_SHOWN = 1_000;
/** Longer than what is chosen from lists and the marks of a form. */
const SURELY_TYPED = 40;

/** The same press once more, with all that was typed: it has one effect, also where the first one had it. */
function retryCard(
  { sender, verb, ticket, draft, seen, inputs }: InboundDialog<string>,
  words: string,
): Card {
  const { locale } = sender;
  const typed = Object.values(inputs).filter(
    (value) => value.length > SURELY_TYPED || /\s/.test(value.trim()),
  );
  const shown =
    typed.length === 0
      ? []
      : [
          paragraph(translate(locale, 'dialog.typed')),
          ...typed.map((value) => ({
            type: 'Container',
            style: 'emphasis',
            items: [paragraph(value.slice(0, TYPED_SHOWN).toWellFormed())],
          })),
        ];
  const data = {
    ...inputs,
    verb,
    ...(ticket === undefined ? {} : { number: ticket }),
    ...(draft === undefined ? {} : { draft }),
    ...(seen === undefined ? {} : { version: seen }),
  };
  const retry = {
    type: 'Action.Submit',
    title: translate(locale, 'dialog.tryAgain'),
    data,
    style: 'positive',
  };
  return wordsCard(words, shown, [retry]);
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
