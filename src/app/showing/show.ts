/** Which card a press is answered with: the one it was pressed on, as this person sees it now. */

import type { PlaceForm } from '../../cards/kit/buttons.ts';
import type { Outgoing } from '../../cards/kit/card.ts';
import type { Notice } from '../../cards/kit/context.ts';
import { orphanPointer } from '../../cards/notices/agent-notice-view.ts';
import { textCard } from '../../cards/notices/text-view.ts';
import type { TicketEvent } from '../../domain/events.ts';
import type { Refusal } from '../../domain/refusals.ts';
import { type Actor, isRequester, mayReadInternally } from '../../domain/rights.ts';
import type { Locale, Ticket } from '../../domain/ticket.ts';
import { type TextKey, translate } from '../../i18n/translate.ts';
import { liveCardAt, type Slot, slotOf } from '../changing/notify.ts';
import type { House } from '../house.ts';
import type { Post } from '../ports/delivery.ts';
import type { InboundAction, InboundDialog, Sender } from '../ports/inbound.ts';
import { isTold, samePost, sameRoom } from '../ports/posts.ts';
import type { Answered, NoticeName } from '../remembered.ts';
import { contextFor, linkToCard } from './card-context.ts';
import { refusalText } from './refusal-text.ts';
import { ticketCard } from './ticket-card.ts';

export type Showing = {
  readonly notice?: NoticeName;
  readonly refusal?: Refusal;
  readonly form?: {
    readonly name: PlaceForm;
    readonly values: Readonly<Record<string, string>>;
    readonly errors?: Readonly<Record<string, Refusal>>;
  };
  /** Which card, where it is not the one that was pressed. */
  readonly slot?: Slot;
  /** All events of the ticket, where they are at hand. */
  readonly history?: readonly TicketEvent[];
};

/**
 * What a press on this card, or a dialog about its ticket, was answered with a moment ago, unless the ticket has changed
 * since.
 */
export function lastAnswer(
  house: House,
  { sender, post }: Pick<InboundAction, 'sender' | 'post'>,
  ticket: Ticket,
): Answered | undefined {
  return [ticket.number, ...(post ? [post.activity] : [])]
    .map((place) => house.answered.get(answerKey(sender.person, place)))
    .find((said) => said?.version === ticket.version);
}

/** A dialog opens over this card. Where its form is sent, Teams does not name it again (botframework-sdk#6473). */
export function opensOver(
  house: House,
  { sender: { person }, post }: Pick<InboundDialog, 'sender' | 'post'>,
  { number }: Ticket,
): void {
  const key = answerKey(person, number);
  if (post) house.openedOver.set(key, post.activity);
  else house.openedOver.delete(key);
}

/**
 * What is said once a dialog has closed, on the card over which it was opened. Where that is not known, whichever card
 * comes next says it.
 */
export function answerOnCard(
  house: House,
  { person }: Pick<Sender, 'person'>,
  { number, version }: Ticket,
  notice: NoticeName,
): void {
  const place = house.openedOver.get(answerKey(person, number)) ?? number;
  house.answered.set(answerKey(person, place), { notice, version });
}

/** The person goes on: what the last press was answered with has been read. */
export function forgetAnswer(
  house: House,
  { sender, post, ticket }: Pick<InboundAction, 'sender' | 'post' | 'ticket'>,
): void {
  if (post) house.answered.delete(answerKey(sender.person, post.activity));
  if (ticket !== undefined) house.answered.delete(answerKey(sender.person, ticket));
}

/** @param place id of the card’s message, or number of the ticket */
function answerKey(person: string, place: string): string {
  return `${person} ${place}`;
}

/**
 * Whether what stands there may be shown to somebody without rights on the ticket, who has seen it there: in its channel,
 * or in their own chat, where they opened it, were told or had asked.
 */
