/** What is pressed on the dashboard, on lists and on the form that searches (W5, W6, W10). */

import { readTrail, SEARCH_NAME_LIMIT } from '../cards/list-view.ts';
import { savedSearchesCard } from '../cards/saved-searches-view.ts';
import { searchForm } from '../cards/search-form-view.ts';
import { askedOf, readAsked, scopeOf, writeAsked } from '../domain/asked.ts';
import { actorFor, isStaff } from '../domain/rights.ts';
import { translate } from '../i18n/translate.ts';
import { changeTickets, leaveForm, type OnList, selectTickets } from './bulk.ts';
import { contextFor } from './card-context.ts';
import { chooseNotices, showNoticeChoice } from './choose-notices.ts';
import { openCopy } from './copies.ts';
import type { House } from './house.ts';
import type { Answer, InboundAction, Sender } from './inbound.ts';
import { type Looking, showBoard, showList } from './lists.ts';
import { notHere } from './not-here.ts';
import type { Outgoing } from './ports.ts';

/** More than anybody tells apart. */
const SEARCHES_KEPT = 20;

type Pressed = OnList & { readonly inputs: InboundAction['inputs'] };
type Doing = (house: House, pressed: Pressed) => Promise<Outgoing>;

const DOINGS = {
  board: (house, { looking, asked }) => showBoard(house, looking, asked),
  list: (house, { looking, asked, trail }) => showList(house, looking, asked, { trail }),
  searchForm: async (house, { looking, asked, inputs }) => {
    const typed = askedOf({ ...asked, ...inputs });
    const scope = scopeOf(typed, looking.actor);
    return searchForm(
      { asked: typed, scope, whole: inputs.whole === 'yes' },
      contextFor(house, looking.locale),
    );
  },
  search: (house, { looking, inputs }) => showList(house, looking, askedOf(inputs)),
  searches: showSearches,
  noticeChoice: showNoticeChoice,
  chooseNotices,
  selectTickets,
  bulk: changeTickets,
  leaveBulk: leaveForm,
  saveSearch,
  deleteSearch: async (house, pressed) => {
    const { actor } = pressed.looking;
    const line = writeAsked(pressed.asked);
    for (const { name, asked } of await house.store.savedSearches(actor.id))
      if (asked === line) await house.store.deleteSearch(actor.id, name);
    return showSearches(house, pressed);
  },
} satisfies Readonly<Record<string, Doing>>;

/** What finds tickets, and belongs to none. */
export function isFinding(verb: string): verb is keyof typeof DOINGS | 'openTicket' {
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

async function saveSearch(house: House, { looking, asked, trail, inputs }: Pressed): Promise<Outgoing> {
  const { actor, locale } = looking;
  if (inputs.name === undefined) return showList(house, looking, asked, { trail, naming: {} });
  const name = inputs.name.toWellFormed().replace(/\s+/g, ' ').trim();
  const again = (error: string) =>
    showList(house, looking, asked, { trail, naming: { values: { name }, errors: { name: error } } });
  if (name === '') return again(translate(locale, 'list.nameRequired'));
  if (name.length > SEARCH_NAME_LIMIT)
    return again(translate(locale, 'error.tooLong', { length: name.length, limit: SEARCH_NAME_LIMIT }));
  const saved = await house.store.savedSearches(actor.id);
  const replaces = saved.some((one) => one.name === name);
  if (!replaces && saved.length >= SEARCHES_KEPT)
    return again(translate(locale, 'search.tooMany', { limit: SEARCHES_KEPT }));
  const line = writeAsked(asked);
  // One search has one name: otherwise the list could not say which it is.
  for (const one of saved) if (one.asked === line) await house.store.deleteSearch(actor.id, one.name);
  await house.store.saveSearch(actor.id, { name, asked: line });
  const notice = { text: translate(locale, 'search.kept', { name }), tone: 'good' } as const;
  return showList(house, looking, asked, { trail, notice });
}
