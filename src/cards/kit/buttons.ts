/** What a card's buttons carry. Of it the server believes verb, number or draft, and version; rights are checked there. */

import type { Ticket } from '../../domain/ticket.ts';
import type { Verb } from './verbs.ts';

/** The ticket or draft that a card is about, and the version it shows. */
export type About =
  /**
   * A list of tickets or the dashboard: what it asks for, as `domain/asked.ts` writes it, and which page; in a dialog also
   * the message that it was opened from, which says what comes of it.
   */
  | { readonly list: string; readonly page?: string; readonly card?: string }
  | { readonly number: string; readonly version: number }
  | { readonly draft: string; readonly version: number }
  | { readonly number: string; readonly draft: string; readonly version: number };

export function aboutTicket({ number, version }: Pick<Ticket, 'number' | 'version'>): About {
  return { number, version };
}

/** Forms of choices alone: they open on the ticket's card (W2). */
export const PLACE_FORMS = ['classify', 'appoint', 'mark'] as const;
export type PlaceForm = (typeof PLACE_FORMS)[number];

/**
 * Forms in which somebody types: they open in a dialog over the card, for Teams throws away what is typed on a card as soon
 * as the card is edited (msteams-docs#6174, AdaptiveCards#7492).
 */
export const DIALOG_FORMS = [
  'reply',
  'note',
  'assign',
  'changeRequester',
  'move',
  'close',
  'join',
  'split',
  'wait',
  'phone',
  'forward',
  'review',
] as const;
export type DialogForm = (typeof DIALOG_FORMS)[number];

export type QueueForm = PlaceForm | DialogForm;

export function isPlaceForm(name: string | undefined): name is PlaceForm {
  return PLACE_FORMS.some((form) => form === name);
}

export function isDialogForm(name: string | undefined): name is DialogForm {
  return DIALOG_FORMS.some((form) => form === name);
}

export function isQueueForm(name: string | undefined): name is QueueForm {
  return isPlaceForm(name) || isDialogForm(name);
}

export type ButtonData = {
  readonly verb: Verb;
  readonly form?: QueueForm;
} & About;

/** An action as it stands in a card. Made here and not in each template, so that all keep the same promises. */
export type Button = {
  readonly type: 'Action.Execute';
  readonly title: string;
  readonly verb: Verb;
  readonly data: ButtonData;
  readonly style: 'default' | 'positive' | 'destructive';
  readonly mode: 'primary' | 'secondary';
  /** `none`: pressed without the inputs, and without asking that required ones be filled. */
  readonly associatedInputs: 'auto' | 'none';
  readonly tooltip?: string;
  /** What clients press that know no `Action.Execute`; it brings the same data. */
  readonly fallback: SubmitButton;
};

export type SubmitButton = {
  readonly type: 'Action.Submit';
  readonly title: string;
  readonly data: ButtonData & { readonly msteams?: { readonly type: 'task/fetch' } };
  readonly style?: Button['style'];
  readonly mode?: 'primary' | 'secondary';
  readonly associatedInputs?: 'auto' | 'none';
};

export type LinkButton = {
  readonly type: 'Action.OpenUrl';
  readonly title: string;
  readonly url: string;
  readonly tooltip?: string;
  readonly mode?: 'primary' | 'secondary';
};

type Look = {
  readonly form?: QueueForm;
  /** `secondary`: behind “…” where the client has that. */
  readonly mode?: Button['mode'];
  /** Fields that the press fills in by itself. */
  readonly chooses?: Readonly<Record<string, string>>;
  readonly style?: Button['style'];
  readonly inputs?: Button['associatedInputs'];
  readonly tooltip?: string;
};

export function button(title: string, verb: Verb, about: About, look: Look = {}): Button {
  const { form, chooses, style = 'default', mode = 'primary', inputs = 'auto', tooltip } = look;
  const data = { ...chooses, verb, ...about, ...(form ? { form } : {}) };
  return {
    type: 'Action.Execute',
    title,
    verb,
    data,
    style,
    mode,
    associatedInputs: inputs,
    ...(tooltip === undefined ? {} : { tooltip }),
    fallback: { type: 'Action.Submit', title, data, associatedInputs: inputs },
  };
}

/** For dialogs, and for clients of cards 1.2: neither knows `Action.Execute`. */
export function submitButton(
  title: string,
  verb: Verb,
  about: About,
  { form, chooses, style }: Pick<Look, 'form' | 'chooses' | 'style'> = {},
): SubmitButton {
  const data = { ...chooses, verb, ...about, ...(form ? { form } : {}) };
  return { type: 'Action.Submit', title, data, ...(style ? { style } : {}) };
}

/** Opens a dialog. Teams fetches those for `Action.Submit` only, in clients of every version. */
export function dialogButton(
  title: string,
  verb: Verb,
  about: About,
  mode: 'primary' | 'secondary',
  { chooses, inputs = 'none' }: Pick<Look, 'chooses' | 'inputs'> = {},
): SubmitButton {
  const data = { ...chooses, verb, ...about, msteams: { type: 'task/fetch' } } as const;
  return { type: 'Action.Submit', title, mode, associatedInputs: inputs, data };
}

/** Opens a form about a ticket in a dialog. */
export function formDialogButton(
  title: string,
  form: DialogForm,
  about: About,
  look: Pick<Look, 'mode' | 'style'> = {},
): SubmitButton {
  const { mode = 'primary', style } = look;
  const opener = dialogButton(title, 'openForm', about, mode);
  return { ...opener, ...(style ? { style } : {}), data: { ...opener.data, form } };
}

export function linkButton(title: string, url: string, tooltip?: string): LinkButton {
  return { type: 'Action.OpenUrl', title, url, ...(tooltip === undefined ? {} : { tooltip }) };
}
