/** Silent outages end: what stops working is told to the administrators, once, with what to do, until it is over (N3). */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON, TENANT } from '../support/desk.ts';
import { APP_ID } from '../support/teams.ts';
import { cardOf, deliver, message, pressOf, sentenceOf } from './support/activities.ts';
import { textOf, wordsOf } from './support/cards.ts';
import {
  act,
  cardsIn,
  channelOf,
  chatOf,
  heardBy,
  openTicket,
  queueCardOf,
  replying,
  say,
  type Who,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const MINUTE = 60_000;

describe('alerts', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.stop());

  const told = () => heardBy(stage, 'elena').map(wordsOf);
  const fail = (path: string, status: number) =>
    stage.local.addFault({ path, effect: { kind: 'status', status } });
  const open = async () => (await stage.store.openAlerts()).map(({ id }) => id);
  const failed = async () => (await stage.store.failedDeliveries(100)).map(({ key }) => key).sort();
  const press = async (who: Who, on: MessageView, data: Record<string, string>) =>
    deliver(stage, pressOf(stage, who, on, data, { id: `f:${crypto.randomUUID()}` }));
  const words = (answer: Awaited<ReturnType<typeof press>>) => textOf(cardOf(answer));
  /** Time passes, as the outbox asks for it. */
  const minutes = async (count: number) => {
    const until = stage.clock.now() + count * MINUTE;
    while (stage.clock.now() < until) {
      const next = (await stage.store.nextDeliveryAt()) ?? until;
      stage.clock.advance(Math.max(Math.min(next, until) - stage.clock.now(), 1));
      await stage.bot.tick();
      await stage.quiet();
    }
  };
  const lastCard = () => heardBy(stage, 'elena').at(-1) as MessageView;
  const teamEvent = (eventType: string, more: Record<string, unknown> = {}) => {
    const { channelData, ...over } = more;
    return deliver(
      stage,
      message(stage, 'dario', '', {
        type: 'conversationUpdate',
        text: undefined,
        id: undefined,
        conversation: { id: stage.desk.team.id, conversationType: 'channel', tenantId: TENANT },
        channelData: {
          tenant: { id: TENANT },
          team: { id: stage.desk.team.id },
          eventType,
          ...(channelData as object),
        },
        ...over,
      }),
    );
  };
  const bot = [{ id: `28:${APP_ID}` }];

  test('N3 a user without the app is one card to each administrator, and is over when the app is installed', async () => {
    const first = await openTicket(stage);
    await stage.local.uninstall(PERSON.maria);
    await act(stage, 'anna', queueCardOf(stage, first), 'claim');
    await stage.settle();
    assert.equal(told().length, 1, 'one card, not one for each message');
    assert.match(told()[0] ?? '', /Maria Rinaldi non riceve messaggi.*2 messaggi.*Fagliela installare/s);
    await stage.restart();
    await stage.bot.tick();
    await stage.settle();
    assert.equal(told().length, 1, 'nor once more after a restart');

    const before = heardBy(stage, 'maria').length;
    await stage.local.install(PERSON.maria);
    await stage.settle();
    assert.deepEqual(await failed(), []);
    assert.deepEqual(await open(), []);
    assert.ok(heardBy(stage, 'maria').length > before, 'what was missed arrives by itself');
    assert.match(told()[0] ?? '', /Risolto: Maria Rinaldi non riceve messaggi/);
    assert.equal(told().length, 1);

    stage.clock.advance(MINUTE);
    await stage.local.uninstall(PERSON.maria);
    await act(stage, 'anna', queueCardOf(stage, first), 'reply', replying('Ci siamo.', 'stay'));
    await stage.settle();
    assert.equal(told().length, 2, 'when it happens again it is told again');
  });

  test('N3 administrators see what failed in their chat, and retry or discard each', async () => {
    const ticket = await openTicket(stage);
    await stage.local.uninstall(PERSON.maria);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await stage.settle();
    const alert = lastCard();
    await act(stage, 'elena', alert, 'failures');
    await stage.settle();
    assert.match(told()[0] ?? '', /Maria Rinaldi non riceve messaggi/, 'the alert stays as it is');
    const list = lastCard();
    assert.match(wordsOf(list), /Messaggi non consegnati · 2.*Maria Rinaldi · .*403/s);

    await say(stage, 'elena', 'Messaggi non consegnati');
    await stage.settle();
    assert.match(wordsOf(lastCard()), /Messaggi non consegnati · 2/);
    await say(stage, 'elena', 'failed deliveries', { locale: 'en-GB' });
    await stage.settle();
    assert.match(wordsOf(lastCard()), /Messages not delivered · 2/);

    const owner = `ticket/${ticket.number}`;
    const retry = { verb: 'retryDelivery', list: '', owner, delivery: 'requester:2' };
    assert.match(words(await press('elena', list, retry)), /Riparte un messaggio/);
    await stage.settle();
    assert.deepEqual(await failed(), ['card:requester', 'requester:2'], 'it failed again');
    assert.equal(heardBy(stage, 'elena').filter((one) => wordsOf(one).includes('Fagliela')).length, 1);

    const discard = { ...retry, verb: 'discardDelivery' };
    assert.match(words(await press('elena', list, discard)), /Messaggio scartato/);
    assert.deepEqual(await failed(), ['card:requester']);
    assert.match(words(await press('elena', list, discard)), /Non era più tra i messaggi/);
    await stage.settle();
    await press('elena', list, { ...discard, delivery: 'card:requester' });
    await stage.settle();
    assert.deepEqual(await open(), [], 'nothing is left of it');
  });

  test('A1 only administrators, in their own chat, see or touch what failed', async () => {
    const ticket = await openTicket(stage);
    await stage.local.uninstall(PERSON.maria);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await stage.settle();
    const data = { list: '', owner: `ticket/${ticket.number}`, delivery: 'requester:2' };
    const [inChat] = heardBy(stage, 'elena') as [MessageView];
    for (const verb of ['failures', 'retryDelivery', 'discardDelivery', 'retryDeliveries']) {
      for (const who of ['maria', 'anna', 'dario'] as const)
        assert.match(
          sentenceOf(await press(who, { ...inChat, conversation: chatOf(stage, who) }, { ...data, verb })),
          /solo gli amministratori/,
        );
      const inChannel = { ...inChat, conversation: channelOf(stage, 'finance') };
      assert.match(sentenceOf(await press('elena', inChannel, { ...data, verb })), /chat/);
    }
    assert.equal((await failed()).length, 2);
    for (const forged of [{ owner: 'ticket/1' }, { delivery: '__proto__' }, { owner: '' }])
      assert.match(
        words(await press('elena', inChat, { ...data, verb: 'discardDelivery', ...forged })),
        /Non era più tra/,
      );
    assert.equal((await failed()).length, 2);
    await say(stage, 'anna', 'messaggi non consegnati');
    await stage.settle();
    assert.match(heardBy(stage, 'anna').at(-1)?.text ?? '', /solo gli amministratori/);
  });

  test('N3 a team that removed the bot is told once, whatever the channels, and mends itself', async () => {
    const ticket = await openTicket(stage);
    await teamEvent('teamMemberRemoved', { membersRemoved: bot });
    await stage.settle();
    assert.equal(told().length, 1, 'told although nothing was to be sent');
    assert.match(told()[0] ?? '', /L’app non è più nel team Assistenza.*Aggiungi di nuovo l’app/s);
    fail(encodeURIComponent(channelOf(stage, 'finance')), 403);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await stage.settle();
    assert.deepEqual(await failed(), ['card:finance']);
    await stage.bot.tick();
    assert.deepEqual(await open(), ['teamWithoutBot/']);
    assert.equal(told().length, 1);
    stage.local.clearFaults();
    await teamEvent('teamMemberAdded', { membersAdded: bot });
    await stage.settle();
    assert.deepEqual(await open(), []);
    assert.deepEqual(await failed(), []);
    assert.match(wordsOf(queueCardOf(stage, ticket)), /Anna Conti/, 'what was missed is there');
    assert.match(told()[0] ?? '', /Risolto/);
  });

  test('N3 nothing is sent to a team that removed the bot, whatever Teams would answer, until it is there again', async () => {
    const ticket = await openTicket(stage);
    await stage.settle();
    const callsToChannel = () =>
      stage.local.calls.filter(
        ({ method, path, body }) =>
          method !== 'GET' &&
          (decodeURIComponent(path) + JSON.stringify(body ?? '')).includes(channelOf(stage, 'finance')),
      ).length;
    await teamEvent('teamMemberRemoved', { membersRemoved: bot });
    await stage.settle();
    const before = callsToChannel();
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await stage.settle();
    assert.equal(callsToChannel(), before, 'Teams would have taken it, and nobody seen it');
    assert.deepEqual(await failed(), ['card:finance']);
    await stage.bot.tick();
    assert.deepEqual(await open(), ['teamWithoutBot/']);

    // The event of its return may be lost: an administrator knows.
    await press('elena', lastCard(), { verb: 'retryDeliveries', list: 'teamWithoutBot/' });
    await stage.settle();
    assert.deepEqual(await failed(), []);
    assert.match(wordsOf(queueCardOf(stage, ticket)), /Anna Conti/, 'what was missed is there');
    await stage.bot.tick();
    assert.deepEqual(await open(), []);
  });

  test('N3 a channel that was deleted is told with its queue, and is over when it is restored', async () => {
    const channel = { channelData: { channel: { id: channelOf(stage, 'finance') } } };
    await teamEvent('channelDeleted', channel);
    await teamEvent('channelDeleted', channel);
    await teamEvent('channelDeleted', { channelData: { channel: { id: '19:other@thread.tacv2' } } });
    await stage.settle();
    assert.equal(told().length, 1);
    assert.match(told()[0] ?? '', /Il canale della coda “[^”]+” non c’è più.*Ripristinalo in Teams/s);
    await stage.bot.tick();
    assert.deepEqual(await open(), ['channelGone/finance'], 'it holds although nothing has failed yet');
    await teamEvent('channelRestored', channel);
    await stage.settle();
    assert.deepEqual(await open(), []);
    assert.match(told()[0] ?? '', /Risolto/);
  });

  test('N3 another team, and members other than the bot, are nobody’s business', async () => {
    await teamEvent('teamMemberRemoved', { membersRemoved: [{ id: '29:someone' }] });
    await teamEvent('teamMemberRemoved', {
      membersRemoved: bot,
      channelData: { team: { id: '19:another@thread.tacv2' } },
    });
    await stage.settle();
    assert.deepEqual(await open(), []);
  });

  test('N3 an outbox that does not drain is told, also when Teams was down for an hour, and nothing is lost', async () => {
    const ticket = await openTicket(stage);
    await stage.settle();
    stage.local.addFault({ effect: { kind: 'status', status: 503 } });
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    const during = await say(stage, 'maria', `${ticket.number} ci sono novità?`).catch(() => undefined);
    assert.ok(during, 'what is written meanwhile is taken');
    await minutes(60);
    assert.deepEqual(await open(), ['outboxStuck/']);
    assert.equal(told().length, 0, 'the administrator cannot be reached either');
    assert.equal((await stage.store.failedDeliveries(10)).length, 0);
    stage.local.clearFaults();
    await minutes(20);
    await stage.settle();
    assert.deepEqual(await open(), []);
    assert.equal(told().length, 1, 'told afterwards: an hour of silence is no secret');
    assert.match(told()[0] ?? '', /Dei messaggi non partono/);
    assert.equal(await stage.store.nextDeliveryAt(), undefined, 'the outbox is empty');
    const thread = stage.local
      .messagesOf(channelOf(stage, 'finance'), PERSON.anna)
      .filter(({ from, replyTo }) => from.bot && replyTo !== undefined);
    assert.equal(thread.length, 1, 'the office has the message, once');
    assert.equal(cardsIn(stage, 'finance').length, 1);
  });

  test('N3 a token that is refused is told with what the code means, and people go on being answered', async () => {
    const ticket = await openTicket(stage);
    await stage.restart();
    fail('/oauth2/v2.0/token', 401);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await minutes(2);
    assert.deepEqual(await open(), ['tokenRefused/']);
    assert.equal((await stage.store.ticket(ticket.number))?.owner?.id, PERSON.anna, 'work goes on');
    stage.local.clearFaults();
    await minutes(10);
    await stage.settle();
    assert.deepEqual(await open(), []);
    assert.equal(told().length, 1);
    assert.match(told()[0] ?? '', /Risolto: Microsoft rifiuta le credenziali del bot/);
    assert.equal(await stage.store.nextDeliveryAt(), undefined);
  });
});

describe('alerts of what will end', () => {
  test('N3 a secret near its end is told thirty days before and seven days before, once each', async () => {
    const day = 86_400_000;
    const soon = await setStage({ environment: { MicrosoftAppPasswordExpires: '2026-12-15' } });
    try {
      const told = () => heardBy(soon, 'elena').map(wordsOf);
      const look = async () => {
        await soon.bot.tick();
        await soon.settle();
      };
      await look();
      assert.equal(told().length, 0);
      soon.clock.advance(11 * day);
      await look();
      await soon.restart();
      await look();
      assert.equal(told().length, 1);
      assert.match(told()[0] ?? '', /Il segreto del bot scade .*MicrosoftAppPasswordExpires/s);
      soon.clock.advance(23 * day);
      await look();
      await look();
      assert.equal(told().length, 2);
      soon.clock.advance(10 * day);
      await look();
      assert.equal(told().length, 2);
      assert.match(told()[1] ?? '', /Il segreto del bot è scaduto/);
    } finally {
      await soon.stop();
    }
  });
});
