// @ts-check
/** What one person sees: their session, kept current by their feed. Panes that show the same person share it. */

import { fetchSession } from './api.js';
import { openFeed } from './feed.js';
import { compareIds } from './readmarks.js';

/**
 * @typedef {import('../protocol.ts').SessionView} SessionView
 * @typedef {import('../protocol.ts').MessageView} MessageView
 * @typedef {Omit<import('../protocol.ts').ConversationView, 'messages'>
 *   & { messages: Map<string, MessageView> }} Conversation
 *
 * @typedef {{ type: 'loaded' }
 *   | { type: 'message', message: MessageView, fresh: boolean }
 *   | { type: 'typing', conversation: string, name: string }
 *   | { type: 'clock', now: number }
 *   | { type: 'state', state: import('./feed.js').FeedState }
 *   | { type: 'reset' }
 *   | { type: 'failed', error: unknown }} PersonChange
 *
 * @typedef {object} Person
 * @property {string} id
 * @property {() => SessionView | undefined} session absent until it is loaded for the first time
 * @property {ReadonlyMap<string, Conversation>} conversations in the order of the session
 * @property {(listener: (change: PersonChange) => void) => () => void} watch keeps the feed open while it lasts
 * @property {(id: string) => boolean} isMe whether an id that the bot or the server uses means this person
 */

/** @type {Map<string, Person>} */
const known = new Map();

/**
 * @param {string} id `aadObjectId`
 * @returns {Person}
 */
export function personWith(id) {
  const found = known.get(id);
  if (found) return found;
  const person = createPerson(id);
  known.set(id, person);
  return person;
}

/**
 * @param {string} id
 * @returns {Person}
 */
function createPerson(id) {
  /** @type {SessionView | undefined} */
  let session;
  /** @type {Map<string, Conversation>} */
  const conversations = new Map();
  /** @type {Set<(change: PersonChange) => void>} */
  const listeners = new Set();
  /** @type {(() => void) | undefined} */
  let endFeed;
  let loads = 0;
  /** @type {MessageView[] | undefined} what arrived while the session was on its way, and may be newer than it */
  let arrived;

  /** @param {PersonChange} change */
  const tell = (change) => {
    for (const listener of [...listeners]) listener(change);
  };

  const load = async () => {
    loads += 1;
    const mine = loads;
    arrived = [];
    try {
      const answer = await fetchSession(id);
      if (mine !== loads) return;
      const newer = arrived;
      arrived = undefined;
      session = answer;
      takeOver(answer);
      tell({ type: 'loaded' });
      tell({ type: 'clock', now: answer.now });
      for (const message of newer) put(message);
    } catch (error) {
      if (mine !== loads) return;
      arrived = undefined;
      tell({ type: 'failed', error });
    }
  };

  /** @param {SessionView} answer */
  const takeOver = (answer) => {
    conversations.clear();
    for (const { messages, ...conversation } of answer.conversations) {
      const sorted = [...messages].sort((a, b) => compareIds(a.id, b.id));
      conversations.set(conversation.id, {
        ...conversation,
        messages: new Map(sorted.map((message) => [message.id, message])),
      });
    }
  };

  /** @param {MessageView} message */
  const put = (message) => {
    const conversation = conversations.get(message.conversation);
    if (!conversation) {
      // A conversation that did not exist when the session was loaded.
      if (session) void load();
      return;
    }
    const present = conversation.messages.get(message.id);
    if (present && (present.editedAt ?? 0) > (message.editedAt ?? 0)) return;
    conversation.messages.set(message.id, message);
    tell({ type: 'message', message, fresh: present === undefined });
  };

  /** @param {import('../protocol.ts').LiveEvent} event */
  const receive = (event) => {
    switch (event.type) {
      case 'message':
        arrived?.push(event.message);
        put(event.message);
        break;
      case 'typing':
      case 'clock':
        tell(event);
        break;
      case 'changed':
        void load();
        break;
      case 'reset':
        session = undefined;
        conversations.clear();
        tell(event);
        void load();
        break;
    }
  };

  return {
    id,
    session: () => session,
    conversations,
    watch(listener) {
      listeners.add(listener);
      if (!endFeed) {
        endFeed = openFeed(id, {
          event: receive,
          state: (state) => {
            tell({ type: 'state', state });
            // After a gap, and after the stream was opened later than the first load.
            if (state === 'open') void load();
          },
        });
        void load();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        endFeed?.();
        endFeed = undefined;
      };
    },
    isMe: (other) => {
      const bare = other.toLowerCase();
      const mine = id.toLowerCase();
      return [mine, `29:${mine}`, `8:orgid:${mine}`].includes(bare) || other === session?.teamsId;
    },
  };
}
