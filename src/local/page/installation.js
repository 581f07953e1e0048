// @ts-check
/** Where the person has no app, or has blocked the bot: Teams asks to add it, and there is no place to write. */

import { postInstallation } from './api.js';
import { fill, h } from './elements.js';
import { icon } from './icons.js';

/**
 * @param {import('./chatmenu.js').ChatMenuHost} host
 * @param {import('./composer.js').Composer} composer what it stands for
 */
export function createInstallationBar({ settings, person, failed }, composer) {
  const { texts } = settings;
  const element = h('div', { class: 'installation', role: 'status', 'data-testid': 'installation' });
  /** @type {import('../protocol.ts').Installation} */
  let shown = 'installed';

  const add = () => void postInstallation({ as: person.id, state: 'installed' }).catch(failed);

  return {
    element,
    /** Call it after the session was loaded. */
    draw() {
      const session = person.session();
      const state = session?.installation ?? 'installed';
      if (state === shown) return;
      shown = state;
      const name = session?.bot.name ?? '';
      const hadFocus = element.contains(document.activeElement);
      const there = state === 'installed';
      composer.element.hidden = !there;
      fill(
        element,
        !there && icon(state === 'blocked' ? 'block' : 'apps'),
        !there && h('p', {}, state === 'blocked' ? texts.appBlocked(name) : texts.appRemoved(name)),
        !there &&
          h(
            'button',
            { type: 'button', class: 'button primary', 'data-testid': 'installation-add', onclick: add },
            state === 'blocked' ? texts.unblockApp : texts.installApp,
          ),
      );
      if (there && hadFocus) composer.focus();
    },
  };
}
