/**
 * A day in three offices of the example desk: six agents, thirty tickets, every command of the transition table at least twice,
 * each agent at a window of their own and all of them at once. At the end the store holds what the script says.
 */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadDesk } from '../../src/config/desk.ts';
import type { Desk } from '../../src/domain/desk.ts';
import { TICKET_ACTIONS, type TicketAction } from '../../src/domain/transitions.ts';
import type { Outside } from '../../src/local/outside.ts';
import { mailAddressOf } from '../../src/scenario.ts';
import type { Pane } from '../support/browser-pane.ts';
import { cardOf } from './daily/office.ts';
import { told as tell } from './day/history.ts';
import type { Line } from './day/lines.ts';
import { type DayTicket, dayOf, OFFICES } from './day/script.ts';
import { askAnew, passTime, startStage, type TestStage } from './stage.ts';

/** What becomes of the day's tickets when nobody touches them any more, and on which of each office they do. */
const IN_TIME = { reminded: 2, autoClosed: 6, unclaimedReminded: 10 } as const;
/** What time asks of the table. */
const ASKED_BY_TIME: readonly TicketAction[] = ['escalate', 'remind', 'autoClose', 'remindUnclaimed'];
/**
 * Asked by nobody: a merge is undone where two people merged in a circle at the same instant (test/domain/linking), and a
 * ticket gets a new home where its queue vanished from the desk’s files, and is let go where its owner left the desk
 * (test/domain/leavers); what a mail server says of an e-mail that did not arrive has nobody who did it
 * (test/teams/forward).
 */
const BY_ITSELF: readonly TicketAction[] = ['undoMerge', 'rehome', 'relieve', 'mailFailed'];

/** Enough that nobody waits for the platform: a day's messages pass within a minute. */
const HURRY = 30;

test('T2 the script asks for everything in the transition table, by hand at least twice', () => {
  const asked = OFFICES.flatMap(dayOf).flatMap(({ lines }) => lines.flatMap(({ asks }) => asks));
  const rare = TICKET_ACTIONS.filter((action) => asked.filter((one) => one === action).length < 2);
  assert.deepEqual(new Set(rare), new Set([...ASKED_BY_TIME, ...BY_ITSELF]));
});

test('W2 T10 T14 T16 a day of six agents and thirty tickets is on the store as it was played', {
  timeout: 240_000,
}, async (t) => {
  const loaded = await loadDesk(join(import.meta.dirname, '../../desk'));
  assert.ok(loaded.ok);
  const desk = withDeputies(loaded.desk);
  const stage = await startStage(t, { desk, hurry: HURRY, mailAddress: mailAddressOf(desk) });
  const { outside } = stage.teams.local;
  assert.ok(outside);
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
    await stage.step(`W2 round ${round + 1} of everybody’s work`, async () => {
      const due = script.flatMap((ticket) => {
        const line = ticket.lines[round];
        return line ? [{ ticket, line }] : [];
      });
      const workers = [...new Set(due.map(({ line }) => line.who))];
      await each(workers, async (who) => {
        for (const { ticket, line } of due.filter((one) => one.line.who === who))
          await play(paneFor(panes, who), numberOf(ticket.id), line, {
            ...{ numberOf, desk: stage.desk.name, outside },
            readMail: () => stage.teams.bot.tick(),
          });
      });
      // What a merge does to the other ticket is on its way for a moment: the script has it before the next round.
      await stage.teams.settle();
    });

  const histories = async () => {
    await stage.teams.settle();
    const { store } = stage.teams.opened;
    const { tickets } = await store.find({}, { limit: 100 });
    const ids = new Map([...numbers].map(([id, number]) => [number, id]));
    for (const { number, links = [] } of tickets) {
      const from = links.find(({ kind }) => kind === 'splitFrom');
      if (from && !ids.has(number)) ids.set(number, (ids.get(from.number) ?? '').replace(/\d+$/, '10'));
    }
    const idOf = (number: string) => ids.get(number) ?? number;
    const all = tickets.map(async ({ number }) => [idOf(number), await store.history(number)] as const);
    return { all: await Promise.all(all), idOf };
  };
  const byHand = async () => {
    const { all, idOf } = await histories();
    const told = ([id, events]: (typeof all)[number]) =>
      [id, events.filter(({ by }) => by).map((event) => tell(event, idOf))] as const;
    return sorted(all.map(told));
  };

  await stage.step('T10 the store’s history is the script', async () => {
    const { all } = await histories();
    assert.equal(all.length, 30);
    assert.ok(
      all.every(([, events]) => events.every(({ by }) => by)),
      'time has done nothing yet',
    );
    assert.deepEqual(await byHand(), sorted(historiesOf(script)));
  });

  await stage.step('T7 D3 D4 two weeks later time has done what it was asked, and nothing else', async () => {
    await passTime(paneFor(panes, 'Anna Bianchi').page, 14, 'days');
    const { all } = await histories();
    const on = (type: string) => all.filter(([, events]) => events.some((one) => one.type === type));
    for (const [type, id] of Object.entries(IN_TIME)) {
      const meant = OFFICES.map(({ queue }) => `${queue}-${id}`);
      assert.deepEqual(new Set(on(type).map(([one]) => one)), new Set(meant), type);
    }
    assert.ok(on('escalated').length >= 2);
    assert.deepEqual(await byHand(), sorted(historiesOf(script)));
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
  for (const who of new Set(OFFICES.flatMap(({ supervisors: [supervisor] }) => supervisor))) await sit(who);
  return panes;
}

function paneFor(panes: ReadonlyMap<string, Pane>, who: string): Pane {
  return panes.get(who) ?? assert.fail(`${who} has no window`);
}

/** Asks for help in the chat, says which service it is about, and reads the number. */
function askFor(pane: Pane, { says, service }: DayTicket): Promise<string> {
  return askAnew(pane, `un’altra richiesta: ${says}`, async (draft) => {
    await draft.press('Modifica');
    await draft.field('Oggetto').waitFor();
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
  scene: {
    readonly numberOf: (ticket: string) => string;
    readonly desk: string;
    readonly outside: Outside;
    readonly readMail: () => Promise<void>;
  },
): Promise<void> {
  const requester = OFFICES.some((office) => office.requester === who);
  const card = requester ? pane.card(`Richiesta ${number}`) : cardOf(pane, number);
  const stands = card.root.first();
  if (await stands.count()) await stands.scrollIntoViewIfNeeded();
  const channel = OFFICES.find(({ agents }) => agents.some((agent) => agent === who))?.name ?? '';
  await does({ pane, card, number, channel, ...scene });
}

/** The example desk, with somebody who could answer for each office beside who does. */
function withDeputies(desk: Desk): Desk {
  const people = [...desk.people].map(([id, person]) => {
    const standsIn = OFFICES.filter(({ supervisors }) => supervisors.includes(person.name));
    const queues = new Set([...person.supervisorOf, ...standsIn.map(({ queue }) => queue)]);
    return [id, { ...person, supervisorOf: [...queues] }] as const;
  });
  return { ...desk, people: new Map(people) };
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
