// @ts-check
/** One message, kept current in place: only the parts that changed are drawn anew. */

import { postDeletion, postRestoration } from './api.js';
import { followLinksIn } from './deeplinks.js';
import { fill, h, iconButton } from './elements.js';
import { fileLink } from './filelinks.js';
import { icon } from './icons.js';
import { openMenu } from './menu.js';
import { createMessageCard } from './messagecard.js';
import { editMessage } from './messageedit.js';
import { avatar } from './people.js';
import { noteRefusal } from './phones.js';
import { openReactionPicker, reactionRow } from './reactions.js';
import { excerptOf, messageBody } from './richtext.js';

/**
 * @typedef {import('../protocol.ts').MessageView} Message
 *
 * @typedef {object} MessageElement
 * @property {HTMLElement} element
 * @property {(message: Message) => void} update
 * @property {(where: { day: string | undefined, follows: boolean }) => void} place `follows`: same author as just before
 * @property {() => void} dispose
 *
 * @typedef {object} MessageHost what a message needs of the conversation it stands in
 * @property {import('./settings.js').Settings} settings
 * @property {import('./person.js').Person} person
 * @property {'personal' | 'channel'} kind
 * @property {(id: string) => Message | undefined} find
 * @property {(id: string) => void} show scrolls to a message and highlights it
 * @property {(target: { chat: string, message?: string }) => void} goTo
 * @property {(message: Message) => void} [quote] where messages are quoted: in a chat
 * @property {(start: { message?: string, command?: string, root?: string, data: Record<string, unknown>, title: string,
 *   insert?: (results: readonly import('../protocol.ts').SearchResult[]) => void }) => Promise<void>} openDialog
 * @property {(message: Message) => void} copyLink
 * @property {(error: unknown) => void} failed
 * @property {(element: HTMLElement, onSeen: () => void) => () => void} whenSeen
 * @property {(onLeft: () => void) => () => void} whenLeft
 * @property {() => void} resizing just before a card is drawn anew
 * @property {(expanded?: HTMLElement, part?: HTMLElement) => void} resized just after; `expanded` should come into view,
 *   or that part of it where there is no room
 */

/**
 * @param {MessageHost} host
 * @param {Message} first
 * @returns {MessageElement}
 */
