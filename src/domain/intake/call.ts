/** The form for a request by phone (I14): what must be in it, and what comes of it. */

import type { Opening } from '../commands.ts';
import { type Desk, type Organisation, PRIORITIES, TICKET_TYPES } from '../desk.ts';
import type { Draft, FormInputs } from '../draft.ts';
import { TEXT_LIMIT } from '../limits.ts';
import { momentAt } from '../moments.ts';
import { organisationsOf } from '../organisations.ts';
import { agentsOf } from '../rights.ts';
import { route } from '../routing.ts';
import type { Instant, Request, RoutingOutcome } from '../ticket.ts';
import type { Caller } from './caller.ts';
import {
  type Checked,
  checkChoice,
  checkPhone,
  checkSubject,
  checkText,
  type FieldError,
  oneLine,
  plainText,
  refused,
} from './field-checks.ts';
import { isChargeable } from './form.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What has to be in it, and the caller’s number. */
export const CALL_FIELDS = ['requester', 'phone', 'type', 'queue', 'subject', 'text'] as const;
/** What may be said besides, once it is asked for. */
export const CALL_FURTHER = [
  'service',
  'owner',
  'priority',
  'next',
  'date',
  'time',
  'answer',
  'minutes',
] as const;
/** What only some callers make necessary. */
export const CALL_SELDOM = ['organisation', 'acceptCharge'] as const;

/** What becomes of it at once. */
export const AFTER_CALL = ['new', 'claim', 'wait', 'close'] as const;
export type AfterCall = (typeof AFTER_CALL)[number];

/** What an `open` command takes of the form. */
export type Call = Pick<Opening, 'request' | 'routing' | 'minutes' | 'next'>;
export type CallCheck =
  | { readonly ok: true; readonly call: Call }
  /** One error for each field that is wrong, in the order of the form. */
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** What stands in each field: what was typed or, where nothing was, what the agent’s first words propose. */
export function callValues({ inputs, proposal, text }: Draft, desk: Desk): FormInputs {
  const { subject, type, service } = proposal;
  const queue = service === undefined ? undefined : proposedQueue(desk, { service, type, subject, text });
  const proposed = { text, subject, type, service, queue };
  return Object.fromEntries(
    Object.entries({ ...proposed, ...inputs }).flatMap(([id, value]) =>
      value === undefined ? [] : [[id, value]],
    ),
  );
}

function proposedQueue(
  desk: Desk,
  about: { service: string; type: Draft['proposal']['type']; subject: string | undefined; text: string },
): string | undefined {
  const { service, type = 'other', subject = '', text } = about;
  const routing = route(desk, { service, type, subject, text });
  return routing.unmatched ? undefined : routing.queue;
}

/**
 * Makes a request of what was typed, or says what is wrong with each field. Never throws, whatever the inputs hold.
 * @param caller what `checkCaller` made of the field `requester`
 */
