// @ts-check
/** Reactions to a message: what is there, and the picker. */

import { postReaction } from './api.js';
import { h } from './elements.js';
import { REACTION_TYPES, reactionPicture } from './icons.js';
import { openMenu } from './menu.js';

/**
 * @typedef {import('../protocol.ts').MessageView} MessageView
 * @typedef {import('./person.js').Person} Person
 * @typedef {import('./texts.js').Texts} Texts
 */

/**
 * The reactions a message has, each a button that adds or takes away one's own.
 * @param {MessageView} message
 * @param {Person} person
 * @param {Texts} texts
 * @param {(error: unknown) => void} failed
 * @returns {HTMLElement | undefined}
 */
export function reactionRow(message, person, texts, failed) {
  const present = message.reactions.filter(({ by }) => by.length > 0);
  if (present.length === 0) return undefined;
  return h(
    'div',
    { class: 'reactions' },
    ...present.map(({ type, by }) => {
      const mine = by.some(person.isMe);
      return h(
        'button',
        {
          type: 'button',
          class: 'reaction',
          'aria-pressed': String(mine),
          'aria-label': texts.reactionCount(nameOf(type, texts), by.length),
          title: nameOf(type, texts),
          'data-testid': `reaction-${type}`,
          onclick: () => react(message, person, type, mine, failed),
        },
        reactionPicture(type) ?? type,
        h('span', {}, String(by.length)),
      );
    }),
  );
}

/**
 * @param {HTMLElement} anchor
 * @param {MessageView} message
 * @param {Person} person
 * @param {Texts} texts
 * @param {(error: unknown) => void} failed
 */
export function openReactionPicker(anchor, message, person, texts, failed) {
  const items = REACTION_TYPES.map((type) => {
    const mine = message.reactions.some((one) => one.type === type && one.by.some(person.isMe));
    const picture = reactionPicture(type);
    return {
      label: texts.reactions[type],
      ...(picture ? { picture } : {}),
      testId: `pick-${type}`,
      checked: mine,
      run: () => react(message, person, type, mine, failed),
    };
  });
  openMenu(anchor, items, { label: texts.react, row: true });
}

/**
 * @param {string} type
 * @param {Texts} texts
 * @returns {string}
 */
function nameOf(type, texts) {
  return texts.reactions[/** @type {keyof Texts['reactions']} */ (type)] ?? type;
}

/**
 * @param {MessageView} message
 * @param {Person} person
 * @param {string} type
 * @param {boolean} remove
 * @param {(error: unknown) => void} failed
 */
function react(message, person, type, remove, failed) {
  postReaction({
    as: person.id,
    conversation: message.conversation,
    message: message.id,
    type,
    remove,
  }).catch(failed);
}
