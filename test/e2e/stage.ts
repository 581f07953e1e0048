/** People at their windows in front of a running Sportello. */

import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Desk } from '../../src/domain/desk.ts';
import type { PersonId } from '../../src/domain/ticket.ts';
import { createMovableClock } from '../../src/local/clock.ts';
import type { SessionView } from '../../src/local/protocol.ts';
import { createWindows, type WindowOptions } from '../support/browser.ts';
import { type Card, type Pane, paneOf } from '../support/browser-pane.ts';
import { startTeams, type TeamsUnderTest } from '../support/teams.ts';
import { MORNING } from '../support/tickets.ts';

const PAGE = fileURLToPath(new URL('../../src/local/page/', import.meta.url));

/** Who sits in front of a pane, and which queue's channel is open; without one it is the chat with the bot. */
export type Seat = { readonly who: string; readonly channel?: string };

export type SeatOptions = WindowOptions & {
  /** Of the page's address, for example `cards=1.2`. */
  readonly query?: string;
};

export type Stage = {
  readonly desk: Desk;
  /** Opens one window with a pane for each seat. */
  sit(seats: readonly Seat[], options?: SeatOptions): Promise<readonly Pane[]>;
  /** Opens a window with one pane. */
  alone(who: string, channel?: string, options?: SeatOptions): Promise<Pane>;
  /** All that this person's Teams holds, told by the server. */
  session(who: string): Promise<SessionView>;
  /** One step of a longer story, as a test of its own. After a step that failed, the others are skipped. */
  step(title: string, body: () => Promise<void>): Promise<void>;
};

/** @param url address of the page, which may change while the test runs */
export function stageOf(t: TestContext, desk: Desk, url: () => string, stop: () => Promise<void>): Stage {
  const windows = createWindows();
  let broken = false;
  t.after(async () => {
    try {
      if (broken || !hasPassed(t)) await windows.photograph(t);
      await windows.close();
    } finally {
      await stop();
    }
  });
  const sit: Stage['sit'] = async (seats, { query = 'theme=light', ...options } = {}) => {
    const page = await windows.open(`${url()}/?${query}${addressOf(desk, seats)}`, options);
    const panes = seats.map((_, index) => paneOf(page, index + 1));
    for (const pane of panes) await pane.composer.waitFor();
    return panes;
  };
  return {
    desk,
    sit,
    async alone(who, channel, options) {
      const [pane] = await sit([{ who, ...(channel === undefined ? {} : { channel }) }], options);
      if (!pane) throw new Error('no pane');
      return pane;
    },
    async session(who) {
      const answer = await fetch(`${url()}/local/session?as=${idOf(desk, who)}`);
      return (await answer.json()) as SessionView;
    },
    step: (title, body) =>
      t.test(title, { skip: broken && 'an earlier step failed' }, async () => {
        try {
          await body();
        } catch (error) {
          broken = true;
          throw error;
        }
      }),
  };
}

/** The types of Node 24 do not know `passed` yet. */
function hasPassed(t: TestContext & { readonly passed?: boolean }): boolean {
  return t.passed ?? true;
}

/** The hash that opens these panes. */
export function addressOf(desk: Desk, seats: readonly Seat[]): string {
  const parts = seats.map(({ who, channel }) => {
    const queue = [...desk.queues.values()].find(({ name }) => name === channel);
    if (channel !== undefined && !queue) throw new Error(`The desk has no queue ${channel}.`);
    return `as=${idOf(desk, who)}${queue ? `&chat=${encodeURIComponent(queue.channel)}` : ''}`;
  });
  return `#${parts.join('|')}`;
}

function idOf(desk: Desk, who: string): PersonId {
  const person = [...desk.people.values()].find(({ name }) => name === who);
  if (!person) throw new Error(`The desk has no ${who}.`);
  return person.id;
}

export type TestStage = Stage & { readonly teams: TeamsUnderTest };

