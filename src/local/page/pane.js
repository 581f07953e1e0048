// @ts-check
/** One pane: whose Teams it is, and that person's view. */

import { fill, h, iconButton } from './elements.js';
import { icon } from './icons.js';
import { createOutsideView, isOutside } from './outside.js';
import { avatar, colourOf } from './people.js';
import { personWith } from './person.js';
import { createPersonView } from './personview.js';

/**
 * @typedef {import('./address.js').PaneAddress} PaneAddress
 *
 * @typedef {object} Pane
 * @property {HTMLElement} element
 * @property {() => PaneAddress} address
 * @property {(address: PaneAddress) => void} show
 * @property {(place: number, closable: boolean) => void} place 1 is the first pane
 * @property {() => void} close
 */

/**
 * @param {import('./settings.js').Settings} settings
 * @param {{ users: readonly import('../protocol.ts').LocalUser[], address: PaneAddress, prefers: 'personal' | 'channel',
 *   moved: () => void, closed: () => void, announce: (text: string) => void,
 *   heard: (change: import('./person.js').PersonChange) => void }} host
 * @returns {Pane}
 */
export function createPane(settings, host) {
  const { texts, language } = settings;
  const { users } = host;
  /** @type {Map<string, import('./personview.js').PersonView>} */
  const views = new Map();
  let { person } = host.address;

  const face = h('span', { class: 'face' });
  const name = h('span', { class: 'person-name' });
  const role = h('span', { class: 'person-role' });
  const select = h(
    'select',
    {
      'data-testid': 'person-switcher',
      'aria-label': texts.switchPerson,
      onchange: () => show({ person: select.value }),
    },
    ...users.map((user) => h('option', { value: user.aadObjectId }, `${user.name} · ${user.role[language]}`)),
  );
  const close = iconButton(icon('close'), texts.closePane, {
    class: 'close-pane',
    'data-testid': 'close-pane',
    onclick: () => host.closed(),
  });
  const box = h('span', { class: 'pane-box' });
  const stage = h('div', { class: 'pane-stage' });
  const element = h(
    'section',
    { class: 'pane', tabindex: '-1' },
    h(
      'header',
      { class: 'pane-head' },
      h(
        'label',
        { class: 'switcher' },
        face,
        h('span', { class: 'person' }, name, role),
        icon('chevron'),
        select,
      ),
      box,
      close,
    ),
    stage,
  );

  /** @param {PaneAddress} address */
  const show = (address) => {
    const user = users.find(({ aadObjectId }) => aadObjectId === address.person);
    if (!user) return;
    if (address.person !== person) views.get(person)?.rest();
    person = address.person;
    select.value = person;
    name.textContent = user.name;
    role.textContent = user.role[language];
    fill(face, avatar({ id: person, name: user.name }));
    element.dataset.colour = String(colourOf(person));
    element.setAttribute('aria-label', texts.pane(user.name));

    const target = {
      ...(address.chat === undefined ? {} : { chat: address.chat }),
      ...(address.message === undefined ? {} : { message: address.message }),
    };
    let view = views.get(person);
    if (!view) {
      view = isOutside(person)
        ? createOutsideView(settings, host)
        : createPersonView(
            {
              settings,
              person: personWith(person),
              pane: element,
              prefers: host.prefers,
              moved: host.moved,
              announce: host.announce,
              heard: host.heard,
            },
            target,
          );
      views.set(person, view);
    } else if (address.chat !== undefined) view.goTo(target);
    if (!stage.contains(view.element)) {
      fill(stage, view.element);
      fill(box, view.commandBox);
    }
    view.wake();
    host.moved();
  };

  return {
    element,
    show,
    address() {
      const chat = views.get(person)?.chat();
      return { person, ...(chat === undefined ? {} : { chat }) };
    },
    place(at, closable) {
      element.dataset.testid = `pane-${at}`;
      close.hidden = !closable;
    },
    close() {
      for (const view of views.values()) view.rest();
      element.remove();
    },
  };
}
