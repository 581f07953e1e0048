// @ts-check
/** Where a conversation stands: it follows what is new only for a person who is at the end of it. */

/** Nearer to the end than this counts as the end, in pixels. */
const NEAR = 48;

/**
 * @typedef {object} Scroller
 * @property {() => boolean} atEnd
 * @property {() => void} toEnd
 * @property {(element: HTMLElement) => void} reveal brings something into view with as little movement as possible
 * @property {(element: HTMLElement) => boolean} sees
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

  const distance = () => box.scrollHeight - box.scrollTop - box.clientHeight;
  const toEnd = () => {
    following = true;
    box.scrollTop = box.scrollHeight;
  };
  const settle = () => {
    if (following) box.scrollTop = box.scrollHeight;
  };
  box.addEventListener(
    'scroll',
    () => {
      if (box.clientHeight === 0) return;
      following = distance() < NEAR;
      place = box.scrollTop;
      onMove();
    },
    { passive: true },
  );
  // Cards grow when their pictures arrive, the box shrinks when the composer grows.
  const sizes = new ResizeObserver(settle);
  sizes.observe(content);
  sizes.observe(box);

  return {
    atEnd: () => following,
    toEnd,
    reveal(element) {
      following = false;
      const inside = element.getBoundingClientRect();
      const outside = box.getBoundingClientRect();
      if (inside.height > outside.height || inside.top < outside.top) {
        box.scrollTop += inside.top - outside.top - 8;
      } else if (inside.bottom > outside.bottom) {
        box.scrollTop += inside.bottom - outside.bottom + 8;
      }
      following = distance() < NEAR;
    },
    sees(element) {
      const inside = element.getBoundingClientRect();
      const outside = box.getBoundingClientRect();
      return inside.height > 0 && inside.top < outside.bottom && inside.bottom > outside.top;
    },
    settle,
    restore() {
      if (following) toEnd();
      else box.scrollTop = place;
    },
    dispose: () => sizes.disconnect(),
  };
}
