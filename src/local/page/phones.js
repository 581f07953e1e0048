// @ts-check
/** Cards that the Teams apps on phones would not show, and why: the server has looked at each. */

/** @type {WeakMap<object, string>} */
const refused = new WeakMap();

/**
 * @param {unknown} card
 * @param {string | undefined} reason
 */
export function noteRefusal(card, reason) {
  if (reason !== undefined && typeof card === 'object' && card !== null) refused.set(card, reason);
}

/**
 * @param {unknown} card
 * @returns {string | undefined}
 */
export function refusalOf(card) {
  return typeof card === 'object' && card !== null ? refused.get(card) : undefined;
}
