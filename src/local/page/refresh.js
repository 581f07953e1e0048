// @ts-check
/** When a card of a message asks each person for a view of their own: `refresh` of Adaptive Cards 1.4. */

/**
 * @typedef {object} RefreshAction
 * @property {string} [id]
 * @property {string} [verb]
 * @property {Record<string, unknown>} data
 */

/**
 * @param {unknown} card as the bot sent it
 * @returns {RefreshAction | undefined} `undefined` where the card has none
 */
export function refreshActionOf(card) {
  const refresh = record(record(card)?.refresh);
  const action = record(refresh?.action);
  if (action?.type !== 'Action.Execute') return undefined;
  return {
    ...(typeof action.id === 'string' ? { id: action.id } : {}),
    ...(typeof action.verb === 'string' ? { verb: action.verb } : {}),
    data: record(action.data) ?? {},
  };
}

/** With more people than this a card without `userIds` is refreshed by hand only. */
const FOR_EVERYBODY = 60;

/**
 * Whether a client asks by itself. Without `userIds` it does for everybody, where there are few (Microsoft's documentation of
 * up-to-date cards).
 * @param {unknown} card
 * @param {(id: string) => boolean} isMe
 * @param {number} members how many people see the card
 * @returns {boolean}
 */
export function refreshesByItself(card, isMe, members) {
  const userIds = record(record(card)?.refresh)?.userIds;
  if (userIds === undefined || userIds === null) return members <= FOR_EVERYBODY;
  return Array.isArray(userIds) && userIds.some((id) => typeof id === 'string' && isMe(id));
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown> | undefined}
 */
function record(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? /** @type {Record<string, unknown>} */ (value)
    : undefined;
}
