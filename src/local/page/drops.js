// @ts-check
/** Files dragged over a conversation. */

import { h } from './elements.js';

/**
 * @param {HTMLElement} element
 * @param {import('./texts.js').Texts} texts
 * @param {(files: Iterable<File>) => void} take
 */
export function acceptDrops(element, texts, take) {
  const hint = h('div', { class: 'drop-hint', hidden: true, 'aria-hidden': 'true' }, texts.dropHere);
  element.append(hint);
  /** @param {DragEvent} event */
  const carriesFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;
  element.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    hint.hidden = false;
  });
  element.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) hint.hidden = true;
  });
  element.addEventListener('drop', (event) => {
    hint.hidden = true;
    if (!carriesFiles(event)) return;
    event.preventDefault();
    take(event.dataTransfer?.files ?? []);
  });
}