export function createMessage(host, first) {
  const { settings, person } = host;
  const { texts } = settings;
  const mine = !first.from.bot && person.isMe(first.from.id);
  /** @type {Message} */
  let message = first;
  /** @type {import('./messagecard.js').MessageCard[]} */
  let cards = [];

  const day = h('div', { class: 'day', role: 'separator', hidden: true });
  const edited = h('span', { class: 'edited' });
  const time = h('time', { datetime: new Date(first.at).toISOString() }, settings.format.time(first.at));
  time.title = settings.format.moment(first.at);
  const quote = h('div', { class: 'quote-slot' });
  const body = h('div', { class: 'body-slot' });
  const cardSlot = h('div', { class: 'card-slot' });
  const files = h('div', { class: 'file-slot' });
  const reactions = h('div', { class: 'reaction-slot' });
  const tools = h('div', { class: 'message-tools' });
  const article = h(
    'article',
    {
      class: `message ${mine ? 'mine' : first.from.bot ? 'from-bot' : 'theirs'}`,
      'data-testid': `message-${first.id}`,
      'aria-label': `${first.from.name}, ${settings.format.time(first.at)}`,
      tabindex: '-1',
    },
    avatar(first.from),
    h(
      'div',
      { class: 'message-main' },
      h(
        'header',
        { class: 'message-head' },
        h('span', { class: 'author' }, first.from.name),
        first.from.bot && h('span', { class: 'badge' }, texts.bot),
        time,
        edited,
      ),
      h('div', { class: 'content' }, quote, body, cardSlot, files),
      reactions,
    ),
    tools,
  );
  const element = h('div', { class: 'entry' }, day, article);
  followLinksIn(body, host.goTo);

  const drawCards = () => {
    // A card that stays is not touched: taking it out and putting it back would take the focus from it.
    while (cards.length > message.cards.length) {
      const gone = cards.pop();
      gone?.dispose();
      gone?.element.remove();
    }
    for (const base of message.cards) noteRefusal(base, message.refusedByPhones);
    cards.forEach((card, index) => {
      card.setBase(message.cards[index]);
    });
    for (const base of message.cards.slice(cards.length)) {
      const card = createMessageCard({
        settings,
        person,
        conversation: message.conversation,
        message: message.id,
        testId: cards.length === 0 ? `card-${message.id}` : `card-${message.id}-${cards.length}`,
        goTo: host.goTo,
        openDialog: (start) => host.openDialog({ message: message.id, ...start }),
        whenSeen: host.whenSeen,
        whenLeft: host.whenLeft,
        resizing: host.resizing,
        resized: host.resized,
      });
      card.setBase(base);
      cards = [...cards, card];
      cardSlot.append(card.element);
    }
  };

  const drawTools = () => {
    if (message.deleted) {
      fill(tools);
      return;
    }
    const react = iconButton(icon('react'), texts.react, {
      class: 'tool-button',
      'data-testid': `react-${message.id}`,
      onclick: () => openReactionPicker(react, message, person, texts, host.failed),
    });
    // In a channel the thread's own button stands below.
    const answer = host.quote
      ? [
          iconButton(icon('quote'), texts.quote, {
            class: 'tool-button',
            'data-testid': `quote-${message.id}`,
            onclick: () => host.quote?.(message),
          }),
        ]
      : [];
    const more = iconButton(icon('more'), texts.messageMenu, {
      class: 'tool-button',
      'data-testid': `menu-${message.id}`,
      onclick: () => openMenu(more, menuItems(), { label: texts.messageMenu }),
    });
    fill(tools, react, ...answer, more);
    reachTools(false);
  };
  // Three stops of Tab for every message would be too many: there are none but in the message that has the focus.
  const reachTools = (/** @type {boolean} */ reach) => {
    for (const button of tools.querySelectorAll('button')) button.tabIndex = reach ? 0 : -1;
  };
  article.addEventListener('focusin', () => reachTools(true));
  article.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && article.contains(relatedTarget))) reachTools(false);
  });

  const editItem = () => ({
    label: texts.editMessage,
    picture: icon('edit'),
    testId: 'edit-message',
    run: () => editMessage(body, message, host, drawText),
  });
  const deleteItem = () => ({
    label: texts.deleteMessage,
    picture: icon('delete'),
    testId: 'delete-message',
    run: () => {
      const { conversation, id } = message;
      postDeletion({ as: person.id, conversation, message: id }).catch(host.failed);
    },
  });
  const undoButton = () =>
    h(
      'button',
      {
        type: 'button',
        class: 'text-button',
        'data-testid': `undo-${message.id}`,
        onclick: () => {
          const { conversation, id } = message;
          postRestoration({ as: person.id, conversation, message: id }).catch(host.failed);
        },
      },
      texts.undoDelete,
    );
  const drawText = () =>
    fill(
      body,
      message.deleted
        ? h('p', { class: 'text gone' }, texts.deleted, ' ', mine && undoButton())
        : (message.text ?? '') !== '' && messageBody(message),
    );

  const menuItems = () => {
    const all = person.session()?.bot.commands ?? [];
    const commands = all.filter(({ type, contexts }) => type === 'action' && contexts.includes('message'));
    return [
      ...(mine ? [editItem()] : []),
      // In a channel its owners may delete what anybody wrote there, the bot too; in a chat nobody may.
      ...(mine || (message.from.bot && host.kind === 'channel') ? [deleteItem()] : []),
      ...commands.map(({ id, title }) => ({
        label: title[settings.language],
        picture: icon('chat'),
        testId: `command-${id}`,
        run: () =>
          void host.openDialog({
            message: message.id,
            command: id,
            data: {},
            title: title[settings.language],
          }),
      })),
      ...(cards.some((card) => card.canRefresh())
        ? [
            {
              label: texts.refreshCard,
              picture: icon('refresh'),
              testId: 'refresh-card',
              run: () => cards.filter((card) => card.canRefresh()).forEach((card) => void card.refresh()),
            },
          ]
        : []),
      {
        label: texts.copyLink,
        picture: icon('link'),
        testId: 'copy-link',
        run: () => host.copyLink(message),
      },
    ];
  };

  /** @param {Message} next @param {Message | undefined} before */
  const draw = (next, before) => {
    message = next;
    article.classList.toggle('deleted', message.deleted);
    edited.textContent = message.editedAt && !message.deleted ? texts.edited : '';
    if (message.editedAt) edited.title = settings.format.moment(message.editedAt);
    if (!before || before.quotes !== message.quotes)
      fill(quote, message.quotes && quoted(host, message.quotes));
    if (!before || textOf(before) !== textOf(message)) drawText();
    if (!before || !same(before.files, message.files))
      fill(files, ...message.files.map((one) => fileLink(one, settings)));
    if (!before || !same(before.reactions, message.reactions)) {
      fill(reactions, reactionRow(message, person, texts, host.failed));
    }
    if (!before || before.deleted !== message.deleted) drawTools();
    if (!before || !same(before.cards, message.cards)) drawCards();
  };
  draw(first, undefined);

  return {
    element,
    update(next) {
      draw(next, message);
    },
    place({ day: name, follows }) {
      day.hidden = name === undefined;
      day.textContent = name ?? '';
      article.classList.toggle('follows', follows);
    },
    dispose() {
      for (const card of cards) card.dispose();
    },
  };
}

/**
 * @param {MessageHost} host
 * @param {string} id
 */
function quoted(host, id) {
  const { texts } = host.settings;
  const original = host.find(id);
  if (!original) return h('p', { class: 'quote gone' }, texts.quoteGone);
  return h(
    'button',
    { type: 'button', class: 'quote', onclick: () => host.show(id) },
    h('span', { class: 'quote-author' }, original.from.name),
    h('span', { class: 'quote-text' }, excerptOf(original, texts)),
  );
}

/** @param {Message} message */
function textOf({ deleted, text, textFormat }) {
  return JSON.stringify([deleted, text, textFormat]);
}

/** @param {unknown} a @param {unknown} b */
function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