function hasSeen({ kind, person }: Slot, actor: Actor, { formerRequesters = [] }: Ticket): boolean {
  if (actor.kind !== 'person') return false;
  if (kind === 'personalNotice') return person === actor.id;
  if (kind === 'requesterCard' || kind === 'requesterNotice')
    return formerRequesters.some(({ id }) => id === actor.id);
  return true;
}

/** @returns undefined where this person must not see the ticket */
export async function showCardOf(
  house: House,
  { sender, post }: Pick<InboundAction, 'sender' | 'post'>,
  { actor, ticket }: { readonly actor: Actor; readonly ticket: Ticket },
  showing: Showing = {},
): Promise<Outgoing | undefined> {
  const { locale } = sender;
  const found = showing.slot ?? (await slotOfPost(house, ticket, post));
  const may = isRequester(actor, ticket) || mayReadInternally(actor, ticket);
  if (found === 'foreign') return undefined;
  if (found === 'orphan') {
    if (!may || !post) return undefined;
    await healOrphan(house, ticket, post, sender);
    return pointerTo(house, ticket, sender.personal, locale);
  }
  // Whoever sees what stands in its channel or in their own chat may see it again, also where the ticket has gone out of
  // their reach; a number alone opens nothing.
  if (!may && !(found && hasSeen(found, actor, ticket))) return undefined;
  const slot: Slot = found ?? likelySlot(actor, ticket, sender.personal);
  if (!may && !(await slotOfPost(house, ticket, post))) return undefined;
  const { form, notice, refusal, history } = showing;
  if (post && (notice || refusal))
    house.answered.set(answerKey(sender.person, post.activity), {
      ...(notice ? { notice } : {}),
      ...(refusal ? { refusal } : {}),
      version: ticket.version,
    });
  const values = form?.values;
  const content = await ticketCard(
    house,
    ticket,
    slot,
    { actor, locale },
    {
      ...noticeFor(house, ticket, showing, locale),
      ...(history ? { history } : {}),
      ...(form ? { form: form.name } : {}),
      ...(values
        ? {
            state: {
              values,
              errors: Object.fromEntries(
                Object.entries(form?.errors ?? {}).map(([field, refusal]) => [
                  field,
                  refusalText(house, refusal, locale),
                ]),
              ),
            },
          }
        : {}),
    },
  );
  // What the card spoke of is over: the one that lives says what holds now.
  return content ?? pointerTo(house, ticket, sender.personal, locale);
}

function noticeFor(
  house: House,
  ticket: Ticket,
  { notice, refusal }: Showing,
  locale: Locale,
): { readonly notice?: Notice } {
  if (refusal) {
    const tone = refusal.code === 'stale' || refusal.code === 'lockedByOther' ? 'warning' : 'attention';
    return { notice: { text: refusalText(house, refusal, locale), tone } };
  }
  return notice ? { notice: { text: noticeText(house, ticket, notice, locale), tone: 'good' } } : {};
}

/** What was done, in a sentence. */
export function noticeText(house: House, ticket: Ticket, notice: NoticeName, locale: Locale): string {
  const params = {
    requester: ticket.requester.name,
    owner: ticket.owner?.name ?? '',
    responsible: ticket.responsible?.name ?? '',
    queue: house.desk.queues.get(ticket.queue)?.name ?? ticket.queue,
    number: ticket.number,
  };
  return translate(locale, `notice.${notice}` as TextKey, params);
}

/**
 * The slot of a post. `foreign`: another ticket's card, or another draft's form, so that the number did not come
 * from that card. `orphan`: a card that Teams took and whose id was lost with the process, so that it was posted
 * again; undefined while the ticket's posts are not all known.
 */
