import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { cardOf, deliver, pressOf } from './support/activities.ts';
import { cardIn, textOf, verbsOf, wordsOf } from './support/cards.ts';
import { remove, sendsTo } from './support/connector.ts';
import {
  act,
  CLEAR,
  cardsIn,
  chatOf,
  heardBy,
  openTicket,
  postsIn,
  press,
  queueCardOf,
  replying,
  reread,
  say,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

describe('what was committed reaches Teams', () => {
  let stage: Stage;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage({ bot: { connectorTimeoutMs: 300 } });
  });
  after(() => stage.stop());

  const statuses = (conversation: string) => sendsTo(stage, conversation).map(({ status }) => status);
  const failTo = (conversation: string, status: number, retryAfterSeconds?: number, times = 1) =>
    stage.local.addFault({
      ...{ method: 'POST', path: encodeURIComponent(conversation), times },
      effect: { kind: 'status', status, ...(retryAfterSeconds ? { retryAfterSeconds } : {}) },
    });

  test('N3 429 with Retry-After: not one call into that conversation before the time, all others go on', async () => {
    const chat = chatOf(stage, 'maria');
    failTo(chat, 429, 7);
    await say(stage, 'maria', CLEAR);
    await stage.quiet();
    assert.deepEqual(statuses(chat), [429]);
    await say(stage, 'luca', CLEAR);
    await stage.quiet();
    assert.equal(heardBy(stage, 'luca').length, 1);
    // Nor does the bot say anything else in there.
    await say(stage, 'maria', 'grazie');
    stage.clock.advance(6_999);
    await stage.quiet();
    assert.deepEqual(statuses(chat), [429]);
    stage.clock.advance(1);
    await stage.quiet();
    assert.deepEqual(statuses(chat), [429, 201]);
    assert.equal(heardBy(stage, 'maria').length, 1);
  });

  for (const status of [500, 502, 503, 504, 412, 408])
    test(`N3 ${status} is tried again, later each time, until it works`, async () => {
      const chat = chatOf(stage, 'maria');
      failTo(chat, status, undefined, 3);
      await say(stage, 'maria', CLEAR);
      await stage.quiet();
      const waits: number[] = [];
      while (heardBy(stage, 'maria').length === 0) {
        const next = await stage.store.nextDeliveryAt();
        assert.ok(next !== undefined);
        waits.push(next - stage.clock.now());
        stage.clock.advance(next - stage.clock.now());
        await stage.quiet();
      }
      assert.deepEqual(waits, [1_000, 2_000, 4_000]);
      assert.deepEqual(statuses(chat), [status, status, status, 201]);
    });

  test('N3 a call that hangs is given up, holds up nobody else, and is made again', async () => {
    const chat = chatOf(stage, 'maria');
    stage.local.addFault({
      ...{ method: 'POST', path: encodeURIComponent(chat), times: 1 },
      effect: { kind: 'hang' },
    });
    await say(stage, 'maria', CLEAR);
    await say(stage, 'luca', CLEAR);
    await stage.quiet();
    assert.equal(heardBy(stage, 'luca').length, 1);
    assert.deepEqual(statuses(chat), [undefined]);
    await stage.settle();
    assert.deepEqual(statuses(chat), [undefined, 201]);
    assert.equal(heardBy(stage, 'maria').length, 1);
  });

  test('N3 a login server that is down delays, and loses nothing', async () => {
    stage.local.addFault({ path: '/oauth2/', effect: { kind: 'status', status: 503 } });
    await say(stage, 'maria', CLEAR);
    await stage.quiet();
    assert.equal(heardBy(stage, 'maria').length, 0);
    stage.local.clearFaults();
    await stage.settle();
    assert.equal(heardBy(stage, 'maria').length, 1);
  });

  test('N3 what waits when the bot stops is sent by the next one, once', async () => {
    failTo(chatOf(stage, 'maria'), 503);
    await say(stage, 'maria', CLEAR);
    await stage.quiet();
    await stage.restart();
    await stage.settle();
    await stage.restart();
    await stage.settle();
    assert.equal(heardBy(stage, 'maria').length, 1);
  });

  test('N3 an answer in the chat that meets 429 is said a little later', async () => {
    failTo(chatOf(stage, 'maria'), 429, 2);
    await say(stage, 'maria', 'grazie');
    await stage.settle();
    assert.deepEqual(
      heardBy(stage, 'maria').map(({ text }) => text),
      ['Prego!'],
    );
  });

  test('N3 where the app is not installed the delivery fails, and each administrator is told of it once', async () => {
    const ticket = await openTicket(stage);
    await stage.local.uninstall(PERSON.maria);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await stage.settle();
    const told = () => heardBy(stage, 'elena').map(wordsOf);
    // The card and the notice that it was taken: one thing to mend.
    assert.equal(told().length, 1);
    assert.match(
      told()[0] ?? '',
      /Maria Rinaldi non riceve messaggi.*2 messaggi non sono arrivati.*Motivo: 403/s,
    );
    assert.deepEqual((await stage.store.failedDeliveries(10)).map(({ key }) => key).sort(), [
      'card:requester',
      'requester:2',
    ]);
    const calls = sendsTo(stage, chatOf(stage, 'maria')).length;
    stage.clock.advance(86_400_000);
    await stage.restart();
    await stage.bot.tick();
    await stage.settle();
    assert.equal(sendsTo(stage, chatOf(stage, 'maria')).length, calls, 'it is not tried again by itself');
    await act(stage, 'anna', queueCardOf(stage, ticket), 'reply', replying('Ci siamo.', 'stay'));
    await stage.settle();
    assert.equal(told().length, 1, 'not told again');
    assert.match(told()[0] ?? '', /3 messaggi non sono arrivati/);
    assert.equal(cardsIn(stage, 'finance').length, 1, 'the office goes on working');
  });

  test('N3 a failure that cannot be told to the administrator ends there', async () => {
    const ticket = await openTicket(stage);
    await stage.local.uninstall(PERSON.maria);
    await stage.local.uninstall(PERSON.elena);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await stage.settle();
    assert.equal(await stage.store.nextDeliveryAt(), undefined);
    assert.equal(
      (await stage.store.failedDeliveries(10)).length,
      3,
      'of Elena it is told to nobody but Elena',
    );
  });

  test('N3 a form that cannot be delivered is told to the administrator, without a word of what it says', async () => {
    failTo(chatOf(stage, 'luca'), 403, undefined, 99);
    await say(stage, 'luca', CLEAR);
    await stage.settle();
    const [told, ...more] = heardBy(stage, 'elena').map(wordsOf);
    assert.equal(more.length, 0);
    assert.match(told ?? '', /Luca Ferri non riceve messaggi/);
    assert.doesNotMatch(told ?? '', /mandati|soggetto|Invia/);
  });

  test('W1 a card that somebody deleted is posted again, and its thread goes on below the new one', async () => {
    const ticket = await openTicket(stage);
    const first = queueCardOf(stage, ticket);
    await remove(stage, first);
    await remove(stage, heardBy(stage, 'maria')[0] as MessageView);
    await say(stage, 'maria', `${ticket.number} ci sono novità?`);
    await stage.settle();
    const live = cardsIn(stage, 'finance').filter(({ deleted }) => !deleted);
    assert.equal(live.length, 1);
    assert.notEqual(live[0]?.id, first.id);
    const replies = postsIn(stage, 'finance').filter(({ replyTo }) => replyTo !== undefined);
    assert.deepEqual(
      replies.map(({ replyTo }) => replyTo),
      [live[0]?.id],
    );
    const mine = heardBy(stage, 'maria').filter(({ cards, deleted }) => cards.length && !deleted);
    assert.equal(mine.length, 1);
    await act(stage, 'anna', live[0] as MessageView, 'claim');
    await stage.settle();
    assert.equal(cardsIn(stage, 'finance').filter(({ deleted }) => !deleted).length, 1);
  });

  test('W4 the thread waits until its card stands', async () => {
    const ticket = await openTicketWhile(503);
    await say(stage, 'maria', `${ticket.number} succede anche a Carla`);
    // So often that the card no longer keeps its whole channel waiting.
    for (let round = 0; round < 8; round++) {
      const next = await stage.store.nextDeliveryAt();
      stage.clock.advance(Math.max((next ?? 0) - stage.clock.now(), 1));
      await stage.quiet();
    }
    assert.deepEqual(postsIn(stage, 'finance'), []);
    stage.local.clearFaults();
    await stage.settle();
    const [card, reply, ...more] = postsIn(stage, 'finance');
    assert.equal(more.length, 0);
    assert.equal(card?.replyTo, undefined);
    assert.equal(reply?.replyTo, card?.id);
  });

  /** A ticket whose card cannot be posted for now. */
  const openTicketWhile = async (status: number) => {
    await say(stage, 'maria', CLEAR);
    await stage.settle();
    const form = heardBy(stage, 'maria')[0] as MessageView;
    const draft = await stage.store.pendingDraftOf(PERSON.maria);
    stage.local.addFault({
      ...{ method: 'POST', path: '/v3/conversations' },
      effect: { kind: 'status', status },
    });
    await press(stage, 'maria', form, { verb: 'sendRequest', draft: draft?.id ?? '', version: 1 });
    await stage.quiet();
    const [ticket] = await stage.store.ticketsOf(PERSON.maria, 1);
    assert.ok(ticket);
    return ticket;
  };

  test('W3 where nobody can say who is in the channel a card has one button, which opens the working view for whoever may', async () => {
    stage.local.addFault({ path: 'pagedmembers', effect: { kind: 'status', status: 503 } });
    const ticket = await openTicket(stage);
    const card = queueCardOf(stage, ticket);
    assert.equal((card.cards[0] as { refresh?: unknown }).refresh, undefined);
    assert.deepEqual(verbsOf(card.cards[0]), ['workView']);
    const view = { verb: 'workView', number: ticket.number, version: 1 };
    const work = cardIn(await press(stage, 'anna', card, view));
    assert.ok(verbsOf(work).includes('claim'));
    for (const who of ['maria', 'carla'] as const) {
      const refused = cardOf(await deliver(stage, pressOf(stage, who, card, view)));
      assert.deepEqual(verbsOf(refused), ['workView'], who);
      assert.match(textOf(refused), /La lavora chi fa parte di Servizi finanziari/, who);
    }
    await deliver(stage, pressOf(stage, 'carla', card, { ...view, verb: 'claim' }));
    assert.equal((await reread(stage, ticket)).owner, undefined, 'rights are asked at the decision');
    await press(stage, 'anna', card, { verb: 'claim', number: ticket.number, version: 1 });
    assert.equal((await reread(stage, ticket)).owner?.id, PERSON.anna);
  });

  test('W3 the administrators are told of a channel whose members are not known, until they are', async () => {
    stage.local.addFault({ path: 'pagedmembers', effect: { kind: 'status', status: 403 } });
    await openTicket(stage);
    await stage.settle();
    const told = () => heardBy(stage, 'elena').map(wordsOf);
    assert.equal(told().length, 1);
    assert.match(
      told()[0] ?? '',
      /Non si sa chi è nel canale della coda “Servizi finanziari”.*un solo pulsante/s,
    );
    await stage.pass(60_000);
    assert.deepEqual(
      (await stage.store.openAlerts()).map(({ id }) => id),
      ['membersUnknown/finance'],
    );
    stage.local.clearFaults();
    await stage.pass(60_000);
    await stage.pass(4 * 60_000);
    await stage.settle();
    assert.deepEqual(await stage.store.openAlerts(), []);
    assert.equal(told().length, 1);
    assert.match(told()[0] ?? '', /Risolto/);
  });
});
