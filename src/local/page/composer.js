// @ts-check
/** Where people write: text, files, a mention of the bot, a quoted message. Nothing written is lost when sending fails. */

import { CallFailed, postMessage, postTyping } from './api.js';
import { createAttachments } from './attachments.js';
import { fill, h, iconButton } from './elements.js';
import { extensionButton } from './extension.js';
import { icon } from './icons.js';
import { excerptOf } from './richtext.js';

const TYPING_EVERY_MS = 3_000;

/**
 * @typedef {import('../protocol.ts').MessageView} Message
 *
 * @typedef {object} Composer
 * @property {HTMLElement} element
 * @property {() => void} focus
 * @property {(message: Message) => void} quote
 * @property {(files: Iterable<File>) => void} addFiles
 *
 * @typedef {object} ComposerPlace
 * @property {import('./settings.js').Settings} settings
 * @property {import('./person.js').Person} person
 * @property {string} conversation
 * @property {'personal' | 'channel'} kind
 * @property {boolean} [several] whether others than the bot are there, so that it hears what mentions it only
 * @property {string} [root] of the thread it replies to
 * @property {string} label
 * @property {import('./message.js').MessageHost['openDialog']} openDialog
 * @property {() => void} [escape]
 * @property {() => void} [sent]
 */

/**
 * @param {ComposerPlace} place
 * @returns {Composer}
 */
