/** The rules of the intake form (I2–I7): what it must ask, and whether what came back makes a request. */

import {
  CHARGEABLE_TYPES,
  type Desk,
  type Organisation,
  type Service,
  TICKET_TYPES,
  type TicketType,
} from '../desk.ts';
import type { Draft, FormInputs } from '../draft.ts';
import { TEXT_LIMIT } from '../limits.ts';
import { sayingsOf } from '../sayings.ts';
import type { Request } from '../ticket.ts';
import {
  type Checked,
  checkAvailability,
  checkChoice,
  checkExtraField,
  checkName,
  checkPhone,
  checkSubject,
  checkText,
  type FieldError,
  oneLine,
  plainText,
  refused,
} from './field-checks.ts';
import type { Vocabulary } from './vocabulary.ts';

export type { FieldError, FieldErrorCode } from './field-checks.ts';

export type RequestCheck =
  | { readonly ok: true; readonly request: Request }
  /** One error for each field that is wrong, in the order of the form. */
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * True when the request is charged (I4): its type is chargeable and the organisation lacks the contract that covers
 * the service. A service that no contract covers, or an unknown organisation, is charged.
 */
export function isChargeable(
  type: TicketType,
  service: Pick<Service, 'contract'>,
  organisation: Pick<Organisation, 'contracts'> | undefined,
): boolean {
  if (!CHARGEABLE_TYPES.includes(type)) return false;
  return service.contract === undefined || !(organisation?.contracts.includes(service.contract) ?? false);
}

/**
 * What stands in each field now: what was typed or, where nothing was, what the bot proposed and the desk knows of the
 * person. Fields with nothing are absent. A text left empty stays what was said in the conversation.
 */
export function formValues(draft: Draft, desk: Desk): FormInputs {
  return valuesOf(draft, draft.inputs, desk);
}

/**
 * The fields that the form must ask: those without an acceptable answer. In the order of the form; extra fields and
 * the acceptance of charge can only be asked once the service and the type are known.
 */
export function missingFields(draft: Draft, desk: Desk, vocabulary: Vocabulary): readonly string[] {
  const checked = checkRequest(draft, draft.inputs, desk, vocabulary);
  return checked.ok ? [] : checked.errors.map(({ field }) => field);
}

/**
 * Makes a request of the answers, or says what is wrong with each. Answers to fields that the form does not have are
 * ignored. Never throws, whatever the inputs hold.
 */
export function checkRequest(
  draft: Draft,
  inputs: FormInputs,
  desk: Desk,
  vocabulary: Vocabulary,
): RequestCheck {
  const values = valuesOf(draft, inputs, desk);
  const value = (field: string) => oneLine(values[field] ?? '');

  const subject = checkSubject(value('subject'), vocabulary);
  const text = checkText('text', plainText(values.text ?? ''), TEXT_LIMIT);
  const service = checkChoice('service', value('service'), (id) => desk.services.get(id));
  const type = checkChoice('type', value('type'), (id) => TICKET_TYPES.find((known) => known === id));
  const fields = (service.ok ? service.value.fields : []).map((field) => ({
    id: field.id,
    answer: checkExtraField(field, value(`field.${field.id}`)),
  }));
  const organisation = checkOrganisation(draft, desk, value('organisation'));
  const name = checkName(value('name'));
  const phone = checkPhone(value('phone'));
  const availability = checkAvailability(value('availability'));
  const charge = checkCharge(draft, desk, service, type, organisation, values.acceptCharge);

  const answers = [subject, text, service, type, ...fields.map(({ answer }) => answer)];
  const errors = [...answers, organisation, name, phone, availability, charge].flatMap((checked) =>
    checked.ok ? [] : [checked.error],
  );
  const complete =
    subject.ok &&
    text.ok &&
    service.ok &&
    type.ok &&
    organisation.ok &&
    name.ok &&
    phone.ok &&
    availability.ok;
  if (!complete || !charge.ok || errors.length > 0) return { ok: false, errors };

  const request: Request = {
    requester: draft.requester,
    locale: draft.locale,
    ...(organisation.value && { organisation: organisation.value.id }),
    contact: {
      name: name.value,
      phone: phone.value,
      ...(draft.email !== undefined && { email: draft.email }),
      availability: availability.value,
    },
    subject: subject.value,
    text: text.value,
    type: type.value,
    service: service.value.id,
    fields: Object.fromEntries(
      fields.flatMap(({ id, answer }) => (answer.ok && answer.value !== '' ? [[id, answer.value]] : [])),
    ),
    chargeAccepted: charge.value,
    attachments: draft.attachments,
    ...(draft.arrival && { arrival: draft.arrival }),
    ...(draft.messages && { messages: sayingsOf(draft.messages, text.value) }),
  };
  return { ok: true, request };
}

/** Typed answers over what is proposed or known. Only the form's own fields are looked at. */
function valuesOf(draft: Draft, inputs: FormInputs, desk: Desk): FormInputs {
  const [organisation, ...others] = organisationsFor(draft, desk);
  const service = typed(inputs, 'service') ?? draft.proposal.service;
  const extra = (desk.services.get(service ?? '')?.fields ?? []).map(({ id }) => `field.${id}`);
  const typedText = typed(inputs, 'text');
  const values: Record<string, string | undefined> = {
    subject: typed(inputs, 'subject') ?? draft.proposal.subject,
    text: typedText === undefined || typedText.trim() === '' ? draft.text : typedText,
    service,
    type: typed(inputs, 'type') ?? draft.proposal.type,
    organisation: typed(inputs, 'organisation') ?? (others.length === 0 ? organisation?.id : undefined),
    name: typed(inputs, 'name') ?? draft.requester.name,
    phone: typed(inputs, 'phone') ?? desk.people.get(draft.requester.id)?.phone,
    availability: typed(inputs, 'availability'),
    acceptCharge: typed(inputs, 'acceptCharge'),
    ...Object.fromEntries(extra.map((field) => [field, typed(inputs, field)])),
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, text]) => (text === undefined ? [] : [[id, text]])),
  );
}

/** What was typed in a field, empty included; undefined where the form did not have it. */
function typed(inputs: FormInputs, field: string): string | undefined {
  const value: unknown = Object.hasOwn(inputs, field) ? inputs[field] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Those of the draft's organisations that the desk still has. */
function organisationsFor(draft: Draft, desk: Desk): Organisation[] {
  return draft.organisations.flatMap((id) => desk.organisations.get(id) ?? []);
}

/** Who serves several must say for which (I7); who serves none asks for none. */
function checkOrganisation(draft: Draft, desk: Desk, id: string): Checked<Organisation | undefined> {
  const possible = organisationsFor(draft, desk);
  if (possible.length === 0 && id === '') return { ok: true, value: undefined };
  return checkChoice('organisation', id, (chosen) =>
    possible.find((organisation) => organisation.id === chosen),
  );
}

/**
 * The value is whether a charge was accepted. As long as the organisation is not chosen, acceptance is asked for only
 * where every choice would be charged.
 */
function checkCharge(
  draft: Draft,
  desk: Desk,
  service: Checked<Service>,
  type: Checked<TicketType>,
  organisation: Checked<Organisation | undefined>,
  accepted: string | undefined,
): Checked<boolean> {
  if (!service.ok || !type.ok) return { ok: true, value: false };
  const possible = organisation.ok ? [organisation.value] : organisationsFor(draft, desk);
  const charged =
    possible.length > 0 && possible.every((one) => isChargeable(type.value, service.value, one));
  if (!charged) return { ok: true, value: false };
  return accepted === 'true' ? { ok: true, value: true } : refused('acceptCharge', 'acceptCharge');
}
