// @ts-check
/** The panes side by side, and the address line that remembers them. */

import { formatHash, parseHash } from './address.js';
import { fetchSession } from './api.js';
import { outsideUser } from './outside.js';
import { createPane } from './pane.js';

/**
 * @typedef {import('./address.js').PaneAddress} PaneAddress
 * @typedef {import('../protocol.ts').SessionView} SessionView
 *
 * @typedef {object} Panes
 * @property {HTMLElement} element
 * @property {() => Promise<void>} add
 * @property {() => boolean} full
 */

/** Narrower than this a pane is no use beside another one, in pixels. */
const MIN_PANE_WIDTH = 420;
const MAX_PANES = 3;

/** @returns {number} how many panes fit into the window */
function room() {
  return Math.max(1, Math.min(MAX_PANES, Math.floor(innerWidth / MIN_PANE_WIDTH)));
}

/**
 * @param {import('./settings.js').Settings} settings
 * @param {HTMLElement} element
 * @param {SessionView} first session of the first user
 * @param {{ changed: () => void, announce: (text: string) => void,
 *   heard: (change: import('./person.js').PersonChange) => void }} host
 * @returns {Promise<Panes>}
 */
export async function createPanes(settings, element, first, host) {
  const users = first.mail ? [...first.users, outsideUser(settings.texts)] : first.users;
  /** @type {import('./pane.js').Pane[]} */
  const panes = [];
  /** Panes that the window has no room for; they come back with it. @type {PaneAddress[]} */
  let waiting = [];
  let written = '';

  const known = (/** @type {PaneAddress[]} */ addresses) =>
    addresses.filter(({ person }) => users.some(({ aadObjectId }) => aadObjectId === person));

  const remember = () => {
    written = formatHash([...panes.map((pane) => pane.address()), ...waiting]);
    history.replaceState(null, '', `${location.pathname}${location.search}${written}`);
  };

  const arrange = () => {
    panes.forEach((pane, index) => {
      pane.place(index + 1, panes.length > 1);
    });
    element.style.setProperty('--panes', String(panes.length));
    host.changed();
    remember();
  };

  /** @param {PaneAddress} address @param {'personal' | 'channel'} prefers */
  const put = (address, prefers) => {
    const pane = createPane(settings, {
      users,
      address,
      prefers,
      moved: () => {
        if (panes.includes(pane)) remember();
      },
      closed: () => {
        panes.splice(panes.indexOf(pane), 1);
        pane.close();
        arrange();
      },
      announce: host.announce,
      heard: host.heard,
    });
    panes.push(pane);
    element.append(pane.element);
    pane.show(address);
  };

  const fit = () => {
    while (panes.length > room()) {
      const pane = panes.pop();
      if (!pane) break;
      waiting = [pane.address(), ...waiting];
      pane.close();
    }
    while (waiting.length > 0 && panes.length < room()) {
      const [next, ...rest] = waiting;
      waiting = rest;
      if (next) put(next, 'personal');
    }
    arrange();
  };

  /** @param {PaneAddress[]} addresses */
  const open = (addresses) => {
    addresses.forEach((address, index) => {
      const pane = panes[index];
      if (pane) pane.show(address);
      else put(address, index === 0 ? 'personal' : 'channel');
    });
    for (const pane of panes.splice(addresses.length)) pane.close();
    waiting = [];
    fit();
  };

  window.addEventListener('resize', fit);
  window.addEventListener('hashchange', () => {
    const asked = known(parseHash(location.hash));
    if (asked.length > 0 && location.hash !== written) open(asked.slice(0, MAX_PANES));
  });

  const asked = known(parseHash(location.hash)).slice(0, MAX_PANES);
  open(asked.length > 0 ? asked : await defaultPanes(first));

  return {
    element,
    full: () => panes.length >= room(),
    async add() {
      const shown = panes.map((pane) => pane.address().person);
      const next = users.find(({ aadObjectId }) => !shown.includes(aadObjectId)) ?? users[0];
      if (!next || panes.length >= room()) return;
      put({ person: next.aadObjectId }, 'channel');
      arrange();
      panes.at(-1)?.element.focus();
    },
  };
}

/**
 * Who asks and who answers: the first user in their chat, beside them the first one who sees a channel.
 * @param {SessionView} first
 * @returns {Promise<PaneAddress[]>}
 */
async function defaultPanes({ me, users }) {
  const one = { person: me.aadObjectId };
  if (room() < 2) return [one];
  for (const { aadObjectId } of users) {
    if (aadObjectId === me.aadObjectId) continue;
    const { conversations } = await fetchSession(aadObjectId);
    const channel = conversations.find(({ kind }) => kind === 'channel');
    if (channel) return [one, { person: aadObjectId, chat: channel.id }];
  }
  return [one];
}
