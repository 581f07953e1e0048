/** Cards that only say something: a short answer, the welcome, the help. */

import { writeAsked } from '../../domain/asked.ts';
import type { Locale } from '../../domain/ticket.ts';
import { type TextKey, translate } from '../../i18n/translate.ts';
import { type Button, button, dialogButton, type SubmitButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import { containerStyle, type Line, type Maybe, maybe, nameOf, type Tone } from '../kit/context.ts';
import { extract, oneLine, verbatim } from '../kit/escape.ts';
import { cardTemplate, compose, type Refresh } from '../kit/render.ts';

const PARAGRAPH_SHOWN = 1_000;
const PARAGRAPHS_SHOWN = 6;

export type TextInput = {
  readonly title?: string;
  /** Sentences in the reader's language, with names in them as they are. */
  readonly paragraphs: readonly string[];
  readonly tone?: Tone;
  readonly buttons?: readonly (Button | SubmitButton)[];
  /** For those who are to see how it is now. */
  readonly refresh?: Refresh;
};

/** Data of `text.template.json`. */
export type TextData = {
  readonly fallbackText: string;
  readonly title: Maybe<Line>;
  readonly paragraphs: readonly Line[];
  readonly style: string;
  readonly buttons: readonly (Button | SubmitButton)[];
};

export const textTemplate = cardTemplate<TextData>(import.meta.dirname, 'text');

export function textCard(input: TextInput): Outgoing {
  const data = textView(input);
  return { card: compose(textTemplate, data, { refresh: input.refresh }), summary: data.fallbackText };
}

export function textView({ title = '', paragraphs, tone, buttons = [] }: TextInput): TextData {
  return {
    fallbackText: oneLine(extract(title === '' ? (paragraphs[0] ?? '') : title, 150)),
    title: maybe(oneLine(extract(title, 150))),
    paragraphs: paragraphs
      .slice(0, PARAGRAPHS_SHOWN)
      .map((paragraph) => ({ text: verbatim(extract(paragraph, PARAGRAPH_SHOWN)) })),
    style: tone === undefined ? 'default' : containerStyle(tone),
    buttons,
  };
}

/** What is found with one click: posted below, so that this card stays as it is. */
function findButtons(locale: Locale, staff: boolean, agent = false): (Button | SubmitButton)[] {
  const anew = { chooses: { anew: 'yes' } };
  return [
    ...(staff ? [button(translate(locale, 'action.board'), 'board', { list: '' }, anew)] : []),
    button(
      translate(locale, 'action.myRequests'),
      'list',
      { list: writeAsked({ scope: 'requested' }) },
      anew,
    ),
    dialogButton(translate(locale, 'action.searchForm'), 'searchForm', { list: '' }, 'primary', anew),
    ...(agent ? [button(translate(locale, 'action.noticeChoice'), 'noticeChoice', { list: '' }, anew)] : []),
  ];
}

/**
 * What somebody sees who has just installed the app.
 * @param staff works or answers for tickets
 */
export function welcomeCard(locale: Locale, name?: string, staff = false): Outgoing {
  const title = name
    ? translate(locale, 'chat.welcomeTitle', { name: nameOf(name) })
    : translate(locale, 'chat.welcomeTitleNoName');
  return textCard({
    title,
    paragraphs: [
      translate(locale, 'chat.welcome'),
      ...sentences(locale, ['chat.helpAttach', 'chat.helpFollow']),
    ],
    buttons: findButtons(locale, staff),
  });
}

/**
 * @param agent whether the person works in an office, too
 * @param staff works or answers for tickets
 * @param more whether they see what did not arrive, and whether they open requests by phone (I14)
 */
export function helpCard(
  locale: Locale,
  agent: boolean,
  staff = agent,
  {
    administrator = false,
    takesCalls = false,
  }: { readonly administrator?: boolean; readonly takesCalls?: boolean } = {},
): Outgoing {
  const example = translate(locale, 'subjectExample.fault');
  return textCard({
    title: translate(locale, 'chat.helpTitle'),
    paragraphs: [
      translate(locale, 'chat.helpWrite', { example }),
      ...sentences(locale, [
        'chat.helpAttach',
        'chat.helpFollow',
        ...(agent ? (['chat.helpCards'] as const) : []),
        ...(takesCalls ? (['chat.helpCall'] as const) : []),
        'chat.helpFind',
        ...(administrator ? (['chat.helpFailures'] as const) : []),
      ]),
    ],
    buttons: findButtons(locale, staff, agent),
  });
}

function sentences(locale: Locale, keys: readonly TextKey[]): string[] {
  return keys.map((key) => translate(locale, key));
}

/** What becomes of a draft's card when its author gives it up. */
export function withdrawnCard(locale: Locale): Outgoing {
  return textCard({ paragraphs: [translate(locale, 'draft.withdrawn')], tone: 'neutral' });
}
