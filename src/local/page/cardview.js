// @ts-check
/** Shows one Adaptive Card and lets a person work on it, in a message or in a dialog. Knows nothing of the server. */

import {
  focusAgain,
  focusIn,
  keepTyped,
  keyOf,
  newInput,
  openShowCards,
  reopenShowCards,
} from './cardstate.js';
import { followLinksIn } from './deeplinks.js';
import { fill, h, iconButton } from './elements.js';
import { AdaptiveCards, parseCard } from './hostconfig.js';
import { icon } from './icons.js';
import { openMenu } from './menu.js';
import { withPeople } from './peoplepicker.js';
import { refusalOf } from './phones.js';

/**
 * @typedef {import('adaptivecards').AdaptiveCard} Card
 * @typedef {import('adaptivecards').Action} Action
 * @typedef {{ chat: string, message?: string }} LinkTarget
 *
 * @typedef {object} CardView
 * @property {HTMLElement} element
 * @property {(json: unknown, answers?: boolean) => void} show takes away what was typed, as Teams does; `answers`: the
 *   card is the answer to a press
 * @property {(action: Action) => void} begin marks the card as busy with this press
 * @property {() => void} end
 * @property {() => void} leave nobody looks at it any more: what was typed is gone when they come back
 * @property {(text: string) => void} notice a short line below the card, gone with the next press
 * @property {(status: number, text: string, detail?: string) => void} error
 * @property {() => void} redraw the same card with what was typed, for other settings of the page
 * @property {() => void} submit presses the first button that sends something
 */

/**
 * @param {import('./settings.js').Settings} settings
 * @param {{ press: (action: Action) => void, goTo: (target: LinkTarget) => void, resizing?: () => void,
 *   resized?: (expanded?: HTMLElement, part?: HTMLElement) => void,
 *   people?: () => import('./peoplepicker.js').People }} on
 * @param {Readonly<Record<string, unknown>>} [attributes]
 * @returns {CardView}
 */
