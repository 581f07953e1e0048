/** Which buttons a person gets on a ticket's card in its queue (W3). The decision itself is `decide`'s, not the card's. */

import { isOpenTo } from '../../domain/decide.ts';
import { maySplit } from '../../domain/decisions/opening.ts';
import type { Desk } from '../../domain/desk.ts';
import { type Actor, agentsOf, mayWork, ownerNow, responsibleNow } from '../../domain/rights.ts';
import { awaitsWord, courtesyFor } from '../../domain/templates.ts';
import type { Locale, PersonId, Ticket } from '../../domain/ticket.ts';
import { type TextKey, translate } from '../../i18n/translate.ts';
import {
  aboutTicket,
  type Button,
  button,
  type DialogForm,
  dialogButton,
  formDialogButton,
  isDialogForm,
  isPlaceForm,
  type LinkButton,
  linkButton,
  type QueueForm,
  type SubmitButton,
} from '../kit/buttons.ts';
import type { CardContext } from '../kit/context.ts';
import type { Verb } from '../kit/verbs.ts';

/** In the order in which they stand on the card: what is needed all day in sight, the rest behind “…”. */
const PLACES = {
  claim: 'primary',
  reply: 'primary',
  note: 'primary',
  classify: 'primary',
  move: 'primary',
  close: 'primary',
  wait: 'primary',
  resume: 'secondary',
  phone: 'secondary',
  assign: 'secondary',
  release: 'secondary',
  appoint: 'secondary',
  changeRequester: 'secondary',
  mark: 'secondary',
} as const satisfies Partial<Record<Verb | QueueForm, Button['mode']>>;
export type Offer = keyof typeof PLACES;
export const OFFERS = Object.keys(PLACES) as readonly Offer[];

/** What this person could do to the ticket as it stands: never more than `decide` would let them. */
export function offersFor(ticket: Ticket, actor: Actor): Offer[] {
  return OFFERS.filter((offer) => isOpenTo(ticket, actor, offer, offer));
}

export function offerButtons(ticket: Ticket, actor: Actor, context: CardContext): (Button | SubmitButton)[] {
  const { locale } = context;
  const about = aboutTicket(ticket);
  const buttons = offersFor(ticket, actor).map((offer) => {
    const look = { mode: placeOf(offer, ticket, actor), inputs: 'none' } as const;
    const title = translate(locale, `action.${offer}`);
    if (isDialogForm(offer)) return formDialogButton(title, offer, about, { mode: look.mode });
    if (isPlaceForm(offer)) return button(title, 'openForm', about, { ...look, form: offer });
    const style = offer === 'claim' ? 'positive' : 'default';
    return button(title, offer, about, { ...look, style });
  });
  return [
    ...buttons,
    ...seldomButtons(ticket, actor, context),
    ...(ticket.locked ? [] : courtesyButtons(ticket, actor, context)),
  ];
}

/** Opens the presser's own version, where their client does not ask for it by itself. */
export function workViewButton(ticket: Ticket, locale: Locale): Button {
  return button(translate(locale, 'action.workView'), 'workView', aboutTicket(ticket), { inputs: 'none' });
}

/** Thanks for waiting in one click (W8): a button where nobody holds the ticket, below the card where somebody does. */
export function courtesyButtons(ticket: Ticket, actor: Actor, { desk, locale }: CardContext): Button[] {
  const courteous =
    courtesyFor(desk, ticket.queue) && awaitsWord(ticket) && isOpenTo(ticket, actor, 'reply', 'reply');
  if (!courteous) return [];
  return [button(translate(locale, 'action.courtesy'), 'courtesy', aboutTicket(ticket), { inputs: 'none' })];
}

/**
 * What nobody holds seldom ends or waits at once; Teams shows six buttons beside each other. Who only answers for the
 * queue assigns.
 */
function placeOf(offer: Offer, ticket: Ticket, actor: Actor): Button['mode'] {
  if ((offer === 'close' || offer === 'wait') && !ticket.locked) return 'secondary';
  return offer === 'assign' && !mayWork(actor, ticket) ? 'primary' : PLACES[offer];
}

/** In the card's menu, as they are needed seldom. */
const SELDOM: readonly {
  readonly form: DialogForm;
  readonly isOpenTo: typeof maySplit;
  readonly needsMail?: true;
}[] = [
  {
    form: 'forward',
    isOpenTo: (ticket, actor) => isOpenTo(ticket, actor, 'forward', 'forward'),
    needsMail: true,
  },
  { form: 'join', isOpenTo: (ticket, actor) => isOpenTo(ticket, actor, 'link', 'link') },
  { form: 'split', isOpenTo: maySplit },
];

function seldomButtons(ticket: Ticket, actor: Actor, { locale, mail = false }: CardContext): SubmitButton[] {
  const about = aboutTicket(ticket);
  const open = SELDOM.filter((seldom) => (mail || !seldom.needsMail) && seldom.isOpenTo(ticket, actor));
  return open.map(({ form }) =>
    formDialogButton(translate(locale, `action.${form}` as TextKey), form, about, { mode: 'secondary' }),
  );
}

/** Follow the ticket, or no longer (T12). */
export function watchButtons(ticket: Ticket, actor: Actor, locale: Locale): Button[] {
  return (['watch', 'unwatch'] as const)
    .filter((verb) => isOpenTo(ticket, actor, verb, verb))
    .map((verb) =>
      button(translate(locale, `action.${verb}`), verb, aboutTicket(ticket), { inputs: 'none' }),
    );
}

/** What stands beside the actions on the ticket: to look at something else. */
export type SideButton = SubmitButton | LinkButton;

/** @param mode `secondary` where other buttons come first */
export function dialogButtons(ticket: Ticket, locale: Locale, mode: 'primary' | 'secondary'): SideButton[] {
  const about = aboutTicket(ticket);
  const count = attachmentsOf(ticket).length;
  return [
    dialogButton(translate(locale, 'action.history'), 'history', about, mode),
    ...(count > 0
      ? [dialogButton(translate(locale, 'action.attachments', { count }), 'attachments', about, mode)]
      : []),
    ...messageLink(ticket, locale),
  ];
}

/** Back to the message that the ticket was opened from (I13). */
function messageLink({ arrival }: Ticket, locale: Locale): LinkButton[] {
  if (arrival?.kind !== 'message' || arrival.link === undefined) return [];
  return [{ ...linkButton(translate(locale, 'action.openMessage'), arrival.link), mode: 'secondary' }];
}

export function attachmentsOf(ticket: Ticket) {
  return ticket.articles.flatMap((article) =>
    article.attachments.map((attachment) => ({ article, attachment })),
  );
}

/**
 * Everybody who should get a version of the queue's card of their own, most important first: owner, responsible, then
 * the agents of the queue and its supervisors.
 */
export function viewersOf(desk: Desk, ticket: Ticket): PersonId[] {
  const supervisors = [...desk.people.values()].filter(({ supervisorOf }) =>
    supervisorOf.includes(ticket.queue),
  );
  const people = [
    ownerNow(desk, ticket),
    responsibleNow(desk, ticket),
    ...agentsOf(desk, ticket.queue),
    ...supervisors,
  ];
  return [...new Set(people.flatMap((person) => (person ? [person.id] : [])))];
}
