// @ts-check
/** Messages in the order of their ids: those of a chat, the replies of a thread. */

import { createMessage } from './message.js';
import { compareIds } from './readmarks.js';

/**
 * @typedef {import('../protocol.ts').MessageView} Message
 * @typedef {import('./message.js').MessageElement} MessageElement
 *
 * @typedef {object} MessageList
 * @property {(message: Message) => void} put adds it in its place, or brings it up to date
 * @property {(id: string) => HTMLElement | undefined} element
 * @property {() => readonly Message[]} messages
 * @property {() => void} dispose
 */

/** Messages of one author closer together than this share one name and picture. */
const ONE_BREATH_MS = 5 * 60_000;

/**
 * @param {import('./message.js').MessageHost} host
 * @param {HTMLElement} container
 * @param {{ days: boolean }} options `days`: a line with the date between one day and the next
 * @returns {MessageList}
 */
export function createMessageList(host, container, { days }) {
  const { format } = host.settings;
  /** @type {Map<string, { message: Message, shown: MessageElement }>} */
  const known = new Map();
  /** @type {string[]} */
  const order = [];

  const arrange = (/** @type {number} */ from) => {
    for (let at = from; at < Math.min(order.length, from + 2); at += 1) {
      const one = known.get(order[at] ?? '');
      if (!one) continue;
      const before = known.get(order[at - 1] ?? '')?.message;
      const day = format.day(one.message.at);
      const newDay = days && (before === undefined || format.day(before.at) !== day);
      const follows =
        !newDay &&
        before !== undefined &&
        before.from.id === one.message.from.id &&
        one.message.at - before.at < ONE_BREATH_MS;
      one.shown.place({ day: newDay ? day : undefined, follows });
    }
  };

  return {
    put(message) {
      const present = known.get(message.id);
      if (present) {
        present.message = message;
        present.shown.update(message);
        return;
      }
      let at = order.length;
      while (at > 0 && compareIds(order[at - 1] ?? '', message.id) > 0) at -= 1;
      const shown = createMessage(host, message);
      known.set(message.id, { message, shown });
      order.splice(at, 0, message.id);
      const next = known.get(order[at + 1] ?? '')?.shown.element ?? null;
      container.insertBefore(shown.element, next);
      arrange(at);
    },
    element: (id) => known.get(id)?.shown.element,
    messages: () => order.flatMap((id) => known.get(id)?.message ?? []),
    dispose() {
      for (const { shown } of known.values()) shown.dispose();
    },
  };
}
