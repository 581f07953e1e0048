// @ts-check
/** Those who can be reached by e-mail only, as one more person: what the bot sent them, and their answers. */

import { CallFailed, fetchMails, postAnswer } from './api.js';
import { fill, h } from './elements.js';
import { openFeed } from './feed.js';
import { fileLink } from './filelinks.js';

/** @typedef {import('../protocol.ts').MailView} MailView */

/** As `OUTSIDE` in `protocol.ts`. */
const OUTSIDE = 'outside';

/**
 * How the outside stands among the people.
 * @param {import('./texts.js').Texts} texts
 * @returns {import('../protocol.ts').LocalUser}
 */
export function outsideUser(texts) {
  return {
    aadObjectId: OUTSIDE,
    name: texts.outside,
    givenName: '',
    surname: '',
    email: '',
    userPrincipalName: '',
    role: { it: texts.mail, en: texts.mail },
  };
}

/** @param {string} person */
export function isOutside(person) {
  return person === OUTSIDE;
}

/**
 * @param {import('./settings.js').Settings} settings
 * @param {{ announce: (text: string) => void, heard: (change: import('./person.js').PersonChange) => void }} host
 * @returns {import('./personview.js').PersonView}
 */
export function createOutsideView(settings, host) {
  const { texts } = settings;
  /** @type {Map<string, ReturnType<typeof createMail>>} */
  const shown = new Map();
  /** @type {(() => void) | undefined} */
  let stop;
  let events = 0;

  const empty = h('p', { class: 'empty', role: 'status' }, texts.loading);
  const list = h('div', {
    class: 'mails',
    role: 'region',
    'aria-label': texts.mails,
    'data-testid': 'mails',
  });
  const element = h(
    'div',
    { class: 'person-view' },
    h('section', { class: 'conversation' }, h('div', { class: 'message-box', tabindex: '0' }, empty, list)),
  );

  /** @param {MailView} mail */
  const put = (mail) => {
    const present = shown.get(mail.id);
    if (present) return present.update(mail);
    const one = createMail(settings, mail, put);
    shown.set(mail.id, one);
    list.prepend(one.element);
    empty.hidden = true;
  };
  /** @param {readonly MailView[]} mails the newest first */
  const show = (mails) => {
    const there = new Set(mails.map(({ id }) => id));
    for (const [id, one] of shown) {
      if (there.has(id)) continue;
      one.element.remove();
      shown.delete(id);
    }
    for (const mail of [...mails].reverse()) put(mail);
    empty.textContent = texts.noMails;
    empty.hidden = mails.length > 0;
  };
  const load = async () => {
    const heard = events;
    try {
      const mails = await fetchMails();
      // What came meanwhile may be newer.
      if (heard === events) show(mails);
      else void load();
    } catch {
      if (shown.size === 0) empty.textContent = texts.noAnswer;
    }
  };

  return {
    element,
    chat: () => undefined,
    goTo() {},
    wake() {
      stop ??= openFeed(OUTSIDE, {
        event(event) {
          events += 1;
          if (event.type === 'mail') {
            if (!shown.has(event.mail.id))
              host.announce(texts.saidBy(texts.mailFor(event.mail.to), event.mail.subject));
            put(event.mail);
          } else if (event.type === 'clock') host.heard(event);
          else if (event.type === 'reset') {
            host.heard(event);
            show([]);
          }
        },
        state(state) {
          host.heard({ type: 'state', state });
          // After a gap, and after the stream was opened.
          if (state === 'open') void load();
        },
      });
      void load();
    },
    rest() {
      stop?.();
      stop = undefined;
    },
  };
}

/**
 * @param {import('./settings.js').Settings} settings
 * @param {MailView} mail
 * @param {(mail: MailView) => void} answered
 */
function createMail(settings, mail, answered) {
  const { texts, format } = settings;
  const { id } = mail;
  const answers = h('div', { class: 'mail-answers' });
  const failed = h('p', { class: 'mail-failed', role: 'alert' });
  const text = h('textarea', {
    class: 'mail-text',
    rows: '4',
    'aria-label': texts.answerOf(mail.to),
    placeholder: texts.answerOf(mail.to),
    'data-testid': `answer-text-${id}`,
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Escape') close();
    },
  });
  const send = h(
    'button',
    { type: 'submit', class: 'button primary', 'data-testid': `answer-send-${id}` },
    texts.send,
  );
  const form = h(
    'form',
    { class: 'mail-form', hidden: true, onsubmit: (/** @type {Event} */ event) => void submit(event) },
    text,
    failed,
    h(
      'div',
      { class: 'mail-buttons' },
      send,
      h('button', { type: 'button', class: 'button', onclick: () => close() }, texts.cancel),
    ),
  );
  const open = h(
    'button',
    {
      type: 'button',
      class: 'button',
      'data-testid': `answer-${id}`,
      onclick: () => {
        open.hidden = true;
        form.hidden = false;
        text.focus();
      },
    },
    texts.reply,
  );
  const close = () => {
    form.hidden = true;
    open.hidden = false;
    failed.textContent = '';
    open.focus();
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (text.value.trim() === '') return text.focus();
    send.disabled = true;
    try {
      answered(await postAnswer({ mail: id, text: text.value }));
      text.value = '';
      close();
    } catch (error) {
      failed.textContent = (error instanceof CallFailed && error.message) || texts.noAnswer;
    } finally {
      send.disabled = false;
    }
  };

  /** @param {MailView} now */
  const update = (now) => {
    fill(
      answers,
      ...now.answers.map((answer) =>
        h(
          'div',
          { class: 'mail-answer' },
          h('p', { class: 'mail-about' }, texts.answerOf(now.to), ' · ', format.moment(answer.at)),
          h('p', { class: 'mail-words' }, answer.text),
        ),
      ),
    );
  };
  update(mail);

  const element = h(
    'article',
    { class: 'mail', 'aria-label': mail.subject, 'data-testid': `mail-${id}` },
    h('p', { class: 'mail-about' }, texts.mailFor(mail.to), ' · ', format.moment(mail.at)),
    h('h3', {}, mail.subject),
    h('p', { class: 'mail-words' }, mail.text),
    mail.files.length > 0 &&
      h('div', { class: 'file-slot' }, ...mail.files.map((file) => fileLink(file, settings))),
    answers,
    form,
    open,
  );
  return { element, update };
}
