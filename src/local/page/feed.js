// @ts-check
/**
 * What happens, as it happens, for one person. A browser allows six connections to one server over HTTP/1.1 and an
 * event stream holds one of them for good, so the tabs of one browser share a stream: the tab that holds the person's
 * lock listens to the server and passes everything on to the others.
 */

/**
 * @typedef {import('../protocol.ts').LiveEvent} LiveEvent
 * @typedef {'open' | 'lost'} FeedState
 * @typedef {{ kind: 'event', event: LiveEvent } | { kind: 'state', state: FeedState } | { kind: 'ask' }} Passed
 */

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5_000;

/**
 * @param {string} person
 * @param {{ event: (event: LiveEvent) => void, state: (state: FeedState) => void }} listener `state` is also called
 *   with `open` after a gap: what happened in between has to be loaded again
 * @returns {() => void} ends it
 */
export function openFeed(person, listener) {
  const name = `local-teams-feed:${person}`;
  const tabs = new BroadcastChannel(name);
  const ended = new AbortController();
  /** @type {FeedState | undefined} set while this tab listens to the server */
  let own;

  /** @param {Passed} message */
  const receive = (message) => {
    if (message.kind === 'event') listener.event(message.event);
    else if (message.kind === 'state') listener.state(message.state);
    else if (own !== undefined) tabs.postMessage({ kind: 'state', state: own });
  };
  /** @param {Passed} message */
  const tell = (message) => {
    if (ended.signal.aborted) return;
    if (message.kind === 'state') own = message.state;
    tabs.postMessage(message);
    receive(message);
  };
  tabs.onmessage = ({ data }) => receive(data);
  tabs.postMessage({ kind: 'ask' });

  const listen = () => listenToServer(person, tell, ended.signal);
  // Absent where the page came from another machine over plain http; then every tab listens for itself.
  if (navigator.locks === undefined) void listen();
  else void navigator.locks.request(name, { signal: ended.signal }, listen).catch(() => {});

  return () => {
    ended.abort();
    tabs.close();
  };
}

/**
 * @param {string} person
 * @param {(message: Passed) => void} tell
 * @param {AbortSignal} ended
 * @returns {Promise<void>} settles when it is ended
 */
function listenToServer(person, tell, ended) {
  return new Promise((resolve) => {
    /** @type {EventSource} */
    let source;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    let retryMs = FIRST_RETRY_MS;
    const connect = () => {
      source = new EventSource(`/local/events?as=${encodeURIComponent(person)}`);
      source.onopen = () => {
        retryMs = FIRST_RETRY_MS;
        tell({ kind: 'state', state: 'open' });
      };
      source.onmessage = ({ data }) => tell({ kind: 'event', event: JSON.parse(data) });
      source.onerror = () => {
        // The browser's own reconnection gives up for good on any answer that is not 200.
        source.close();
        tell({ kind: 'state', state: 'lost' });
        timer = setTimeout(connect, retryMs);
        retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
      };
    };
    ended.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        source.close();
        resolve();
      },
      { once: true },
    );
    connect();
  });
}
