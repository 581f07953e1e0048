/** From a sentence to a ticket (I1–I6): drafts, their card, and the moment they get a number. */

import { isDeepStrictEqual } from 'node:util';
import type { Desk } from '../../domain/desk.ts';
import type { Draft, FormInputs } from '../../domain/draft.ts';
import type { TicketEvent } from '../../domain/events.ts';
import { checkRequest } from '../../domain/intake/form.ts';
import { propose } from '../../domain/intake/propose.ts';
import { joinSaid, withSaid } from '../../domain/intake/said-meanwhile.ts';
import { organisationsOf } from '../../domain/organisations.ts';
import { actorFor } from '../../domain/rights.ts';
import type { Ticket, TicketNumber } from '../../domain/ticket.ts';
import { askedAt, DRAFT_CARD_KEY, REQUESTER_CARD_KEY } from '../changing/notify.ts';
import type { House } from '../house.ts';
import { refOf } from '../people.ts';
import type { Delivery, Post } from '../ports/delivery.ts';
import type { Profile, Receipt } from '../ports/store.ts';
import { openTicket } from './open-ticket.ts';

export type Said = Pick<Draft, 'text' | 'attachments' | 'messages'>;

/**
 * Begins a draft from what a person said.
 * @param about tickets that it may be about, to be asked first; or the one that it goes on from
 */
export async function beginDraft(
  house: House,
  profile: Profile,
  said: Said,
  receipt: Receipt,
  about: { readonly candidates?: readonly TicketNumber[]; readonly continues?: TicketNumber } = {},
): Promise<Draft> {
  const organisations = organisationsOf(house.desk, {
    id: profile.person,
    ...(profile.email === undefined ? {} : { email: profile.email }),
  });
  const draft: Draft = {
    id: house.ids.next(),
    version: 1,
    createdAt: house.clock.now(),
    requester: refOf(profile),
    ...(profile.email === undefined ? {} : { email: profile.email }),
    locale: profile.locale,
    organisations,
    text: said.text,
    ...(said.messages ? { messages: said.messages } : {}),
    attachments: said.attachments,
    proposal: proposalFor(house, said.text),
    inputs: { name: profile.name, ...(profile.phone === undefined ? {} : { phone: profile.phone }) },
    editing: false,
    checked: false,
    candidates: [],
    withdrawn: false,
    ...about,
  };
  await house.store.commitDraft({
    draft,
    expected: 0,
    deliveries: askedAt(draft.createdAt, [draftCard(draft)]),
    receipt,
  });
  house.nudge();
  return draft;
}

/**
 * Adds a further message to a draft that waits for its form.
 * @returns undefined when it has been sent, or given up, meanwhile
 */
export async function extendDraft(
  house: House,
  draft: Draft,
  said: Said,
  receipt: Receipt,
): Promise<Draft | undefined> {
  let current: Draft | undefined = draft;
  for (let round = 0; round < ROUNDS && current && !current.withdrawn; round++) {
    const changed = await changeDraft(
      house,
      current,
      {
        ...withSaid(current, said.text, (whole) => proposalFor(house, whole)),
        messages: [...(current.messages ?? []), ...(said.messages ?? [])],
        attachments: [...current.attachments, ...said.attachments],
      },
      { receipt },
    );
    // The same message may have come by another instance: it is in.
    if (changed || (await house.store.receipt(receipt.key))) return changed ?? current;
    if (await house.store.ticketOfDraft(draft.id)) return undefined;
    current = await house.store.draft(draft.id);
  }
  return undefined;
}

/**
 * Writes a draft over its earlier version. Its card is edited where it has no fields any more, or where whoever pressed
 * cannot be answered with a card: an edit takes away what is being typed, so a form that stands is left alone, and whoever
 * looks at it again asks for how it is now.
 *
 * @returns undefined when somebody else changed it meanwhile
 */
export async function changeDraft(
  house: House,
  draft: Draft,
  change: Partial<Draft>,
  { receipt, answered = true }: { readonly receipt?: Receipt; readonly answered?: boolean } = {},
): Promise<Draft | undefined> {
  const next: Draft = { ...draft, ...change, version: draft.version + 1, changedAt: house.clock.now() };
  const edits = !next.arrival && (!answered || !isForm(next));
  const result = await house.store.commitDraft({
    draft: next,
    expected: draft.version,
    deliveries: edits ? askedAt(house.clock.now(), [draftCard(next)]) : [],
    ...(receipt ? { receipt } : {}),
  });
  if (result.kind !== 'committed') return undefined;
  house.nudge();
  return next;
}

function isForm({ withdrawn, candidates }: Draft): boolean {
  return !withdrawn && candidates.length === 0;
}

export type Submitted =
  /** `history` where all of it is known: a ticket that another press made may have gone on. */
  | { readonly kind: 'opened'; readonly ticket: Ticket; readonly history?: readonly TicketEvent[] }
  /** `completed`: by what was said while the form stood there, so that it is to be seen before it is sent. */
  | { readonly kind: 'incomplete'; readonly draft: Draft; readonly completed?: true };

