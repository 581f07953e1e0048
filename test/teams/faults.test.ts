/** Bad days of the machine below: what people see, what administrators see, and that nothing confirmed is lost. */

import assert from 'node:assert/strict';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { openStore, sqlitePath } from '../../src/stores/open.ts';
import { openDatabase } from '../../src/stores/sqlite/database.ts';
import { createSqliteStore } from '../../src/stores/sqlite/store.ts';
import { PERSON } from '../support/desk.ts';
import { MORNING } from '../support/tickets.ts';
import { wordsOf } from './support/cards.ts';
import { act, cardsIn, heardBy, openTicket, queueCardOf, replying, say } from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const DAY_MS = 86_400_000;

describe('a full disk', () => {
  let stage: Stage;
  let database: DatabaseSync;
  beforeEach(async () => {
    stage = await setStage({
      open: async (url) => {
        const opened = await openStore(url);
        await opened.store.close();
        database = openDatabase(sqlitePath(url));
        return { ...opened, store: createSqliteStore(database).store };
      },
    });
  });
  afterEach(() => stage.stop());

  /** SQLite gets no page more, and says so as it does when the disk has none. */
  const fill = () => {
    const pages = Number(database.prepare('PRAGMA page_count').get()?.page_count);
    database.exec(`PRAGMA max_page_count = ${pages}`);
  };
  const free = () => database.exec('PRAGMA max_page_count = 1000000000');

  test('A3 on a full disk people are told at once that it did not work, nothing confirmed is lost, and it goes on after', async () => {
    const ticket = await openTicket(stage);
    fill();
    // The last page that there is may have room for a little.
    const long = `${ticket.number} ${'succede di nuovo a tutti '.repeat(150)}`;
    let refused = 0;
    for (let attempt = 0; attempt < 20 && refused === 0; attempt++) {
      await say(stage, 'maria', long);
      refused = heardBy(stage, 'maria').filter(({ text }) =>
        text?.includes('Qualcosa è andato storto'),
      ).length;
    }
    assert.equal(refused, 1, 'the requester is told, with a code to ask about');
    const broke = stage.log.filter((line) => line.includes('a turn broke'));
    assert.equal(broke.length, 1);
    assert.match(broke[0] ?? '', /full/, 'whoever runs it reads why');
    const before = await stage.store.ticket(ticket.number);
    assert.ok(before, 'what was confirmed is there, and can be read');

    free();
    await say(stage, 'maria', `${ticket.number} ora funziona?`);
    await stage.settle();
    const after = await stage.store.ticket(ticket.number);
    assert.equal(after?.articles.length, before.articles.length + 1, 'the one that was refused is not there');
    assert.equal(cardsIn(stage, 'finance').length, 1);
    assert.equal(await stage.store.nextDeliveryAt(), undefined, 'the outbox is empty');
  });
});

describe('a clock that jumps', () => {
  let stage: Stage;
  /** How far the machine's clock is off. */
  let off = 0;
  beforeEach(async () => {
    off = 0;
    stage = await setStage({ bot: { clock: { now: () => stage?.clock.now() + off || MORNING } } });
  });
  afterEach(() => stage.stop());

  /** Some seconds pass, by whatever clock. */
  const goOn = async () => {
    for (let second = 0; second < 10; second++) {
      stage.clock.advance(1_000);
      await stage.bot.tick();
      await stage.quiet();
    }
  };

  test('D6 a clock that jumps a day ahead and back repeats nothing, and what waits is sent', async () => {
    const ticket = await openTicket(stage);
    await goOn();
    off = DAY_MS;
    await goOn();
    // What is put off now is put off until tomorrow, by the clock as it is.
    stage.local.addFault({ effect: { kind: 'status', status: 503 } });
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await goOn();
    stage.local.clearFaults();
    const history = (await stage.store.history(ticket.number)).length;
    off = 0;
    await goOn();
    assert.equal((await stage.store.history(ticket.number)).length, history, 'no deadline fires twice');
    await act(stage, 'anna', queueCardOf(stage, ticket), 'reply', replying('Ci siamo.', 'stay'));
    await goOn();
    off = DAY_MS;
    await goOn();
    off = 0;
    stage.clock.advance(DAY_MS);
    await goOn();
    await stage.settle();
    assert.equal(await stage.store.nextDeliveryAt(), undefined, 'all that waited has been sent');
    assert.match(wordsOf(queueCardOf(stage, ticket)), /Anna Conti/);
    for (const who of ['anna', 'dario', 'maria'] as const) {
      const told = heardBy(stage, who).map((message) => wordsOf(message) || message.text);
      assert.equal(new Set(told).size, told.length, 'nobody is told the same twice');
    }
    assert.equal(cardsIn(stage, 'finance').length, 1);
    assert.equal((await stage.store.ticket(ticket.number))?.owner?.id, PERSON.anna);
  });
});
