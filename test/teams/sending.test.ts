import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import type { Whim } from '../../src/local/whims.ts';
import { PERSON } from '../support/desk.ts';
import { dataOf, textOf, wordsOf } from './support/cards.ts';
import { editsOf, sendsTo } from './support/connector.ts';
import {
  act,
  CLEAR,
  cardsIn,
  channelOf,
  chatOf,
  heardBy,
  lastHeardBy,
  look,
  openTicket,
  postsIn,
  press,
  queueCardOf,
  replying,
  say,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const MINUTE_MS = 60_000;

describe('what Teams answers to what is sent', () => {
  let stage: Stage;
  let whim: Whim | undefined;
  beforeEach(async () => {
    await stage?.stop();
    whim = undefined;
    stage = await setStage({
      bot: { connectorTimeoutMs: 300 },
      local: { whims: (what) => what === whim },
    });
  });
  after(() => stage.stop());

  /** Lets time pass, minute by minute, and has all sent that is ready. */
  const minutes = async (count: number) => {
    for (let minute = 0; minute < count; minute++) {
      stage.clock.advance(MINUTE_MS);
      await stage.settle();
    }
  };
  const living = (queue: string) => cardsIn(stage, queue).filter(({ deleted }) => !deleted);
  const idsAsked = () => stage.local.calls.map(({ path }) => path).join('\n');

  test('W1 a card that its channel’s member deleted is posted again at once: Teams says 403 to its update', async () => {
    const ticket = await openTicket(stage);
    const first = queueCardOf(stage, ticket);
    stage.local.remove(PERSON.anna, first.conversation, first.id);
    await say(stage, 'maria', `${ticket.number} ci sono novità?`);
    await stage.quiet();
    assert.deepEqual(
      editsOf(stage, first).map(({ status }) => status),
      [403],
    );
    assert.equal(living('finance').length, 1);
  });

  test('N3 a 404 that passes makes no second card', async () => {
    const ticket = await openTicket(stage);
    const card = queueCardOf(stage, ticket);
    stage.local.addFault({
      ...{ method: 'PUT', path: `/activities/${card.id}`, times: 5 },
      effect: { kind: 'status', status: 404, code: 'ActivityNotFoundInConversation' },
    });
    await act(stage, 'anna', card, 'claim');
    await stage.settle();
    assert.equal(cardsIn(stage, 'finance').length, 1);
    assert.match(wordsOf(queueCardOf(stage, ticket)), /Anna Conti/);
  });

  test('N3 a 404 that stays for minutes is believed, and not before', async () => {
    const ticket = await openTicket(stage);
    const card = queueCardOf(stage, ticket);
    const begun = stage.clock.now();
    stage.local.addFault({
      ...{ method: 'PUT', path: `/activities/${card.id}` },
      effect: { kind: 'status', status: 404, code: 'ActivityNotFoundInConversation' },
    });
    await act(stage, 'anna', card, 'claim');
    for (let round = 0; round < 30 && cardsIn(stage, 'finance').length === 1; round++) {
      stage.clock.advance(10_000);
      await stage.quiet();
    }
    assert.equal(cardsIn(stage, 'finance').length, 2);
    assert.ok(stage.clock.now() - begun >= 2 * MINUTE_MS, `${stage.clock.now() - begun} ms`);
  });

  test('N3 after “Delete chat” the conversation is begun anew by the Entra id, and the message comes once', async () => {
    const ticket = await openTicket(stage);
    stage.local.deleteChat(PERSON.maria);
    assert.deepEqual(heardBy(stage, 'maria'), []);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'reply', replying('Ci siamo.', 'stay'));
    await minutes(5);
    const answers = heardBy(stage, 'maria').filter((message) => wordsOf(message).includes('ha risposto'));
    assert.equal(answers.length, 1);
    assert.equal(heardBy(stage, 'maria').length, 2, 'and the request’s own card is there again, once');
    const begun = stage.local.calls.filter(
      ({ method, path }) => method === 'POST' && path === '/v3/conversations',
    );
    const members = begun.flatMap(({ body }) => (body as { members?: { id: string }[] }).members ?? []);
    assert.ok(members.some(({ id }) => id === PERSON.maria));
    assert.ok(members.every(({ id }) => !id.startsWith('29:')));
    assert.deepEqual(await stage.store.failedDeliveries(10), []);
  });

  test('N3 a card whose id Teams does not tell is not posted again, and learns it from who presses it', async () => {
    await say(stage, 'maria', CLEAR);
    await stage.settle();
    const form = lastHeardBy(stage, 'maria');
    stage.local.addFault({
      ...{ method: 'POST', path: '/v3/conversations', times: 1 },
      effect: { kind: 'emptyAnswer' },
    });
    await press(stage, 'maria', form, dataOf(form.cards[0], 'sendRequest'));
    await stage.settle();
    const [ticket] = (await stage.store.ticketsOf(PERSON.maria, 1)) as [Ticket];
    const card = queueCardOf(stage, ticket);
    await say(stage, 'maria', `${ticket.number} succede anche a Carla`);
    await stage.quiet();
    assert.equal(cardsIn(stage, 'finance').length, 1);
    assert.match(textOf(await look(stage, 'anna', card)), /succede anche a Carla/, 'no pointer');
    await stage.settle();
    assert.match(wordsOf(queueCardOf(stage, ticket)), /succede anche a Carla/, 'everybody sees it now');
    await act(stage, 'anna', card, 'claim');
    await stage.settle();
    assert.match(wordsOf(queueCardOf(stage, ticket)), /Anna Conti/);
    const [reply] = postsIn(stage, 'finance').filter(({ replyTo }) => replyTo !== undefined);
    assert.equal(reply?.replyTo, card.id);
    assert.doesNotMatch(idsAsked(), /undefined|activities\/(\n|$)/);
    assert.equal(cardsIn(stage, 'finance').length, 1);
  });

  test('N3 a form whose id Teams does not tell can be sent, and is no copy', async () => {
    whim = 'emptyAnswer';
    await say(stage, 'maria', CLEAR);
    await stage.settle();
    whim = undefined;
    await say(stage, 'maria', 'aggiungo che è urgente');
    await stage.settle();
    const [form, ...more] = heardBy(stage, 'maria').filter(({ cards }) => cards.length > 0);
    assert.ok(form && more.length === 0);
    const { version = 0 } = (await stage.store.pendingDraftOf(PERSON.maria)) ?? {};
    await press(stage, 'maria', form, { ...dataOf(form.cards[0], 'sendRequest'), version });
    await stage.settle();
    const [ticket] = await stage.store.ticketsOf(PERSON.maria, 1);
    assert.ok(ticket);
    const [card] = heardBy(stage, 'maria').filter(({ cards }) => cards.length > 0);
    assert.match(wordsOf(card as MessageView), new RegExp(ticket.number));
    assert.doesNotMatch(idsAsked(), /undefined/);
  });

  test('N3 ids with `;messageid=`, in chats too, name the message', async () => {
    whim = 'longId';
    const ticket = await openTicket(stage);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await stage.settle();
    const cards = heardBy(stage, 'maria').filter(({ replyTo }) => replyTo === undefined);
    assert.match(wordsOf(cards[0] as MessageView), /Anna Conti/, 'its edits arrive');
    assert.doesNotMatch(idsAsked(), /activities\/[^/\n]*messageid/);
  });

  test('N3 what Teams took after a long silence is not posted again', async () => {
    stage.local.addFault({
      ...{ method: 'POST', path: '/v3/conversations', times: 1 },
      effect: { kind: 'slow', ms: 700 },
    });
    const chat = chatOf(stage, 'maria');
    await say(stage, 'maria', CLEAR);
    await stage.settle();
    assert.equal(heardBy(stage, 'maria').length, 1);
    assert.equal(sendsTo(stage, chat).length, 1);
  });

  test('N3 who removed the app is sent nothing, also where Teams would accept it unseen, and gets it when they have it again', async () => {
    const ticket = await openTicket(stage);
    whim = 'unseen';
    await stage.local.uninstall(PERSON.maria);
    const before = sendsTo(stage, chatOf(stage, 'maria')).length;
    await act(stage, 'anna', queueCardOf(stage, ticket), 'reply', replying('Ci siamo.', 'stay'));
    await stage.settle();
    assert.equal(sendsTo(stage, chatOf(stage, 'maria')).length, before);
    assert.match(wordsOf(lastHeardBy(stage, 'elena')), /Maria Rinaldi non riceve messaggi/);
    await stage.local.install(PERSON.maria);
    await stage.settle();
    const heard = heardBy(stage, 'maria').map(wordsOf).join('\n');
    assert.match(heard, /Ci siamo\./);
    assert.deepEqual(await stage.store.failedDeliveries(10), []);
  });

  test('N3 a retry by an administrator asks Teams, whatever was told before', async () => {
    const ticket = await openTicket(stage);
    await stage.local.uninstall(PERSON.maria);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await stage.settle();
    // She has it again, and no word of it arrived.
    stage.local.connectBot('http://127.0.0.1:1/');
    await stage.local.install(PERSON.maria);
    stage.local.connectBot(`${stage.url}/api/messages`);
    const alert = lastHeardBy(stage, 'elena');
    await press(stage, 'elena', alert, dataOf(alert.cards[0], 'failures'));
    const list = lastHeardBy(stage, 'elena');
    await press(stage, 'elena', list, dataOf(list.cards[0], 'retryDeliveries'));
    await stage.settle();
    assert.deepEqual(await stage.store.failedDeliveries(10), []);
  });

  for (const code of [
    'BotDisabledByAdmin',
    'ConversationBlockedByUser',
    'MessageWritesBlocked',
    'ForbiddenOperation',
    'BotNotInConversationRoster',
  ])
    test(`N3 403 ${code} is not tried again, and an administrator is told`, async () => {
      stage.local.addFault({
        ...{ method: 'POST', path: encodeURIComponent(chatOf(stage, 'luca')) },
        effect: { kind: 'status', status: 403, code },
      });
      await say(stage, 'luca', CLEAR);
      await minutes(3);
      assert.equal(sendsTo(stage, chatOf(stage, 'luca')).length, 1);
      assert.match(
        wordsOf(lastHeardBy(stage, 'elena')),
        new RegExp(`Luca Ferri non riceve messaggi.*${code}`, 's'),
      );
    });

  test('N3 one message that is too large is given up, and the others go on', async () => {
    const ticket = await openTicket(stage);
    stage.local.addFault({
      ...{ method: 'PUT', path: channelOf(stage, 'finance').slice(3, 9), times: 1 },
      effect: { kind: 'status', status: 413 },
    });
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await minutes(1);
    assert.deepEqual(
      (await stage.store.failedDeliveries(10)).map(({ reason }) => reason),
      ['413 MessageSizeTooBig'],
    );
    assert.match(heardBy(stage, 'maria').map(wordsOf).join(), /Anna Conti/);
  });

  test('N3 the service moves: what follows goes to its newest address, also into chats that were silent since', async () => {
    const ticket = await openTicket(stage);
    stage.local.moveService('amer');
    await say(stage, 'luca', 'grazie');
    await act(stage, 'anna', queueCardOf(stage, ticket), 'reply', replying('Ci siamo.', 'stay'));
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'maria')), /Ci siamo\./);
    await stage.restart();
    stage.local.moveService('apac');
    await act(stage, 'anna', queueCardOf(stage, ticket), 'reply', replying('Fatto.', 'stay'));
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'maria')), /Fatto\./);
    assert.deepEqual(await stage.store.failedDeliveries(10), []);
  });
});

