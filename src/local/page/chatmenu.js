// @ts-check
/** What a person may do with their chat with the bot, and with its app: as in the menu of a chat in Teams. */

import { postDeletion, postInstallation } from './api.js';
import { askConfirmation } from './dialog.js';
import { iconButton } from './elements.js';
import { icon } from './icons.js';
import { openMenu } from './menu.js';

/**
 * @typedef {object} ChatMenuHost
 * @property {import('./settings.js').Settings} settings
 * @property {import('./person.js').Person} person
 * @property {(error: unknown) => void} failed
 */

/**
 * @param {ChatMenuHost} host
 * @param {string} chat its id
 */
export function chatMenuButton(host, chat) {
  const { settings, person, failed } = host;
  const { texts } = settings;
  const name = person.conversations.get(chat)?.name ?? '';

  const deleteChat = async () => {
    const sure = await askConfirmation({
      title: texts.deleteChatTitle,
      question: texts.deleteChatQuestion(name),
      confirm: texts.deleteChat,
      cancel: texts.cancel,
      testId: 'delete-chat-confirm',
    });
    if (sure) await postDeletion({ as: person.id, conversation: chat });
  };

  const items = () => {
    const state = person.session()?.installation;
    /**
     * @param {import('../protocol.ts').Installation} next
     * @param {import('./icons.js').IconName} picture
     * @param {string} label
     * @param {string} testId
     */
    const change = (next, picture, label, testId) => ({
      label,
      testId,
      picture: icon(picture),
      run: () => void postInstallation({ as: person.id, state: next }).catch(failed),
    });
    return [
      ...(state === 'removed'
        ? [change('installed', 'add', texts.installApp, 'install-app')]
        : [
            state === 'blocked'
              ? change('installed', 'block', texts.unblockApp, 'unblock-app')
              : change('blocked', 'block', texts.blockApp, 'block-app'),
            change('removed', 'close', texts.uninstallApp, 'uninstall-app'),
          ]),
      {
        label: texts.deleteChat,
        testId: 'delete-chat',
        picture: icon('delete'),
        run: () => void deleteChat().catch(failed),
      },
    ];
  };

  const button = iconButton(icon('more'), texts.chatMenu(name), {
    class: 'small chat-more',
    'data-testid': 'chat-menu',
    'aria-haspopup': 'menu',
    onclick: () => openMenu(button, items(), { label: texts.chatMenu(name) }),
  });
  return button;
}
