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
  typedIn,
} from './cardstate.js';
import { followLinksIn } from './deeplinks.js';
import { fill, h, iconButton } from './elements.js';
import { AdaptiveCards, parseCard } from './hostconfig.js';
import { icon } from './icons.js';
import { openMenu } from './menu.js';

/**
 * @typedef {import('adaptivecards').AdaptiveCard} Card
 * @typedef {import('adaptivecards').Action} Action
 * @typedef {{ chat: string, message?: string }} LinkTarget
 * @typedef {{ values: ReadonlyMap<string, string>, showCards: readonly string[] }} Pressed what went with a press
 *
 * @typedef {object} CardView
 * @property {HTMLElement} element
 * @property {(json: unknown, answers?: Pressed) => void} show `answers`: the card is the answer to this press
 * @property {(action: Action) => Pressed} begin marks the card as busy with this press
 * @property {() => void} end
 * @property {(pressed: Pressed) => void} accepted the bot took it and showed nothing: what was sent is no longer a draft
 * @property {(text: string) => void} notice a short line below the card, gone with the next press
 * @property {(status: number, text: string, detail?: string) => void} error
 * @property {() => void} redraw
 * @property {() => void} submit presses the first button that sends something
 */

/**
 * @param {import('./settings.js').Settings} settings
 * @param {{ press: (action: Action) => void, goTo: (target: LinkTarget) => void, resizing?: () => void,
 *   resized?: (expanded?: HTMLElement, part?: HTMLElement) => void }} on
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
  /** Ids of the inputs that the person has changed since the card gave them their value. @type {Set<string>} */
  let touched = new Set();
  /** @type {string | undefined} key of the button that was pressed */
  let pressing;
  /** What was shown when it was pressed. @type {unknown} */
  let pressedOn;
  let composing = false;
  let waiting = false;

  /** @param {Pressed} [answers] */
  const draw = (answers) => {
    on.resizing?.();
    const old = card;
    const next = parseCard(source, settings.oldClient);
    const kept = next && old ? keepTyped(old, next, touched, answers?.values) : new Set();
    const open = old
      ? openShowCards(old).filter((action) => {
          // A form that was sent closes, unless the answer brings it back with what was typed.
          const sent = answers?.showCards.includes(keyOf(action));
          return !sent || action.card.getAllInputs().some((input) => input.id && kept.has(input.id));
        })
      : [];
    const keys = open.map(keyOf);
    const place = old ? focusIn(old, element) : undefined;

    touched = kept;
    card = next;
    if (card) wire(card);
    const rendered = card?.render();
    fill(body, rendered ?? h('p', { class: 'card-unreadable' }, unreadable(source, texts)));
    if (card && rendered) {
      card.updateLayout();
      reopenShowCards(card, keys);
      if (place) focusAgain(card, element, place);
    }
    markBusy();
    // An answer is there to be read. A form that came back to be corrected says why at its top.
    const form = old && kept.size === 0 ? newInput(old, next) : undefined;
    on.resized?.(answers ? element : undefined, form);
    if (answers) fill(status, h('p', { class: 'spoken' }, texts.cardChanged));
  };

  /** @param {Card} shown */
  const wire = (shown) => {
    shown.onExecuteAction = (action) => {
      if (pressing === undefined) on.press(action);
    };
    shown.onInputValueChanged = ({ id }) => {
      if (id) touched.add(id);
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
  body.addEventListener('compositionstart', () => {
    composing = true;
  });
  body.addEventListener('compositionend', () => {
    composing = false;
    if (waiting) setTimeout(draw);
    waiting = false;
  });

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
      // Replacing the field that an input method is writing into would cut the word short.
      if (composing && !answers) waiting = true;
      else draw(answers);
    },
    begin(action) {
      pressing = keyOf(action);
      pressedOn = source;
      fill(status);
      markBusy();
      const values = Object.values(action.getReferencedInputs() ?? {})
        .filter((input) => input.id && touched.has(input.id))
        .map((input) => /** @type {const} */ ([input.id ?? '', typedIn(input)]));
      const around = (card ? openShowCards(card) : []).filter((one) =>
        one.card.getAllActions().includes(action),
      );
      return { values: new Map(values), showCards: around.map(keyOf) };
    },
    end() {
      pressing = undefined;
      markBusy();
    },
    accepted(pressed) {
      // A newer card that arrived meanwhile was drawn with what was typed, as if it were still to be sent.
      if (source !== pressedOn) draw(pressed);
      else for (const id of pressed.values.keys()) touched.delete(id);
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
    redraw: () => draw(),
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
