// @ts-check
/** The bar above the panes: the local clock, faults of the connector, the age of the client, starting afresh. */

import { CallFailed, moveClock, resetEverything } from './api.js';
import { askConfirmation } from './dialog.js';
import { h } from './elements.js';
import { createFaultTools } from './faulttools.js';
import { icon } from './icons.js';

/**
 * @typedef {object} Tools
 * @property {HTMLElement} element
 * @property {(now: number) => void} setClock
 */

const MINUTE = 60_000;
const UNITS = { minutes: MINUTE, hours: 60 * MINUTE, days: 24 * 60 * MINUTE };
const STEPS = /** @type {const} */ ([15, 60, 240, 1440, 10080]);

const CLIENTS = /** @type {const} */ (['desktop', 'ios', 'android', 'old']);

const OPEN = 'local-teams:tools';

/**
 * @param {import('./settings.js').Settings} settings
 * @param {HTMLElement} buttons of the page itself, beside the bar's own
 * @returns {Tools}
 */
export function createTools(settings, buttons) {
  const { texts, format } = settings;
  const now = h('time', { 'data-testid': 'clock-now' });
  let ahead = 0;
  let running = false;
  const draw = () => {
    const at = Date.now() + ahead;
    const shown = format.moment(at);
    if (now.textContent !== shown) now.textContent = shown;
    now.dateTime = new Date(at).toISOString();
  };

  const said = h('p', { class: 'tools-said', role: 'status' });
  /** @param {() => Promise<string>} work */
  const run = async (work) => {
    try {
      said.textContent = await work();
    } catch (error) {
      said.textContent = (error instanceof CallFailed && error.message) || texts.noAnswer;
    }
  };
  /** @param {number} ms */
  const advance = (ms) =>
    run(async () => {
      const moved = await moveClock(ms);
      setClock(moved.now);
      return format.moment(moved.now);
    });
  /** @param {number} at */
  const setClock = (at) => {
    ahead = at - Date.now();
    draw();
    if (!running) setInterval(draw, 1_000);
    running = true;
  };

  const panel = h(
    'div',
    { class: 'tools-panel' },
    clockTools(texts, advance, said),
    createFaultTools(texts, run),
    clientTools(settings),
    h(
      'button',
      {
        type: 'button',
        class: 'button danger-quiet',
        'data-testid': 'reset',
        onclick: () => void reset(),
      },
      texts.reset,
    ),
  );
  const reset = async () => {
    const sure = await askConfirmation({
      title: texts.resetTitle,
      question: texts.resetQuestion,
      confirm: texts.resetConfirm,
      cancel: texts.cancel,
      testId: 'reset-confirm',
    });
    if (sure) await run(async () => resetEverything().then(() => texts.resetDone));
  };

  const details = h(
    'details',
    { class: 'tools' },
    h(
      'summary',
      { 'data-testid': 'tools' },
      h('span', { class: 'tools-title' }, texts.title, h('span', {}, texts.tools)),
      h('span', { class: 'clock', title: texts.clock }, icon('clock'), now),
      icon('chevron'),
    ),
    h('div', { class: 'tools-line' }, h('p', {}, texts.emulator), said),
    panel,
  );
  details.open = remembered();
  // Not `toggle`, which also comes when the page opens the bar.
  details.querySelector('summary')?.addEventListener('click', () => remember(!details.open));
  return { element: h('div', { class: 'top' }, details, buttons), setClock };
}

/**
 * @param {import('./texts.js').Texts} texts
 * @param {(ms: number) => Promise<void>} advance
 * @param {HTMLElement} said
 */
function clockTools(texts, advance, said) {
  const amount = h('input', {
    type: 'number',
    min: '1',
    step: 'any',
    value: '30',
    'aria-label': texts.amount,
    'data-testid': 'advance-amount',
  });
  const unit = h(
    'select',
    { 'aria-label': texts.unit, 'data-testid': 'advance-unit' },
    ...Object.keys(UNITS).map((one) =>
      h('option', { value: one }, texts.units[/** @type {keyof UNITS} */ (one)]),
    ),
  );
  const free = h(
    'form',
    {
      class: 'tool-inline',
      novalidate: true,
      onsubmit: (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const ms = Math.round(amount.valueAsNumber * UNITS[/** @type {keyof UNITS} */ (unit.value)]);
        if (ms > 0) void advance(ms);
        else {
          said.textContent = texts.badAmount;
          amount.focus();
        }
      },
    },
    amount,
    unit,
    h('button', { class: 'button', 'data-testid': 'advance-go' }, texts.go),
  );
  return h(
    'div',
    { class: 'tool', role: 'group', 'aria-label': texts.clock, title: texts.clockNote },
    ...STEPS.map((minutes) =>
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          'data-testid': `advance-${minutes}`,
          'aria-label': texts.advance(texts.steps[minutes]),
          onclick: () => void advance(minutes * MINUTE),
        },
        texts.stepsShort[minutes],
      ),
    ),
    free,
  );
}

/** @param {import('./settings.js').Settings} settings */
function clientTools(settings) {
  const { texts } = settings;
  const choice = h(
    'select',
    { 'aria-label': texts.client, 'data-testid': 'client', title: texts.clientNote },
    ...CLIENTS.map((one) => h('option', { value: one }, texts.clients[one])),
  );
  choice.value = settings.client;
  choice.addEventListener('change', () =>
    settings.setClient(/** @type {import('./settings.js').Client} */ (choice.value)),
  );
  return h('div', { class: 'tool' }, choice);
}

/** Open at first where there is room for it. */
function remembered() {
  try {
    const stored = localStorage.getItem(OPEN);
    return stored === null ? innerWidth >= 900 && innerHeight >= 600 : stored === 'open';
  } catch {
    return false;
  }
}

/** @param {boolean} open */
function remember(open) {
  try {
    localStorage.setItem(OPEN, open ? 'open' : 'closed');
  } catch {
    // A browser that stores nothing starts with the default again.
  }
}
