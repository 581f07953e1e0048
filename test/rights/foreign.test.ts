/** Whoever is of another tenant may do nothing and is told nothing, whatever they press (A2). */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { ticketNumber } from '../support/tickets.ts';
import { type Activity, deliver, message, pressOf } from '../teams/support/activities.ts';
import { openTicket, queueCardOf, reread } from '../teams/support/people.ts';
import { type Stage, setStage } from '../teams/support/stage.ts';
import { OTHER, pressings } from './pressings.ts';

const FOREIGN: Activity = { channelData: { tenant: { id: '77777777-0000-4000-8000-000000000001' } } };

describe('A2 a foreign tenant', () => {
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  before(async () => {
    stage = await setStage();
    ticket = await openTicket(stage);
    card = queueCardOf(stage, ticket);
  });
  after(() => stage.stop());

  /** Anna’s press, as it would come from elsewhere. */
  function activities(verb: string, inputs: Readonly<Record<string, string>>): readonly object[] {
    const data = { verb, number: ticket.number, version: ticket.version, ...inputs };
    const pressed = pressOf(stage, 'anna', card, data, FOREIGN);
    const dialog = { value: { data } };
    return [
      pressed,
      { ...pressed, ...dialog, name: 'task/fetch' },
      { ...pressed, ...dialog, name: 'task/submit' },
      { ...pressed, name: 'composeExtension/fetchTask', value: { commandId: verb } },
      { ...pressed, name: 'composeExtension/submitAction', value: { commandId: verb, data } },
    ];
  }

  test('A2 has no verb at any door', async () => {
    const rows = pressings(ticketNumber(OTHER));
    for (const [verb, { inputs = {} }] of Object.entries(rows))
      for (const activity of activities(verb, inputs)) {
        const { status, body } = await deliver(stage, activity);
        const said = JSON.stringify(body);
        assert.equal(status, 200, `${verb} ${said}`);
        assert.ok(
          said.includes('serve solo il personale') && !said.includes(ticket.subject),
          `${verb}: ${said}`,
        );
      }
    await stage.settle();
    assert.equal((await reread(stage, ticket)).version, ticket.version);
    assert.equal(await stage.store.count({}, 10), 1);
  });

  test('A2 searches nothing and is not heard', async () => {
    const query = { commandId: 'searchTickets', parameters: [{ name: 'words', value: 'mandati' }] };
    const search = pressOf(
      stage,
      'anna',
      card,
      { verb: 'x' },
      { ...FOREIGN, name: 'composeExtension/query', value: query },
    );
    const { body } = await deliver(stage, search);
    assert.ok(!JSON.stringify(body).includes(ticket.number));
    const heard = () => stage.local.messagesOf(card.conversation, PERSON.anna).length;
    const before = heard();
    for (const text of [ticket.number, 'cerca mandati', 'bacheca', 'Buongiorno, non stampa più niente'])
      await deliver(stage, message(stage, 'anna', text, { ...FOREIGN, id: text.slice(0, 8) }));
    await stage.settle();
    assert.equal(heard(), before);
    assert.equal(await stage.store.count({}, 10), 1);
    assert.equal(await stage.store.pendingDraftOf(PERSON.anna), undefined);
  });
});
