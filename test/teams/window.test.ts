/**
 * The one window that the platform leaves: the connector took a post, and the process died, or the answer was lost, before
 * the post's id was stored. Then it is posted again, and the copy gives itself away when somebody sees it or presses it.
 */

import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { ActionResult, MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { cardIn, dataOf, isPointer, textOf } from './support/cards.ts';
import { remove } from './support/connector.ts';
import {
  act,
  askDialog,
  CLEAR,
  channelOf,
  chatOf,
  dialogIn,
  heardBy,
  historyOf,
  look,
  openTicket,
  press,
  queueCardOf,
  replying,
  say,
  sendForm as sendFormIn,
  type Who,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const DAY_MS = 86_400_000;

let stage: Stage;
beforeEach(async () => {
  await stage?.stop();
  stage = await setStage();
});
after(() => stage.stop());

type Case = {
  /** Who sees the card. */
  readonly who: Who;
  /** Everything up to the moment at which the card is about to be posted. */
  readonly before?: () => Promise<Ticket>;
  /** Has the card posted. */
  readonly post: (ticket: Ticket | undefined) => Promise<unknown>;
  /** Where it is posted; the person's own chat where nothing is said. */
  readonly queue?: string;
  /** Part of the path of the call that loses its answer, where the conversation does not stand in it. */
  readonly path?: string;
  /** Presses a button on a card of this kind. */
  readonly press?: (on: MessageView, ticket: Ticket | undefined) => Promise<ActionResult | undefined>;
  /** What the press must have brought about, although it was made on a copy. */
  readonly effect?: string;
};

const claimed = async () => {
  const ticket = await openTicket(stage);
  await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
  await stage.settle();
  return ticket;
};
const sendForm = async () => {
  const form = heardBy(stage, 'maria')[0] as MessageView;
  await press(stage, 'maria', form, dataOf(form.cards[0], 'sendRequest'));
};
const version = (card: unknown, verb: string) => ({ ...dataOf(card, verb) });

const CASES: Record<string, Case> = {
  'the form of a request': {
    who: 'maria',
    post: () => say(stage, 'maria', CLEAR),
    press: (on) => press(stage, 'maria', on, version(on.cards[0], 'sendRequest')),
  },
  'the card in the queue’s channel': {
    who: 'anna',
    queue: 'finance',
    path: '/v3/conversations',
    before: async () => {
      await say(stage, 'maria', CLEAR);
      await stage.settle();
      return undefined as unknown as Ticket;
    },
    post: sendForm,
    press: (on) =>
      press(stage, 'anna', on, {
        ...{ verb: 'claim', number: /\d{16}/.exec(on.summary ?? '')?.[0] ?? '', version: 1 },
      }),
    effect: 'claimed',
  },
  'the requester’s card, posted anew after somebody deleted it': {
    who: 'maria',
    before: async () => {
      const ticket = await openTicket(stage);
      await remove(stage, heardBy(stage, 'maria')[0] as MessageView);
      return ticket;
    },
    // Nothing else is said to the requester by this.
    post: (ticket) =>
      press(stage, 'anna', queueCardOf(stage, ticket as Ticket), {
        ...{ verb: 'claim', number: ticket?.number ?? '', version: 1 },
      }),
    press: (on) => press(stage, 'maria', on, version(on.cards[0], 'writeToOffice'), { text: 'Anche oggi.' }),
    effect: 'requesterWrote',
  },
  'the notice that it was taken': {
    who: 'maria',
    before: () => openTicket(stage),
    post: (ticket) => act(stage, 'anna', queueCardOf(stage, ticket as Ticket), 'claim'),
  },
  'the notice of an answer': {
    who: 'maria',
    before: claimed,
    post: (ticket) =>
      act(stage, 'anna', queueCardOf(stage, ticket as Ticket), 'reply', replying('Fatto.', 'stay')),
    press: (on) =>
      press(stage, 'maria', on, version(on.cards[0], 'writeToOffice'), { text: 'Grazie, ma no.' }),
    effect: 'requesterWrote',
  },
  'the requester’s words in the thread': {
    who: 'anna',
    queue: 'finance',
    before: claimed,
    post: (ticket) => say(stage, 'maria', `${ticket?.number} succede anche a Carla`),
  },
  'the notice to the owner': {
    who: 'anna',
    before: claimed,
    post: (ticket) => say(stage, 'maria', `${ticket?.number} succede anche a Carla`),
  },
  'the ping before a deadline': {
    who: 'dario',
    before: async () => {
      await stage.local.install(PERSON.dario);
      return openTicket(stage);
    },
    post: () => stage.pass(DAY_MS / 3.4),
    press: async (on) => {
      const opener = version(on.cards[0], 'openForm');
      const dialog = dialogIn(await askDialog(stage, 'dario', on, 'fetch', opener));
      const sent = await sendFormIn(stage, 'dario', on, dialog, 'assign', {
        to: PERSON.bruno,
        note: 'Oggi.',
      });
      assert.deepEqual(sent, { kind: 'closed' });
      return undefined;
    },
    effect: 'assigned',
  },
  'the notice of a ticket without an office': {
    who: 'elena',
    before: async () => {
      await stage.local.install(PERSON.elena);
      await say(stage, 'maria', 'il cedolino di ottobre non si apre');
      await stage.settle();
      return undefined as unknown as Ticket;
    },
    post: sendForm,
  },
  'the notice of a failed delivery': {
    who: 'elena',
    before: async () => {
      await stage.local.install(PERSON.elena);
      const ticket = await openTicket(stage);
      stage.local.addFault({
        ...{ method: 'PUT', path: encodeURIComponent(chatOf(stage, 'maria')), times: 1 },
        effect: { kind: 'status', status: 403 },
      });
      return ticket;
    },
    post: (ticket) => act(stage, 'anna', queueCardOf(stage, ticket as Ticket), 'claim'),
  },
};

/** Posts the card and loses the answer to it: the copy that came of it, and the card that the bot knows. */
async function posted({ who, before, post, queue, path }: Case): Promise<{
  readonly copy: MessageView;
  readonly live: MessageView;
  readonly ticket: Ticket | undefined;
}> {
  const ticket = await before?.();
  const conversation = queue ? channelOf(stage, queue) : chatOf(stage, who);
  const known = new Set(all(conversation, who).map(({ id }) => id));
  stage.local.addFault({
    ...{ method: 'POST', path: path ?? encodeURIComponent(conversation), times: 1 },
    effect: { kind: 'loseAnswer' },
  });
  await post(ticket);
  await stage.settle();
  stage.local.clearFaults();
  const made = all(conversation, who).filter(({ id, cards }) => cards.length && !known.has(id));
  const [copy, ...others] = made;
  const live = others.find(({ summary }) => summary === copy?.summary);
  assert.ok(copy && live, `no second card, only ${made.map(({ summary }) => summary).join(' | ')}`);
  assert.equal(made.filter(({ summary }) => summary === copy.summary).length, 2);
  return { copy, live, ticket };
}

function all(conversation: string, who: Who): MessageView[] {
  return stage.local.messagesOf(conversation, PERSON[who]).filter(({ from }) => from.bot);
}

async function assertHealed({ who }: Case, copy: MessageView, live: MessageView): Promise<void> {
  await stage.settle();
  const now = (message: MessageView) =>
    all(message.conversation, who).find(({ id }) => id === message.id)?.cards[0];
  assert.ok(isPointer(now(copy)), textOf(now(copy)));
  assert.ok(!isPointer(now(live)));
  assert.ok(!isPointer(await look(stage, who, live)), 'the one that lives goes on living');
}

for (const [name, each] of Object.entries(CASES))
  describe(`a copy of ${name}`, () => {
    test('A3 W1 becomes a pointer for everybody as soon as one of its readers sees it', async () => {
      const { copy, live } = await posted(each);
      assert.ok(isPointer(await look(stage, each.who, copy)));
      await assertHealed(each, copy, live);
    });

    test('A3 W1 also for a bot that knows nothing but its store', async () => {
      const { copy, live } = await posted(each);
      await stage.restart();
      // A start edits the cards of what is still wrong: until that is through, no card is taken for a copy.
      await stage.settle();
      assert.ok(isPointer(await look(stage, each.who, copy)));
      await assertHealed(each, copy, live);
    });

    if (each.press)
      test('A3 W1 becomes a pointer when it is pressed, and what was pressed is done', async () => {
        const { copy, live } = await posted(each);
        const answer = await each.press?.(copy, undefined);
        const number = /\d{16}/.exec(copy.summary ?? '')?.[0];
        if (each.effect && number) assert.ok((await historyOf(stage, { number })).includes(each.effect));
        else assert.ok(answer && isPointer(cardIn(answer)));
        await assertHealed(each, copy, live);
      });
  });

test('A3 a copy of a form heals after the request was sent, too', async () => {
  const each = CASES['the form of a request'] as Case;
  const { copy, live } = await posted(each);
  await press(stage, 'maria', live, dataOf(live.cards[0], 'sendRequest'));
  await stage.settle();
  assert.ok(isPointer(await look(stage, 'maria', copy)));
  await assertHealed(each, copy, live);
});

test('A3 a form that was pressed before its post was known becomes the request’s card, and its second post a pointer', async () => {
  stage.local.addFault({
    ...{ method: 'POST', path: encodeURIComponent(chatOf(stage, 'maria')), times: 1 },
    effect: { kind: 'loseAnswer' },
  });
  await say(stage, 'maria', CLEAR);
  await stage.quiet();
  const form = heardBy(stage, 'maria')[0] as MessageView;
  const answer = await press(stage, 'maria', form, dataOf(form.cards[0], 'sendRequest'));
  assert.match(textOf(cardIn(answer)), /Richiesta inviata con il numero/);
  await stage.settle();
  const [live, ...more] = heardBy(stage, 'maria');
  assert.equal(more.length, 0, 'what waited to be posted again has nothing to say any more');
  assert.match(live?.summary ?? '', /^Ricevuta/);
});

test('A3 a card whose post is not stored yet is no copy: what is pressed on it is answered with the card', async () => {
  await say(stage, 'maria', CLEAR);
  await stage.settle();
  stage.local.addFault({
    method: 'POST',
    path: '/v3/conversations',
    times: 1,
    effect: { kind: 'loseAnswer' },
  });
  await sendForm();
  await stage.quiet();
  const [card] = all(channelOf(stage, 'finance'), 'anna');
  assert.ok(card);
  const number = /\d{16}/.exec(card.summary ?? '')?.[0] ?? '';
  const answer = await press(stage, 'anna', card, { verb: 'claim', number, version: 1 });
  assert.ok(!isPointer(cardIn(answer)));
  assert.match(textOf(cardIn(answer)), /È in carico a te/);
});

test('A3 a form pressed while it is being posted a second time: the second post becomes the pointer', async () => {
  const chat = chatOf(stage, 'maria');
  const path = encodeURIComponent(chat);
  stage.local.addFault({ method: 'POST', path, times: 1, effect: { kind: 'loseAnswer' } });
  await say(stage, 'maria', CLEAR);
  await stage.quiet();
  const first = heardBy(stage, 'maria')[0] as MessageView;
  stage.local.addFault({ method: 'POST', path, times: 1, effect: { kind: 'slow', ms: 300 } });
  stage.clock.advance(1_000);
  const sending = stage.bot.drain();
  const second = await stage.local.until(chat, PERSON.maria, ({ id, from }) => from.bot && id !== first.id);
  const answer = await press(stage, 'maria', first, dataOf(first.cards[0], 'sendRequest'));
  assert.match(textOf(cardIn(answer)), /Richiesta inviata con il numero/);
  await sending;
  await stage.settle();
  assert.ok(isPointer(await look(stage, 'maria', second)));
  await assertHealed({ who: 'maria', post: sendForm }, second, first);
});
