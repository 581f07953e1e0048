/** What a Teams client makes of the bot's answer to an invoke. Pure. */

import type { Delivered } from './delivery.ts';
import { isObject, type Json, objectAt, stringAt } from './json.ts';
import type { ActionError, ActionResult, DialogRequest, DialogResult, SearchAnswer } from './protocol.ts';

type Failure = ActionError;

/** One result of a message extension, as the bot gave it. */
export type Found = {
  readonly title: string;
  readonly text: string;
  readonly card: Json;
  /** What to ask the bot when it is chosen: `tap` of the preview. */
  readonly ask?: Json;
};
type FoundAnswer = { readonly kind: 'found'; readonly found: readonly Found[] };

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';

/** What Teams says, and no more: it shows people none of the bot's own words for an error. */
const WORDS = {
  unreachable: {
    it: 'Impossibile raggiungere l’app. Riprova.',
    en: 'Unable to reach app. Please try again.',
  },
  wrong: { it: 'Si è verificato un problema. Riprova.', en: 'Something went wrong. Please try again.' },
};

/**
 * True where nothing was said to an `adaptiveCard/action`, or a message without a text: Teams then says that it cannot reach
 * the app, although the bot has done what was asked, and runs the action again (botbuilder-js#4445).
 */
export function saysNothing(delivered: Delivered): boolean {
  if (delivered.kind === 'unreachable' || delivered.status < 200 || delivered.status > 299) return false;
  const { body } = delivered;
  if (body === undefined || body === '') return true;
  if (!isObject(body)) return false;
  const { type, value } = body;
  return (type === undefined && value === undefined) || (type === MESSAGE && (value ?? '') === '');
}

/** The answer to an `adaptiveCard/action`. */
export function toActionResult(delivered: Delivered, locale: string): ActionResult {
  const answer = accepted(delivered, locale);
  if ('kind' in answer) return answer;
  if (saysNothing(delivered)) return failure('unreachable', 200, locale, 'The answer says nothing.');
  const { body } = answer;
  if (!isObject(body)) return failure('wrong', 200, locale, 'The answer is not a JSON object.');

  const status = typeof body.statusCode === 'number' ? body.statusCode : 200;
  const type = stringAt(body, 'type');
  if (status < 200 || status > 299 || type === 'application/vnd.microsoft.error') {
    const { code, message } = objectAt(body, 'value');
    return failure('wrong', status, locale, [code, message].filter(Boolean).join(': ') || undefined);
  }
  if (type === ADAPTIVE_CARD && isObject(body.value)) return { kind: 'card', card: body.value };
  if (type === MESSAGE && typeof body.value === 'string') return { kind: 'message', text: body.value };
  return failure('wrong', status, locale, `The answer has the type ${type} and no value that fits it.`);
}

/** The answer to a message that `Action.Submit` sent: nothing is shown unless it failed. */
export function toSubmitResult(delivered: Delivered, locale: string): ActionResult {
  const answer = accepted(delivered, locale);
  return 'kind' in answer ? answer : { kind: 'none' };
}

/** What Teams makes of a message in answer to the fetch of a dialog: nothing stands in it (msteams-docs#6740). */
const EMPTY_DIALOG = {
  kind: 'dialog',
  title: '',
  card: { type: 'AdaptiveCard', version: '1.5', body: [] },
} as const;

/** The answer to `task/fetch`, `task/submit` and their like of an action command. */
export function toDialogResult(
  delivered: Delivered,
  locale: string,
  step: DialogRequest['step'],
): Exclude<DialogResult, { kind: 'insert' }> | FoundAnswer {
  const answer = accepted(delivered, locale);
  if ('kind' in answer) return answer;
  const { body } = answer;
  if (body === undefined || (isObject(body) && Object.keys(body).length === 0)) return { kind: 'closed' };
  if (isObject(body) && isObject(body.composeExtension)) {
    const extension = extensionAnswer(body.composeExtension, locale);
    return extension.kind === 'setUp'
      ? failure('wrong', 200, locale, 'Local Teams opens no page for that.')
      : extension;
  }
  const task = isObject(body) ? body.task : undefined;
  if (!isObject(task)) return failure('wrong', 200, locale, 'The answer has no task.');
  if (task.type === 'message' && typeof task.value === 'string')
    return step === 'fetch' ? EMPTY_DIALOG : { kind: 'message', text: task.value };
  if (task.type === 'continue' && isObject(task.value)) return dialog(task.value, locale);
  return failure('wrong', 200, locale, 'The task is neither a message nor a card to continue with.');
}

