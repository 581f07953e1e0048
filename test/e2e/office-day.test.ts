/**
 * A day in three offices of the example desk: six agents, thirty tickets, every command of the daily work at least twice,
 * each agent at a window of their own and all of them at once. At the end the store holds what the script says.
 */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadDesk } from '../../src/config/desk.ts';
import type { Pane } from '../support/browser-pane.ts';
import { cardOf } from './daily/office.ts';
import { told } from './day/history.ts';
import { type DayTicket, dayOf, type Line, OFFICES } from './day/script.ts';
import { askAnew, startStage, type TestStage } from './stage.ts';

/** Enough that nobody waits for the platform: a day's messages pass within a minute. */
const HURRY = 30;

test('W2 T10 a day of six agents and thirty tickets is on the store as it was played', {
  timeout: 240_000,
}, async (t) => {
  const loaded = await loadDesk(join(import.meta.dirname, '../../desk'));
  assert.ok(loaded.ok);
  const stage = await startStage(t, { desk: loaded.desk, hurry: HURRY });
  const script = OFFICES.flatMap(dayOf);
  const panes = await sitDown(stage);
  const numbers = new Map<string, string>();
  const numberOf = (id: string) => numbers.get(id) ?? assert.fail(`${id} has no number yet`);

  await stage.step('I1 in the morning the requests come in', () =>
    each(OFFICES, async ({ requester }) => {
      for (const ticket of script.filter((one) => one.requester === requester))
        numbers.set(ticket.id, await askFor(paneFor(panes, requester), ticket));
    }),
  );

  const rounds = Math.max(...script.map(({ lines }) => lines.length));
  for (let round = 0; round < rounds; round++)
    await stage.step(`W2 round ${round + 1} of everybody’s work`, () => {
      const due = script.flatMap((ticket) => {
        const line = ticket.lines[round];
        return line ? [{ ticket, line }] : [];
      });
      const workers = [...new Set(due.map(({ line }) => line.who))];
      return each(workers, async (who) => {
        for (const { ticket, line } of due.filter((one) => one.line.who === who))
          await play(paneFor(panes, who), numberOf(ticket.id), line, { numberOf, desk: stage.desk.name });
      });
    });

  await stage.step('T10 the store’s history is the script', async () => {
    await stage.teams.settle();
    const { store } = stage.teams.opened;
    const { tickets } = await store.find({}, { limit: 100 });
    const ids = new Map([...numbers].map(([id, number]) => [number, id]));
    for (const { number, links = [] } of tickets) {
      const from = links.find(({ kind }) => kind === 'splitFrom');
      if (from && !ids.has(number)) ids.set(number, (ids.get(from.number) ?? '').replace(/\d+$/, '10'));
    }
    const idOf = (number: string) => ids.get(number) ?? number;
    const histories = await Promise.all(
      tickets.map(async ({ number }) => {
        const events = await store.history(number);
        return [idOf(number), events.map((event) => told(event, idOf))] as const;
      }),
    );
    assert.equal(tickets.length, 30);
    assert.deepEqual(sorted(histories), sorted(historiesOf(script)));
  });
});

/** A window for each agent, with their office's channel, and one for each requester. */
async function sitDown(stage: TestStage): Promise<ReadonlyMap<string, Pane>> {
  const panes = new Map<string, Pane>();
  const sit = async (who: string, channel?: string) => panes.set(who, await stage.alone(who, channel));
  for (const { name, agents, requester } of OFFICES) {
    for (const agent of agents) await sit(agent, name);
    await sit(requester);
  }
  return panes;
}

function paneFor(panes: ReadonlyMap<string, Pane>, who: string): Pane {
  return panes.get(who) ?? assert.fail(`${who} has no window`);
}

/** Asks for help in the chat, says which service it is about, and reads the number. */
function askFor(pane: Pane, { says, service }: DayTicket): Promise<string> {
  return askAnew(pane, `un’altra richiesta: ${says}`, async (draft) => {
    await draft.press('Modifica');
    await draft.choose('Tipo', 'Guasto');
    const option = draft.field('Servizio').locator('option', { hasText: service });
    await draft.field('Servizio').selectOption(await option.getAttribute('value'));
    await draft.fill('Descrizione', says);
  });
}

async function play(
  pane: Pane,
  number: string,
  { does, who }: Line,
  scene: { readonly numberOf: (ticket: string) => string; readonly desk: string },
): Promise<void> {
  const requester = OFFICES.some((office) => office.requester === who);
  const card = requester ? pane.card(`Richiesta ${number}`) : cardOf(pane, number);
  await card.root.first().scrollIntoViewIfNeeded();
  await does({ pane, card, ...scene });
}

/** What the script leaves on each ticket, in its order. */
function historiesOf(script: readonly DayTicket[]): [string, string[]][] {
  const histories = new Map<string, string[]>();
  const add = (id: string, lines: readonly string[]) =>
    histories.set(id, [...(histories.get(id) ?? []), ...lines]);
  for (const { id, requester, queue, says } of script) add(id, [`${requester} asks ${queue}: ${says}`]);
  const rounds = Math.max(...script.map(({ lines }) => lines.length));
  for (let round = 0; round < rounds; round++)
    for (const { id, lines } of script) {
      const line = lines[round];
      if (!line) continue;
      add(id, line.leaves);
      for (const [other, left] of Object.entries(line.leavesOn ?? {})) add(other, left);
    }
  return [...histories];
}

function sorted<T>(histories: readonly (readonly [string, T])[]): (readonly [string, T])[] {
  return [...histories].sort(([a], [b]) => a.localeCompare(b));
}

/** All at once, each at their own window. */
async function each<T>(all: readonly T[], does: (one: T) => Promise<void>): Promise<void> {
  await Promise.all(all.map(does));
}
