// @ts-check
/** One person in one pane: their conversations and the one that is open. Survives while the pane shows somebody else. */

import { CallFailed } from './api.js';
import { createChatList, readAll } from './chatlist.js';
import { createCommandBox } from './commandbox.js';
import { createOpenConversation } from './conversation.js';
import { fill, h } from './elements.js';

/**
 * @typedef {object} PersonView
 * @property {HTMLElement} element
 * @property {HTMLElement} [commandBox] for the pane's head
 * @property {() => string | undefined} chat the open conversation
 * @property {(target: { chat?: string, message?: string }) => void} goTo
 * @property {() => void} wake shows it and keeps it current
 * @property {() => void} rest
 *
 * @typedef {object} PersonViewHost
 * @property {import('./settings.js').Settings} settings
 * @property {import('./person.js').Person} person
 * @property {HTMLElement} pane
 * @property {'personal' | 'channel'} prefers the kind of conversation that is opened when none is asked for
 * @property {() => void} moved another conversation was opened
 * @property {(text: string) => void} announce to screen readers
 * @property {(change: import('./person.js').PersonChange) => void} heard
 */

/**
 * @param {PersonViewHost} host
 * @param {{ chat?: string, message?: string }} first
 * @returns {PersonView}
 */
export function createPersonView(host, first) {
  const { settings, person } = host;
  const { texts } = settings;
  /** @type {Map<string, import('./conversation.js').OpenConversation>} */
  const open = new Map();
  /** @type {string | undefined} */
  let current;
  let wanted = first;
  /** @type {(() => void) | undefined} */
  let stop;

  const list = createChatList(
    settings,
    person,
    (id) => {
      goTo({ chat: id });
      if (matchMedia('(hover: hover)').matches) open.get(id)?.focus();
    },
    (error) => tell((error instanceof CallFailed && error.message) || texts.noAnswer),
  );
  const stage = h('div', { class: 'stage' }, h('p', { class: 'waiting', role: 'status' }, texts.loading));
  const toast = h('div', { class: 'toast', role: 'status' });
  const element = h('div', { class: 'person-view' }, list.element, stage, toast);

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let toastTimer;
  /** @param {string} text */
  const tell = (text) => {
    clearTimeout(toastTimer);
    toast.textContent = text;
    toastTimer = setTimeout(() => fill(toast), 6_000);
  };
  const announce = (/** @type {string} */ text) =>
    host.announce(texts.saidBy(person.session()?.me.name ?? '', text));

  /** @param {{ chat?: string, message?: string }} target */
  const goTo = ({ chat, message }) => {
    if (chat !== undefined && !person.conversations.has(chat)) {
      tell(texts.noAccess);
      return;
    }
    const id = chat ?? preferred();
    if (id === undefined) return;
    let conversation = open.get(id);
    if (!conversation) {
      conversation = createOpenConversation(
        { settings, person, pane: host.pane, goTo: (target) => goTo(target), tell, announce },
        id,
      );
      open.set(id, conversation);
      conversation.sync();
    }
    if (current !== id) {
      // The others wait outside of the document: what was typed for a message waits with them, and on a card it does not.
      if (current !== undefined) open.get(current)?.left();
      fill(stage, conversation.element);
      current = id;
      conversation.shown();
      list.select(id);
      host.moved();
    }
    read();
    if (message !== undefined && !conversation.highlight(message)) tell(texts.messageGone);
  };

  const commandBox = createCommandBox({
    ...{ settings, person, pane: host.pane, tell },
    goTo: (target) => goTo(target),
  });

  const forget = (/** @type {string} */ id) => {
    open.get(id)?.dispose();
    open.delete(id);
    if (id !== current) return;
    wanted = { chat: id };
    current = undefined;
  };

  const preferred = () => {
    const all = [...person.conversations.values()];
    return (all.find(({ kind }) => kind === host.prefers) ?? all[0])?.id;
  };

  const read = () => {
    if (current !== undefined && stop && document.visibilityState === 'visible') readAll(person, current);
    list.count();
  };

  /** @param {import('./person.js').PersonChange} change */
  const hear = (change) => {
    switch (change.type) {
      case 'loaded':
        list.draw();
        commandBox.draw();
        for (const [id, conversation] of open) if (!conversation.sync()) forget(id);
        if (current === undefined) {
          const { chat, message } = wanted;
          goTo(
            chat !== undefined && person.conversations.has(chat)
              ? { chat, ...(message ? { message } : {}) }
              : {},
          );
        } else list.select(current);
        read();
        break;
      case 'message':
        open.get(change.message.conversation)?.put(change.message, change.fresh);
        // In the conversation that is open it is seen anyway.
        if (change.fresh && change.message.alert && change.message.conversation !== current)
          tell(texts.alerted(change.message.summary ?? change.message.text ?? ''));
        read();
        break;
      case 'typing':
        open.get(change.conversation)?.typing(change.name);
        break;
      case 'reset':
        for (const id of open.keys()) forget(id);
        fill(stage, h('p', { class: 'waiting', role: 'status' }, texts.resetDone));
        break;
      case 'failed':
        if (current === undefined) fill(stage, h('p', { class: 'waiting', role: 'alert' }, texts.noAnswer));
        break;
      case 'clock':
      case 'state':
        break;
    }
    host.heard(change);
  };

  return {
    element,
    commandBox: commandBox.element,
    chat: () => current ?? wanted.chat,
    goTo(target) {
      if (person.session()) goTo(target);
      else wanted = target;
    },
    wake() {
      document.addEventListener('visibilitychange', read);
      stop ??= person.watch(hear);
      if (person.session() && current === undefined) hear({ type: 'loaded' });
      if (current !== undefined) open.get(current)?.shown();
    },
    rest() {
      document.removeEventListener('visibilitychange', read);
      stop?.();
      stop = undefined;
    },
  };
}
