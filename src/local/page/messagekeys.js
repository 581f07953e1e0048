// @ts-check
/** Arrow keys among messages. The box is one stop for Tab; from there the arrows go from message to message. */

/** @param {HTMLElement} box */
export function moveAmongMessages(box) {
  box.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (!(target instanceof HTMLElement)) return;
    if (key === 'Escape') {
      const around = target.closest('article.message');
      if (around instanceof HTMLElement && around !== target) around.focus();
      return;
    }
    if (target !== box && !target.matches('article.message')) return;
    const articles = [...box.querySelectorAll('article.message')].filter((one) => one.checkVisibility());
    const at = articles.indexOf(target);
    const next = nextIndex(key, at, articles.length);
    const article = next === undefined ? undefined : articles[next];
    if (!(article instanceof HTMLElement)) return;
    event.preventDefault();
    article.focus();
  });
}

/**
 * @param {string} key
 * @param {number} at -1 where none has the focus yet
 * @param {number} count
 * @returns {number | undefined}
 */
function nextIndex(key, at, count) {
  switch (key) {
    case 'ArrowUp':
      return at < 0 ? count - 1 : Math.max(0, at - 1);
    case 'ArrowDown':
      return at < 0 ? count - 1 : Math.min(count - 1, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
