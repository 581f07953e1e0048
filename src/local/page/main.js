// @ts-check
/**
 * The page of local Teams: one pane per person, side by side where there is room.
 *
 * What end-to-end tests may hold on to (`data-testid`):
 *
 * - `pane-<n>`, from 1: a pane; within it `person-switcher` (a select, values are `aadObjectId`s), `close-pane`
 * - `chat-<conversation id>`: an entry of the list of chats; `conversation-<conversation id>`: that conversation
 * - `chat-menu`: what one may do with the chat with the bot: `delete-chat`, asked once more by `delete-chat-confirm`, and
 *   `install-app`, `uninstall-app`, `block-app`, `unblock-app`; `installation` stands there instead of the place to write
 *   where the app is not there, with `installation-add`
 * - `message-<id>`: a message; within it `react-<id>`, in a chat `quote-<id>`, `menu-<id>`, `reaction-<type>`
 * - in menus: `pick-<reaction>`, `command-<message action id>`, `refresh-card`, `edit-message`,
 *   `delete-message`, `copy-link`
 * - `card-<message id>`: the message's card, `card-<message id>-<n>` for the second (n = 1) and further ones; its
 *   `aria-busy` is on while a press is under way, `.notice` below it holds what the bot or the client said
 * - `extension`: the message extension's menu, with `command-<id>`; `search` its panel, with `search-words`,
 *   `search-result`, `search-close`; `card-to-send`: a card that goes into the message
 * - `command-box`: the same at the top of a pane; `found` the card of a result, with `found-close`
 * - `composer`, `send`, `attach`, `files` (the file input), `attachment`, `mention`, `mentioned`: to write
 * - `thread-<root id>`, `reply-<root id>` opens its box: `composer-<root id>`, `send-<root id>`, …
 * - `typing`, `new-messages`
 * - `dialog`, `dialog-close`
 * - `mails`: what the bot sent outside, where one of the people is `outside`; within it `mail-<id>` with `answer-<id>`, which
 *   opens `answer-text-<id>`, and `answer-send-<id>`
 * - `tools` opens the bar: `clock-now` (its `datetime` is the local time), `advance-<minutes>` for 15, 60, 240, 1440
 *   and 10080, `advance-amount`, `advance-unit`, `advance-go`, `fault-kind`, `fault-times`, `fault-apply`,
 *   `client`, `reset`, `reset-confirm`
 * - `add-pane`, `connection-lost`, `spoken` (what screen readers are told, outside of all panes)
 *
 * A conversation or a person that is not shown is not in the document, so that an id is there once per pane.
 *
 * The address: `?lang=it|en`, `?theme=light|dark`, `?client=ios|android|old` (`?cards=1.2` is the old one), and `#as=<person>&chat=<conversation>|as=…`.
 */

import { fetchSession } from './api.js';
import { fill, h, iconButton } from './elements.js';
import { nameControls } from './hostconfig.js';
import { icon } from './icons.js';
import { createPanes } from './panes.js';
import { forgetReadMarks } from './readmarks.js';
import { readSettings } from './settings.js';
import { createTools } from './tools.js';

const RETRY_MS = 1_500;
const SPOKEN_MS = 10_000;

const settings = readSettings();
const { texts } = settings;
document.title = texts.title;
nameControls(texts);

const banner = h('div', { 'data-testid': 'connection-lost' });
const stage = h('main', { class: 'panes' }, h('p', { class: 'waiting', role: 'status' }, texts.loading));
const addPane = iconButton(icon('add'), texts.addPane, { 'data-testid': 'add-pane', disabled: true });
const tools = createTools(settings, addPane);
const app = document.getElementById('app');
const spoken = h('div', { class: 'spoken', role: 'log', 'aria-live': 'polite', 'data-testid': 'spoken' });
if (app) fill(app, h('h1', { class: 'spoken' }, texts.title), tools.element, banner, stage, spoken);

/** Tells screen readers what arrived. A line that has been read out is of no more use to anybody. */
const announce = (/** @type {string} */ text) => {
  const line = h('p', {}, text);
  spoken.append(line);
  setTimeout(() => line.remove(), SPOKEN_MS);
};

/** @param {boolean} lost */
const showConnection = (lost) => {
  if (lost === banner.childElementCount > 0) return;
  fill(banner, lost && h('p', { class: 'banner', role: 'alert' }, icon('warning'), texts.connectionLost));
};

/** @param {import('./person.js').PersonChange} change */
const hear = (change) => {
  if (change.type === 'clock') tools.setClock(change.now);
  else if (change.type === 'state') showConnection(change.state === 'lost');
  else if (change.type === 'loaded') showConnection(false);
  else if (change.type === 'reset') forgetReadMarks();
};

const firstSession = async () => {
  for (;;) {
    try {
      return await fetchSession(undefined);
    } catch {
      showConnection(true);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
};

const session = await firstSession();
showConnection(false);
tools.setClock(session.now);
stage.replaceChildren();
/** @type {import('./panes.js').Panes | undefined} */
let panes;
const showRoom = () => addPane.toggleAttribute('disabled', panes?.full() ?? true);
panes = await createPanes(settings, stage, session, { changed: showRoom, announce, heard: hear });
showRoom();
addPane.addEventListener('click', () => void panes?.add());
