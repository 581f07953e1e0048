// @ts-check
/**
 * The message extension below the place to write or in the command box: its commands in a menu, and a panel to search in,
 * whose results go into the message as cards or are looked at.
 */

import { askSearch, askSelection } from './api.js';
import { fill, h, iconButton, uniqueId } from './elements.js';
import { icon } from './icons.js';
import { openMenu } from './menu.js';

/** Teams waits for a pause in the typing, too. */
const PAUSE_MS = 300;

/**
 * @typedef {import('../protocol.ts').BotCommand} BotCommand
 * @typedef {import('../protocol.ts').SearchResult} SearchResult
 *
 * @typedef {object} ExtensionPlace
 * @property {import('./settings.js').Settings} settings
 * @property {import('./person.js').Person} person
 * @property {'compose' | 'commandBox'} [context] the place to write where it is not said
 * @property {string} conversation
 * @property {string} [root] of the thread that is written in
 * @property {string} suffix of the test ids
 * @property {(start: { command: string, title: string, data: Record<string, unknown>,
 *   insert: (results: readonly SearchResult[]) => void }) => Promise<void>} openDialog
 * @property {(result: SearchResult) => void} insert puts a card into the message that is being written, or shows it
 */

/**
 * @param {ExtensionPlace} place
 * @returns {HTMLButtonElement | false} the button, where the bot has commands here
 */
export function extensionButton(place) {
  const { settings, person, context = 'compose', suffix } = place;
  const { texts, language } = settings;
  const { commands = [], name = '' } = person.session()?.bot ?? {};
  const offered = commands.filter(({ contexts }) => contexts.includes(context));
  if (offered.length === 0) return false;
  /** @param {BotCommand} command */
  const run = ({ id, type, title, ...command }) => {
    if (type === 'query') openSearch(place, button, { id, type, title, ...command });
    else
      void place.openDialog({
        command: id,
        title: title[language],
        data: {},
        insert: (results) => {
          for (const result of results) place.insert(result);
        },
      });
  };
  const inBox = context === 'commandBox';
  const label = inBox ? texts.commandBox(name) : texts.extension(name);
  const button = iconButton(icon(inBox ? 'search' : 'apps'), label, {
    'data-testid': inBox ? 'command-box' : `extension${suffix}`,
    'aria-haspopup': 'menu',
    onclick: () =>
      openMenu(
        button,
        offered.map((command) => ({
          label: command.title[language],
          picture: icon(command.type === 'query' ? 'search' : 'add'),
          testId: `command-${command.id}`,
          run: () => run(command),
        })),
        { label },
      ),
  });
  return button;
}

/**
 * A panel at the button. Arrows move among the results, Enter takes one, Escape closes.
 * @param {ExtensionPlace} place
 * @param {HTMLElement} anchor gets the focus back
 * @param {BotCommand} command
 */
