import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { ticketNumber } from '../support/tickets.ts';
import { type Activity, cardOf, deliver, pressOf, sentenceOf } from './support/activities.ts';
import { dataOf, textOf } from './support/cards.ts';
import {
  CLEAR,
  heardBy,
  lastHeardBy,
  openTicket,
  queueCardOf,
  replying,
  reread,
  say,
  type Who,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const INVALID = /Questo pulsante non è più valido/;
const UNKNOWN = /Non trovo questa richiesta/;
/** Names that every object has, or that make trouble as keys. */
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'];

describe('what reaches the bot is authenticated and still not believed', () => {
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  /** Luca's own ticket and card, on which he may press. */
  let other: Ticket;
  before(async () => {
    stage = await setStage();
    ticket = await openTicket(stage);
    card = queueCardOf(stage, ticket);
    const inputs = { organisation: 'comune', phone: '0371 409 999' };
    other = await openTicket(stage, 'luca', { text: 'la PEC dell’ufficio non riceve più messaggi', inputs });
  });
  after(() => stage.stop());

  /** Everything that a change would show in. */
  const state = async () => ({
    tickets: await Promise.all(
      [PERSON.maria, PERSON.luca].map((person) => stage.store.ticketsOf(person, 10)),
    ),
    drafts: await Promise.all(Object.values(PERSON).map((person) => stage.store.pendingDraftOf(person))),
    messages: (['maria', 'luca', 'anna', 'carla', 'dario', 'elena'] as const).map((who) =>
      heardBy(stage, who),
    ),
  });
  /** Does it, and shows that nothing has changed and nobody was told anything. */
  const unchanged = async <T>(work: () => Promise<T>): Promise<T> => {
    const before = await state();
    const result = await work();
    await stage.settle();
    assert.deepEqual(await state(), before);
    return result;
  };
  let sent = 0;
  const pressing = (who: Who, data: unknown, on = card): Promise<string> =>
    deliver(stage, pressOf(stage, who, on, data as Activity, { id: `f:forged-${++sent}` })).then((answer) => {
      const { value } = answer.body as { value: unknown };
      return typeof value === 'string' ? value : textOf(cardOf(answer));
    });

  for (const verb of [...NAMES, 'open', 'escalate', 'requesterMessage', 'delete', 'x'.repeat(64)])
    test(`A2 the unknown verb ${verb.slice(0, 20)} gets a clear answer and changes nothing`, () =>
      unchanged(async () => {
        assert.match(await pressing('anna', { verb, number: ticket.number, version: 1, text: 'x' }), INVALID);
        assert.match(await pressing('anna', { verb }), INVALID);
      }));

  for (const form of [...NAMES, 'claim', '', undefined, 7])
    test(`A2 the unknown form ${String(form)} does not open`, () =>
      unchanged(async () => {
        const data = { verb: 'openForm', number: ticket.number, version: 1, form };
        assert.match(await pressing('anna', data), INVALID);
      }));

  test('A2 an unknown ticket, or what is no number, gets a clear answer', () =>
    unchanged(async () => {
      for (const verb of ['claim', 'note', 'refresh', 'openForm', 'writeToOffice'])
        assert.match(await pressing('anna', { verb, number: ticketNumber(4711), form: 'note' }), UNKNOWN);
      for (const number of ['', '12', 7, null, {}, [ticket.number], `${ticket.number}0`, '__proto__'])
        assert.match(await pressing('anna', { verb: 'claim', number, version: 1 }), INVALID);
    }));

  describe('A2 A1 the number of somebody else’s ticket opens nothing', () => {
    const secrets = ['soggetto', 'mandati', 'Maria', 'Rinaldi', '409', 'Servizi finanziari'];
    const VERBS = [
      'refresh',
      'claim',
      'note',
      'reply',
      'close',
      'classify',
      'assign',
      'writeToOffice',
      'openForm',
    ];
    for (const verb of VERBS)
      test(`A1 ${verb} by a requester and by an agent of another office`, () =>
        unchanged(async () => {
          const data = {
            ...{ verb, number: ticket.number, version: 1, form: 'note', text: 'x', note: 'x' },
            ...{ to: PERSON.carla, priority: '5', type: 'fault', service: 'taxes' },
            ...replying('x', 'stay'),
          };
          for (const [who, on] of [
            ['luca', lastHeardBy(stage, 'luca')],
            ['carla', queueCardOf(stage, other)],
            // As if Teams had let somebody into another person's chat.
            ['luca', heardBy(stage, 'maria')[0] as MessageView],
            [
              'luca',
              heardBy(stage, 'dario').find(({ summary }) => summary?.includes(ticket.number)) as MessageView,
            ],
          ] as const) {
            const words = await pressing(who, data, on);
            for (const secret of secrets) assert.ok(!words.includes(secret), `${who} reads ${words}`);
            assert.match(words, UNKNOWN);
          }
        }));

    for (const verb of ['history', 'attachments', 'constructor'])
      test(`A1 the dialog ${verb}`, () =>
        unchanged(async () => {
          const opened = await stage.local.dialog({
            ...{ as: PERSON.luca, conversation: stage.local.personalChat(PERSON.luca), step: 'fetch' },
            data: { verb, number: ticket.number },
          });
          // Teams shows words in answer to a fetch on a card only (msteams-docs#6740).
          const words = textOf(opened.kind === 'dialog' && opened.card);
          assert.match(words, verb === 'constructor' ? INVALID : UNKNOWN);
          for (const secret of secrets) assert.ok(!JSON.stringify(opened).includes(secret));
        }));

    test('A1 the draft of somebody else', async () => {
      await say(stage, 'dario', 'la fattura elettronica risulta scartata dallo SDI');
      await stage.settle();
      const form = lastHeardBy(stage, 'dario');
      const draft = await stage.store.pendingDraftOf(PERSON.dario);
      await unchanged(async () => {
        for (const verb of ['sendRequest', 'editRequest', 'withdrawDraft', 'refresh', 'newRequest']) {
          const words = await pressing('luca', { ...dataOf(form.cards[0], 'sendRequest'), verb }, form);
          assert.match(words, /non è più in preparazione/);
        }
      });
      assert.ok(draft && !draft.withdrawn);
    });

    test('A1 a message that names it begins a request of one’s own', async () => {
      const before = await reread(stage, ticket);
      await say(stage, 'luca', `${ticket.number} nuova richiesta: la vpn non si collega`);
      await stage.settle();
      assert.deepEqual(await reread(stage, ticket), before);
      const words = heardBy(stage, 'luca').map(({ cards }) => textOf(cards[0]));
      for (const secret of ['soggetto', 'Maria']) assert.ok(!words.join().includes(secret));
    });
  });

  test('A2 the number of one ticket on the card of another does nothing, and leaves that card as it is', async () => {
    const mine = await openTicket(stage, 'maria', {
      text: 'i mandati non partono: certificato di firma scaduto',
    });
    const about = { number: mine.number, version: 1, form: 'note', text: 'x' };
    const places = [
      ['anna', card],
      ['maria', heardBy(stage, 'maria')[0] as MessageView],
      ['dario', lastHeardBy(stage, 'luca')],
    ] as const;
    await unchanged(async () => {
      for (const verb of ['refresh', 'openForm', 'claim', 'note', 'writeToOffice'])
        for (const [who, on] of places) assert.match(await pressing(who, { verb, ...about }, on), UNKNOWN);
    });
    await say(stage, 'elena', 'il protocollo non assegna i numeri');
    await stage.settle();
    const data = dataOf(lastHeardBy(stage, 'elena').cards[0], 'editRequest');
    await unchanged(async () => assert.match(await pressing('elena', data, card), INVALID));
  });

  test('A2 of a press on a ticket only verb, number and version count', async () => {
    const forged = {
      ...{ queue: 'taxes', owner: PERSON.carla, priority: '5', requester: PERSON.luca, state: 'merged' },
      ...{ actor: { administrator: true }, by: PERSON.dario, at: 0, from: PERSON.dario, via: 'timer' },
    };
    const data = { verb: 'claim', number: ticket.number, version: 1, ...forged };
    assert.match(await pressing('anna', data), /È in carico a te/);
    const now = await reread(stage, ticket);
    const { owner, locked, lockedAt, state: inProgress, version, changedAt, ...rest } = now;
    assert.deepEqual(owner, { id: PERSON.anna, name: 'Anna Conti' });
    assert.deepEqual([locked, inProgress.kind, version], [true, 'inProgress', 2]);
    assert.ok(lockedAt === changedAt);
    const { owner: _o, locked: _l, state: _s, version: _v, changedAt: _c, ...before } = ticket;
    assert.deepEqual(rest, before, 'nothing else has changed');
    await stage.settle();
  });

  test('A2 of a form only its fields count: queue, priority, owner and requester are the rules’', async () => {
    const forged = { queue: 'raw', priority: '5', owner: PERSON.anna, responsible: PERSON.elena };
    const made = await openTicket(stage, 'anna', {
      text: 'la fattura elettronica risulta scartata dallo SDI',
      inputs: { ...forged, requester: PERSON.maria, number: ticket.number, chargeAccepted: 'true' },
    });
    assert.deepEqual(
      [made.queue, made.priority, made.owner, made.responsible?.id, made.requester.id, made.chargeAccepted],
      ['finance', 3, undefined, PERSON.dario, PERSON.anna, false],
    );
  });

  test('A2 choices that the card never offered are refused', async () => {
    const { version } = await reread(stage, ticket);
    const about = { number: ticket.number, version };
    await unchanged(async () => {
      for (const priority of ['0', '6', '3.5', 'NaN', '', 'constructor', 5])
        assert.match(
          await pressing('anna', {
            verb: 'classify',
            ...about,
            priority,
            type: 'fault',
            service: 'invoices',
          }),
          INVALID,
        );
      for (const type of ['', '__proto__', 'Fault'])
        assert.match(
          await pressing('anna', { verb: 'classify', ...about, priority: '4', type, service: 'invoices' }),
          INVALID,
        );
      for (const service of ['', '__proto__', 'constructor'])
        assert.match(
          await pressing('anna', { verb: 'classify', ...about, priority: '4', type: 'fault', service }),
          /non è più nel catalogo/,
        );
      for (const to of [PERSON.maria, PERSON.carla, '', '__proto__', 'constructor'])
        assert.match(
          await pressing('anna', { verb: 'assign', ...about, to, note: 'x' }),
          /Chi hai scelto non lavora in/,
        );
      for (const next of ['', 'explode', 'constructor'])
        assert.match(
          await pressing('anna', { verb: 'reply', ...about, ...replying('x', next as 'stay') }),
          INVALID,
        );
    });
  });

  test('A2 inputs that are no text are none', async () => {
    const { version } = await reread(stage, ticket);
    await unchanged(async () => {
      for (const text of [42, true, null, {}, { text: 'x' }, ['x'], undefined])
        for (const verb of ['note', 'close'])
          assert.match(
            await pressing('anna', { verb, number: ticket.number, version, text }),
            /Manca il testo/,
          );
    });
  });

  test('A2 keys that objects have by nature do no harm', async () => {
    const { version } = await reread(stage, ticket);
    const data = JSON.parse(
      `{"verb":"note","number":"${ticket.number}","version":${version},"text":"Nota","__proto__":{"text":"x"},"constructor":"x","toString":"x"}`,
    );
    assert.match(await pressing('anna', data), /Nota salvata/);
    assert.equal((await reread(stage, ticket)).articles.at(-1)?.text, 'Nota');
    assert.equal(({} as Record<string, unknown>).text, undefined);
    await say(stage, 'bruno', CLEAR);
    await stage.settle();
    const form = lastHeardBy(stage, 'bruno');
    const send = JSON.stringify({ ...dataOf(form.cards[0], 'sendRequest'), subject: '' });
    const words = await pressing(
      'bruno',
      JSON.parse(send.replace('{', '{"__proto__":{"subject":"x"},')),
      form,
    );
    assert.match(words, /Questo dato serve/);
    await stage.settle();
  });

  test('A2 a press from a foreign tenant changes nothing', () =>
    unchanged(async () => {
      const tenant = '99999999-0000-4000-8000-00000000ffff';
      const { version } = await reread(stage, ticket);
      const data = { verb: 'note', number: ticket.number, version, text: 'x' };
      const over = { channelData: { tenant: { id: tenant } }, id: 'f:foreign' };
      const answer = await deliver(stage, pressOf(stage, 'anna', card, data, over));
      assert.match(sentenceOf(answer), /serve solo il personale della propria organizzazione/);
    }));

  test('A2 an old client’s button does the same as a new one’s, and is told in words what went wrong', async () => {
    const { version } = await reread(stage, ticket);
    const submit = (data: Activity) =>
      stage.local.press({
        ...{ as: PERSON.anna, conversation: card.conversation, message: card.id },
        action: { type: 'Action.Submit', data },
      });
    const about = { number: ticket.number, version };
    assert.deepEqual(await submit({ verb: 'note', ...about, text: '' }), { kind: 'none' });
    await stage.settle();
    const thread = stage.local.messagesOf(card.conversation, PERSON.anna).at(-1);
    assert.match(thread?.text ?? '', /Manca il testo/);
    await submit({ verb: 'note', ...about, text: 'Da un vecchio client' });
    assert.equal((await reread(stage, ticket)).articles.at(-1)?.text, 'Da un vecchio client');
    await stage.settle();
  });
});