export async function slotOfPost(
  house: House,
  ticket: Ticket,
  post: Post | undefined,
): Promise<Slot | 'orphan' | 'foreign' | undefined> {
  if (!post) return undefined;
  const owner = { kind: 'ticket', id: ticket.number } as const;
  const posts = await house.store.posts(owner);
  const keys = Object.keys(posts).filter((key) => samePost(posts[key] as Post, post));
  if (keys.length > 0) return slotOfKeys(keys);
  if (await isCardOfAnother(house, post, [owner.id, ticket.draft])) return 'foreign';
  const untold = Object.keys(posts).filter((key) => mayStandAt(posts[key] as Post, post, slotOf(key)));
  if (untold.length > 0) return learnPost(house, ticket, untold, post);
  return (await house.store.deliveriesPending(owner)) ? undefined : 'orphan';
}

/** Of several notices that became one the last, which speaks for all. */
function slotOfKeys(keys: readonly string[]): Slot | undefined {
  const slots = keys.map(slotOf).filter((slot) => slot !== undefined);
  const events = slots.flatMap(({ event }) => event ?? []).sort((a, b) => a - b);
  const last = slots.find(({ event }) => event === events.at(-1)) ?? slots[0];
  return last && events.length > 1 ? { ...last, events } : last;
}

/** Whether this card, of which Teams has not told where it stands, may be the one that was pressed. */
function mayStandAt(known: Post, post: Post, slot: Slot | undefined): boolean {
  if (isTold(known) || !sameRoom(known, post)) return false;
  const root = post.conversation.split(';messageid=')[1];
  return root === undefined || (root === post.activity) === (slot?.kind === 'queueCard');
}

/** The press tells which id the card has. Where it may be one of several it is none that was posted twice, either. */
async function learnPost(
  house: House,
  ticket: Ticket,
  [key, ...more]: readonly string[],
  post: Post,
): Promise<Slot | undefined> {
  if (key === undefined || more.length > 0) return undefined;
  const owner = { kind: 'ticket', id: ticket.number } as const;
  await house.store.keepPost(owner, key, post);
  const card = liveCardAt(key, ticket);
  // What was to be edited meanwhile could not be.
  if (card) {
    await house.store.enqueue(owner, { ...card, asked: house.clock.now() });
    house.nudge();
  }
  return slotOf(key);
}

/**
 * True when another ticket or draft has its card there: it is no copy, whatever came with it.
 * @param own ids of the ticket and the draft that it may belong to
 */
export async function isCardOfAnother(house: House, post: Post, own: readonly string[]): Promise<boolean> {
  const cards = await house.store.cardsAt(post.activity);
  return cards.some((card) => samePost(card.post, post) && !own.includes(card.owner.id));
}

function likelySlot(actor: Actor, ticket: Ticket, personal: boolean): Slot {
  return { kind: personal && isRequester(actor, ticket) ? 'requesterCard' : 'queueCard' };
}

/** Has the copy turned into a pointer, for everybody. */
export async function healOrphan(
  house: House,
  ticket: Ticket,
  post: Post,
  { personal, person }: Pick<Sender, 'personal' | 'person'>,
): Promise<void> {
  await house.store.enqueue(
    { kind: 'ticket', id: ticket.number },
    {
      key: `orphan:${post.activity}`,
      kind: 'orphanPointer',
      to: personal ? { kind: 'person', person } : { kind: 'channel', queue: ticket.queue },
      live: false,
      post,
    },
  );
  house.nudge();
}

/** For a copy of a card that is of no ticket. */
export function pointerWithoutTicket(locale: Locale, said: 'orphan.draft' | 'orphan.alert'): Outgoing {
  return textCard({
    title: translate(locale, 'orphan.title'),
    paragraphs: [translate(locale, said)],
    tone: 'neutral',
  });
}

export async function pointerTo(
  house: House,
  ticket: Ticket,
  personal: boolean,
  locale: Locale,
): Promise<Outgoing> {
  const link = personal ? undefined : await linkToCard(house, ticket);
  return orphanPointer(
    { number: ticket.number, ...(link === undefined ? {} : { link }) },
    contextFor(house, locale),
  );
}
