import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { cardOf, deliver, message, pressOf, sentenceOf } from './support/activities.ts';
import { dataOf, inputsOf, textOf } from './support/cards.ts';
import { heardBy, historyOf, lastHeardBy, openTicket, queueCardOf, replying, say } from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

/** What Teams takes as one card (W1), in bytes. */
const CARD_BYTES = 28 * 1024;
/** Far beyond every limit: of one letter, of many words, of what a card must escape, and of several bytes each. */
const HUGE = {
  letters: 'x'.repeat(100_000),
  words: 'mandati fermi '.repeat(7_143).slice(0, 100_000),
  markup: '[x](https://a.example) **b** \\ "'.repeat(3_125),
  emoji: '🧾'.repeat(50_000),
};

/** The card in the dialog that was answered. */
function dialogOf({ body }: Awaited<ReturnType<typeof deliver>>): unknown {
  const { task } = body as { task: { type: string; value: { card: { content: unknown } } } };
  assert.equal(task.type, 'continue');
  return task.value.card.content;
}

describe('texts of 100,000 characters get a clear answer and change nothing', () => {
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  before(async () => {
    stage = await setStage();
    ticket = await openTicket(stage);
    card = queueCardOf(stage, ticket);
  });
  after(() => stage.stop());

  const fits = (shown: unknown): string => {
    const size = Buffer.byteLength(JSON.stringify(shown));
    assert.ok(size < CARD_BYTES, `the card has ${size} bytes`);
    return textOf(shown);
  };
  let sent = 0;

  for (const [kind, text] of Object.entries(HUGE)) {
    test(`I1 ${kind} in the chat`, async () => {
      const before = heardBy(stage, 'elena').length;
      const activity = message(stage, 'elena', text, { id: String(1_793_869_000_000 + ++sent) });
      assert.equal((await deliver(stage, activity)).status, 200);
      await stage.settle();
      assert.equal(heardBy(stage, 'elena').length, before + 1);
      assert.match(lastHeardBy(stage, 'elena').text ?? '', /lungo 100.000 caratteri, il massimo è 10.000/);
      assert.equal(await stage.store.pendingDraftOf(PERSON.elena), undefined);
    });

    for (const [verb, field] of [
      ['note', 'text'],
      ['reply', 'text'],
      ['close', 'text'],
      ['assign', 'note'],
    ] as const)
      test(`W2 ${kind} in the form ${verb}`, async () => {
        const data = {
          ...{ verb, number: ticket.number, version: 1, to: PERSON.bruno },
          ...replying('', 'stay'),
          [field]: text,
        };
        const sending = { name: 'task/submit', value: { data }, id: `f:${++sent}` };
        const answer = dialogOf(await deliver(stage, pressOf(stage, 'anna', card, {}, sending)));
        assert.match(fits(answer), /100.000 caratteri, il massimo è 10.000/);
        const kept = inputsOf(answer)[field] ?? '';
        assert.ok(kept.length > 1_000 && text.startsWith(kept), 'the beginning stays in the field');
        assert.deepEqual(await historyOf(stage, ticket), ['opened']);
      });

    test(`W10 ${kind} on the requester’s card`, async () => {
      const live = heardBy(stage, 'maria')[0] as MessageView;
      const data = { verb: 'writeToOffice', number: ticket.number, version: 1, text };
      const answer = await deliver(stage, pressOf(stage, 'maria', live, data, { id: `f:${++sent}` }));
      assert.match(fits(cardOf(answer)), /100.000 caratteri, il massimo è 10.000/);
      assert.deepEqual(await historyOf(stage, ticket), ['opened']);
    });
  }

  const FIELDS = ['subject', 'text', 'name', 'phone', 'availability', 'service', 'type', 'field.inventory'];

  test('I2 in each field of the request, and in all of them at once', async () => {
    await say(stage, 'luca', 'la stampante non stampa');
    await stage.settle();
    const form = lastHeardBy(stage, 'luca');
    const data = dataOf(form.cards[0], 'sendRequest');
    const send = async (inputs: Record<string, string>) => {
      const activity = pressOf(stage, 'luca', form, { ...data, ...inputs }, { id: `f:${++sent}` });
      return fits(cardOf(await deliver(stage, activity)));
    };
    const good = {
      ...{ subject: 'La stampante non stampa', text: 'La stampante non stampa da ieri', name: 'Luca Ferri' },
      ...{ phone: '0371 409 999', availability: '9:00–13:00', service: 'workstation', type: 'fault' },
      ...{ organisation: 'comune', 'field.inventory': '4711' },
    };
    for (const field of FIELDS)
      for (const text of [HUGE.letters, HUGE.markup]) {
        const words = await send({ ...good, [field]: text });
        assert.match(
          words,
          /troppo lungo|Non ho capito|non è più nell’elenco|numero di telefono|serve/,
          field,
        );
        assert.deepEqual(await stage.store.ticketsOf(PERSON.luca, 1), [], field);
      }
    await send(Object.fromEntries([...FIELDS, 'organisation'].map((field) => [field, HUGE.letters])));
    assert.deepEqual(await stage.store.ticketsOf(PERSON.luca, 1), []);
    await stage.settle();
    fits(lastHeardBy(stage, 'luca').cards[0]);
  });

  test('I2 what the form does not ask is not kept', async () => {
    const draft = await stage.store.pendingDraftOf(PERSON.luca);
    const form = lastHeardBy(stage, 'luca');
    const data = dataOf(form.cards[0], 'sendRequest');
    const junk = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`junk${i}`, 'x'.repeat(1_000)]));
    await deliver(stage, pressOf(stage, 'luca', form, { ...data, ...junk }, { id: `f:${++sent}` }));
    const kept = (await stage.store.pendingDraftOf(PERSON.luca))?.inputs ?? {};
    assert.deepEqual(Object.keys(kept).sort(), Object.keys(draft?.inputs ?? {}).sort());
    await stage.settle();
  });

  test('W1 texts as long as they may be fit on every card', async () => {
    const longest = `la fattura elettronica risulta scartata. ${'così '.repeat(2_000)}`.slice(0, 10_000);
    const made = await openTicket(stage, 'bruno', { text: longest, inputs: { phone: '0371 409 998' } });
    const its = queueCardOf(stage, made);
    for (const [version, verb] of [
      [1, 'note'],
      [2, 'reply'],
      [4, 'close'],
    ] as const) {
      const data = {
        ...{ verb, number: made.number, version },
        ...replying(longest.slice(0, 9_999), 'stay'),
      };
      fits(cardOf(await deliver(stage, pressOf(stage, 'anna', its, data, { id: `f:${++sent}` }))));
      await stage.settle();
    }
    for (const { cards } of [...heardBy(stage, 'bruno'), queueCardOf(stage, made)]) cards.forEach(fits);
    assert.equal(stage.log.filter((line) => line.includes('"reason":"413')).length, 0);
  });

  test('A2 a body of more than a megabyte is refused', async () => {
    const { status } = await deliver(stage, message(stage, 'maria', 'x'.repeat(1_100_000)));
    assert.equal(status, 413);
  });
});

