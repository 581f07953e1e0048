// @ts-check
/** What a click on a link does: inside local Teams it moves the pane, everything else opens in a new tab. */

import { linkTarget } from './address.js';

const OPENED = ['http:', 'https:', 'mailto:', 'tel:'];

/**
 * @param {string} href
 * @param {(target: { chat: string, message?: string }) => void} goTo
 */
export function followLink(href, goTo) {
  const target = linkTarget(href);
  if (target) {
    goTo(target);
    return;
  }
  const url = URL.parse(href, location.href);
  if (url && OPENED.includes(url.protocol)) window.open(url.href, '_blank', 'noopener,noreferrer');
}

/**
 * Makes all links below `element` behave so.
 * @param {HTMLElement} element
 * @param {(target: { chat: string, message?: string }) => void} goTo
 */
export function followLinksIn(element, goTo) {
  element.addEventListener('click', (event) => {
    const anchor = event.target instanceof Element ? event.target.closest('a[href]') : null;
    // A file is the browser's own business, and so is a click with a modifier key.
    if (!(anchor instanceof HTMLAnchorElement) || anchor.dataset.file !== undefined) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    followLink(anchor.href, goTo);
  });
}
