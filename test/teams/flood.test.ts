import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { cardIn, refreshOf, textOf, wordsIn, wordsOf } from './support/cards.ts';
import { sendsTo } from './support/connector.ts';
import {
  act,
  CLEAR,
  cardsIn,
  channelOf,
  heardBy,
  openTicket,
  postsIn,
  press,
  queueCardOf,
  say,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

/** Enough to fill the channel twice over; six hundred behave alike. */
const FLOOD = 150;
const SOON_MS = 5_000;

describe('what one person floods', () => {
  let stage: Stage;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage();
  });
  after(() => stage.stop());

  const flood = async (number: string) => {
    for (let part = 0; part < FLOOD; part += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          say(stage, 'maria', `${number} messaggio ${part + index + 1}`),
        ),
      );
  };
  /** Lets time pass in small steps until so, and says how much it was. */
  const until = async (so: () => boolean | Promise<boolean>): Promise<number> => {
    const begun = stage.clock.now();
    while (!(await so()) && stage.clock.now() - begun < 600_000) {
      stage.clock.advance(250);
      await stage.quiet();
    }
    return stage.clock.now() - begun;
  };

  test('A9 a flood of messages to one ticket makes few calls, and delays the card of another person by no more than five seconds', async () => {
    const ticket = await openTicket(stage);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await stage.settle();
    await say(stage, 'luca', CLEAR);
    await stage.settle();
    stage.clock.advance(60_000);
    const form = heardBy(stage, 'luca')[0] as MessageView;
    const before = sendsTo(stage, channelOf(stage, 'finance')).length;
    await flood(ticket.number);
    const draft = await stage.store.pendingDraftOf(PERSON.luca);
    const answer = await press(
      stage,
      'luca',
      form,
      {
        ...{ verb: 'sendRequest', draft: draft?.id ?? '', version: draft?.version ?? 0 },
      },
      { organisation: 'comune', phone: '0371 409 999' },
    );
    assert.match(wordsIn(answer), /\d{16}/);
    const waited = await until(() => cardsIn(stage, 'finance').length === 2);
    assert.ok(waited <= SOON_MS, `${waited} ms`);
    await until(async () => (await stage.store.nextDeliveryAt()) === undefined);
    const calls = sendsTo(stage, channelOf(stage, 'finance')).length - before;
    assert.ok(calls <= 20, `${calls} calls`);
    // What each turn says itself in the chat of whoever floods is as much as they write, and may be refused there.
    const own = encodeURIComponent(stage.local.personalChat(PERSON.maria));
    const refused = stage.local.calls.filter(({ status, path }) => status === 429 && !path.includes(own));
    assert.deepEqual(refused, []);

    // Nothing is lost: all are in the ticket, and the notices say how many.
    assert.equal((await stage.store.ticket(ticket.number))?.articles.length, FLOOD + 1);
    const counted = postsIn(stage, 'finance')
      .filter(({ replyTo }) => replyTo !== undefined)
      .map((message) => Number(/ha scritto (\d+) messaggi/.exec(wordsOf(message))?.[1] ?? 1));
    assert.equal(
      counted.reduce((a, b) => a + b, 0),
      FLOOD,
    );
    assert.match(
      wordsOf(heardBy(stage, 'anna').at(-1) as MessageView),
      /Maria Rinaldi ha scritto \d+ messaggi/,
    );
  });

  test('A9 a notice that speaks of several messages does so too when it is looked at again', async () => {
    const ticket = await openTicket(stage);
    stage.clock.advance(60_000);
    await flood(ticket.number);
    await stage.settle();
    await stage.settle();
    const merged = postsIn(stage, 'finance').find((message) => /\d messaggi\b/.test(wordsOf(message)));
    assert.ok(merged);
    const refresh = refreshOf(merged.cards[0], stage.local.teamsId(PERSON.anna));
    assert.ok(refresh);
    const shown = cardIn(await press(stage, 'anna', merged, refresh, {}, { trigger: 'automatic' }));
    assert.match(textOf(shown), /ha scritto \d+ messaggi/);
  });
});
