// @ts-check
/** The chip that says how many messages arrived out of sight. */

import { h } from './elements.js';
import { icon } from './icons.js';

/**
 * @param {import('./texts.js').Texts} texts
 * @param {import('./scroller.js').Scroller} scroller
 * @param {(message: string) => void} show
 */
export function createNews(texts, scroller, show) {
  /** @type {Map<string, HTMLElement>} */
  const unseen = new Map();
  const label = h('span');
  const element = h(
    'button',
    {
      type: 'button',
      class: 'news',
      hidden: true,
      'data-testid': 'new-messages',
      onclick: () => {
        const [first] = unseen.keys();
        unseen.clear();
        draw();
        if (first !== undefined) show(first);
      },
    },
    label,
    icon('down'),
  );
  const draw = () => {
    element.hidden = unseen.size === 0;
    label.textContent = texts.newMessages(unseen.size);
  };
  return {
    element,
    /** @param {string} message @param {HTMLElement} entry */
    add(message, entry) {
      unseen.set(message, entry);
      draw();
    },
    /** Forgets what has come into sight. */
    look() {
      if (unseen.size === 0) return;
      for (const [id, entry] of unseen) if (scroller.sees(entry)) unseen.delete(id);
      draw();
    },
  };
}