/** What the form sent, the version of the draft that it shows, and whether its client is answered with a card. */
export type Filled = {
  readonly inputs: Readonly<Record<string, string>>;
  readonly seen?: number;
  readonly answered?: boolean;
};

/** Only other instances write to the draft of who is sending it; more rounds than this are a fault. */
const ROUNDS = 5;

/**
 * Turns a draft into a ticket when all it needs is there; otherwise keeps what was typed and says what is wrong.
 * @param profile the requester's, where the bot has met them
 * @param post where the form stands: it becomes the ticket's card
 */
export async function submitDraft(
  house: House,
  draft: Draft,
  profile: Profile | undefined,
  filled: Filled,
  receipt: Receipt,
  post: Post | undefined,
): Promise<Submitted> {
  let current: Draft | undefined = draft;
  for (let round = 0; round < ROUNDS && current; round++) {
    const submitted = await trySubmit(house, current, profile, filled, receipt, post);
    if (submitted) return submitted;
    current = await house.store.draft(draft.id);
  }
  throw new Error(`draft ${draft.id} could not be sent: too many writers`);
}

/** @returns undefined when the draft has changed since it was read */
async function trySubmit(
  house: House,
  draft: Draft,
  profile: Profile | undefined,
  { inputs, seen, answered = true }: Filled,
  receipt: Receipt,
  post: Post | undefined,
): Promise<Submitted | undefined> {
  if (draft.ended) return { kind: 'incomplete', draft };
  const joined = joinSaid(draft, formInputs(house.desk, inputs), seen);
  const typed = { ...draft.inputs, ...joined.inputs };
  const checked = checkRequest(draft, typed, house.desk, house.vocabulary);
  if (!checked.ok) {
    const change = { inputs: typed, checked: true };
    // Sent again as it was: there is nothing new to keep, and the card stays as it is.
    if (draft.checked && isDeepStrictEqual(draft.inputs, typed)) return { kind: 'incomplete', draft };
    const kept = await changeDraft(house, draft, change, { answered });
    return kept && { kind: 'incomplete', draft: kept };
  }
  if (joined.completed) {
    const kept = await changeDraft(house, draft, { inputs: typed, editing: true }, { answered });
    return kept && { kind: 'incomplete', draft: kept, completed: true };
  }
  const { request } = checked;
  const continued = draft.continues === undefined ? undefined : await house.store.ticket(draft.continues);
  const result = await openTicket(
    house,
    {
      via: draft.arrival?.kind ?? 'chat',
      actor: actorFor(house.desk, draft.preparedBy ?? draft.requester),
      draft: draft.id,
      request,
      ...(continued ? { origin: { kind: 'continues', ticket: continued } } : {}),
    },
    { receipt, draftVersion: draft.version, ...(post && { posts: { [REQUESTER_CARD_KEY]: post } }) },
    draft.email,
  );
  // Another instance added to the draft meanwhile: that goes with it.
  if (result.kind === 'refused' && result.refusal.code === 'stale') return undefined;
  if (result.kind !== 'done') {
    // Another press of the same button was faster: there is one ticket, and this is it.
    const first = await house.store.ticketOfDraft(draft.id);
    if (first) return { kind: 'opened', ticket: first };
    throw new Error(`a complete draft was not opened: ${JSON.stringify(result)}`);
  }
  if (profile && profile.phone !== request.contact.phone)
    await house.store.saveProfile({ ...profile, phone: request.contact.phone });
  return { kind: 'opened', ticket: result.ticket, history: result.events };
}

const FORM_FIELDS: ReadonlySet<string> = new Set([
  'subject',
  'text',
  'service',
  'type',
  'organisation',
  'name',
  'phone',
  'availability',
  'acceptCharge',
]);

/** What was typed into fields that the form has: a draft keeps nothing else of what a card sends. */
export function formInputs(desk: Desk, inputs: Readonly<Record<string, string>>): FormInputs {
  return Object.fromEntries(
    Object.entries(inputs).filter(([field]) => FORM_FIELDS.has(field) || isExtraField(desk, field)),
  );
}

function isExtraField({ services }: Desk, field: string): boolean {
  const [, id] = /^field\.(.*)$/s.exec(field) ?? [];
  return id !== undefined && [...services.values()].some(({ fields }) => fields.some((own) => own.id === id));
}

/** What the bot makes of the words, without its reasons. */
export function proposalFor(house: House, text: string): Draft['proposal'] {
  const { because: _, ...proposal } = propose(text, house.desk, house.vocabulary);
  return proposal;
}

/** The card of a draft in its requester's chat. */
export function draftCard(draft: Pick<Draft, 'requester'>): Delivery {
  return {
    key: DRAFT_CARD_KEY,
    kind: 'draftCard',
    to: { kind: 'person', person: draft.requester.id },
    live: true,
  };
}
