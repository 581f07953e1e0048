// @ts-check
/** What comes into view. */

/**
 * Tells once when something comes into view, or near to it.
 * @param {HTMLElement} box
 */
export function createWatcher(box) {
  /** @type {Map<Element, () => void>} */
  const waiting = new Map();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        waiting.get(target)?.();
        waiting.delete(target);
      }
    },
    { root: box, rootMargin: '400px 0px' },
  );
  return {
    /** @param {HTMLElement} element @param {() => void} onSeen */
    whenSeen(element, onSeen) {
      waiting.set(element, onSeen);
      observer.observe(element);
      return () => {
        waiting.delete(element);
        observer.unobserve(element);
      };
    },
    dispose: () => observer.disconnect(),
  };
}
