/**
 * What somebody typed into a form and has not sent (T17). A card sends what stands in it with a press only, so it is kept
 * when the form is closed, and when what was sent is not accepted.
 */

import { isQueueForm, type QueueForm } from '../cards/buttons.ts';
import { queueForm } from '../cards/queue-forms.ts';
import { FORM_DRAFT_LIMIT } from '../domain/form-draft.ts';
import type { Ticket } from '../domain/ticket.ts';
import { contextFor } from './card-context.ts';
import type { House } from './house.ts';
import type { InboundAction } from './inbound.ts';

type Typed = Readonly<Record<string, string>>;

/** Keeps it where it says something that the empty form does not. @returns whether there is a draft now */
export async function keepTyped(
  house: House,
  { sender, inputs }: Pick<InboundAction, 'sender' | 'inputs'>,
  ticket: Ticket,
  form: QueueForm,
): Promise<boolean> {
  const of = { person: sender.person, ticket: ticket.number, form };
  // Of what a card sends, nothing is kept but the fields that the form has.
  const { fields } = queueForm(form, ticket, contextFor(house, sender.locale), { values: inputs });
  const values = Object.fromEntries(fields.map(({ id }) => [id, inputs[id] ?? '']));
  const empty = queueForm(form, ticket, contextFor(house, sender.locale)).fields;
  const standing = new Map(empty.map(({ id, value }) => [id, value]));
  const changed = Object.entries(values).some(([id, value]) => value.trim() !== (standing.get(id) ?? ''));
  const length = Object.values(values).reduce((sum, { length }) => sum + length, 0);
  if (!changed || length > FORM_DRAFT_LIMIT) {
    await house.store.forgetFormDraft(of);
    return false;
  }
  await house.store.keepFormDraft({ ...of, values, at: house.clock.now() });
  return true;
}

/** What was left in this form; nothing where nothing was. */
export async function typedBefore(
  house: House,
  person: string,
  { number }: Ticket,
  form: QueueForm,
): Promise<Typed | undefined> {
  return (await house.store.formDraft({ person, ticket: number, form }, house.clock.now()))?.values;
}

/** It has been sent. */
export async function forgetTyped(
  house: House,
  person: string,
  { number }: Ticket,
  verb: string,
): Promise<void> {
  if (!isQueueForm(verb)) return;
  const of = { person, ticket: number, form: verb };
  // Most forms are sent at once: a look costs less than a write.
  if (await house.store.formDraft(of, house.clock.now())) await house.store.forgetFormDraft(of);
}
