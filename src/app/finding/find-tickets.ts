/** What is pressed on the dashboard and on lists (W5, W6, W10). What is typed about them is typed in dialogs. */

import type { Outgoing } from '../../cards/kit/card.ts';
import type { ListVerb, Verb } from '../../cards/kit/verbs.ts';
import { readTrail } from '../../cards/lists/list-view.ts';
import { savedSearchesCard } from '../../cards/lists/saved-searches-view.ts';
import { searchOpener } from '../../cards/lists/search-form-view.ts';
import { askedOf, readAsked, writeAsked } from '../../domain/asked.ts';
import { actorFor, isStaff } from '../../domain/rights.ts';
import { translate } from '../../i18n/translate.ts';
import { openCopy } from '../changing/copies.ts';
import type { House } from '../house.ts';
import type { Answer, InboundAction, Sender } from '../ports/inbound.ts';
import { contextFor } from '../showing/card-context.ts';
import { notHere } from '../showing/not-here.ts';
import { changeTickets, leaveForm, type OnList, selectTickets } from './bulk.ts';
import { chooseNotices, showNoticeChoice } from './choose-notices.ts';
import { type Looking, showBoard, showList } from './lists.ts';

type Pressed = OnList & { readonly inputs: InboundAction['inputs'] };
type Doing = (house: House, pressed: Pressed) => Promise<Outgoing>;

const DOINGS = {
  board: (house, { looking, asked }) => showBoard(house, looking, asked),
  list: (house, { looking, asked, trail }) => showList(house, looking, asked, { trail }),
  // From a card that was drawn before its form became a dialog: the one that it becomes opens it.
  searchForm: async (_, { looking, asked, inputs }) =>
    searchOpener(askedOf({ ...asked, ...inputs }), looking.locale),
  search: (house, { looking, inputs }) => showList(house, looking, askedOf(inputs)),
  searches: showSearches,
  noticeChoice: showNoticeChoice,
  chooseNotices,
  selectTickets,
  bulk: changeTickets,
  leaveBulk: leaveForm,
  saveSearch: (house, { looking, asked, trail }) => {
    const notice = { text: translate(looking.locale, 'notice.pressAgain'), tone: 'good' } as const;
    return showList(house, looking, asked, { trail, notice });
  },
  deleteSearch: async (house, pressed) => {
    const { actor } = pressed.looking;
    const line = writeAsked(pressed.asked);
    for (const { name, asked } of await house.store.savedSearches(actor.id))
      if (asked === line) await house.store.deleteSearch(actor.id, name);
    return showSearches(house, pressed);
  },
} satisfies Readonly<Record<Exclude<ListVerb, 'openTicket'>, Doing>>;

/** What finds tickets, and belongs to none. */
export function isFinding(verb: Verb): verb is ListVerb {
  return verb === 'openTicket' || Object.hasOwn(DOINGS, verb);
}

export async function find(house: House, action: InboundAction): Promise<Answer> {
  const { verb, sender, inputs } = action;
  if (!isFinding(verb) || !sender.personal) return notHere(sender);
  const looking = lookingOf(house, sender);
  const pressed: Pressed = {
    action,
    looking,
    asked: readAsked(inputs.list ?? ''),
    trail: readTrail(inputs.page),
    inputs,
  };
  if (verb === 'openTicket') return openTicket(house, action, looking);
  const content = await DOINGS[verb](house, pressed);
  // Pressed on a card that says something else, it must not take that away.
  return inputs.anew === 'yes' ? { kind: 'message', content } : { kind: 'card', content, instead: true };
}

export function lookingOf({ desk }: House, { person, name, locale }: Sender): Looking {
  return { actor: actorFor(desk, { id: person, name }) as Looking['actor'], locale };
}

async function openTicket(
  house: House,
  { sender, ticket: number }: InboundAction,
  { actor, locale }: Looking,
): Promise<Answer> {
  const ticket = number === undefined ? undefined : await house.store.ticket(number);
  // What it asks for comes through the outbox; the list stays as it is.
  if (ticket && (await openCopy(house, sender, actor, ticket))) return { kind: 'none' };
  return { kind: 'text', text: translate(locale, 'refusal.unknownTicket') };
}

async function showSearches(house: House, { looking: { actor, locale } }: Pressed): Promise<Outgoing> {
  const saved = await house.store.savedSearches(actor.id);
  const scope = isStaff(actor) ? {} : ({ scope: 'requested' } as const);
  return savedSearchesCard({ saved, ...scope }, contextFor(house, locale));
}
