// @ts-check
/** Files that are there: pictures are shown, everything else is a link to download. */

import { h } from './elements.js';
import { icon } from './icons.js';

/**
 * @param {import('../protocol.ts').FileView} view
 * @param {import('./settings.js').Settings} settings
 * @returns {HTMLElement}
 */
export function fileLink({ name, url, size, contentType }, { texts, format }) {
  const opened = { href: url, target: '_blank', rel: 'noopener noreferrer', 'data-file': true };
  if (isPicture(contentType)) {
    const picture = h('img', { src: url, alt: '', loading: 'lazy' });
    return h('a', { ...opened, class: 'thumbnail', 'aria-label': texts.image(name), title: name }, picture);
  }
  const bytes = format.size(size);
  return h(
    'a',
    { ...opened, class: 'file', 'aria-label': texts.file(name, bytes), download: name },
    icon('file'),
    h('span', { class: 'file-name' }, name),
    h('span', { class: 'file-size' }, bytes),
  );
}

/**
 * SVG is left out: local Teams hands it out as a download only, since it can run scripts.
 * @param {string} contentType
 * @returns {boolean}
 */
export function isPicture(contentType) {
  return contentType.startsWith('image/') && contentType !== 'image/svg+xml';
}
