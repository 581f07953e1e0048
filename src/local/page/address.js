// @ts-check
/** What the address line says about the panes: `#as=<person>&chat=<conversation>|as=…`. */

/**
 * @typedef {object} PaneAddress
 * @property {string} person
 * @property {string} [chat]
 * @property {string} [message] shown and highlighted once
 */

/**
 * @param {string} hash with or without its `#`
 * @returns {PaneAddress[]} empty where the hash names nobody
 */
export function parseHash(hash) {
  return hash
    .replace(/^#/, '')
    .replaceAll(/%7c/gi, '|')
    .split('|')
    .map((part) => {
      const values = new URLSearchParams(part);
      const chat = values.get('chat');
      const message = values.get('message');
      return {
        person: values.get('as') ?? '',
        ...(chat ? { chat } : {}),
        ...(message ? { message } : {}),
      };
    })
    .filter(({ person }) => person !== '');
}

/**
 * @param {readonly PaneAddress[]} panes
 * @returns {string} with its `#`
 */
export function formatHash(panes) {
  const parts = panes.map(({ person, chat, message }) =>
    [
      `as=${encodeURIComponent(person)}`,
      ...(chat ? [`chat=${encodeURIComponent(chat)}`] : []),
      ...(message ? [`message=${encodeURIComponent(message)}`] : []),
    ].join('&'),
  );
  return `#${parts.join('|')}`;
}

/**
 * Where a link leads inside local Teams: a message link of Teams, or one that this page copied.
 * @param {string} href
 * @returns {{ chat: string, message?: string } | undefined} `undefined` for every other link
 */
export function linkTarget(href) {
  const url = URL.parse(href, location.href);
  if (!url) return undefined;
  if (url.origin === location.origin && url.pathname === location.pathname) {
    const [pane] = parseHash(url.hash);
    return pane?.chat ? { chat: pane.chat, ...(pane.message ? { message: pane.message } : {}) } : undefined;
  }
  if (url.protocol !== 'https:' || url.hostname !== 'teams.microsoft.com') return undefined;
  const [l, kind, chat, message] = url.pathname.split('/').slice(1).map(decodeSegment);
  if (l !== 'l' || kind !== 'message' || !chat) return undefined;
  // A thread's id may ride on the channel's: `19:…@thread.tacv2;messageid=…`.
  return { chat: chat.split(';')[0] ?? chat, ...(message ? { message } : {}) };
}

/** @param {string} segment */
function decodeSegment(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