export function createCardView(settings, on, attributes = {}) {
  const { texts } = settings;
  const body = h('div', { class: 'card-body' });
  const status = h('div', { class: 'card-status', 'aria-live': 'polite' });
  const element = h('div', { ...attributes, class: 'card', tabindex: '-1' }, body, status);

  /** @type {unknown} */
  let source;
  /** @type {Card | undefined} */
  let card;
  /** @type {string | undefined} key of the button that was pressed */
  let pressing;

  const onPhone = () => settings.client === 'ios' || settings.client === 'android';
  // A client of cards 1.2 knows no people picker.
  const shownBy = (/** @type {unknown} */ json) =>
    on.people && settings.client !== 'old' ? withPeople(json, on.people()) : json;

  /** @param {{ answers?: boolean, again?: boolean }} [how] `again`: the card is the same */
  const draw = ({ answers = false, again = false } = {}) => {
    on.resizing?.();
    const old = card;
    const refused = onPhone() ? refusalOf(source) : undefined;
    const next = refused === undefined ? parseCard(shownBy(source), settings.client) : undefined;
    if (again && old && next) keepTyped(old, next);
    const keys = again && old ? openShowCards(old).map(keyOf) : [];
    const place = old ? focusIn(old, element) : undefined;

    card = next;
    if (card) wire(card);
    const rendered = card?.render();
    fill(
      body,
      rendered ??
        h(
          'p',
          { class: 'card-unreadable' },
          refused ? texts.refusedByPhones(refused) : unreadable(source, texts),
        ),
    );
    if (card && rendered) {
      card.updateLayout();
      reopenShowCards(card, keys);
      if (place) focusAgain(card, element, place);
    }
    markBusy();
    // An answer is there to be read. A form that came back to be corrected says why at its top.
    const form = old ? newInput(old, next) : undefined;
    on.resized?.(answers ? element : undefined, form);
    if (answers) fill(status, h('p', { class: 'spoken' }, texts.cardChanged));
  };

  /** @param {Card} shown */
  const wire = (shown) => {
    shown.onExecuteAction = (action) => {
      if (pressing === undefined) on.press(action);
    };
    shown.onInlineCardExpanded = (action, expanded) => {
      queueMicrotask(() => skipUnfocusable(shown));
      on.resized?.(expanded ? action.card.renderedElement : undefined);
    };
    shown.onElementVisibilityChanged = () => on.resized?.();
    shown.onImageLoaded = () => on.resized?.();
    shown.onDisplayOverflowActionMenu = (actions, target) => {
      if (!target) return false;
      const items = actions.map((action) => ({
        label: action.title ?? '',
        disabled: !action.isEffectivelyEnabled(),
        run: () => action.execute(),
      }));
      openMenu(target, items, { label: texts.moreActions });
      return true;
    };
  };

  const markBusy = () => {
    const busy = pressing !== undefined;
    element.classList.toggle('busy', busy);
    body.setAttribute('aria-busy', String(busy));
    const pressed = busy ? card?.getAllActions().find((action) => keyOf(action) === pressing) : undefined;
    for (const button of body.querySelectorAll('.ac-pushButton, .ac-selectable')) {
      // `aria-disabled` and not `disabled`: the pressed button keeps the focus.
      if (busy) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
      button.classList.toggle('pressing', busy && button === pressed?.renderedElement);
    }
  };

  /** @param {Event} event */
  const holdWhileBusy = (event) => {
    const key = event instanceof KeyboardEvent ? event.key : 'Enter';
    if (pressing === undefined || !(event.target instanceof Element) || (key !== 'Enter' && key !== ' '))
      return;
    if (!event.target.closest('.ac-pushButton, .ac-selectable, .ac-inlineActionButton')) return;
    event.preventDefault();
    event.stopPropagation();
  };
  body.addEventListener('click', holdWhileBusy, { capture: true });
  body.addEventListener('keypress', holdWhileBusy, { capture: true });
  body.addEventListener('click', () => setTimeout(() => tellInvalid(body)), { capture: true });
  followLinksIn(body, on.goTo);

  /** @param {Element} line */
  const say = (line) => {
    fill(status, line);
    line.append(iconButton(icon('close'), texts.dismiss, { class: 'small', onclick: () => fill(status) }));
    on.resized?.();
  };

  return {
    element,
    show(json, answers) {
      if (!answers && card && JSON.stringify(json) === JSON.stringify(source)) return;
      source = json;
      draw({ answers: answers === true });
    },
    begin(action) {
      pressing = keyOf(action);
      fill(status);
      markBusy();
    },
    end() {
      pressing = undefined;
      markBusy();
    },
    leave: () => {
      if (card?.getAllInputs().length) draw();
    },
    notice: (text) => say(h('div', { class: 'notice' }, h('p', { class: 'notice-text' }, text))),
    error(code, text, detail) {
      const reason = text || (code === 0 ? texts.noAnswer : texts.failed);
      const line = h(
        'div',
        { class: 'notice error', role: 'alert' },
        icon('warning'),
        h('p', { class: 'notice-text' }, reason),
      );
      if (code > 0) line.title = texts.errorStatus(code);
      if (detail) {
        line.append(h('details', {}, h('summary', {}, texts.detail), h('pre', {}, `${code} ${detail}`)));
      }
      say(line);
    },
    redraw: () => draw({ again: true }),
    submit() {
      if (pressing === undefined) card?.getAllActions().find(isSending)?.execute();
      tellInvalid(body);
    },
  };
}

/**
 * @param {unknown} source
 * @param {import('./texts.js').Texts} texts
 */
function unreadable(source, texts) {
  if (typeof source !== 'object' || source === null || !('type' in source)) return texts.cardUnreadable;
  if (source.type !== 'AdaptiveCard') return texts.cardUnreadable;
  return 'fallbackText' in source && source.fallbackText ? String(source.fallbackText) : texts.cardFallback;
}

/**
 * The library shows a missing value in red only.
 * @param {HTMLElement} body
 */
function tellInvalid(body) {
  for (const field of body.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  for (const field of body.querySelectorAll('.ac-input-validation-failed')) {
    field.setAttribute('aria-invalid', 'true');
  }
}

/**
 * From the button of a ShowCard the next stop is the card it opened. The library means it so, and forgets it again for
 * the buttons that send something.
 * @param {Card} card
 */
function skipUnfocusable(card) {
  for (const { isFocusable, renderedElement } of card.getAllActions()) {
    if (!isFocusable && renderedElement) renderedElement.tabIndex = -1;
  }
}

/** @param {Action} action */
export function isSending(action) {
  return action instanceof AdaptiveCards.ExecuteAction || action instanceof AdaptiveCards.SubmitAction;
}
