// @ts-check
/**
 * Where a conversation stands: it follows what is new for a person who is at the end of it; for everybody else what they
 * look at stays where it is, whatever grows or shrinks above. The browser's own anchoring does not survive a card that is
 * drawn anew, so it is switched off (`overflow-anchor`) and done here.
 */

/** Nearer to the end than this counts as the end, in pixels. */
const NEAR = 48;

/**
 * @typedef {object} Scroller
 * @property {() => boolean} atEnd
 * @property {() => void} toEnd
 * @property {(element: HTMLElement, part?: HTMLElement) => void} reveal brings something into view with as little movement
 *   as possible; where there is no room for it, from its beginning on, or from the beginning of that part of it
 * @property {(element: HTMLElement) => boolean} sees
 * @property {() => void} pin call just before something inside is drawn anew; `settle` ends it
 * @property {() => void} settle call when something inside may have changed its size
 * @property {() => void} restore call when it is shown again after it was hidden
 * @property {() => void} dispose
 */

/**
 * @param {HTMLElement} box scrolls
 * @param {HTMLElement} content
 * @param {() => void} onMove
 * @returns {Scroller}
 */
export function createScroller(box, content, onMove) {
  let following = true;
  let place = 0;
  let pinned = false;
  /** What has to stay where it is. @type {{ element: Element, top: number, focused: boolean } | undefined} */
  let anchor;

  const distance = () => box.scrollHeight - box.scrollTop - box.clientHeight;
  const toEnd = () => {
    following = true;
    box.scrollTop = box.scrollHeight;
  };
  const remember = () => {
    if (pinned) return;
    const { top: edge, bottom } = box.getBoundingClientRect();
    const active = document.activeElement;
    const at = active?.getBoundingClientRect();
    const focused =
      active !== null &&
      active !== box &&
      box.contains(active) &&
      !!at &&
      at.bottom > edge &&
      at.top < bottom;
    const element = focused
      ? active
      : [...content.querySelectorAll('article')].find((one) => one.getBoundingClientRect().top >= edge);
    anchor = element && { element, top: element.getBoundingClientRect().top - edge, focused };
  };
  const hold = () => {
    if (!anchor) return;
    // A field that was drawn anew got the focus back.
    const element = anchor.focused && !anchor.element.isConnected ? document.activeElement : anchor.element;
    if (!element || element === box || !box.contains(element)) return;
    const { top: edge } = box.getBoundingClientRect();
    box.scrollTop += element.getBoundingClientRect().top - edge - anchor.top;
  };
  const settle = () => {
    pinned = false;
    if (box.clientHeight === 0) return;
    // Who is busy with a card at the end wants it to stay under their hands.
    if (following && !anchor?.focused) box.scrollTop = box.scrollHeight;
    else {
      hold();
      following = distance() < NEAR;
    }
    remember();
  };
  box.addEventListener(
    'scroll',
    () => {
      if (box.clientHeight === 0) return;
      following = distance() < NEAR;
      place = box.scrollTop;
      remember();
      onMove();
    },
    { passive: true },
  );
  box.addEventListener('focusin', remember);
  box.addEventListener('focusout', () => queueMicrotask(remember));
  // Cards grow when their pictures arrive, the box shrinks when the composer grows.
  const sizes = new ResizeObserver(settle);
  sizes.observe(content);
  sizes.observe(box);

  return {
    atEnd: () => following,
    toEnd,
    reveal(element, part = element) {
      following = false;
      const inside = element.getBoundingClientRect();
      const outside = box.getBoundingClientRect();
      if (inside.height > outside.height) {
        box.scrollTop += part.getBoundingClientRect().top - outside.top - 8;
      } else if (inside.top < outside.top) {
        box.scrollTop += inside.top - outside.top - 8;
      } else if (inside.bottom > outside.bottom) {
        box.scrollTop += inside.bottom - outside.bottom + 8;
      }
      following = distance() < NEAR;
      remember();
    },
    sees(element) {
      const inside = element.getBoundingClientRect();
      const outside = box.getBoundingClientRect();
      return inside.height > 0 && inside.top < outside.bottom && inside.bottom > outside.top;
    },
    pin() {
      remember();
      pinned = true;
    },
    settle,
    restore() {
      if (following) toEnd();
      else box.scrollTop = place;
    },
    dispose: () => sizes.disconnect(),
  };
}
