// @ts-check
/** Editing what one has written, where it stands. */

import { CallFailed, postEdit } from './api.js';
import { h } from './elements.js';

/**
 * @typedef {object} EditHost
 * @property {import('./person.js').Person} person
 * @property {import('./settings.js').Settings} settings
 * @property {(error: unknown) => void} failed
 */

/**
 * Puts a field in the place of the message's text until it is saved, with Enter, or left, with Escape.
 * @param {HTMLElement} body
 * @param {import('../protocol.ts').MessageView} message
 * @param {EditHost} host
 * @param {() => void} done draws the message again
 */
export function editMessage(body, message, { person, settings, failed }, done) {
  const { texts } = settings;
  const field = h('textarea', {
    class: 'edit-field',
    'aria-label': texts.editMessage,
    'data-testid': `edit-field-${message.id}`,
    rows: '3',
  });
  field.value = message.text ?? '';
  const save = async () => {
    const text = field.value.trim();
    if (text === '' || text === message.text) {
      done();
      return;
    }
    try {
      const { conversation, id } = message;
      await postEdit({ as: person.id, conversation, message: id, text, locale: settings.locale });
      done();
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      failed(error);
    }
  };
  field.onkeydown = (event) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void save();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      done();
    }
  };
  const button = { type: 'button', class: 'button small' };
  body.replaceChildren(
    field,
    h(
      'div',
      { class: 'edit-buttons' },
      h(
        'button',
        { ...button, 'data-testid': `save-${message.id}`, onclick: () => void save() },
        texts.saveEdit,
      ),
      h('button', { ...button, onclick: done }, texts.cancel),
    ),
  );
  field.focus();
}
