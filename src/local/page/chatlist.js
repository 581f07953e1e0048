// @ts-check
/** A person's conversations: the chat with the bot, then the channels of each team, with what is unread. */

import { chatMenuButton } from './chatmenu.js';
import { h } from './elements.js';
import { icon, iconOfChannel } from './icons.js';
import { compareIds, markRead, readUpTo } from './readmarks.js';

/**
 * @typedef {import('./person.js').Conversation} Conversation
 *
 * @typedef {object} ChatList
 * @property {HTMLElement} element
 * @property {() => void} draw after the conversations themselves have changed
 * @property {() => void} count after messages have changed
 * @property {(id: string) => void} select
 */

/**
 * @param {import('./settings.js').Settings} settings
 * @param {import('./person.js').Person} person
 * @param {(id: string) => void} choose
 * @param {(error: unknown) => void} failed
 * @returns {ChatList}
 */
export function createChatList(settings, person, choose, failed) {
  const { texts } = settings;
  const element = h('nav', { class: 'chat-list', 'aria-label': texts.chats });
  /** @type {Map<string, { button: HTMLButtonElement, badge: HTMLElement, name: string }>} */
  const entries = new Map();
  let selected = '';
  let drawn = '';

  element.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const buttons = [...entries.values()].map(({ button }) => button);
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (at < 0) return;
    if (step !== undefined) buttons[(at + step + buttons.length) % buttons.length]?.focus();
    else if (event.key === 'Home') buttons[0]?.focus();
    else if (event.key === 'End') buttons.at(-1)?.focus();
    else return;
    event.preventDefault();
  });

  /** @param {Conversation} conversation */
  const entry = ({ id, kind, name, team, type }) => {
    const badge = h('span', { class: 'unread', hidden: true });
    const button = h(
      'button',
      {
        type: 'button',
        class: 'chat-entry',
        'data-testid': `chat-${id}`,
        title: team ? `${team} · ${name}` : name,
        onclick: () => choose(id),
      },
      icon(kind !== 'channel' ? 'chat' : iconOfChannel(type)),
      h('span', { class: 'chat-name' }, name),
      badge,
    );
    entries.set(id, { button, badge, name });
    const menu = kind === 'personal' && chatMenuButton({ settings, person, failed }, id);
    return h('li', {}, button, menu);
  };

  const count = () => {
    for (const [id, { button, badge, name }] of entries) {
      const n = unreadIn(person, id);
      badge.hidden = n === 0;
      badge.textContent = n > 99 ? '99+' : String(n);
      button.classList.toggle('has-unread', n > 0);
      button.setAttribute('aria-label', n === 0 ? name : `${name}, ${texts.unread(n)}`);
    }
  };

  const select = (/** @type {string} */ id) => {
    selected = id;
    for (const [other, { button }] of entries) {
      const current = other === id;
      button.tabIndex = current || !entries.has(selected) ? 0 : -1;
      if (current) {
        button.setAttribute('aria-current', 'true');
        // Not scrollIntoView: that would move the whole page as well.
        element.scrollLeft = button.offsetLeft - element.clientWidth / 2 + button.offsetWidth / 2;
      } else button.removeAttribute('aria-current');
    }
  };

  return {
    element,
    draw() {
      const all = [...person.conversations.values()];
      const shape = JSON.stringify(all.map(({ id, name, team }) => [id, name, team]));
      if (shape === drawn) {
        count();
        return;
      }
      drawn = shape;
      entries.clear();
      const teams = new Set(all.flatMap(({ team }) => team ?? []));
      element.replaceChildren(
        group(texts.personalChats, all.filter(({ kind }) => kind !== 'channel').map(entry)),
        ...[...teams].map((team) => group(team, all.filter((one) => one.team === team).map(entry))),
      );
      select(selected);
      count();
    },
    count,
    select,
  };
}

/**
 * @param {import('./person.js').Person} person
 * @param {string} conversation
 */
export function readAll(person, conversation) {
  const last = [...(person.conversations.get(conversation)?.messages.keys() ?? [])].at(-1);
  return last !== undefined && markRead(person.id, conversation, last);
}

/**
 * @param {import('./person.js').Person} person
 * @param {string} conversation
 * @returns {number}
 */
function unreadIn(person, conversation) {
  const upTo = readUpTo(person.id, conversation);
  let unread = 0;
  for (const { id, from, deleted } of person.conversations.get(conversation)?.messages.values() ?? []) {
    if (!deleted && (from.bot || !person.isMe(from.id)) && compareIds(id, upTo) > 0) unread += 1;
  }
  return unread;
}

/** @param {string} name @param {HTMLElement[]} items */
function group(name, items) {
  return h('section', { class: 'chat-group' }, h('h3', {}, name), h('ul', {}, ...items));
}