/** The answer to a search of a message extension, and to the choice of a result. */
export function toSearchAnswer(
  delivered: Delivered,
  locale: string,
): Exclude<SearchAnswer, { kind: 'results' }> | FoundAnswer {
  const answer = accepted(delivered, locale);
  if ('kind' in answer) return answer;
  const { body } = answer;
  if (!isObject(body) || !isObject(body.composeExtension))
    return failure('wrong', 200, locale, 'The answer has no composeExtension.');
  return extensionAnswer(body.composeExtension, locale);
}

function extensionAnswer(
  extension: Json,
  locale: string,
): Exclude<SearchAnswer, { kind: 'results' }> | FoundAnswer {
  const { type } = extension;
  if (type === 'message' && typeof extension.text === 'string')
    return { kind: 'message', text: extension.text };
  if (type === 'auth' || type === 'config') {
    const { actions } = objectAt(extension, 'suggestedActions');
    const [action] = Array.isArray(actions) ? actions.filter(isObject) : [];
    const url = action && stringAt(action, 'value');
    if (action?.type !== 'openUrl' || url === undefined)
      return failure('wrong', 200, locale, `A ${type} needs an openUrl among its suggestedActions.`);
    return { kind: 'setUp', what: type, title: stringAt(action, 'title') ?? url, url };
  }
  if (type !== 'result' || !Array.isArray(extension.attachments))
    return failure('wrong', 200, locale, 'The composeExtension is neither a message nor a result.');
  const found = extension.attachments.map(foundIn);
  const wrong = found.find((one) => typeof one === 'string');
  if (wrong !== undefined) return failure('wrong', 200, locale, wrong);
  return { kind: 'found', found: found as Found[] };
}

const PREVIEWS = ['application/vnd.microsoft.card.thumbnail', 'application/vnd.microsoft.card.hero'];

/** @returns the reason where it cannot be shown */
function foundIn(attachment: unknown): Found | string {
  if (!isObject(attachment) || attachment.contentType !== ADAPTIVE_CARD || !isObject(attachment.content))
    return 'Local Teams shows results with an Adaptive Card only.';
  const preview = objectAt(attachment, 'preview');
  if (!PREVIEWS.includes(stringAt(preview, 'contentType') ?? ''))
    return 'An Adaptive Card needs a preview: a thumbnail or a hero card.';
  const shown = objectAt(preview, 'content');
  const { type, value } = objectAt(shown, 'tap');
  return {
    title: stringAt(shown, 'title') ?? '',
    text: stringAt(shown, 'text') ?? stringAt(shown, 'subtitle') ?? '',
    card: attachment.content,
    ...(type === 'invoke' && isObject(value) ? { ask: value } : {}),
  };
}

function dialog(value: Json, locale: string): Extract<DialogResult, { kind: 'dialog' }> | ActionError {
  const card = objectAt(value, 'card');
  if (card.contentType !== ADAPTIVE_CARD || !isObject(card.content)) {
    return failure('wrong', 200, locale, 'The task has no Adaptive Card. Local Teams opens no web pages.');
  }
  const size = (key: 'width' | 'height') => {
    const given = value[key];
    return typeof given === 'string' || typeof given === 'number' ? { [key]: given } : {};
  };
  return {
    kind: 'dialog',
    title: stringAt(value, 'title') ?? '',
    card: card.content,
    ...size('width'),
    ...size('height'),
  };
}

function accepted(delivered: Delivered, locale: string): Failure | { readonly body: unknown } {
  if (delivered.kind === 'unreachable') return failure('unreachable', 504, locale, delivered.reason);
  if (delivered.status < 200 || delivered.status > 299) {
    const said = typeof delivered.body === 'string' ? delivered.body : JSON.stringify(delivered.body);
    return failure('unreachable', delivered.status, locale, said?.slice(0, 500));
  }
  return { body: delivered.body };
}

function failure(words: keyof typeof WORDS, status: number, locale: string, detail?: string): Failure {
  const text = WORDS[words][locale.toLowerCase().startsWith('it') ? 'it' : 'en'];
  return { kind: 'error', status, text, ...(detail === undefined || detail === '' ? {} : { detail }) };
}
