/**
 * Counts what a hand does in a window: every click, every choice in a drop-down, every key that presses a button. It
 * listens in the page itself, so that nothing that a test does can be forgotten.
 */

import type { Page } from 'playwright-core';

/** One click or choice, as the page saw it. */
export type Press = {
  /** What was pressed, by the name that stands on it; of a choice also what was chosen. */
  readonly on: string;
};

export type Presses = {
  /** Begins anew, and does not count what happened until now. */
  forget(): Promise<void>;
  /** All clicks and choices since, in order. */
  made(): Promise<readonly Press[]>;
  /** The fields in which something was typed or chosen since. */
  filled(): Promise<readonly string[]>;
};

type Report = { readonly filled: string } | Press;

/** Counts in all pages of this window, over reloads, from now on. */
export async function countPresses(page: Page): Promise<Presses> {
  let made: Press[] = [];
  let filled = new Set<string>();
  const context = page.context();
  await context.exposeFunction('reportHand', (report: Report) => {
    if ('on' in report) made.push(report);
    else filled.add(report.filled);
  });
  await context.addInitScript(`(${listen})()`);
  for (const one of context.pages()) await one.evaluate(`(${listen})()`);
  // What the page reported before this answer has arrived when the answer does.
  const arrived = () => Promise.all(context.pages().map((one) => one.evaluate('0')));
  return {
    async forget() {
      await arrived();
      made = [];
      filled = new Set();
    },
    async made() {
      await arrived();
      return [...made];
    },
    async filled() {
      await arrived();
      return [...filled];
    },
  };
}

/** Runs in the page. */
function listen(): void {
  const world = globalThis as unknown as {
    reportHand?: (report: Report) => void;
    listening?: boolean;
    document: {
      getElementById(id: string): Seen | null;
      querySelector(selector: string): Seen | null;
    };
    addEventListener(type: string, hear: (event: Heard) => void, capture: true): void;
  };
  type Seen = {
    readonly id: string;
    readonly localName: string;
    readonly textContent: string | null;
    readonly type?: string;
    readonly value?: string;
    readonly selectedOptions?: ArrayLike<Seen>;
    getAttribute(name: string): string | null;
    closest(selector: string): Seen | null;
  };
  type Heard = { readonly target: Seen; readonly isTrusted: boolean; readonly key?: string };
  if (world.listening) return;
  world.listening = true;

  const squeeze = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  const named = (element: Seen): string => {
    const label = (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => squeeze(id && world.document.getElementById(id)?.textContent))
      .join(' ');
    const belonging = element.id && world.document.querySelector(`label[for="${element.id}"]`);
    return (
      squeeze(label) ||
      squeeze(belonging ? belonging.textContent : '') ||
      squeeze(element.getAttribute('aria-label')) ||
      squeeze(element.getAttribute('placeholder')) ||
      squeeze(element.textContent).slice(0, 60)
    ).replace(/ \*$/, '');
  };
  const control = (element: Seen) =>
    element.closest(
      'button, a, [role=button], [role=link], [role=menuitem], label, input, select, textarea',
    ) ?? element;
  const press = (element: Seen, chosen = '') => {
    world.reportHand?.({ on: `${named(control(element))}${chosen}` });
  };
  world.addEventListener('pointerdown', ({ target, isTrusted }) => isTrusted && press(target), true);
  // A press that a program makes in the name of the hand is one, too.
  world.addEventListener('click', ({ target, isTrusted }) => !isTrusted && press(target), true);
  world.addEventListener(
    'keydown',
    ({ target, key }) => {
      if (key === 'Enter' || (key === ' ' && target.closest('button, a, [role]'))) press(target);
    },
    true,
  );
  world.addEventListener(
    'change',
    ({ target }) => {
      if (target.localName !== 'select') return;
      press(target, `: ${squeeze(target.selectedOptions?.[0]?.textContent)}`);
      world.reportHand?.({ filled: named(target) });
    },
    true,
  );
  world.addEventListener(
    'input',
    // What is ticked has been counted as a click, and what is chosen is counted above.
    ({ target }) => {
      if (target.localName === 'select' || target.type === 'checkbox' || target.type === 'radio') return;
      world.reportHand?.({ filled: named(target) });
    },
    true,
  );
}
