// @ts-check
/**
 * A card in a message: the card everybody gets, the view that the bot gave to this person alone, and what pressing a
 * button does.
 */

import { pressAction } from './api.js';
import { createCardView, isSending } from './cardview.js';
import { followLink } from './deeplinks.js';
import { AdaptiveCards } from './hostconfig.js';
import { peopleFor } from './peoplepicker.js';
import { noteRefusal } from './phones.js';
import { refreshActionOf, refreshesByItself } from './refresh.js';

/**
 * @typedef {import('adaptivecards').Action} Action
 *
 * @typedef {object} MessageCard
 * @property {HTMLElement} element
 * @property {(base: unknown) => void} setBase
 * @property {() => boolean} canRefresh
 * @property {() => Promise<void>} refresh asked for by the person
 * @property {() => void} dispose
 *
 * @typedef {object} CardPlace what the message knows and the card does not
 * @property {import('./settings.js').Settings} settings
 * @property {import('./person.js').Person} person
 * @property {string} conversation
 * @property {string} message
 * @property {string} testId
 * @property {(target: { chat: string, message?: string }) => void} goTo
 * @property {(start: { data: Record<string, unknown>, title: string }) => Promise<void>} openDialog settles once
 *   there is a dialog to look at, or a reason why there is none
 * @property {(element: HTMLElement, onSeen: () => void) => () => void} whenSeen
 * @property {(onLeft: () => void) => () => void} whenLeft the person opens another conversation
 * @property {() => void} resizing just before the card is drawn anew
 * @property {(expanded?: HTMLElement, part?: HTMLElement) => void} resized just after; `expanded` should come into view,
 *   or that part of it where there is no room
 */

const REFRESH_PAUSE_MS = 60_000;

/**
 * @param {CardPlace} place
 * @returns {MessageCard}
 */
export function createMessageCard(place) {
  const { settings, person } = place;
  /** @type {unknown} */
  let base;
  /** Counts the edits of the base card. */
  let edition = 0;
  /** Counts the requests, so that an answer never hides the answer to a later one. */
  let requests = 0;
  let shown = 0;
  let seen = false;
  let wantsRefresh = false;
  /** When this client asked last for the view of its own: each client of a person asks for itself. */
  let refreshedAt = Number.NEGATIVE_INFINITY;

  const view = createCardView(
    settings,
    {
      press: (action) => void press(action),
      goTo: place.goTo,
      resizing: place.resizing,
      resized: place.resized,
      people: () => peopleFor(person, place.conversation),
    },
    { 'data-testid': place.testId },
  );

  const members = () => person.conversations.get(place.conversation)?.members.length ?? 0;
  const refreshes = () => settings.client !== 'old' && refreshActionOf(base) !== undefined;
  const refreshIfDue = () => {
    if (!wantsRefresh || !seen) return;
    wantsRefresh = false;
    void refresh('automatic');
  };
  const stopWaiting = place.whenSeen(view.element, () => {
    seen = true;
    refreshIfDue();
  });
  // What is typed on a card does not outlast the look at its conversation (msteams-docs#6174).
  const stayLeft = place.whenLeft(() => view.leave());
  const forgetSettings = settings.onChange(() => {
    view.show(base);
    view.redraw();
    wantsRefresh = refreshes() && refreshesByItself(base, person.isMe, members());
    refreshIfDue();
  });

  /** @param {import('../protocol.ts').PressAction['action']} action @param {'manual' | 'automatic'} trigger */
  const send = (action, trigger) =>
    pressAction({
      as: person.id,
      conversation: place.conversation,
      message: place.message,
      action,
      trigger,
      locale: settings.locale,
    });

  /** @param {'manual' | 'automatic'} how */
  const refresh = async (how) => {
    const action = refreshActionOf(base);
    // Teams skips a refresh by hand within a minute of the last (Up to date cards).
    if (!action || (how === 'manual' && Date.now() - refreshedAt < REFRESH_PAUSE_MS)) return;
    refreshedAt = Date.now();
    requests += 1;
    const mine = requests;
    const of = edition;
    const result = await send({ type: 'Action.Execute', ...action }, 'automatic');
    // Either the base card has changed, and has been asked for again, or the person has had a later answer.
    if (of !== edition || mine < shown) return;
    if (result.kind === 'card') {
      shown = mine;
      noteRefusal(result.card, result.refusedByPhones);
      view.show(result.card);
      return;
    }
    view.show(base);
    if (result.kind === 'message') view.notice(result.text);
    else if (result.kind === 'error' && how === 'manual')
      view.error(result.status, result.text, result.detail);
    else if (result.kind === 'error') view.notice(settings.texts.refreshFailed);
  };

  /** @param {Action} action */
  const press = async (action) => {
    if (action instanceof AdaptiveCards.OpenUrlAction) {
      if (action.url) followLink(action.url, place.goTo);
      return;
    }
    if (!isSending(action)) return;
    const { id, data: merged } = /** @type {import('adaptivecards').SubmitAction} */ (action);
    const data = /** @type {Record<string, unknown>} */ (merged ?? {});
    view.begin(action);
    if (action instanceof AdaptiveCards.SubmitAction && asksForDialog(data)) {
      await place.openDialog({ data, title: action.title ?? '' });
      view.end();
      return;
    }
    requests += 1;
    const mine = requests;
    const execute = action instanceof AdaptiveCards.ExecuteAction ? action : undefined;
    const result = await send(
      {
        type: execute ? 'Action.Execute' : 'Action.Submit',
        ...(id ? { id } : {}),
        ...(execute?.verb ? { verb: execute.verb } : {}),
        data,
      },
      'manual',
    );
    view.end();
    if (result.kind === 'card') {
      // An edit of the base card came in between and its view was faster: this answer may be the older of the two.
      wantsRefresh ||= shown > mine;
      shown = Math.max(shown, mine);
      noteRefusal(result.card, result.refusedByPhones);
      view.show(result.card, true);
      refreshIfDue();
    } else if (result.kind === 'message') view.notice(result.text);
    else if (result.kind === 'error') view.error(result.status, result.text, result.detail);
  };

  return {
    element: view.element,
    setBase(next) {
      if (base !== undefined && JSON.stringify(next) === JSON.stringify(base)) return;
      base = next;
      edition += 1;
      wantsRefresh = refreshes() && refreshesByItself(base, person.isMe, members());
      // Who has a view of their own keeps it until the bot has answered: no flash of the common card in between.
      // Who has not come to see the card has none yet.
      if (!seen || !wantsRefresh) view.show(base);
      refreshIfDue();
    },
    canRefresh: refreshes,
    refresh: () => refresh('manual'),
    dispose() {
      stopWaiting();
      stayLeft();
      forgetSettings();
    },
  };
}

/** @param {Record<string, unknown>} data */
function asksForDialog(data) {
  const { msteams } = data;
  return (
    typeof msteams === 'object' && msteams !== null && 'type' in msteams && msteams.type === 'task/fetch'
  );
}
