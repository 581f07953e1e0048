// @ts-check
/** One open conversation: its messages or threads, kept current, and the place to write. */

import { formatHash } from './address.js';
import { CallFailed } from './api.js';
import { createComposer } from './composer.js';
import { openDialog } from './dialog.js';
import { acceptDrops } from './drops.js';
import { fill, h } from './elements.js';
import { icon, iconOfChannel } from './icons.js';
import { createInstallationBar } from './installation.js';
import { moveAmongMessages } from './messagekeys.js';
import { createMessageList } from './messagelist.js';
import { createNews } from './news.js';
import { compareIds } from './readmarks.js';
import { excerptOf } from './richtext.js';
import { createScroller } from './scroller.js';
import { createThread } from './thread.js';
import { createTyping } from './typing.js';
import { createWatcher } from './watcher.js';

/**
 * @typedef {import('../protocol.ts').MessageView} Message
 *
 * @typedef {object} OpenConversation
 * @property {HTMLElement} element
 * @property {() => boolean} sync takes over everything the person's session has; call it before the element is shown.
 *   `false` where it shows messages that are no longer there: make a new one
 * @property {(message: Message, fresh: boolean) => void} put
 * @property {(name: string) => void} typing
 * @property {() => void} shown call when it becomes visible
 * @property {() => void} left call when another takes its place
 * @property {(id: string) => boolean} highlight `false` where there is no such message
 * @property {() => void} focus
 * @property {() => void} dispose
 *
 * @typedef {object} ConversationHost
 * @property {import('./settings.js').Settings} settings
 * @property {import('./person.js').Person} person
 * @property {HTMLElement} pane
 * @property {(target: { chat: string, message?: string }) => void} goTo
 * @property {(text: string) => void} tell shows a short line in the pane
 * @property {(text: string) => void} announce to screen readers
 */

/**
 * @param {ConversationHost} host
 * @param {string} id of a conversation that the person has
 * @returns {OpenConversation}
 */
