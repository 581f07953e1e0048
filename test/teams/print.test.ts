import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import { cardOf, deliver, pressOf } from './support/activities.ts';
import { linksOf, textOf } from './support/cards.ts';
import { act, lastHeardBy, look, openTicket, queueCardOf, type Who } from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const NOTE = 'Nota riservata: il tesoriere aveva già segnalato';
const HOUR_MS = 3_600_000;

describe('T18 print', () => {
  let stage: Stage;
  let ticket: Ticket;
  before(async () => {
    stage = await setStage({ bot: { sharedSecret: 'known to all instances' } });
    ticket = await openTicket(stage);
    await stage.settle();
    await act(stage, 'anna', queueCardOf(stage, ticket), 'note', { text: NOTE });
    await stage.settle();
  });
  after(() => stage.stop());

  /** Each once: what stands in small letters is a button as well. */
  const printLinks = (card: unknown) => [
    ...new Set(linksOf(card).filter((link) => link.includes('/print/'))),
  ];
  const asSeenBy = async (who: Who) => printLinks(await look(stage, who, queueCardOf(stage, ticket)));
  const open = async (link: string) => {
    const response = await fetch(link);
    return { response, text: await response.text() };
  };

  test('T18 an agent’s card leads to the whole ticket and to its public part in one click', async () => {
    const [everything, publicPart, ...more] = await asSeenBy('anna');
    assert.equal(more.length, 0);
    const whole = await open(String(everything));
    assert.equal(whole.response.status, 200);
    assert.match(whole.response.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(whole.response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.equal(whole.response.headers.get('cache-control'), 'private, no-store');
    assert.ok(whole.text.includes(NOTE) && whole.text.includes(ticket.number));
    const outside = await open(String(publicPart));
    assert.ok(!outside.text.includes(NOTE) && outside.text.includes(ticket.number));
  });

  test('T18 the requester prints their own ticket, without what is internal', async () => {
    const card = lastHeardBy(stage, 'maria');
    const links = printLinks(await look(stage, 'maria', card));
    assert.equal(links.length, 1);
    const { text } = await open(String(links[0]));
    assert.ok(text.includes(ticket.number) && !text.includes(NOTE));
  });

  test('T18 the card that the whole channel sees, and an agent of another office, get no link', async () => {
    const card = queueCardOf(stage, ticket);
    assert.deepEqual(printLinks(card.cards[0]), []);
    assert.ok(!textOf(card.cards[0]).includes('Stampa'));
    const seen = { verb: 'refresh', number: ticket.number, version: ticket.version };
    // Forged: nobody of another office is in the channel.
    const answer = await deliver(stage, pressOf(stage, 'carla', card, seen));
    assert.deepEqual(printLinks(cardOf(answer)), []);
  });

  test('T18 A8 a link opens on any instance, whichever made it', async () => {
    const [everything] = await asSeenBy('anna');
    const { pathname, search } = new URL(String(everything));
    const another = await stage.another();
    assert.equal((await open(`${another.url}${pathname}${search}`)).response.status, 200);
  });

  test('T18 A2 a link opens nothing when it was changed, when it is for something else, or an hour later', async () => {
    const [everything, publicPart] = (await asSeenBy('anna')).map((link) => new URL(link)) as [URL, URL];
    const widened = new URL(publicPart);
    widened.searchParams.set('scope', 'everything');
    const another = new URL(everything);
    another.pathname = another.pathname.replace(/\d{2}$/, '12');
    const unsigned = new URL(everything);
    unsigned.search = '';
    for (const link of [widened, another, unsigned]) {
      const { response, text } = await open(String(link));
      assert.equal(response.status, 404, String(link));
      assert.match(text, /non è più valido/);
    }
    stage.clock.advance(HOUR_MS - 1);
    assert.equal((await open(String(everything))).response.status, 200);
    stage.clock.advance(2);
    assert.equal((await open(String(everything))).response.status, 404);
  });
});