describe('words of a turn', () => {
  let stage: Stage;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage();
  });
  after(() => stage.stop());

  test('N3 a turn’s own words that meet a 502 are said on the next try, once', async () => {
    const ticket = await openTicket(stage);
    stage.clock.advance(MINUTE_MS);
    stage.local.addFault({
      ...{ method: 'POST', path: encodeURIComponent(chatOf(stage, 'maria')), times: 1 },
      effect: { kind: 'status', status: 502 },
    });
    await say(stage, 'maria', `${ticket.number} succede anche a Carla`);
    const said = heardBy(stage, 'maria').filter(({ text }) => text?.startsWith('Messaggio aggiunto'));
    assert.equal(said.length, 1);
  });

  test('N3 one installation is greeted once, however many events tell of it, and the next one is greeted again', async () => {
    await stage.local.install(PERSON.luca);
    await stage.settle();
    assert.equal(heardBy(stage, 'luca').length, 1);
    await stage.local.uninstall(PERSON.luca);
    await stage.local.install(PERSON.luca);
    await stage.settle();
    assert.equal(heardBy(stage, 'luca').length, 2);
  });

  /** A message as Teams sends it, in which only `clientInfo` tells the language, or nothing does. */
  const deliver = async (text: string, clientLocale?: string) => {
    const id = String(stage.clock.now());
    stage.clock.advance(1_000);
    const delivered = await stage.local.deliver({
      ...{ type: 'message', id, channelId: 'msteams', serviceUrl: stage.local.serviceUrl, text },
      from: { id: stage.local.teamsId(PERSON.luca), name: 'Luca Ferri', aadObjectId: PERSON.luca },
      recipient: { id: `28:${stage.local.settings.MicrosoftAppId}` },
      conversation: { id: chatOf(stage, 'luca'), conversationType: 'personal' },
      channelData: { tenant: { id: stage.desk.tenants[0] } },
      entities: clientLocale === undefined ? [] : [{ type: 'clientInfo', locale: clientLocale }],
    });
    assert.equal(delivered.kind === 'answered' && delivered.status, 200);
    await stage.settle();
    return lastHeardBy(stage, 'luca').text;
  };

  test('N4 the language is read from clientInfo, and a known one is never replaced by a guess', async () => {
    assert.equal(await deliver('grazie'), 'Prego!');
    assert.notEqual(await deliver('thanks', 'en-GB'), 'Prego!');
    assert.notEqual(await deliver('thanks'), 'Prego!');
    assert.equal((await stage.store.profile(PERSON.luca))?.locale, 'en');
  });
});
