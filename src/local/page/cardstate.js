// @ts-check
/**
 * What a person has done with a card: where focus and caret are, which a newer card leaves there, and what they typed and
 * which ShowCards they opened, which it does not: Teams draws a card anew with each edit and each view of a person's own
 * (msteams-docs#6174, AdaptiveCards#7492).
 */

import { AdaptiveCards } from './hostconfig.js';

/**
 * @typedef {import('adaptivecards').AdaptiveCard} Card
 * @typedef {import('adaptivecards').Action} Action
 * @typedef {import('adaptivecards').Input} Input
 * @typedef {{ kind: 'input', id: string, index: number, selection?: [number, number], scrollTop: number }
 *   | { kind: 'action', key: string } | { kind: 'card' }} FocusTarget
 * @typedef {FocusTarget & { around: readonly string[] }} FocusPlace `around`: the ShowCards it lies in, outermost first
 */

/**
 * What stands in an input, as the text that would put it there again.
 * @param {Input} input
 * @returns {string}
 */
function typedIn(input) {
  const text = filterText(input);
  return text ? text.value : String(input.value ?? '');
}

/**
 * Puts a value into an input of a card that has not been rendered yet. A choice that is gone is not chosen.
 * @param {Input} input
 * @param {string} value
 */
function presetValue(input, value) {
  if (input instanceof AdaptiveCards.NumberInput) {
    if (value === '') delete input.defaultValue;
    else input.defaultValue = Number(value);
  } else if (input instanceof AdaptiveCards.ChoiceSetInput) {
    const offered = new Set(input.choices.map((choice) => choice.value));
    const chosen = input.isMultiSelect ? value.split(',') : [value];
    if (input.style === 'filtered' || value === '' || chosen.every((one) => offered.has(one))) {
      input.defaultValue = value;
    }
  } else if (
    input instanceof AdaptiveCards.TextInput ||
    input instanceof AdaptiveCards.ToggleInput ||
    input instanceof AdaptiveCards.DateInput ||
    input instanceof AdaptiveCards.TimeInput
  ) {
    input.defaultValue = value;
  }
}

/**
 * Carries what was typed into the same card drawn once more, in another language or for another client.
 * @param {Card} old rendered
 * @param {Card} next not rendered yet
 */
export function keepTyped(old, next) {
  const inputs = new Map(next.getAllInputs().map((input) => [input.id, input]));
  for (const input of old.getAllInputs()) {
    const target = input.id ? inputs.get(input.id) : undefined;
    if (target) presetValue(target, typedIn(input));
  }
}

/**
 * Where a form begins that was not there before.
 * @param {Card} old
 * @param {Card | undefined} next rendered
 * @returns {HTMLElement | undefined}
 */
export function newInput(old, next) {
  const known = new Set(old.getAllInputs().map((input) => input.id));
  return next?.getAllInputs().find((input) => !known.has(input.id))?.renderedElement;
}

/**
 * @param {Action} action
 * @returns {string} the same for the same button of two versions of a card
 */
export function keyOf(action) {
  return [action.getJsonTypeName(), action.id ?? '', action.title ?? ''].join('|');
}

/**
 * The ShowCards that stand open, outermost first.
 * @param {Card} card
 * @returns {import('adaptivecards').ShowCardAction[]}
 */
export function openShowCards(card) {
  const root = card.renderedElement;
  return showCardsOf(card).filter(
    ({ card: { renderedElement } }) => renderedElement && root?.contains(renderedElement),
  );
}

/**
 * @param {Card} card rendered
 * @param {readonly string[]} keys
 */
export function reopenShowCards(card, keys) {
  const wanted = [...keys];
  for (const action of showCardsOf(card)) {
    const at = wanted.indexOf(keyOf(action));
    if (at < 0) continue;
    wanted.splice(at, 1);
    action.execute();
  }
  // The library takes the buttons after an opened one out of the tab order until that one loses the focus, which here
  // it never had.
  for (const action of card.getAllActions()) action.isFocusable = true;
}

/**
 * @param {Card} card rendered
 * @param {HTMLElement} element holds the card
 * @returns {FocusPlace | undefined} `undefined` where the focus is elsewhere
 */
export function focusIn(card, element) {
  const active = document.activeElement;
  if (!active || !element.contains(active)) return undefined;
  const around = openShowCards(card).filter((action) => action.card.renderedElement?.contains(active));
  return { ...focusTarget(card, active), around: around.map(keyOf) };
}

/**
 * @param {Card} card
 * @param {Element} active
 * @returns {FocusTarget}
 */
function focusTarget(card, active) {
  for (const input of card.getAllInputs()) {
    if (!input.id || !input.renderedElement?.contains(active)) continue;
    const place = {
      kind: /** @type {const} */ ('input'),
      id: input.id,
      index: controlsOf(input).indexOf(active),
      scrollTop: active.scrollTop,
    };
    const selection = selectionOf(active);
    return selection ? { ...place, selection } : place;
  }
  const action = card.getAllActions().find((one) => one.renderedElement === active);
  return action ? { kind: 'action', key: keyOf(action) } : { kind: 'card' };
}

/**
 * @param {Card} card rendered
 * @param {HTMLElement} element holds the card; gets the focus where its place is gone
 * @param {FocusPlace} place
 */
export function focusAgain(card, element, place) {
  /** @type {Element | undefined} */
  let target;
  if (place.kind === 'input') {
    const input = card.getAllInputs().find((one) => one.id === place.id);
    if (input?.renderedElement?.isConnected) target = controlsOf(input)[Math.max(0, place.index)];
  } else if (place.kind === 'action') {
    target = buttonOf(card, place.key);
  }
  // A form that has closed gives the focus to the button that opens it.
  for (const key of place.around.toReversed()) target ??= buttonOf(card, key);
  target ??= element;
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  if (place.kind === 'input' && target !== element) {
    if (place.selection) select(target, place.selection);
    target.scrollTop = place.scrollTop;
  }
}

/**
 * @param {Card} card
 * @param {string} key
 * @returns {HTMLElement | undefined} `undefined` where there is no such button to be seen
 */
function buttonOf(card, key) {
  const action = card.getAllActions().find((one) => keyOf(one) === key);
  return action?.renderedElement?.isConnected ? action.renderedElement : undefined;
}

/** @param {Card} card */
function showCardsOf(card) {
  return card.getAllActions().filter((action) => action instanceof AdaptiveCards.ShowCardAction);
}

/** @param {Input} input */
function controlsOf(input) {
  return [...(input.renderedElement?.querySelectorAll('input, textarea, select, button') ?? [])];
}

/**
 * The text field of a filtered choice, where what was typed need not be a choice yet.
 * @param {Input} input
 * @returns {HTMLInputElement | undefined}
 */
function filterText(input) {
  if (!(input instanceof AdaptiveCards.ChoiceSetInput) || input.style !== 'filtered') return undefined;
  return input.renderedElement?.querySelector('input') ?? undefined;
}

/**
 * @param {Element} element
 * @returns {[number, number] | undefined}
 */
function selectionOf(element) {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return undefined;
  const { selectionStart, selectionEnd } = element;
  return selectionStart === null || selectionEnd === null ? undefined : [selectionStart, selectionEnd];
}

/**
 * @param {Element} element
 * @param {[number, number]} selection
 */
function select(element, [start, end]) {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return;
  // Date and number fields have no caret to place.
  if (element.selectionStart !== null) element.setSelectionRange(start, end);
}