function openSearch(place, anchor, command) {
  const { settings, person } = place;
  const { texts, language, locale } = settings;
  const listId = uniqueId('search-results');
  /** @type {readonly SearchResult[]} */
  let results = [];
  let chosen = -1;
  let asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  const field = h('input', {
    type: 'search',
    class: 'search-field',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': listId,
    'aria-autocomplete': 'list',
    'aria-label': command.parameters[0]?.title[language] ?? command.title[language],
    placeholder: command.parameters[0]?.title[language] ?? '',
    'data-testid': 'search-words',
    oninput: () => {
      clearTimeout(pause);
      pause = setTimeout(() => void search(field.value.trim()), PAUSE_MS);
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => key(event),
  });
  const status = h('p', { class: 'search-status', role: 'status' });
  const list = h('div', {
    id: listId,
    class: 'search-results',
    role: 'listbox',
    'aria-label': texts.results,
  });
  const more = h(
    'button',
    {
      type: 'button',
      class: 'text-button',
      hidden: true,
      onclick: () => void search(field.value.trim(), results.length),
    },
    texts.moreResults,
  );
  const panel = h(
    'dialog',
    { class: 'search-panel', 'data-testid': 'search', 'aria-label': command.title[language] },
    h(
      'header',
      {},
      h('h2', {}, command.title[language]),
      iconButton(icon('close'), texts.close, { 'data-testid': 'search-close', onclick: () => panel.close() }),
    ),
    field,
    status,
    list,
    more,
  );

  const base = {
    as: person.id,
    conversation: place.conversation,
    ...(place.root === undefined ? {} : { root: place.root }),
    command: command.id,
    locale,
  };

  const search = async (/** @type {string} */ text, skip = 0) => {
    if (text === '' && !command.initialRun) {
      show([], texts.typeToSearch);
      return;
    }
    asked += 1;
    const mine = asked;
    panel.setAttribute('aria-busy', 'true');
    if (results.length === 0) status.textContent = texts.searching;
    const answer = await askSearch({ ...base, text, initial: text === '', skip });
    if (mine !== asked || !panel.open) return;
    panel.removeAttribute('aria-busy');
    more.hidden = answer.kind !== 'results' || !answer.full;
    if (answer.kind === 'results') {
      const all = skip === 0 ? answer.results : [...results, ...answer.results];
      show(all, all.length === 0 ? texts.nothingFound : texts.resultCount(all.length));
    } else if (answer.kind === 'setUp') show([], answer.title);
    else show([], answer.text || texts.noAnswer);
  };

  /** @param {readonly SearchResult[]} found @param {string} words */
  const show = (found, words) => {
    results = found;
    status.textContent = words;
    fill(
      list,
      ...results.map((result, index) =>
        h(
          'div',
          {
            id: `${listId}-${index}`,
            class: 'search-result',
            role: 'option',
            'aria-selected': 'false',
            'data-testid': 'search-result',
            onclick: () => void take(result),
          },
          h('span', { class: 'search-title' }, result.title),
          h('span', { class: 'search-text' }, result.text),
        ),
      ),
    );
    choose(results.length > 0 ? Math.min(Math.max(chosen, 0), results.length - 1) : -1);
  };

  /** @param {number} index */
  const choose = (index) => {
    chosen = index;
    list.childNodes.forEach((option, at) => {
      if (option instanceof HTMLElement) option.setAttribute('aria-selected', String(at === chosen));
    });
    const option = list.children[chosen];
    if (option) {
      field.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else field.removeAttribute('aria-activedescendant');
  };

  /** @param {SearchResult} result */
  const take = async (result) => {
    if (result.asks) {
      const answer = await askSelection({ ...base, result: result.id });
      if (!panel.open) return;
      const [first] = answer.kind === 'results' ? answer.results : [];
      if (!first) {
        status.textContent =
          answer.kind === 'message' || answer.kind === 'error' ? answer.text : texts.failed;
        return;
      }
      place.insert(first);
    } else place.insert(result);
    panel.close();
  };

  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && results.length > 0) choose((chosen + step + results.length) % results.length);
    else if (event.key === 'Enter') {
      const result = results[chosen];
      if (result) void take(result);
    } else return;
    event.preventDefault();
  };

  panel.addEventListener('close', () => {
    clearTimeout(pause);
    panel.remove();
    // Where a card was taken, the place to write has the focus.
    if (document.activeElement === document.body && anchor.isConnected) anchor.focus({ preventScroll: true });
  });
  panel.addEventListener('click', ({ target }) => {
    if (target === panel) panel.close();
  });
  document.body.append(panel);
  panel.showModal();
  placeAt(panel, anchor);
  field.focus();
  void search('');
}

/**
 * Above the button or below, where there is more room, as far as the window allows.
 * @param {HTMLElement} panel
 * @param {HTMLElement} anchor
 */
function placeAt(panel, anchor) {
  const at = anchor.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.right - panel.offsetWidth), innerWidth - panel.offsetWidth - 8);
  panel.style.left = `${left}px`;
  if (at.top < innerHeight / 2) panel.style.top = `${at.bottom + 6}px`;
  else panel.style.bottom = `${Math.max(8, Math.min(innerHeight - at.top + 6, innerHeight - 240))}px`;
}
