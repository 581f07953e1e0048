// @ts-check
/** Dialogs of the bot (task modules): fetch, show, submit, and what the bot answers. */

import { askDialog } from './api.js';
import { createCardView, isSending } from './cardview.js';
import { followLink } from './deeplinks.js';
import { fill, h, iconButton, uniqueId } from './elements.js';
import { AdaptiveCards } from './hostconfig.js';
import { icon } from './icons.js';
import { peopleFor } from './peoplepicker.js';
import { noteRefusal } from './phones.js';

/** Widths in pixels that Teams gives to its words. */
const WIDTHS = { small: 380, medium: 560, large: 760 };

/**
 * @typedef {import('../protocol.ts').DialogResult} DialogResult
 *
 * @typedef {object} DialogStart
 * @property {import('./settings.js').Settings} settings
 * @property {import('./person.js').Person} person
 * @property {string} conversation
 * @property {string} [message]
 * @property {string} [command] the action command it was started by
 * @property {string} [root] thread in which that was started below the place to write
 * @property {Record<string, unknown>} data
 * @property {string} title until the bot names it
 * @property {HTMLElement} over the pane that it belongs to
 * @property {(target: { chat: string, message?: string }) => void} goTo
 * @property {(results: readonly import('../protocol.ts').SearchResult[]) => void} [insert] takes the cards that the bot
 *   ends the dialog with
 * @property {(text: string) => void} tell what the bot said when it closed the dialog
 */

/**
 * Opens at once, waiting; settles when the bot has answered the fetch.
 * @param {DialogStart} start
 * @returns {Promise<void>}
 */
export async function openDialog(start) {
  const { settings, person } = start;
  const { texts } = settings;
  const before = document.activeElement;
  const titleId = uniqueId('dialog-title');
  const title = h('h2', { id: titleId }, start.title || texts.title);
  const whose = h('p', { class: 'dialog-person' }, texts.dialogOf(person.session()?.me.name ?? ''));
  const body = h('div', { class: 'dialog-body' });
  const dialog = h(
    'dialog',
    { class: 'dialog', 'data-testid': 'dialog', 'aria-labelledby': titleId },
    h(
      'header',
      {},
      h('div', {}, title, whose),
      iconButton(icon('close'), texts.close, {
        'data-testid': 'dialog-close',
        onclick: () => dialog.close(),
      }),
    ),
    body,
  );

  const ask = (/** @type {'fetch' | 'submit'} */ step, /** @type {Record<string, unknown>} */ data) =>
    askDialog({
      as: person.id,
      conversation: start.conversation,
      step,
      ...(start.message === undefined ? {} : { message: start.message }),
      ...(start.command === undefined ? {} : { command: start.command }),
      ...(start.root === undefined ? {} : { root: start.root }),
      data,
      locale: settings.locale,
    });

  const card = createCardView(settings, {
    press: (action) => void press(action),
    goTo: (target) => leave(target),
    people: () => peopleFor(person, start.conversation),
  });
  const stopWatching = settings.onChange(() => card.redraw());
  /** @param {{ chat: string, message?: string }} target */
  const leave = (target) => {
    dialog.close();
    start.goTo(target);
  };

  /** @param {import('adaptivecards').Action} action */
  const press = async (action) => {
    if (action instanceof AdaptiveCards.OpenUrlAction) {
      if (action.url) followLink(action.url, leave);
      return;
    }
    if (!isSending(action)) return;
    const { data } = /** @type {import('adaptivecards').SubmitAction} */ (action);
    card.begin(action);
    const result = await ask('submit', /** @type {Record<string, unknown>} */ (data ?? {}));
    card.end();
    show(result, true);
  };

  /**
   * @param {DialogResult} result
   * @param {boolean} [pressed] it answers a button of the dialog
   */
  const show = (result, pressed) => {
    if (!dialog.open) {
      // Closed by the person while the bot was thinking: its last word must not be lost.
      if (result.kind === 'message') start.tell(result.text);
      return;
    }
    switch (result.kind) {
      case 'dialog':
        title.textContent = result.title || start.title;
        size(dialog, result.width, result.height);
        if (!body.contains(card.element)) fill(body, card.element);
        noteRefusal(result.card, result.refusedByPhones);
        card.show(result.card, pressed);
        if (pressed) dialog.scrollTop = 0;
        else focusFirst(body);
        break;
      case 'message':
        fill(body, h('p', { class: 'dialog-message', role: 'status' }, result.text), closeButton());
        body.querySelector('button')?.focus();
        break;
      case 'closed':
        dialog.close();
        break;
      case 'insert':
        dialog.close();
        start.insert?.(result.results);
        break;
      case 'error':
        if (!body.contains(card.element)) fill(body, card.element);
        card.error(result.status, result.text, result.detail);
        break;
    }
  };
  const closeButton = () =>
    h('button', { type: 'button', class: 'button primary', onclick: () => dialog.close() }, texts.close);

  body.addEventListener('keydown', (event) => {
    // As in any form: Enter in a field of one line sends it.
    const { key, target, isComposing } = event;
    if (key !== 'Enter' || isComposing || !(target instanceof HTMLInputElement)) return;
    if (!['text', 'email', 'tel', 'url', 'number', 'date', 'time'].includes(target.type)) return;
    event.preventDefault();
    card.submit();
  });
  dialog.addEventListener('close', () => {
    stopWatching();
    dialog.remove();
    // The element that had the focus may have been drawn anew meanwhile; the browser gives it back only if it is there.
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    else start.over.focus({ preventScroll: true });
  });
  fill(body, h('p', { class: 'waiting', role: 'status' }, texts.loading));
  document.body.append(dialog);
  placeOver(dialog, start.over);
  dialog.showModal();
  show(await ask('fetch', start.data));
}

/**
 * Asks before something that cannot be undone.
 * @param {{ title: string, question: string, confirm: string, cancel: string, testId: string }} words
 * @returns {Promise<boolean>}
 */
export function askConfirmation(words) {
  const titleId = uniqueId('confirm-title');
  const dialog = h(
    'dialog',
    { class: 'dialog confirm', 'aria-labelledby': titleId },
    h('header', {}, h('h2', { id: titleId }, words.title)),
    h(
      'form',
      { method: 'dialog', class: 'dialog-body' },
      h('p', {}, words.question),
      h(
        'div',
        { class: 'dialog-buttons' },
        h('button', { class: 'button', value: 'no' }, words.cancel),
        h('button', { class: 'button danger', value: 'yes', 'data-testid': words.testId }, words.confirm),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {string | number | undefined} width a word or pixels
 * @param {string | number | undefined} height pixels; a word leaves it to the card
 */
function size(dialog, width, height) {
  const pixels = typeof width === 'number' ? width : WIDTHS[/** @type {keyof WIDTHS} */ (width)];
  dialog.style.setProperty('--dialog-width', `${pixels ?? WIDTHS.medium}px`);
  if (typeof height === 'number') dialog.style.minHeight = `min(${height}px, 90vh)`;
}

/**
 * In the middle of its pane, as far as the window allows.
 * @param {HTMLDialogElement} dialog
 * @param {HTMLElement} over
 */
function placeOver(dialog, over) {
  const { left, width } = over.getBoundingClientRect();
  dialog.style.setProperty('--dialog-centre', `${Math.round(left + width / 2)}px`);
}

/** @param {HTMLElement} body */
function focusFirst(body) {
  const field = body.querySelector('input, textarea, select') ?? body.querySelector('button');
  if (field instanceof HTMLElement) field.focus();
}
