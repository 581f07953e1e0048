// @ts-check
/** Up to which message somebody has read a conversation. Kept by the browser, so that a reload does not forget it. */

const PREFIX = 'local-teams:read:';

/**
 * Activity ids grow with time; they are numbers too long to be trusted to a `number`.
 * @param {string} a
 * @param {string} b
 * @returns {number} negative where `a` is older
 */
export function compareIds(a, b) {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * @param {string} person
 * @param {string} conversation
 * @returns {string} id of the last message read, or an empty text
 */
export function readUpTo(person, conversation) {
  try {
    return localStorage.getItem(key(person, conversation)) ?? '';
  } catch {
    return '';
  }
}

/**
 * Moves the mark forward, never back.
 * @param {string} person
 * @param {string} conversation
 * @param {string} message
 * @returns {boolean} whether it moved
 */
export function markRead(person, conversation, message) {
  if (compareIds(message, readUpTo(person, conversation)) <= 0) return false;
  try {
    localStorage.setItem(key(person, conversation), message);
  } catch {
    // A browser that stores nothing forgets the mark on a reload; nothing else is lost.
  }
  return true;
}

/** After a reset of local Teams. */
export function forgetReadMarks() {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  } catch {
    // See markRead.
  }
}

/** @param {string} person @param {string} conversation */
function key(person, conversation) {
  return `${PREFIX}${person}:${conversation}`;
}
