// @ts-check
/** How people and the bot are shown: initials on a colour that is always theirs. */

import { h } from './elements.js';
import { icon } from './icons.js';

const COLOURS = 8;

/**
 * @param {{ id: string, name: string, bot?: boolean }} who
 * @returns {HTMLElement}
 */
export function avatar({ id, name, bot = false }) {
  if (bot) return h('span', { class: 'avatar bot', 'aria-hidden': 'true' }, icon('chat'));
  const words = name.split(/\s+/).filter(Boolean);
  const initials = `${words[0]?.[0] ?? ''}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
  return h('span', { class: 'avatar', 'aria-hidden': 'true', 'data-colour': String(colourOf(id)) }, initials);
}

/**
 * @param {string} id
 * @returns {number} 0 to 7
 */
export function colourOf(id) {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % COLOURS;
}
