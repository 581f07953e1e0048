/**
 * Every verb × every role × every door (A1): pressed in the real product, and held against the table in allowed.ts. What is
 * not allowed there may neither happen nor be told.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hear } from '../../src/app/door/conversation.ts';
import { listFile } from '../../src/app/finding/list-file.ts';
import { searchTickets } from '../../src/app/finding/search-tickets.ts';
import { contentOfDelivery } from '../../src/app/sending/content.ts';
import { printTicket } from '../../src/app/showing/print.ts';
import { DIALOG_FORMS, PLACE_FORMS } from '../../src/cards/kit/buttons.ts';
import type { Verb } from '../../src/cards/kit/verbs.ts';
import { SCOPES, writeAsked } from '../../src/domain/asked.ts';
import { actorFor } from '../../src/domain/rights.ts';
import { TICKET_ACTIONS } from '../../src/domain/transitions.ts';
import { exampleOf } from '../support/commands.ts';
import { given } from '../support/decision.ts';
import { cellsOf, EFFECTS, IN_CHANNEL, type Pressing, ROLES, type Role, SIGHT } from './allowed.ts';
import { pressings } from './pressings.ts';
import {
  DOORS,
  type Door,
  desk,
  ID,
  MARKS,
  type Put,
  pressAt,
  senderOf,
  ticketFor,
  type World,
  world,
} from './world.ts';

const effects = cellsOf(EFFECTS);
const sight = cellsOf(SIGHT);

/** What was learnt that may not be. */
function leaks(role: Role, said: string, inChannel = false): string[] {
  return Object.entries(MARKS).flatMap(([what, mark]) =>
    said.includes(mark) && !sight.get(what)?.has(role) && !(inChannel && IN_CHANNEL.has(what)) ? [what] : [],
  );
}

/** Thousands of presses. */
const PATIENCE = { timeout: 240_000 };

