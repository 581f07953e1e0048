// @ts-check
/**
 * The command box at the top of a person's Teams: commands of the message extension that belong to no conversation. What was
 * found is looked at and worked on right here, and not sent (Microsoft: “Define message extension search commands”).
 */

import { pressAction } from './api.js';
import { createCardView, isSending } from './cardview.js';
import { followLink } from './deeplinks.js';
import { openDialog } from './dialog.js';
import { fill, h, iconButton } from './elements.js';
import { extensionButton } from './extension.js';
import { AdaptiveCards } from './hostconfig.js';
import { icon } from './icons.js';

/** As `COMMAND_BOX` of `places.ts`. */
const COMMAND_BOX = 'commandBox';

/**
 * @typedef {import('../protocol.ts').SearchResult} SearchResult
 *
 * @typedef {object} CommandBox
 * @property {HTMLElement} element
 * @property {() => void} draw once it is known what the bot offers
 *
 * @typedef {object} CommandBoxPlace
 * @property {import('./settings.js').Settings} settings
 * @property {import('./person.js').Person} person
 * @property {HTMLElement} pane
 * @property {(target: { chat: string, message?: string }) => void} goTo
 * @property {(text: string) => void} tell
 */

/**
 * @param {CommandBoxPlace} place
 * @returns {CommandBox}
 */
export function createCommandBox(place) {
  const { settings, person, pane, goTo, tell } = place;
  const element = h('span', { class: 'command-box' });
  const take = (/** @type {SearchResult} */ result) => openResult(place, result);
  return {
    element,
    draw: () =>
      fill(
        element,
        extensionButton({
          settings,
          person,
          context: 'commandBox',
          conversation: COMMAND_BOX,
          suffix: '',
          openDialog: ({ insert: _, ...start }) =>
            openDialog({
              ...{ settings, person, conversation: COMMAND_BOX, over: pane, goTo, tell, ...start },
              insert: ([first]) => first && take(first),
            }),
          insert: take,
        }),
      ),
  };
}

/**
 * The card of one result, in no message.
 * @param {CommandBoxPlace} place
 * @param {SearchResult} result
 */
function openResult({ settings, person, goTo }, result) {
  const { texts } = settings;
  /** @param {import('adaptivecards').Action} action */
  const press = async (action) => {
    if (action instanceof AdaptiveCards.OpenUrlAction) {
      if (action.url) followLink(action.url, leave);
      return;
    }
    if (!isSending(action)) return;
    const { id, data } = /** @type {import('adaptivecards').SubmitAction} */ (action);
    const execute = action instanceof AdaptiveCards.ExecuteAction ? action : undefined;
    card.begin(action);
    const answer = await pressAction({
      as: person.id,
      conversation: COMMAND_BOX,
      message: result.id,
      action: {
        type: execute ? 'Action.Execute' : 'Action.Submit',
        ...(id ? { id } : {}),
        ...(execute?.verb ? { verb: execute.verb } : {}),
        data: /** @type {Record<string, unknown>} */ (data ?? {}),
      },
      trigger: 'manual',
      locale: settings.locale,
    });
    card.end();
    if (answer.kind === 'card') card.show(answer.card, true);
    else if (answer.kind === 'message') card.notice(answer.text);
    else if (answer.kind === 'error') card.error(answer.status, answer.text, answer.detail);
  };
  /** @param {{ chat: string, message?: string }} target */
  const leave = (target) => {
    panel.close();
    goTo(target);
  };
  const card = createCardView(settings, { press: (action) => void press(action), goTo: leave });
  const panel = h(
    'dialog',
    { class: 'dialog', 'data-testid': 'found', 'aria-label': result.title },
    h(
      'header',
      {},
      h('h2', {}, result.title),
      iconButton(icon('close'), texts.close, { 'data-testid': 'found-close', onclick: () => panel.close() }),
    ),
    h('div', { class: 'dialog-body' }, card.element),
  );
  panel.addEventListener('close', () => panel.remove());
  document.body.append(panel);
  panel.showModal();
  card.show(result.card);
}
