// @ts-check
/** A thread of a channel: the first message, its replies, and the box to reply in. */

import { createComposer } from './composer.js';
import { h } from './elements.js';
import { icon } from './icons.js';
import { createMessageList } from './messagelist.js';
import { compareIds } from './readmarks.js';

/**
 * @typedef {import('../protocol.ts').MessageView} Message
 *
 * @typedef {object} Thread
 * @property {HTMLElement} element
 * @property {(message: Message) => void} put
 * @property {(id: string) => HTMLElement | undefined} reach the message's element, folded out where it was folded away
 * @property {(day: string | undefined) => void} setDay shown above it
 * @property {() => void} dispose
 */

/** So many of the last replies are shown of a thread that is opened anew. */
const SHOWN_REPLIES = 4;

/**
 * @param {import('./message.js').MessageHost} host
 * @param {string} conversation
 * @param {Message} root
 * @returns {Thread}
 */
export function createThread(host, conversation, root) {
  const { settings, person } = host;
  const { texts } = settings;
  const first = h('div', { class: 'thread-root' });
  const replies = h('div', { class: 'thread-replies' });
  const earlier = h('button', {
    type: 'button',
    class: 'text-button thread-button',
    hidden: true,
    onclick: () => unfold(),
  });
  const open = h(
    'button',
    {
      type: 'button',
      class: 'text-button thread-button',
      'data-testid': `reply-${root.id}`,
      onclick: () => reply(),
    },
    icon('quote'),
    texts.reply,
  );
  const foot = h('div', { class: 'thread-foot' }, open);
  const day = h('div', { class: 'day', role: 'separator', hidden: true });
  const element = h(
    'div',
    { class: 'thread-place' },
    day,
    h(
      'section',
      { class: 'thread', 'data-testid': `thread-${root.id}`, 'aria-label': texts.thread(root.from.name) },
      first,
      earlier,
      replies,
      foot,
    ),
  );

  const roots = createMessageList(host, first, { days: false });
  const list = createMessageList(host, replies, { days: false });
  /** @type {import('./composer.js').Composer | undefined} */
  let composer;
  /** Replies with smaller ids are folded away. @type {string | undefined} */
  let foldedBefore;

  const fold = () => {
    let hidden = 0;
    for (const { id } of list.messages()) {
      const away = foldedBefore !== undefined && compareIds(id, foldedBefore) < 0;
      const shown = list.element(id);
      if (shown) shown.hidden = away;
      if (away) hidden += 1;
    }
    earlier.hidden = hidden === 0;
    earlier.textContent = texts.earlierReplies(hidden);
  };
  const unfold = () => {
    foldedBefore = undefined;
    fold();
  };

  const reply = () => {
    composer ??= createComposer({
      settings,
      person,
      conversation,
      kind: 'channel',
      root: root.id,
      label: texts.writeReply,
      openDialog: host.openDialog,
      escape: () => {
        foot.replaceChildren(open);
        open.focus();
      },
    });
    foot.replaceChildren(composer.element);
    composer.focus();
    host.resized(foot);
  };

  return {
    element,
    put(message) {
      if (message.id === root.id) roots.put(message);
      else {
        list.put(message);
        const all = list.messages();
        // Only what was there when the thread was first shown is folded away; what arrives later stays in view.
        if (!element.isConnected && all.length > SHOWN_REPLIES + 1) foldedBefore = all.at(-SHOWN_REPLIES)?.id;
        if (foldedBefore !== undefined) fold();
      }
    },
    reach(id) {
      const found = roots.element(id) ?? list.element(id);
      if (found?.hidden) unfold();
      return found;
    },
    setDay(name) {
      day.hidden = name === undefined;
      day.textContent = name ?? '';
    },
    dispose() {
      roots.dispose();
      list.dispose();
    },
  };
}
