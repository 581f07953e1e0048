// @ts-check
/** Menus that open at a button: arrows move, Enter chooses, Escape and a click elsewhere close and give focus back. */

import { h } from './elements.js';

/**
 * @typedef {object} MenuItem
 * @property {string} label
 * @property {Node} [picture] shown before the label; alone where the menu is a row
 * @property {string} [testId]
 * @property {boolean} [disabled]
 * @property {boolean} [checked] makes it an item that is switched on or off
 * @property {() => void} run
 */

/** @type {(() => void) | undefined} */
let closeOpenMenu;

/**
 * @param {HTMLElement} anchor gets `aria-expanded` and, at the end, the focus
 * @param {readonly MenuItem[]} items
 * @param {{ label: string, row?: boolean }} options `row`: pictures side by side
 */
export function openMenu(anchor, items, { label, row = false }) {
  closeOpenMenu?.();
  const buttons = items.map((item) =>
    h(
      'button',
      {
        type: 'button',
        class: row ? 'menu-picture' : 'menu-item',
        role: item.checked === undefined ? 'menuitem' : 'menuitemcheckbox',
        'aria-checked': item.checked === undefined ? undefined : String(item.checked),
        'aria-label': row ? item.label : undefined,
        title: row ? item.label : undefined,
        'aria-disabled': item.disabled ? 'true' : undefined,
        'data-testid': item.testId,
        tabindex: '-1',
        onclick: () => {
          if (item.disabled) return;
          close(true);
          item.run();
        },
      },
      item.picture,
      row ? null : h('span', {}, item.label),
    ),
  );
  const menu = h(
    'div',
    { class: row ? 'menu row' : 'menu', role: 'menu', 'aria-label': label, popover: 'manual' },
    ...buttons,
  );

  /** @param {boolean} giveFocusBack */
  const close = (giveFocusBack) => {
    if (closeOpenMenu !== closeThis) return;
    closeOpenMenu = undefined;
    elsewhere.abort();
    menu.remove();
    anchor.setAttribute('aria-expanded', 'false');
    if (giveFocusBack && anchor.isConnected) anchor.focus({ preventScroll: true });
  };
  const closeThis = () => close(false);
  closeOpenMenu = closeThis;

  const elsewhere = new AbortController();
  const { signal } = elsewhere;
  document.addEventListener(
    'pointerdown',
    ({ target }) => {
      if (target instanceof Node && !menu.contains(target) && !anchor.contains(target)) close(false);
    },
    { capture: true, signal },
  );
  window.addEventListener('resize', closeThis, { signal });
  document.addEventListener(
    'scroll',
    ({ target }) => {
      if (target instanceof Node && target.contains(anchor)) place(menu, anchor);
    },
    { capture: true, signal },
  );

  menu.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) focusAt(at + step);
    else if (event.key === 'Home') focusAt(0);
    else if (event.key === 'End') focusAt(-1);
    else if (event.key === 'Escape' || event.key === 'Tab') close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  /** @param {number} index */
  const focusAt = (index) => buttons.at(index % buttons.length)?.focus();

  // Below an open modal dialog everything outside of it is dead.
  (anchor.closest('dialog') ?? document.body).append(menu);
  menu.showPopover?.();
  place(menu, anchor);
  anchor.setAttribute('aria-haspopup', 'menu');
  anchor.setAttribute('aria-expanded', 'true');
  buttons[0]?.focus({ preventScroll: true });
}

/**
 * Below the anchor, or above where there is more room, and never out of the window.
 * @param {HTMLElement} menu
 * @param {HTMLElement} anchor
 */
function place(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = innerHeight - at.bottom;
  const top = below < height + 12 && at.top > below ? at.top - height - 4 : at.bottom + 4;
  const left = Math.min(Math.max(8, at.right - width), innerWidth - width - 8);
  menu.style.top = `${Math.max(8, top)}px`;
  menu.style.left = `${left}px`;
}