export function checkCall(
  draft: Draft,
  caller: Checked<Caller>,
  desk: Desk,
  vocabulary: Vocabulary,
): CallCheck {
  const values = callValues(draft, desk);
  const value = (field: string) => oneLine(values[field] ?? '');
  const phone = value('phone') === '' ? ok('') : checkPhone(value('phone'));
  const type = checkChoice('type', value('type'), (id) => TICKET_TYPES.find((known) => known === id));
  const queue = checkChoice('queue', value('queue'), (id) => desk.queues.get(id));
  const subject = checkSubject(value('subject'), vocabulary);
  const text = checkText('text', plainText(values.text ?? ''), TEXT_LIMIT);
  const service = optional('service', value('service'), (id) => desk.services.get(id));
  const owner = optional('owner', value('owner'), (id) => desk.people.get(id));
  const priority = optional('priority', value('priority'), (one) =>
    PRIORITIES.find((known) => String(known) === one),
  );
  const next = checkNext(values, desk);
  const minutes = checkMinutes(value('minutes'));
  const organisation = checkOrganisation(caller, desk, value('organisation'));
  const charge: Checked<boolean> =
    type.ok &&
    service.ok &&
    organisation.ok &&
    organisation.value !== undefined &&
    isChargeable(type.value, service.value ?? {}, organisation.value)
      ? values.acceptCharge === 'true'
        ? ok(true)
        : refused('acceptCharge', 'acceptCharge')
      : ok(false);
  const checks = [caller, phone, type, queue, subject, text, service, owner, priority, next, minutes];
  const errors = [...checks, organisation, charge].flatMap((checked) => (checked.ok ? [] : [checked.error]));
  if (!caller.ok || !phone.ok || !type.ok || !queue.ok || !subject.ok || !text.ok || !charge.ok)
    return { ok: false, errors };
  if (!service.ok || !owner.ok || !priority.ok || !next.ok || !minutes.ok || !organisation.ok)
    return { ok: false, errors };
  const { person, email, locale } = caller.value;
  if (owner.value && !agentsOf(desk, queue.value.id).some(({ id }) => id === owner.value?.id))
    return { ok: false, errors: [{ field: 'owner', code: 'notOfQueue', evidence: queue.value.name }] };
  const request: Request = {
    requester: person,
    locale: locale ?? desk.locale,
    ...(organisation.value && { organisation: organisation.value.id }),
    contact: {
      name: person.name,
      phone: phone.value || (caller.value.phone ?? ''),
      ...(email !== undefined && { email }),
      availability: [],
    },
    subject: subject.value,
    text: text.value,
    type: type.value,
    service: service.value?.id ?? '',
    fields: {},
    chargeAccepted: charge.value,
    attachments: draft.attachments,
    arrival: { kind: 'phone' },
  };
  const standing = queue.value.responsible;
  const responsible = standing === undefined ? undefined : desk.people.get(standing);
  const routing: RoutingOutcome = {
    queue: queue.value.id,
    ...(responsible && { responsible: { id: responsible.id, name: responsible.name } }),
    ...(owner.value && { owner: { id: owner.value.id, name: owner.value.name } }),
    ...(priority.value !== undefined && { priority: priority.value }),
    reason: { because: [{ condition: 'chosen', value: queue.value.id }] },
  };
  return {
    ok: true,
    call: {
      request,
      routing,
      ...(minutes.value === undefined ? {} : { minutes: minutes.value }),
      ...(next.value === undefined ? {} : { next: next.value }),
    },
  };
}

function ok<T>(value: T): Checked<T> {
  return { ok: true, value };
}

function optional<T>(
  field: string,
  text: string,
  find: (id: string) => T | undefined,
): Checked<T | undefined> {
  return text === '' ? ok(undefined) : checkChoice(field, text, find);
}

function checkNext(values: FormInputs, desk: Desk): Checked<Opening['next']> {
  const { next = '', date = '', time = '', answer = '' } = values;
  switch (AFTER_CALL.find((known) => known === next) ?? (next === '' ? 'new' : undefined)) {
    case undefined:
      return refused('next', 'unknownChoice');
    case 'new':
      // Who fills in a date means to wait, and a time without a date says not when.
      return date + time === '' ? ok(undefined) : waitingFrom(date, time, desk);
    case 'claim':
      return ok({ type: 'claim' });
    case 'wait':
      return waitingFrom(date, time, desk);
    case 'close': {
      const text = checkText('answer', plainText(answer), TEXT_LIMIT);
      return text.ok ? ok({ type: 'close', text: text.value }) : text;
    }
  }
}

function waitingFrom(date: string, time: string, { timeZone }: Desk): Checked<Opening['next']> {
  if (date === '') return refused('date', 'required');
  // What is none is refused where it is decided, like one that has passed.
  const until: Instant = momentAt(date, time, timeZone) ?? 0;
  return ok({ type: 'wait', until, note: '' });
}

/** What is no number is refused where it is decided. */
function checkMinutes(text: string): Checked<number | undefined> {
  if (text === '') return ok(undefined);
  return ok(/^\d{1,6}$/.test(text) ? Number(text) : Number.NaN);
}

/** Who serves several must say for which (I7). */
function checkOrganisation(
  caller: Checked<Caller>,
  desk: Desk,
  chosen: string,
): Checked<Organisation | undefined> {
  if (!caller.ok) return ok(undefined);
  const possible = callerOrganisations(caller.value, desk);
  const [first, ...more] = possible;
  if (!first || more.length === 0) return ok(first);
  return checkChoice('organisation', chosen, (id) => possible.find((one) => one.id === id));
}

export function callerOrganisations({ person, email }: Caller, desk: Desk): Organisation[] {
  const ids = organisationsOf(desk, { id: person.id, ...(email === undefined ? {} : { email }) });
  return ids.flatMap((id) => desk.organisations.get(id) ?? []);
}
