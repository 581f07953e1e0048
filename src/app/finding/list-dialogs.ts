/**
 * What is typed about a list, in dialogs over its card: what to look for (W6), the name of a search, and what is to become of
 * several tickets (T16). Sent, the dialog closes, and the card below says what came of it.
 */

import type { Outgoing } from '../../cards/kit/card.ts';
import { readTrail, SEARCH_NAME_LIMIT, searchNameDialog } from '../../cards/lists/list-view.ts';
import { searchForm } from '../../cards/lists/search-form-view.ts';
import { askedOf, readAsked, scopeOf, writeAsked } from '../../domain/asked.ts';
import { isBulkAction } from '../../domain/bulk.ts';
import { translate } from '../../i18n/translate.ts';
import type { House } from '../house.ts';
import type { Post } from '../ports/delivery.ts';
import type { Answer, InboundDialog, Sender } from '../ports/inbound.ts';
import { inDialog, say, unknownAction } from '../say.ts';
import { contextFor } from '../showing/card-context.ts';
import { notHere } from '../showing/not-here.ts';
import { isCardOfAnother } from '../showing/show.ts';
import { keepBulkForm, type OnList, openBulkForm, sendBulkForm } from './bulk.ts';
import { lookingOf } from './find-tickets.ts';
import { problemsIn, showList } from './lists.ts';

/** More than anybody tells apart. */
const SEARCHES_KEPT = 20;

type Doing = (house: House, on: OnList) => Promise<Answer | undefined>;

/** Undefined where no card of ours has such a button. */
const FETCHED: Readonly<Record<string, Doing>> = {
  searchForm: async (house, on) => {
    const typed = askedOf({ ...on.asked, ...on.action.inputs });
    const whole = on.action.inputs.whole === 'yes';
    return inDialog(searchForm({ ...searchOf(on, typed), whole }, contextFor(house, on.looking.locale)));
  },
  saveSearch: async (house, on) => inDialog(searchNameDialog(on, contextFor(house, on.looking.locale))),
  selectTickets: async (house, on) => {
    const { what } = on.action.inputs;
    if (!isBulkAction(what)) return undefined;
    const form = await openBulkForm(house, on, what);
    return form ? tall(form) : say(translate(on.looking.locale, 'bulk.chooseSome'));
  },
};

const SENT: Readonly<Record<string, Doing>> = {
  // More fields.
  searchForm: async (house, on) => FETCHED.searchForm?.(house, on),
  search: async (house, on) => {
    const { looking, action } = on;
    const typed = askedOf(action.inputs);
    const errors = problemsIn(house, looking, typed);
    if (!errors) return below(house, on, await showList(house, looking, typed));
    const form = { ...searchOf(on, typed), whole: true, errors };
    return inDialog(searchForm(form, contextFor(house, looking.locale)));
  },
  saveSearch,
  bulk: async (house, on) => {
    const { what } = on.action.inputs;
    const sent = isBulkAction(what) ? await sendBulkForm(house, on, what) : undefined;
    return sent && (sent.kind === 'done' ? below(house, on, sent.content) : tall(sent.content));
  },
  leaveBulk: async (house, on) => {
    await keepBulkForm(house, on);
    return { kind: 'none' };
  },
};

export function isListDialog(verb: string): boolean {
  return Object.hasOwn(FETCHED, verb) || Object.hasOwn(SENT, verb);
}

export async function answerListDialog(
  house: House,
  { sender, step, verb, inputs, post, ...pressed }: InboundDialog,
): Promise<Answer> {
  if (!sender.personal) return notHere(sender);
  // Teams names the card when the dialog is fetched only; a card that says something else keeps it.
  const card = step === 'submit' ? inputs.card : inputs.anew === 'yes' ? undefined : post?.activity;
  const doings = step === 'fetch' ? FETCHED : SENT;
  const doing = Object.hasOwn(doings, verb) ? doings[verb] : undefined;
  const answer = await doing?.(house, {
    action: { ...pressed, sender, verb, inputs },
    looking: lookingOf(house, sender),
    asked: readAsked(inputs.list ?? ''),
    trail: readTrail(inputs.page),
    ...(card === undefined ? {} : { card }),
  });
  return answer ?? unknownAction(sender.locale);
}

function searchOf({ looking, card }: OnList, asked: OnList['asked']) {
  return { asked, scope: scopeOf(asked, looking.actor), ...(card === undefined ? {} : { card }) };
}

async function saveSearch(house: House, on: OnList): Promise<Answer> {
  const { looking, asked, trail, action } = on;
  const { actor, locale } = looking;
  const name = (action.inputs.name ?? '').toWellFormed().replace(/\s+/g, ' ').trim();
  const again = (error: string) =>
    inDialog(searchNameDialog(on, contextFor(house, locale), { values: { name }, errors: { name: error } }));
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
  return below(house, on, await showList(house, looking, asked, { trail, notice }));
}

/** The dialog closes, and the card that it was opened from becomes this. */
async function below(house: House, { action, card }: OnList, content: Outgoing): Promise<Answer> {
  const post = card === undefined ? undefined : await freePost(house, action.sender, card);
  return { kind: 'message', content, ...(post ? { post } : {}) };
}

/**
 * Which message it was comes from the client: it is one of the person's own chat, and what stands there of a ticket, a
 * draft or an alert is not taken away.
 */
async function freePost(house: House, { conversation }: Sender, activity: string): Promise<Post | undefined> {
  const post = { conversation, activity };
  if (!/^[\w:.-]{1,100}$/.test(activity) || (await isCardOfAnother(house, post, []))) return undefined;
  return post;
}

/** More than two fields, or as many tickets. */
function tall(content: Outgoing): Answer {
  return { ...inDialog(content), tall: true };
}