describe('what is no activity at all', () => {
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  before(async () => {
    stage = await setStage();
    ticket = await openTicket(stage);
    card = queueCardOf(stage, ticket);
  });
  after(() => stage.stop());

  /** Shows that nothing has changed and nobody was told anything. */
  const unchanged = async (work: () => Promise<void>): Promise<void> => {
    const state = async () => ({
      tickets: await stage.store.ticketsOf(PERSON.maria, 10),
      draft: await stage.store.pendingDraftOf(PERSON.maria),
      messages: (['maria', 'anna', 'elena'] as const).map((who) => heardBy(stage, who)),
    });
    const before = await state();
    await work();
    await stage.settle();
    assert.deepEqual(await state(), before);
  };

  const MALFORMED: Record<string, () => unknown> = {
    'a list': () => [],
    'a word': () => '"activity"',
    'half a document': () => '{"type":"message"',
    'no type': () => ({ ...message(stage, 'maria', 'x'), type: undefined }),
    'a message without id': () => ({ ...message(stage, 'maria', 'x'), id: undefined }),
    'a number for an id': () => ({ ...message(stage, 'maria', 'x'), id: 7 }),
    'a text that is none': () => ({ ...message(stage, 'maria', 'x'), text: { toString: 'x' } }),
    'no sender': () => ({ ...message(stage, 'maria', 'x'), from: undefined }),
    'no conversation': () => ({ ...message(stage, 'maria', 'x'), conversation: undefined }),
  };
  for (const [what, build] of Object.entries(MALFORMED))
    test(`A2 malformed: ${what} is answered 400 with the reason, and changes nothing`, () =>
      unchanged(async () => {
        const { status, body } = await deliver(stage, build());
        assert.equal(status, 400);
        const { error } = body as { error: { code: string; message: string } };
        assert.ok(error.message.length > 20, error.message);
      }));

  const STRANGE: Record<string, () => unknown> = {
    'an action that is none': () => pressOf(stage, 'maria', card, {}, { value: { action: 'claim' } }),
    'no value at all': () => pressOf(stage, 'maria', card, {}, { value: undefined }),
    'no verb': () => pressOf(stage, 'maria', card, { number: ticket.number }),
    'a verb that is no word': () => pressOf(stage, 'maria', card, { verb: 'claim it!' }),
    'a verb that is no text': () => pressOf(stage, 'maria', card, { verb: { claim: true } }),
    'a word of the language for a verb': () =>
      pressOf(stage, 'anna', card, { verb: 'constructor', number: ticket.number }),
    'a word of the language for a form': () =>
      pressOf(stage, 'anna', card, { verb: 'openForm', form: '__proto__', number: ticket.number }),
  };
  for (const [what, build] of Object.entries(STRANGE))
    test(`A2 a press with ${what} is answered in words, and changes nothing`, () =>
      unchanged(async () => {
        assert.match(sentenceOf(await deliver(stage, build())), /non è più valido/);
      }));

  test('A2 a dialog without verb is answered in words', () =>
    unchanged(async () => {
      const asked = pressOf(stage, 'maria', card, {}, { name: 'task/fetch', value: { data: {} } });
      const answer = await deliver(stage, asked);
      assert.equal(answer.status, 200);
      assert.match(textOf(dialogOf(answer)), /.{20,}/);
    }));

  test('A2 an invoke that the bot has never offered is answered as the protocol wants, with 501', () =>
    unchanged(async () => {
      for (const name of ['signin/x', 'composeExtension/queryLink', 'constructor', undefined])
        assert.equal(
          (await deliver(stage, pressOf(stage, 'maria', card, { verb: 'x' }, { name }))).status,
          501,
        );
    }));

  test('A2 whoever Teams does not name is told so, whatever they do, and nothing is kept', async () => {
    const nobody = { from: { id: stage.local.teamsId(PERSON.maria), name: 'Maria' } };
    const said = heardBy(stage, 'maria').length;
    const drafts = await stage.store.pendingDraftOf(PERSON.maria);
    assert.equal((await deliver(stage, message(stage, 'maria', 'i mandati sono fermi', nobody))).status, 200);
    await stage.settle();
    assert.match(lastHeardBy(stage, 'maria').text ?? '', /Non so chi sei/);
    assert.equal(heardBy(stage, 'maria').length, said + 1);
    const press = pressOf(stage, 'anna', card, { verb: 'claim', number: ticket.number }, nobody);
    assert.match(sentenceOf(await deliver(stage, press)), /Non so chi sei/);
    const search = { ...nobody, name: 'composeExtension/query', value: { commandId: 'searchTickets' } };
    const { body } = await deliver(stage, pressOf(stage, 'anna', card, { verb: 'x' }, search));
    assert.match(JSON.stringify(body), /"type":"message","text":"Non so chi sei/);
    assert.deepEqual(await stage.store.pendingDraftOf(PERSON.maria), drafts);
    assert.equal(await stage.store.pendingDraftOf(''), undefined);
    assert.deepEqual(await historyOf(stage, ticket), ['opened']);
  });

  test('A2 a version that is no whole number is refused like an old one', async () => {
    for (const [turn, version] of ['1', 1.5, -1, 1e300, null, [1], { valueOf: 1 }, true].entries()) {
      const press = pressOf(
        stage,
        'anna',
        card,
        { verb: 'claim', number: ticket.number, version },
        { id: `f:${turn}` },
      );
      assert.match(
        textOf(cardOf(await deliver(stage, press))),
        /aggiornata nel frattempo|cambiat/,
        `${version}`,
      );
    }
    assert.deepEqual(await historyOf(stage, ticket), ['opened']);
  });

  test('A2 activities that say nothing to a help desk are taken and left alone', () =>
    unchanged(async () => {
      for (const type of ['typing', 'messageReaction', 'messageUpdate', 'endOfConversation', 'event', 'x'])
        assert.equal((await deliver(stage, { ...message(stage, 'maria', 'x'), type })).status, 200);
    }));

  test('A2 a gzip body is refused before it is unpacked, be it a bomb or no gzip at all', async () => {
    for (const encoding of ['gzip', 'deflate', 'br']) {
      const response = await fetch(`${stage.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': encoding },
        body: 'this is no archive',
      });
      assert.equal(response.status, 415);
      assert.match(await response.text(), /without a Content-Encoding/);
    }
    assert.equal((await deliver(stage, message(stage, 'elena', '?'))).status, 200, 'the bot lives');
    await stage.settle();
  });
});