describe('A1 the matrix', PATIENCE, () => {
  let common: World;
  /** Apart, so that nothing waits in its outbox but what shall fail. */
  let failing: World;
  const untouched = new Map<string, Put>();
  before(async () => {
    common = await world();
    failing = await world();
  });
  after(async () => {
    await common.stop();
    await failing.stop();
  });

  /** All that can change: the ticket, another one, the draft, what is one’s own, what failed. */
  async function standing({ house: { store } }: World, { ticket, draft }: Put, role: Role): Promise<string> {
    const [now, prepared, made, choices, failed] = await Promise.all([
      store.ticket(ticket.number),
      store.draft(draft),
      store.ticketOfDraft(draft),
      store.noticeChoices([ID[role]]),
      store.failedDeliveries(10),
    ]);
    const splits = (now?.links ?? []).length + (await store.count({}, 100_000));
    return JSON.stringify([
      now?.version,
      prepared?.version,
      made?.number,
      choices.size,
      failed.length,
      splits,
    ]);
  }

  /** Something that could not be sent, for the administrators. */
  async function fail({ ticket }: Put): Promise<void> {
    const { store, clock } = failing.house;
    const owner = { kind: 'ticket', id: ticket.number } as const;
    await store.enqueue(owner, {
      ...{ key: 'notice:1:x', kind: 'personalNotice', to: { kind: 'person', person: ID.agent } },
      ...{ event: 1, live: false },
    });
    for (const one of await store.leaseDeliveries(clock.now(), clock.now() + 1_000, 500))
      await (one.owner.id === ticket.number
        ? store.fail(one, '403 SEGRETO', clock.now())
        : store.acknowledge(one, undefined));
  }

  async function press(verb: Verb, role: Role, door: Door, pressing: Pressing) {
    const concernsFailures = /Deliver|^failures/.test(verb);
    const stage = concernsFailures ? failing : common;
    const like = `${concernsFailures} ${role} ${pressing.on} ${pressing.draft}`;
    // What nothing has happened to is as good as new.
    const put = untouched.get(like) ?? (await stage.put(role, pressing));
    untouched.set(like, put);
    if (concernsFailures) await fail(put);
    const inputs = concernsFailures
      ? { owner: `ticket/${put.ticket.number}`, delivery: 'notice:1:x' }
      : (pressing.inputs ?? {});
    const earlier = await standing(stage, put, role);
    const answer = await stage.respond(pressAt(door, role, verb, put, { ...pressing, inputs }));
    const done =
      (await standing(stage, put, role)) !== earlier || (verb === 'phoneRequest' && answer.kind === 'dialog');
    if (done || concernsFailures) untouched.delete(like);
    if (concernsFailures)
      for (const one of await stage.house.store.failedDeliveries(10))
        await stage.house.store.discardFailed(one.owner, one.key);
    return { done, said: JSON.stringify(answer) };
  }

  const rows = pressings('');
  test('A1 the table has a row for every verb, and none beside', () => {
    assert.deepEqual([...effects.keys()].sort(), Object.keys(rows).sort());
  });

  for (const verb of Object.keys(rows) as Verb[])
    test(`A1 A2 ${verb}: who may, through which door, and what it tells`, async () => {
      const pressing = pressings(common.other)[verb as keyof typeof rows];
      const allowed = effects.get(verb) ?? new Set<Role>();
      const wrong: string[] = [];
      const did = new Set<Role>();
      for (const role of ROLES)
        for (const door of DOORS) {
          const { done, said } = await press(verb, role, door, pressing);
          if (done) did.add(role);
          if (done && !allowed.has(role)) wrong.push(`${role} did it by the ${door}`);
          const told = leaks(role, said, door === 'card in the channel');
          if (told.length > 0) wrong.push(`${role} was told ${told.join(', ')} by the ${door}`);
        }
      for (const role of allowed) if (!did.has(role)) wrong.push(`${role} could not`);
      assert.deepEqual(wrong, []);
    });

  test('W2 every form of a card or a dialog opens to whom it may, and tells nobody else anything', async () => {
    const wrong: string[] = [];
    for (const form of [...PLACE_FORMS, ...DIALOG_FORMS])
      for (const role of ROLES)
        for (const door of DOORS) {
          const { said } = await press('openForm', role, door, { on: 'free', inputs: { form } });
          const told = leaks(role, said, door === 'card in the channel');
          if (told.length > 0) wrong.push(`${form}: ${role} was told ${told.join(', ')} by the ${door}`);
        }
    // What stands in an article is put into the form that splits it off.
    const article = { on: 'free', inputs: { article: '3' } } as const;
    for (const role of ROLES)
      for (const door of DOORS) {
        const { said } = await press('split', role, door, article);
        const told = leaks(role, said, door === 'card in the channel');
        if (told.length > 0) wrong.push(`split: ${role} was told ${told.join(', ')} by the ${door}`);
      }
    assert.deepEqual(wrong, []);
  });

  test('W5 W6 W7 N4 no list, file, search, command of the chat, link or print tells anybody more', async () => {
    const wrong: string[] = [];
    const quiet = await world();
    const { house } = quiet;
    // In small letters: what was looked for is said again.
    const WORDS = ['oggettosegno', 'segreto', 'rispostasegno', '777888'];
    for (const role of ROLES) {
      const { ticket } = await quiet.put(role, {});
      const { number } = ticket;
      const check = (where: string, said: string) => {
        const told = leaks(role, said);
        if (told.length > 0) wrong.push(`${role} was told ${told.join(', ')} by ${where}`);
      };
      for (const text of [
        number,
        `#${number.slice(-6)}`,
        'bacheca',
        'le mie richieste',
        'messaggi non consegnati',
        ...WORDS.map((word) => `cerca ${word}`),
      ]) {
        const sender = senderOf(role, true, 'x');
        const answer = await hear(house, {
          ...{ kind: 'message', id: 'm', sender, key: `${role} ${text}` },
          text,
          files: [],
        });
        check(`“${text}”`, JSON.stringify(answer));
        const now = house.clock.now();
        for (const delivery of await house.store.leaseDeliveries(now, now + 1_000, 500)) {
          const { to } = delivery;
          if (to.kind === 'person' && to.person === ID[role])
            check(
              `the card after “${text}”`,
              JSON.stringify((await contentOfDelivery(house, delivery)) ?? ''),
            );
          await house.store.acknowledge(delivery, undefined);
        }
      }
      for (const scope of SCOPES)
        for (const asked of [{}, { words: 'segreto' }, { priority: '3' }]) {
          let said = '';
          const listing = { asked: writeAsked({ scope, ...asked }), person: ID[role], locale: 'it' } as const;
          for await (const line of listFile(house, listing) ?? []) said += line;
          check(`the file of ${listing.asked}`, said);
        }
      for (const words of ['', number, ...WORDS]) {
        const sender = senderOf(role, false, 'x');
        const found = await searchTickets(house, {
          kind: 'search',
          sender,
          key: 'k',
          words,
          skip: 0,
          count: 25,
        });
        check(`the extension’s “${words}”`, JSON.stringify(found));
      }
      for (const scope of ['public', 'everything'] as const)
        check(
          `the print of ${scope}`,
          (await printTicket(house, { number, scope, person: ID[role], locale: 'it' })) ?? '',
        );
    }
    await quiet.stop();
    assert.deepEqual(wrong, []);
  });

  test('A1 no command of the domain is anybody’s whom no verb gives it to', () => {
    const BY_VERB: Readonly<Record<string, string>> = {
      requesterMessage: 'writeToOffice',
      phone: 'phoneMade',
      // Whoever wrote a message may edit it in Teams.
      correct: 'writeToOffice',
    };
    const wrong: string[] = [];
    for (const action of TICKET_ACTIONS)
      for (const role of ROLES) {
        const actor = actorFor(desk(), { id: ID[role], name: role });
        const { type } = exampleOf(action, actor);
        const allowed = effects.get(BY_VERB[type] ?? type);
        for (const on of ['held', 'free', 'waiting', 'closed', 'review'] as const) {
          const command = { ...exampleOf(action, actor), actor };
          const { decision } = given(ticketFor(1, role, on), desk()).when(command);
          if (decision.ok && !allowed?.has(role)) wrong.push(`${role}: ${action} on one that is ${on}`);
        }
      }
    // Thanks to whoever closed it, and a note on what is closed: the same verbs.
    assert.deepEqual(wrong, []);
  });
});