/**
 * All that Sportello is, in this process, with the small test desk where no other is given. It is Thursday morning, and
 * time passes.
 * @param mailAddress the desk's e-mail address; without it there is no mail
 * @param hurry how many times as fast time passes for the platform's rate limits, on both sides
 */
export async function startStage(
  t: TestContext,
  {
    desk,
    hurry = 1,
    mailAddress,
  }: { readonly desk?: Desk; readonly hurry?: number; readonly mailAddress?: string } = {},
): Promise<TestStage> {
  const began = performance.now();
  const steadily = () => performance.now() * hurry;
  const clock = createMovableClock(() => MORNING + Math.round(performance.now() - began));
  let tick: (() => Promise<void>) | undefined;
  const teams = await startTeams({
    ...(desk ? { desk } : {}),
    local: {
      clock,
      pageDirectory: PAGE,
      ...(mailAddress === undefined ? {} : { mailAddress }),
      monotonicNow: steadily,
      onClockMoved: () => tick?.(),
    },
    bot: {
      clock,
      steady: {
        now: steadily,
        wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms / hurry)),
      },
    },
  });
  tick = () => teams.bot.tick();
  return { ...stageOf(t, teams.desk, () => teams.local.url, teams.stop), teams };
}

/** Asks for help in the chat, sends the request as it is proposed, and returns its number. */
export async function ask(requester: Pane, sentence: string): Promise<string> {
  await requester.say(sentence);
  await requester.cardWith('Invia la richiesta').press('Invia la richiesta');
  const notice = requester.card(/Richiesta inviata con il numero \d{16}/).root.last();
  return /\d{16}/.exec((await notice.textContent()) ?? '')?.[0] ?? '';
}

/** Asks for something else, also where the bot wonders whether it belongs to an earlier request. */
export async function askAnew(
  requester: Pane,
  sentence: string,
  form: (draft: Card) => Promise<void> = async () => {},
): Promise<string> {
  await requester.say(sentence);
  const draft = requester.cardWith('Invia la richiesta');
  const doubt = requester.cardWith('È una richiesta nuova');
  await draft.root.or(doubt.root).waitFor();
  if (await doubt.root.count()) await doubt.press('È una richiesta nuova');
  await form(draft);
  // The form turns into the card of the request; those before it may say something else meanwhile.
  const standsIn = draft.root.locator('xpath=ancestor::article[1]');
  const message = requester.page.getByTestId((await standsIn.getAttribute('data-testid')) ?? '');
  await draft.press('Invia la richiesta');
  const sent = message.filter({ hasText: /Richiesta inviata con il numero \d{16}/ });
  await sent.waitFor();
  return /numero (\d{16})/.exec((await sent.textContent()) ?? '')?.[1] ?? '';
}

/** Moves the local clock with the page's own tools, and waits until all that became due is done. */
export async function passTime(
  page: Page,
  amount: number,
  unit: 'minutes' | 'hours' | 'days',
): Promise<void> {
  await page.getByTestId('advance-amount').fill(String(amount));
  await page.getByTestId('advance-unit').selectOption(unit);
  const [moved] = await Promise.all([
    page.waitForResponse('**/local/clock'),
    page.getByTestId('advance-go').click(),
  ]);
  if (!moved.ok()) throw new Error(await moved.text());
}

/** Lets two presses arrive at the server together, as only a race can: neither goes before both are there. */
export async function atTheSameInstant(
  one: Card,
  other: Card,
  press: (card: Card) => Promise<void>,
): Promise<void> {
  const held: (() => Promise<void>)[] = [];
  const pages = [one, other].map(({ root }) => root.page());
  for (const page of pages)
    await page.route('**/local/actions', async (route) => {
      if (route.request().postDataJSON().trigger !== 'manual') return route.continue();
      held.push(() => route.continue());
      if (held.length === pages.length) await Promise.all(held.map((go) => go()));
    });
  await Promise.all([press(one), press(other)]);
  await Promise.all(pages.map((page) => page.unrouteAll({ behavior: 'wait' })));
}
