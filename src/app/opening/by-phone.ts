/** A request by phone (I14): an agent of the first level fills in the form, and it is the caller’s. */

import { callForm, callOpened, openedWords } from '../../cards/dialogs/call-view.ts';
import type { Outgoing } from '../../cards/kit/card.ts';
import type { Notice } from '../../cards/kit/context.ts';
import { textCard } from '../../cards/notices/text-view.ts';
import { contactCentreOf } from '../../domain/decisions/opening.ts';
import type { Draft } from '../../domain/draft.ts';
import {
  CALL_FIELDS,
  CALL_FURTHER,
  CALL_SELDOM,
  callerOrganisations,
  callValues,
  checkCall,
} from '../../domain/intake/call.ts';
import { type Caller, checkCaller } from '../../domain/intake/caller.ts';
import type { Checked } from '../../domain/intake/field-checks.ts';
import { isInTeams } from '../../domain/outsiders.ts';
import type { Refusal } from '../../domain/refusals.ts';
import { type Actor, actorFor, isFirstLevel, mayReadInternally } from '../../domain/rights.ts';
import type { AttachmentRef, Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import type { House } from '../house.ts';
import { acquaintanceIn, greet } from '../people.ts';
import type { Answer, InboundAction, InboundDialog, Sender } from '../ports/inbound.ts';
import type { Receipt } from '../ports/store.ts';
import { say, unknownAction } from '../say.ts';
import { contextFor } from '../showing/card-context.ts';
import { refusalText } from '../showing/refusal-text.ts';
import { fieldErrorText } from './field-error-text.ts';
import { changeDraft, proposalFor } from './intake.ts';
import { openTicket } from './open-ticket.ts';

const FIELDS: ReadonlySet<string> = new Set([...CALL_FIELDS, ...CALL_FURTHER, ...CALL_SELDOM]);

/** The field that a refusal of the decision is about; where none is named, it is about the whole. */
const FIELD_OF: Readonly<Partial<Record<Refusal['code'], string>>> = {
  dateNotValid: 'date',
  minutesNotValid: 'minutes',
  notYourQueue: 'next',
  unknownAgent: 'owner',
  unknownQueue: 'queue',
  requesterNotValid: 'requester',
  subjectNotValid: 'subject',
};

const WORD = /^(?:nuova )?telefonata$|^(?:new )?phone (?:call|request)$/i;
const ROUNDS = 5;

/**
 * The words with which an agent begins a request by phone, and what they already wrote of it after a colon.
 * @returns undefined where it is something else
 */
export function callIn(text: string): { readonly text: string } | undefined {
  const [first = '', ...rest] = text.split(':');
  return WORD.test(first.trim()) ? { text: rest.join(':').trim() } : undefined;
}

/** What the agent wrote and sent along, and what could not be taken of it. */
export type CallSaid = {
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
  readonly complaint?: string;
};

/** Whether this person takes calls. */
export function takesCalls({ desk }: House, { person, name }: Pick<Sender, 'person' | 'name'>): boolean {
  return isFirstLevel(actorFor(desk, { id: person, name }), desk);
}

/** The form for a new call, with what was written and attached already. */
export async function beginCall(
  house: House,
  sender: Sender,
  place: 'card' | 'dialog',
  said: CallSaid = { text: '', attachments: [] },
): Promise<Answer> {
  const { locale } = sender;
  if (!takesCalls(house, sender))
    return say(translate(locale, 'refusal.firstLevelOnly', { queue: contactCentreOf(house.desk) }));
  const agent = await greet(house, sender);
  const draft: Draft = {
    id: house.ids.next(),
    version: 1,
    createdAt: house.clock.now(),
    requester: agent,
    locale,
    organisations: [],
    text: said.text,
    attachments: said.attachments,
    proposal: said.text === '' ? {} : proposalFor(house, said.text),
    inputs: {},
    editing: false,
    checked: false,
    candidates: [],
    withdrawn: false,
    arrival: { kind: 'phone' },
    preparedBy: agent,
  };
  await house.store.commitDraft({ draft, expected: 0, deliveries: [] });
  const { complaint } = said;
  const notice = complaint === undefined ? {} : { notice: { text: complaint, tone: 'warning' as const } };
  return asked(await formOf(house, draft, sender, place, notice), place);
}

/** A button of the form, wherever it stands. The draft is the sender's. */
export async function pressOnCall(
  house: House,
  { sender, verb, inputs }: Pick<InboundAction | InboundDialog, 'sender' | 'verb' | 'inputs'>,
  draft: Draft,
  receipt: Receipt,
  place: 'card' | 'dialog',
): Promise<Answer> {
  // Whoever takes calls no longer learns nothing more by the form, such as whose an address is.
  if (!takesCalls(house, sender))
    return say(translate(sender.locale, 'refusal.firstLevelOnly', { queue: contactCentreOf(house.desk) }));
  const made = await house.store.ticketOfDraft(draft.id);
  if (made) return opened(house, made, sender, place);
  if (draft.withdrawn) return asked(withdrawn(sender, draft), place);
  switch (verb) {
    case 'sendRequest':
      return send(house, sender, draft, inputs, receipt, place);
    case 'editRequest': {
      const change = { editing: true, inputs: { ...draft.inputs, ...callInputs(inputs) } };
      const changed = (await changeDraft(house, draft, change)) ?? { ...draft, ...change };
      return asked(await formOf(house, changed, sender, place), place);
    }
    case 'withdrawDraft':
      await changeDraft(house, draft, { withdrawn: true });
      return asked(withdrawn(sender, draft), place);
    case 'refresh':
      return asked(await formOf(house, draft, sender, place), place);
    default:
      return unknownAction(sender.locale);
  }
}

async function send(
  house: House,
  sender: Sender,
  before: Draft,
  inputs: Readonly<Record<string, string>>,
  receipt: Receipt,
  place: 'card' | 'dialog',
): Promise<Answer> {
  const typed = { ...before.inputs, ...callInputs(inputs) };
  let current: Draft | undefined = before;
  for (let round = 0; round < ROUNDS && current; round++) {
    if (current.ended) return asked(withdrawn(sender, current), place);
    const draft: Draft = { ...current, inputs: typed, checked: true };
    const caller = await callerOf(house, typed.requester ?? '');
    const check = checkCall(draft, caller, house.desk, house.vocabulary);
    if (!check.ok) {
      await changeDraft(house, current, { inputs: typed, checked: true });
      return asked(await formOf(house, draft, sender, place), place);
    }
    const { name } = await greet(house, sender);
    const result = await openTicket(
      house,
      {
        via: 'phone',
        actor: actorFor(house.desk, { id: sender.person, name }),
        draft: draft.id,
        ...check.call,
      },
      { receipt, draftVersion: current.version },
    );
    const made = result.kind === 'done' ? result.ticket : await house.store.ticketOfDraft(draft.id);
    if (made) return opened(house, made, sender, place);
    // Another press has changed the draft meanwhile: what this one says counts.
    if (result.kind !== 'refused') throw new Error(`a call was not opened: ${result.kind}`);
    if (result.refusal.code !== 'stale') {
      await changeDraft(house, current, { inputs: typed, checked: true });
      const field = FIELD_OF[result.refusal.code];
      const words = refusalText(house, result.refusal, sender.locale);
      if (field === undefined) return say(words);
      return asked(await formOf(house, draft, sender, place, { errors: { [field]: words } }), place);
    }
    current = await house.store.draft(before.id);
  }
  throw new Error(`draft ${before.id} could not be sent: too many writers`);
}

/** The form as it stands. @param more said besides: what its own checks do not find, or on top of it */
async function formOf(
  house: House,
  draft: Draft,
  { locale }: Sender,
  place: 'card' | 'dialog',
  {
    errors = {},
    notice,
  }: { readonly errors?: Readonly<Record<string, string>>; readonly notice?: Notice } = {},
): Promise<Outgoing> {
  const values = callValues(draft, house.desk);
  const caller = await callerOf(house, values.requester ?? '');
  const check = checkCall(draft, caller, house.desk, house.vocabulary);
  const wrong = draft.checked && !check.ok ? check.errors : [];
  const found = Object.fromEntries(wrong.map((error) => [error.field, fieldErrorText(error, locale)]));
  const organisations = caller.ok ? callerOrganisations(caller.value, house.desk).map(({ id }) => id) : [];
  return callForm(
    {
      draft,
      state: { values, errors: { ...found, ...errors } },
      organisations,
      ...(notice ? { notice } : {}),
    },
    place,
    contextFor(house, locale),
  );
}

async function callerOf(house: House, typed: string): Promise<Checked<Caller>> {
  return checkCaller(typed, house.desk.people.values(), await acquaintanceIn(house, typed));
}

async function opened(
  house: House,
  ticket: Ticket,
  { person, name, locale }: Sender,
  place: 'card' | 'dialog',
): Promise<Answer> {
  const { requester } = ticket;
  const told =
    isInTeams(requester.id) && (await house.store.profile(requester.id))?.conversation !== undefined;
  const actor: Actor = actorFor(house.desk, { id: person, name });
  const context = contextFor(house, locale);
  if (place === 'dialog') return say(openedWords(ticket, told, context));
  return asked(callOpened(ticket, told, mayReadInternally(actor, ticket), context), place);
}

function asked(content: Outgoing, place: 'card' | 'dialog'): Answer {
  if (place === 'dialog') return { kind: 'dialog', title: content.summary, content };
  return { kind: 'card', content, instead: true };
}

function withdrawn({ locale }: Sender, { ended }: Draft): Outgoing {
  const words = translate(locale, ended ? 'draft.ended' : 'call.withdrawn');
  return textCard({ paragraphs: [words], tone: 'neutral' });
}

/** What was typed into fields that the form has: a draft keeps nothing else of what a card sends. */
function callInputs(inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(inputs).filter(([field]) => FIELDS.has(field)));
}