export function createOpenConversation(host, id) {
  const { settings, person } = host;
  const { texts } = settings;
  const about = person.conversations.get(id);
  // A chat of several looks like one of two; the bot hears there what mentions it.
  const kind = about?.kind === 'channel' ? 'channel' : 'personal';
  const name = about?.name ?? '';

  const list = h('div', { class: `message-list ${kind}` });
  const empty = h(
    'p',
    { class: 'empty' },
    kind === 'personal' ? texts.emptyPersonal(name) : texts.emptyChannel,
  );
  const box = h(
    'div',
    { class: 'message-box', role: 'region', 'aria-label': texts.messages(name), tabindex: '0' },
    empty,
    list,
  );
  const composer = createComposer({
    settings,
    person,
    conversation: id,
    kind,
    several: about?.kind !== 'personal',
    label: kind === 'personal' ? texts.write(name) : texts.writeChannel(name),
    openDialog: (start) => messageHost.openDialog(start),
    sent: () => scroller.toEnd(),
  });
  const typing = createTyping(texts);
  const element = h(
    'section',
    { class: 'conversation', 'aria-label': name, 'data-testid': `conversation-${id}` },
    h(
      'header',
      { class: 'conversation-head' },
      icon(kind === 'personal' ? 'chat' : iconOfChannel(about?.type)),
      h('h2', {}, name),
      about?.team && h('span', { class: 'team' }, about.team),
    ),
    box,
  );
  const scroller = createScroller(box, list, () => news.look());
  const news = createNews(texts, scroller, (message) => highlight(message));
  const installation = createInstallationBar(
    { settings, person, failed: (error) => messageHost.failed(error) },
    composer,
  );
  element.append(news.element, typing.element);
  if (about?.kind === 'personal') element.append(installation.element);
  element.append(composer.element);
  acceptDrops(element, texts, (files) => composer.addFiles(files));
  moveAmongMessages(box);

  const watcher = createWatcher(box);
  /** @type {Set<() => void>} */
  const leaving = new Set();
  /** @type {import('./message.js').MessageHost} */
  const messageHost = {
    settings,
    person,
    kind,
    find: (message) => person.conversations.get(id)?.messages.get(message),
    show: (message) => {
      if (!highlight(message)) host.tell(texts.messageGone);
    },
    goTo: host.goTo,
    ...(kind === 'personal' ? { quote: (message) => composer.quote(message) } : {}),
    openDialog: (start) =>
      openDialog({
        settings,
        person,
        conversation: id,
        over: host.pane,
        goTo: host.goTo,
        tell: host.tell,
        ...start,
      }),
    copyLink: (message) => void copyLink(message),
    failed: (error) => host.tell((error instanceof CallFailed && error.message) || texts.noAnswer),
    whenSeen: watcher.whenSeen,
    whenLeft(onLeft) {
      leaving.add(onLeft);
      return () => leaving.delete(onLeft);
    },
    resizing: () => scroller.pin(),
    resized: (expanded, part) => {
      scroller.settle();
      if (expanded) requestAnimationFrame(() => scroller.reveal(expanded, part));
    },
  };
  /** @type {Map<string, import('./thread.js').Thread>} */
  const threads = new Map();
  const chat = createMessageList(messageHost, list, { days: true });

  /** Ids of all messages that are shown. @type {Set<string>} */
  const placed = new Set();
  /** @param {Message} message */
  const place = (message) => {
    placed.add(message.id);
    if (kind === 'personal') {
      chat.put(message);
      return;
    }
    const root = message.replyTo ?? message.id;
    let thread = threads.get(root);
    if (!thread) {
      // A reply may arrive before the message it answers to has been loaded.
      const first = messageHost.find(root) ?? message;
      thread = createThread(messageHost, id, first);
      threads.set(root, thread);
      if (first.id === root) thread.put(first);
    }
    thread.put(message);
    if (!list.contains(thread.element)) insert(root, thread);
  };

  /** @param {string} root @param {import('./thread.js').Thread} thread */
  const insert = (root, thread) => {
    const ordered = [...threads.keys()].sort(compareIds);
    const next = threads.get(ordered[ordered.indexOf(root) + 1] ?? '');
    list.insertBefore(thread.element, next?.element ?? null);
    let last = '';
    for (const one of ordered) {
      const day = settings.format.day(messageHost.find(one)?.at ?? Number(one));
      threads.get(one)?.setDay(day === last ? undefined : day);
      last = day;
    }
  };

  /** @param {string} message */
  const elementOf = (message) => {
    if (kind === 'personal') return chat.element(message);
    const found = messageHost.find(message);
    return threads.get(found?.replyTo ?? message)?.reach(message);
  };

  /** @param {string} message */
  const highlight = (message) => {
    const entry = elementOf(message);
    const article = entry?.querySelector('article');
    if (!entry || !(article instanceof HTMLElement)) return false;
    scroller.reveal(entry);
    article.classList.remove('highlight');
    // Restarts the animation where the same message is highlighted twice.
    void article.offsetWidth;
    article.classList.add('highlight');
    article.addEventListener('animationend', () => article.classList.remove('highlight'), { once: true });
    article.focus({ preventScroll: true });
    return true;
  };

  /** @param {Message} message */
  const copyLink = async (message) => {
    const hash = formatHash([{ person: person.id, chat: id, message: message.id }]);
    try {
      await navigator.clipboard.writeText(`${location.origin}${location.pathname}${hash}`);
      host.tell(texts.linkCopied);
    } catch {
      host.tell(texts.linkNotCopied);
    }
  };

  return {
    element,
    sync() {
      const messages = [...(person.conversations.get(id)?.messages.values() ?? [])];
      const present = new Set(messages.map((message) => message.id));
      if ([...placed].some((message) => !present.has(message))) return false;
      // Threads are made complete before they are shown, so that a long one is folded only once.
      for (const message of messages) place(message);
      empty.hidden = messages.length > 0;
      if (about?.kind === 'personal') installation.draw();
      scroller.settle();
      return true;
    },
    put(message, fresh) {
      const mine = !message.from.bot && person.isMe(message.from.id);
      const wasAtEnd = scroller.atEnd();
      place(message);
      empty.hidden = true;
      if (message.from.bot) typing.stop();
      if (!fresh || message.deleted) return;
      if (mine && message.replyTo === undefined) scroller.toEnd();
      else if (wasAtEnd) scroller.toEnd();
      if (mine) return;
      host.announce(texts.saidBy(message.from.name, excerptOf(message, texts)));
      const entry = elementOf(message.id);
      if (entry && !(wasAtEnd && scroller.sees(entry))) news.add(message.id, entry);
    },
    typing: (who) => typing.show(who),
    shown: () => scroller.restore(),
    left() {
      for (const onLeft of leaving) onLeft();
    },
    highlight,
    focus: () => composer.focus(),
    dispose() {
      chat.dispose();
      for (const thread of threads.values()) thread.dispose();
      watcher.dispose();
      scroller.dispose();
      typing.stop();
      fill(element);
    },
  };
}
