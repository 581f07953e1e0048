import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ticketNumber } from '../../src/domain/number.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { COMMAND_BOX } from '../../src/local/places.ts';
import type { MessageView, SearchAnswer, SearchResult } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { buttonsOf, dataOf, refreshOf, textOf, wordsOf } from './support/cards.ts';
import {
  act,
  channelOf,
  chatOf,
  lastHeardBy,
  openTicket,
  press,
  queueCardOf,
  type Who,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

describe('search from the place to write', () => {
  let stage: Stage;
  let payments: Ticket;
  let vpn: Ticket;
  before(async () => {
    stage = await setStage();
    payments = await openTicket(stage, 'maria');
    vpn = await openTicket(stage, 'anna', {
      text: 'la VPN non si collega da casa, errore 809',
      inputs: { 'field.inventory': '4711' },
    });
    const card = queueCardOf(stage, payments);
    await act(stage, 'anna', card, 'note', { text: 'Il fornitore si chiama Zanzibar.' });
    await stage.settle();
  });
  after(() => stage.stop());

  const search = (
    who: Who,
    text: string,
    more: { skip?: number; locale?: string; conversation?: string } = {},
  ): Promise<SearchAnswer> =>
    stage.local.search({
      as: PERSON[who],
      conversation: chatOf(stage, who),
      command: 'searchTickets',
      text,
      initial: text === '',
      ...more,
    });
  const found = async (who: Who, text: string, more = {}): Promise<readonly SearchResult[]> => {
    const answer = await search(who, text, more);
    return answer.kind === 'results' ? answer.results : [];
  };
  const numbers = async (who: Who, text: string, more = {}): Promise<string[]> =>
    (await found(who, text, more)).map((one) => /\d{16}/.exec(one.text)?.[0] ?? '');

  test('W7 agents and supervisors find what is in their queues, requesters what is their own', async () => {
    assert.equal(payments.queue, 'finance');
    assert.notEqual(vpn.queue, 'finance');
    assert.deepEqual(await numbers('bruno', 'mandati'), [payments.number]);
    assert.deepEqual(await numbers('dario', 'mandati'), [payments.number]);
    assert.deepEqual(await numbers('maria', 'mandati'), [payments.number]);
    assert.deepEqual(await numbers('luca', 'mandati'), []);
    assert.deepEqual(await numbers('maria', 'VPN'), []);
    assert.deepEqual(await numbers('anna', ''), [vpn.number, payments.number], 'the newest open ones first');
  });

  test('W7 a ticket is found by its number, by its beginning, with a wildcard and without the date', async () => {
    const { number } = payments;
    for (const typed of [number, number.slice(0, 12), `*${number.slice(-3)}`, number.slice(8), `#${number}`])
      assert.ok((await numbers('bruno', typed)).includes(number), typed);
    assert.deepEqual(await numbers('bruno', '*'), await numbers('bruno', ''));
    assert.deepEqual(await search('bruno', '!!!'), {
      kind: 'message',
      text: 'Nessuna richiesta trovata tra quelle che puoi vedere.',
    });
  });

  test('W7 nobody learns from a search what a note says', async () => {
    assert.deepEqual(await numbers('maria', 'Zanzibar'), []);
    assert.deepEqual(await numbers('maria', 'mandati'), [payments.number]);
  });

  test('W7 the card that is put into a message says number, state and office, and each reader gets what they may read', async () => {
    const [one] = await found('anna', 'mandati');
    assert.ok(one);
    assert.match(one.title, /mandati/i);
    assert.match(one.text, /Maria Rinaldi/);
    const conversation = channelOf(stage, 'finance');
    const { message } = stage.local.say({ as: PERSON.anna, conversation, text: 'guardate', cards: [one.id] });
    const [common] = message.cards;
    const everybody = textOf(common);
    assert.match(everybody, new RegExp(payments.number));
    for (const secret of [/Maria/, /mandati/i, /soggetto/i]) assert.doesNotMatch(everybody, secret);

    const forBruno = await lookAt('bruno', message);
    assert.match(textOf(forBruno), /Maria Rinaldi/);
    assert.match(JSON.stringify(forBruno), /"Apri la scheda"/);
    assert.match(textOf(forBruno), /mandati/i);
  });

  test('W7 the requester sees their own request, and who has no part in it learns nothing from its number', async () => {
    const [one] = await found('maria', 'mandati');
    assert.ok(one);
    const conversation = chatOf(stage, 'maria');
    const { message } = stage.local.say({ as: PERSON.maria, conversation, text: '', cards: [one.id] });
    const forMaria = textOf(await lookAt('maria', message));
    assert.match(forMaria, /mandati/i);
    assert.doesNotMatch(forMaria, /Zanzibar|Richiedente/);

    const inChannel = stage.local.say({
      as: PERSON.carla,
      conversation: channelOf(stage, 'taxes'),
      text: '',
      cards: [(await found('carla', 'VPN'))[0]?.id ?? ''],
    }).message;
    const data = { verb: 'showTicket', version: 1 };
    for (const number of [payments.number, ticketNumber('20261121', '10', 99)]) {
      const answer = await press(stage, 'carla', inChannel, { ...data, number });
      assert.deepEqual(answer, {
        kind: 'message',
        text: 'Lo stato aggiornato lo vede solo chi segue la richiesta.',
      });
    }
  });

  test('K6 results speak the language of who searches, and the card that of the desk', async () => {
    const [one] = await found('anna', 'mandati', { locale: 'en-GB' });
    assert.match(one?.text ?? '', /New|In progress|Open/);
    assert.match(textOf(one?.card), /Richiesta/);
    assert.deepEqual(
      buttonsOf(one?.card).map(({ title }) => title),
      ['Mostra i dettagli'],
    );
  });

  test('W7 in the command box everybody reads what they may, and nobody’s chat becomes another', async () => {
    const [one] = await found('bruno', payments.number, { conversation: COMMAND_BOX });
    assert.ok(one);
    assert.doesNotMatch(textOf(one.card), /Maria|mandati/, 'it may be copied from there');
    const look = (who: Who, result: string) =>
      stage.local.press({
        ...{ as: PERSON[who], conversation: COMMAND_BOX, message: result },
        action: { type: 'Action.Execute', verb: 'showTicket', data: dataOf(one.card, 'showTicket') },
      });
    const shown = await look('bruno', one.id);
    assert.match(shown.kind === 'card' ? textOf(shown.card) : '', /Maria Rinaldi/);
    const [own] = await found('maria', 'mandati', { conversation: COMMAND_BOX });
    const hers = await look('maria', own?.id ?? '');
    assert.doesNotMatch(hers.kind === 'card' ? textOf(hers.card) : 'Richiedente', /Richiedente|Zanzibar/);
    const [other] = await found('carla', 'VPN', { conversation: COMMAND_BOX });
    assert.deepEqual(await look('carla', other?.id ?? ''), {
      kind: 'message',
      text: 'Lo stato aggiornato lo vede solo chi segue la richiesta.',
    });
    assert.deepEqual(await numbers('luca', payments.number, { conversation: COMMAND_BOX }), []);
    for (const who of ['bruno', 'maria', 'carla'] as const) {
      const { conversation } = (await stage.store.profile(PERSON[who])) ?? {};
      assert.ok(conversation === undefined || conversation === chatOf(stage, who), who);
    }
    await act(stage, 'anna', queueCardOf(stage, payments), 'reply', { text: 'Ho scritto al fornitore.' });
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'maria')), /fornitore/, 'she is still written to in her chat');
  });

  test('W7 a page beyond what there is stays empty, and far ones are not counted through', async () => {
    assert.deepEqual(await found('anna', '', { skip: 25 }), []);
    assert.deepEqual(await found('anna', '', { skip: 9_000 }), []);
  });

  /** What this person's client shows of the card after it has asked for their version by itself. */
  async function lookAt(who: Who, message: MessageView): Promise<unknown> {
    const [card] = message.cards;
    const refresh = refreshOf(card, `8:orgid:${PERSON[who]}`);
    assert.ok(refresh, `${who} is not asked`);
    const answer = await press(stage, who, message, refresh, {}, { trigger: 'automatic' });
    assert.equal(answer.kind, 'card', JSON.stringify(answer));
    return (answer as { card: unknown }).card;
  }
});
