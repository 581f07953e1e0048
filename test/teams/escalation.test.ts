import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import { PERSON } from '../support/desk.ts';
import { buttonsOf, textOf, wordsIn, wordsOf } from './support/cards.ts';
import {
  act,
  after as afterwards,
  dialogIn,
  heardBy,
  historyOf,
  lastHeardBy,
  look,
  openForm,
  openTicket,
  queueCardOf,
  replying,
  reread,
  say,
  sendForm,
  type Who,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Thursday 10:00 plus six working hours of the eight allowed: 17:00, three quarters of the first response. */
const TO_WARNING = 7 * HOUR_MS;
/** Friday 10:30: eight working hours are over. */
const TO_BREACH = TO_WARNING + 17.5 * HOUR_MS;

describe('time as a source of commands', () => {
  let stage: Stage;
  let ticket: Ticket;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage();
    ticket = await openTicket(stage);
  });
  after(() => stage.stop());

  const pings = (who: Who) =>
    heardBy(stage, who).flatMap(
      ({ summary }) => /^Scadenza (?:vicina|superata)/.exec(summary ?? '')?.[0] ?? [],
    );
  const passTo = async (ms: number) => {
    await stage.pass(ticket.createdAt + ms - stage.clock.now());
    await stage.settle();
  };

  test('D3 at the warning and at the breach the responsible of an unclaimed ticket is pinged once each', async () => {
    await passTo(TO_WARNING - 1);
    assert.deepEqual(pings('dario'), []);
    await passTo(TO_WARNING);
    assert.deepEqual(pings('dario'), ['Scadenza vicina']);
    await passTo(TO_BREACH - 1);
    assert.deepEqual(pings('dario'), ['Scadenza vicina']);
    await passTo(TO_BREACH);
    assert.deepEqual(pings('dario'), ['Scadenza vicina', 'Scadenza superata']);
    assert.deepEqual((await historyOf(stage, ticket)).slice(1), ['escalated', 'escalated']);
    assert.deepEqual(pings('maria'), [], 'requesters are never told of deadlines');
  });

  test('D3 D6 neither further ticks nor a restart nor a second instance repeat a ping', async () => {
    await passTo(TO_WARNING);
    for (let round = 0; round < 3; round++) await stage.bot.tick();
    await stage.restart();
    await stage.bot.tick();
    const second = await stage.another();
    await Promise.all([stage.bot.tick(), second.bot.tick()]);
    await stage.settle();
    assert.deepEqual(pings('dario'), ['Scadenza vicina']);
  });

  test('D6 two instances that look at the same instant escalate once', async () => {
    const others = await Promise.all(
      (['anna', 'bruno', 'carla', 'dario', 'elena'] as const).map((who) =>
        openTicket(stage, who, {
          text: 'la fattura elettronica risulta scartata dallo SDI',
          inputs: { phone: '0371 409 000' },
        }),
      ),
    );
    const second = await stage.another();
    stage.clock.advance(ticket.createdAt + 60 * DAY_MS - stage.clock.now());
    await Promise.all([stage.bot.tick(), second.bot.tick(), stage.bot.tick(), second.bot.tick()]);
    await stage.settle();
    for (const each of [ticket, ...others]) {
      const fired = (await stage.store.history(each.number)).flatMap((event) =>
        event.type === 'escalated' ? [`${event.deadline} ${event.level}`] : [],
      );
      assert.equal(fired.length, new Set(fired).size, fired.join());
      assert.equal(fired.length, 9, 'three levels of three deadlines');
    }
  });

  test('D3 levels that come due together ping each person once per deadline, with the highest', async () => {
    await passTo(60 * DAY_MS);
    const ofDario = heardBy(stage, 'dario').filter(({ summary }) => summary?.startsWith('Scadenza'));
    assert.deepEqual(pings('dario'), Array(3).fill('Scadenza superata'), 'three deadlines, one ping each');
    const deadlines = ofDario.map(
      (message) => /(Prima risposta|Aggiornamento|Soluzione)/.exec(wordsOf(message))?.[0],
    );
    assert.equal(new Set(deadlines).size, 3, deadlines.join());
    assert.equal(pings('elena').length, 3, 'the administrators, of the longest');
  });

  test('D3 the owner is pinged before the responsible, and a reply ends the first deadline', async () => {
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await stage.settle();
    await passTo(TO_WARNING);
    assert.deepEqual([pings('anna'), pings('dario')], [['Scadenza vicina'], []]);
    await passTo(TO_BREACH);
    assert.deepEqual(pings('anna').at(-1), 'Scadenza superata');
    assert.deepEqual(pings('dario'), ['Scadenza superata']);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'reply', replying('Ci siamo.', 'stay'));
    await stage.settle();
    const before = (await historyOf(stage, ticket)).filter((type) => type === 'escalated').length;
    await passTo(TO_BREACH + 3 * HOUR_MS);
    assert.equal((await historyOf(stage, ticket)).filter((type) => type === 'escalated').length, before);
  });

  test('D2 while it waits for the requester nothing falls due; the answer lets the deadlines run on', async () => {
    const card = queueCardOf(stage, ticket);
    await act(stage, 'anna', card, 'reply', replying('Quale fornitore?', 'waitRequester'));
    await stage.settle();
    await passTo(60 * DAY_MS);
    assert.deepEqual([pings('anna'), pings('dario'), pings('elena')], [[], [], []]);
    await say(stage, 'maria', 'la ditta Rossi');
    await stage.settle();
    await passTo(120 * DAY_MS);
    assert.ok(pings('dario').length > 0);
  });

  test('D3 closing ends it', async () => {
    await act(stage, 'anna', queueCardOf(stage, ticket), 'close', { text: 'Fatto.' });
    await stage.settle();
    await passTo(60 * DAY_MS);
    assert.deepEqual([pings('anna'), pings('dario'), pings('elena')], [[], [], []]);
  });

  test('D3 T4 the supervisor assigns from the ping; who is assigned is told, and owns it', async () => {
    await passTo(TO_WARNING);
    const ping = lastHeardBy(stage, 'dario');
    const form = await openForm(stage, 'dario', ping, 'assign');
    assert.match(textOf(form), /Anna Conti.*Bruno Galli/s);
    assert.doesNotMatch(textOf(form), /Carla Monti/, 'only agents of the queue are offered');
    const given = { to: PERSON.bruno, note: ' ' };
    const without = dialogIn(await sendForm(stage, 'dario', ping, form, 'assign', given));
    assert.match(textOf(without), /Manca il testo/);
    const note = 'Per favore oggi.';
    const done = await sendForm(stage, 'dario', ping, without, 'assign', { note });
    assert.match(wordsIn(await afterwards(stage, 'dario', ping, done)), /Assegnata a Bruno Galli/);
    const [edited] = stage.local
      .messagesOf(ping.conversation, PERSON.dario)
      .filter(({ id, cards }) => id === ping.id && /Assegnata|Bruno Galli/.test(textOf(cards[0])));
    assert.ok(edited, 'the ping itself says so, and not only to who looks at it anew');
    const now = await reread(stage, ticket);
    assert.deepEqual([now.owner?.id, now.locked, now.state.kind], [PERSON.bruno, true, 'inProgress']);
    const told = lastHeardBy(stage, 'bruno');
    assert.match(wordsOf(told), /Dario Serra ti ha assegnato una richiesta.*Per favore oggi/s);
    assert.ok(buttonsOf(await look(stage, 'bruno', queueCardOf(stage, ticket))).length > 1);
  });

  test('D3 a bot that slept through everything pings once when it wakes', async () => {
    stage.clock.advance(60 * DAY_MS);
    await stage.restart();
    await stage.bot.tick();
    await stage.settle();
    assert.equal(pings('dario').length, 3);
  });
});
