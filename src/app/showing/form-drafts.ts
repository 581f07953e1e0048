/**
 * What somebody typed into a form and has not sent (T17). A card sends what stands in it with a press only, so it is kept
 * when the form is closed, and when what was sent is not accepted.
 */

import { isQueueForm, type QueueForm } from '../../cards/kit/buttons.ts';
import type { Field } from '../../cards/kit/fields.ts';
import { queueForm } from '../../cards/queue/queue-forms.ts';
import type { BulkAction } from '../../domain/bulk.ts';
import { type FormOf, isWorthKeeping, SEVERAL_TICKETS } from '../../domain/form-draft.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { House } from '../house.ts';
import type { InboundAction } from '../ports/inbound.ts';
import { contextFor } from './card-context.ts';

type Typed = Readonly<Record<string, string>>;

/** Keeps it where it says something that the empty form does not. @returns whether there is a draft now */
export async function keepTyped(
  house: House,
  { sender, inputs }: Pick<InboundAction, 'sender' | 'inputs'>,
  ticket: Ticket,
  form: QueueForm,
): Promise<boolean> {
  const of = { person: sender.person, ticket: ticket.number, form };
  const { fields } = queueForm(form, ticket, contextFor(house, sender.locale), { values: inputs });
  const empty = queueForm(form, ticket, contextFor(house, sender.locale)).fields;
  return keep(house, of, inputs, fields, empty);
}

/** The same for a form about several tickets (T16). @param empty its fields before anybody types */
export function keepTypedForSeveral(
  house: House,
  { sender, inputs }: Pick<InboundAction, 'sender' | 'inputs'>,
  form: BulkAction,
  empty: readonly Field[],
): Promise<boolean> {
  return keep(house, ofSeveral(sender.person, form), inputs, empty, empty);
}

async function keep(
  house: House,
  of: FormOf,
  inputs: InboundAction['inputs'],
  fields: readonly Field[],
  empty: readonly Field[],
): Promise<boolean> {
  // Of what a card sends, nothing is kept but the fields that the form has.
  const values = Object.fromEntries(fields.map(({ id }) => [id, inputs[id] ?? '']));
  if (!isWorthKeeping(values, Object.fromEntries(empty.map(({ id, value }) => [id, value])))) {
    await house.store.forgetFormDraft(of);
    return false;
  }
  await house.store.keepFormDraft({ ...of, values, at: house.clock.now() });
  return true;
}

function ofSeveral(person: string, form: BulkAction): FormOf {
  return { person, ticket: SEVERAL_TICKETS, form };
}

/** What was left in the form about several tickets; nothing where nothing was. */
export async function typedForSeveral(
  house: House,
  person: string,
  form: BulkAction,
): Promise<Typed | undefined> {
  return (await house.store.formDraft(ofSeveral(person, form), house.clock.now()))?.values;
}

/** It has been sent. */
export async function forgetTypedForSeveral(house: House, person: string, form: BulkAction): Promise<void> {
  await house.store.forgetFormDraft(ofSeveral(person, form));
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
