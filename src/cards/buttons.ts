/** What a card's buttons carry. Of it the server believes verb, number or draft, and version; rights are checked there. */

/** The ticket or draft that a card is about, and the version it shows. */
export type About =
  | { readonly number: string; readonly version: number }
  | { readonly draft: string; readonly version: number }
  | { readonly number: string; readonly draft: string; readonly version: number };

/** Forms that open on a ticket's card in its queue. */
export const QUEUE_FORMS = ['reply', 'note', 'classify', 'assign', 'close'] as const;
export type QueueForm = (typeof QUEUE_FORMS)[number];

export type Verb =
  | 'addToTicket'
  | 'assign'
  | 'attachments'
  | 'claim'
  | 'classify'
  | 'close'
  | 'editRequest'
  | 'history'
  | 'newRequest'
  | 'note'
  | 'openForm'
  | 'refresh'
  | 'reply'
  | 'sendRequest'
  | 'withdrawDraft'
  | 'writeToOffice';

export type ButtonData = { readonly verb: Verb; readonly form?: QueueForm } & About;

/** One `Action.Execute`, which falls back to an `Action.Submit` with the same data. */
export type Button = {
  readonly title: string;
  readonly data: ButtonData;
  readonly style: 'default' | 'positive' | 'destructive';
  readonly mode: 'primary' | 'secondary';
  /** `none`: pressed without the inputs, and without asking that required ones be filled. */
  readonly inputs: 'auto' | 'none';
};

export function button(
  title: string,
  verb: Verb,
  about: About,
  { form, ...look }: Partial<Omit<Button, 'title' | 'data'>> & { readonly form?: QueueForm } = {},
): Button {
  return {
    title,
    data: { verb, ...about, ...(form ? { form } : {}) },
    style: 'default',
    mode: 'primary',
    inputs: 'auto',
    ...look,
  };
}

/** Opens a dialog. Teams fetches those for `Action.Submit` only. */
export type DialogButton = {
  readonly title: string;
  readonly mode: 'primary' | 'secondary';
  readonly data: ButtonData & { readonly msteams: { readonly type: 'task/fetch' } };
};

export function dialogButton(
  title: string,
  verb: Verb,
  about: About,
  mode: DialogButton['mode'],
): DialogButton {
  return { title, mode, data: { verb, ...about, msteams: { type: 'task/fetch' } } };
}

export type LinkButton = { readonly title: string; readonly url: string };