export function createComposer(place) {
  const { settings, person, conversation, kind, several = kind === 'channel', root } = place;
  const { texts } = settings;
  const botName = person.session()?.bot.name ?? '';
  const suffix = root === undefined ? '' : `-${root}`;
  /** @type {Message | undefined} */
  let quoted;
  let mentionsBot = false;
  /** What the message extension gave, to go along as cards. @type {readonly import('../protocol.ts').SearchResult[]} */
  let cards = [];

  const field = h('textarea', {
    rows: '1',
    class: 'composer-text',
    'data-testid': `composer${suffix}`,
    'aria-label': place.label,
    placeholder: place.label,
    'aria-description': texts.sendHint,
    oninput: () => {
      changed();
      typing();
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => key(event),
    onpaste: (/** @type {ClipboardEvent} */ event) => {
      const pasted = [...(event.clipboardData?.files ?? [])];
      if (pasted.length === 0) return;
      event.preventDefault();
      files.add(pasted);
    },
  });
  const picker = h('input', {
    type: 'file',
    multiple: true,
    hidden: true,
    'data-testid': `files${suffix}`,
    onchange: () => {
      files.add(picker.files ?? []);
      picker.value = '';
    },
  });
  const send = iconButton(icon('send'), texts.send, {
    class: 'send',
    'data-testid': `send${suffix}`,
    onclick: () => void submit(),
  });
  const mention =
    several &&
    iconButton(icon('at'), texts.mention(botName), {
      'data-testid': `mention${suffix}`,
      onclick: () => {
        setMention(!mentionsBot);
        field.focus();
      },
    });
  if (mention) mention.title = `${texts.mention(botName)}. ${texts.unmentioned(botName)}`;
  const strip = h('div', { class: 'composer-strip' });
  const unsent = h('div');
  const files = createAttachments(settings, person.id, {
    channel: kind === 'channel',
    changed: () => changed(),
  });
  const element = h(
    'div',
    { class: root === undefined ? 'composer' : 'composer thread-composer' },
    unsent,
    strip,
    files.element,
    h(
      'div',
      { class: 'composer-row' },
      field,
      mention,
      iconButton(icon('attach'), texts.attach, {
        'data-testid': `attach${suffix}`,
        onclick: () => picker.click(),
      }),
      extensionButton({
        settings,
        person,
        conversation,
        ...(root === undefined ? {} : { root }),
        suffix,
        openDialog: (start) => place.openDialog({ ...(root === undefined ? {} : { root }), ...start }),
        insert: (result) => {
          setCards([...cards, result]);
          field.focus();
        },
      }),
      picker,
      send,
    ),
  );

  let typedAt = 0;
  /** Told of no more often than Teams does; nobody is waiting for it. */
  const typing = () => {
    if (Date.now() - typedAt < TYPING_EVERY_MS) return;
    typedAt = Date.now();
    postTyping({ as: person.id, conversation }).catch(() => {});
  };
  const changed = () => {
    const empty = field.value.trim() === '' && files.ready().length + cards.length === 0;
    send.toggleAttribute('aria-disabled', false);
    if (empty || files.waiting()) send.setAttribute('aria-disabled', 'true');
    grow(field);
  };

  const drawStrip = () => {
    fill(
      strip,
      quoted &&
        h(
          'div',
          { class: 'quote' },
          h('span', { class: 'quote-author' }, texts.quoting(quoted.from.name)),
          h('span', { class: 'quote-text' }, excerptOf(quoted, texts)),
          iconButton(icon('close'), texts.stopQuoting, {
            class: 'small',
            onclick: () => {
              quoted = undefined;
              drawStrip();
              field.focus();
            },
          }),
        ),
      ...cards.map((card) =>
        h(
          'div',
          { class: 'composer-card', 'data-testid': `card-to-send${suffix}` },
          h('span', { class: 'search-title' }, card.title),
          h('span', { class: 'search-text' }, card.text),
          iconButton(icon('close'), texts.removeCard(card.title), {
            class: 'small',
            onclick: () => {
              setCards(cards.filter((one) => one !== card));
              field.focus();
            },
          }),
        ),
      ),
      mentionsBot &&
        h(
          'span',
          { class: 'mention chip', 'data-testid': `mentioned${suffix}` },
          `@${botName}`,
          iconButton(icon('close'), texts.unmention(botName), {
            class: 'small',
            onclick: () => {
              setMention(false);
              field.focus();
            },
          }),
        ),
    );
  };

  /** @param {boolean} on */
  const setMention = (on) => {
    mentionsBot = on;
    if (mention) mention.setAttribute('aria-pressed', String(on));
    drawStrip();
  };

  /** @param {typeof cards} next */
  const setCards = (next) => {
    cards = next;
    drawStrip();
    changed();
  };

  /** @param {KeyboardEvent} event */
  const key = (event) => {
    // An input method takes Enter for itself.
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void submit();
    } else if (event.key === 'Escape') place.escape?.();
    else if (event.key === '@' && mention && !mentionsBot && atWordStart(field)) {
      event.preventDefault();
      setMention(true);
    } else if (event.key === 'Backspace' && mentionsBot && field.selectionEnd === 0) setMention(false);
  };

  const submit = async () => {
    const text = field.value.trim();
    const ready = files.ready();
    if (files.waiting() || (text === '' && ready.length + cards.length === 0)) return;
    const message = {
      as: person.id,
      conversation,
      text,
      ...(root === undefined ? {} : { replyTo: root }),
      ...(quoted === undefined ? {} : { quotes: quoted.id }),
      files: ready.map((file) => file.id),
      cards: cards.map(({ id }) => id),
      mentionsBot,
      locale: settings.locale,
    };
    field.value = '';
    quoted = undefined;
    cards = [];
    files.clear();
    setMention(false);
    fill(unsent);
    changed();
    await deliver(message, ready);
  };

  /**
   * @param {import('../protocol.ts').PostMessage} message
   * @param {readonly import('../protocol.ts').FileView[]} ready
   */
  const deliver = async (message, ready) => {
    try {
      await postMessage(message);
      place.sent?.();
    } catch (error) {
      const why = error instanceof CallFailed ? error.message || texts.noAnswer : texts.failed;
      const again = () => {
        fill(unsent);
        void deliver(message, ready);
      };
      const words = h('p', { class: 'unsent-text' }, `${texts.notSent} ${why}`, h('q', {}, message.text));
      const small = { type: 'button', class: 'button small' };
      fill(
        unsent,
        h(
          'div',
          { class: 'unsent', role: 'alert' },
          icon('warning'),
          words,
          h('button', { ...small, onclick: again }, texts.retry),
          h('button', { ...small, onclick: () => fill(unsent) }, texts.discard),
        ),
      );
    }
  };

  changed();
  return {
    element,
    focus: () => field.focus(),
    quote(message) {
      quoted = message;
      drawStrip();
      field.focus();
    },
    addFiles: (dropped) => files.add(dropped),
  };
}

/** @param {HTMLTextAreaElement} field */
function grow(field) {
  field.style.height = 'auto';
  if (field.scrollHeight > 0) field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
}

/** @param {HTMLTextAreaElement} field */
function atWordStart({ value, selectionStart }) {
  return selectionStart === 0 || /\s/.test(value[selectionStart - 1] ?? '');
}
