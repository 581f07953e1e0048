// @ts-check
/** "… is typing", for as long as Teams would show it. */

import { h } from './elements.js';

const SHOWN_MS = 6_000;

/** @param {import('./texts.js').Texts} texts */
export function createTyping(texts) {
  const words = h('span');
  const element = h(
    'p',
    { class: 'typing', 'data-testid': 'typing', hidden: true },
    h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
    words,
  );
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const stop = () => {
    clearTimeout(timer);
    element.hidden = true;
  };
  return {
    element,
    /** @param {string} name */
    show(name) {
      clearTimeout(timer);
      words.textContent = texts.typing(name);
      element.hidden = false;
      timer = setTimeout(stop, SHOWN_MS);
    },
    stop,
  };
}
