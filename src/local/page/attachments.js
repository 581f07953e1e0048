// @ts-check
/** Files on their way into a message: chosen, pasted or dropped, uploaded at once, removable until it is sent. */

import { CallFailed, uploadFile } from './api.js';
import { fill, h, iconButton } from './elements.js';
import { isPicture } from './filelinks.js';
import { icon } from './icons.js';

/** What local Teams takes; a bot may want less, and says so itself. */
const MAX_FILE_BYTES = 25 * 1024 * 1024;
const MAX_FILES = 10;

/**
 * @typedef {import('../protocol.ts').FileView} FileView
 *
 * @typedef {object} Attachments
 * @property {HTMLElement} element
 * @property {(files: Iterable<File>) => void} add
 * @property {() => readonly FileView[]} ready
 * @property {() => boolean} waiting an upload is under way
 * @property {() => void} clear after sending
 *
 * @typedef {{ file: FileView | undefined, element: HTMLElement, stop: AbortController }} Entry
 */

/**
 * @param {import('./settings.js').Settings} settings
 * @param {string} person
 * @param {{ channel: boolean, changed: () => void }} options
 * @returns {Attachments}
 */
export function createAttachments(settings, person, { channel, changed }) {
  const { texts, format } = settings;
  const list = h('ul', { class: 'attachments' });
  const notes = h('div', { class: 'attachment-notes', role: 'status' });
  const element = h('div', { class: 'attachment-area' }, list, notes);
  /** @type {Set<Entry>} */
  const entries = new Set();

  /** @param {string} text */
  const note = (text) => notes.append(h('p', { class: 'attachment-note' }, text));

  /** @param {Entry} entry */
  const remove = (entry) => {
    entry.stop.abort(new Error('removed'));
    entries.delete(entry);
    entry.element.remove();
    if (entries.size === 0) fill(notes);
    changed();
  };

  /** @param {string} name @param {string} detail */
  const show = (name, detail) => {
    const bar = h('progress', { max: '1', value: '0', 'aria-label': texts.uploading(name, 0) });
    const item = h(
      'li',
      { class: 'attachment', 'data-testid': 'attachment' },
      icon('file'),
      h('span', { class: 'file-name', title: name }, name),
      h('span', { class: 'file-size' }, detail),
      bar,
      iconButton(icon('close'), texts.removeFile(name), { class: 'small', onclick: () => remove(entry) }),
    );
    /** @type {Entry} */
    const entry = { file: undefined, element: item, stop: new AbortController() };
    entries.add(entry);
    list.append(item);
    return { entry, item, bar };
  };

  /** @param {HTMLElement} item @param {FileView} file */
  const picture = (item, { contentType, url }) => {
    if (isPicture(contentType)) item.querySelector('.icon')?.replaceWith(h('img', { src: url, alt: '' }));
  };

  /** @param {File} file */
  const upload = async (file) => {
    const { entry, item, bar } = show(file.name, format.size(file.size));
    try {
      const view = await uploadFile(
        person,
        file,
        (share) => {
          bar.value = share;
          bar.setAttribute('aria-label', texts.uploading(file.name, Math.round(share * 100)));
        },
        entry.stop.signal,
      );
      entry.file = view;
      bar.remove();
      item.setAttribute('data-ready', '');
      picture(item, view);
    } catch (error) {
      if (entry.stop.signal.aborted) return;
      const why = error instanceof CallFailed ? error.message || texts.noAnswer : texts.failed;
      remove(entry);
      note(texts.uploadFailed(file.name, why));
    }
    changed();
  };

  return {
    element,
    add(files) {
      fill(notes);
      for (const file of files) {
        if (entries.size >= MAX_FILES) {
          note(texts.tooManyFiles(MAX_FILES));
          break;
        }
        if (file.size > MAX_FILE_BYTES) {
          note(texts.fileTooLarge(file.name, format.size(file.size), format.size(MAX_FILE_BYTES)));
        } else if (file.size === 0) note(texts.fileEmpty(file.name));
        else if (channel && !file.type.startsWith('image/')) note(texts.channelFiles);
        else void upload(file);
      }
      changed();
    },
    ready: () => [...entries].flatMap(({ file }) => (file ? [file] : [])),
    waiting: () => [...entries].some(({ file }) => file === undefined),
    clear() {
      entries.clear();
      fill(list);
      fill(notes);
    },
  };
}
