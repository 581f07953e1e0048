import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { impactOf } from '../../src/domain/classification.ts';
import type { Desk } from '../../src/domain/desk.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { ActionResult, MessageView } from '../../src/local/protocol.ts';
import { opening } from '../support/tickets.ts';
import { buttonsOf, cardIn, dataOf, inputsOf, linksOf, textOf, wordsIn, wordsOf } from './support/cards.ts';
import {
  act,
  heardBy,
  historyOf,
  lastHeardBy,
  look,
  openTicket,
  press,
  queueCardOf,
  reread,
  say,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const HOUR = 3_600_000;
const INTERNAL = /[Ll]ivello di servizio|[Ii]mpatto|Continuità|Ordinario|[Pp]riorit/;

describe('priority, type, service, agreement and impact in one form', () => {
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  before(async () => {
    stage = await setStage();
    ticket = await openTicket(stage);
    card = queueCardOf(stage, ticket);
  });
  after(() => stage.stop());

  const formOf = async (): Promise<unknown> => {
    // One that was opened stays so until it is sent.
    const shown = await look(stage, 'anna', card);
    const opener = buttonsOf(shown).find(({ data }) => data.verb === 'openForm' && data.form === 'classify');
    return opener ? cardIn(await press(stage, 'anna', card, opener.data)) : shown;
  };
  /** As a client does it: what nobody touched goes out as it stood. */
  const save = async (over: Readonly<Record<string, unknown>>): Promise<ActionResult> => {
    const form = await formOf();
    const done = await press(stage, 'anna', card, dataOf(form, 'classify'), { ...inputsOf(form), ...over });
    await stage.settle();
    return done;
  };
  const sorted = async () => {
    const now = await reread(stage, ticket);
    return [now.priority, now.type, now.service, now.agreement, impactOf(now)];
  };
  const solution = async () => {
    const { deadlines } = await reread(stage, ticket);
    return (deadlines.find(({ kind }) => kind === 'solution')?.allowedMs ?? 0) / HOUR;
  };

  test('T6 D2 all five change in one go, on the ticket, the card, the history and the deadlines', async () => {
    assert.deepEqual(inputsOf(await formOf()), {
      ...{ priority: '3', type: 'fault', service: 'payment-orders', agreement: '-', impact: '3' },
    });
    assert.equal(await solution(), 40);
    const over = { priority: '4', type: 'paymentProblem', service: 'invoices' };
    assert.match(wordsIn(await save({ ...over, agreement: 'continuity', impact: '5' })), /Modifiche salvate/);
    assert.deepEqual(await sorted(), [4, 'paymentProblem', 'invoices', 'continuity', 5]);
    assert.equal(await solution(), 16);
    const text = textOf(await look(stage, 'bruno', card));
    assert.match(text, /Livello di servizio\nContinuità del servizio\nImpatto\nMolto alto/);
    assert.deepEqual(await historyOf(stage, ticket), ['opened', 'classified']);
    const event = (await stage.store.history(ticket.number)).at(-1);
    assert.ok(event?.type === 'classified' && event.by?.name === 'Anna Conti');
    assert.deepEqual([event.from.agreement, event.from.impact], [undefined, undefined]);
  });

  test('T6 the priority alone changes the priority alone, and saving as it is makes no event', async () => {
    await save({ priority: '2' });
    assert.deepEqual(await sorted(), [2, 'paymentProblem', 'invoices', 'continuity', 5]);
    const before = await historyOf(stage, ticket);
    assert.match(wordsIn(await save({})), /Non è cambiato niente/);
    assert.deepEqual(await historyOf(stage, ticket), before);
    await stage.restart();
    assert.deepEqual(await sorted(), [2, 'paymentProblem', 'invoices', 'continuity', 5], 'after a restart');
  });

  test('T6 A2 what the form never offered is refused in words, and changes nothing', async () => {
    const before = await historyOf(stage, ticket);
    for (const agreement of ['nowhere', '__proto__', 'constructor'])
      assert.match(wordsIn(await save({ agreement })), /Questo livello di servizio non esiste più/);
    for (const impact of ['0', '6', '2.5', 'NaN', '', 'constructor'])
      assert.match(wordsIn(await save({ impact })), /Questo pulsante non è più valido/);
    assert.deepEqual(await historyOf(stage, ticket), before);
  });

  test('T6 a form drawn before there were any leaves both as they are', async () => {
    const about = { verb: 'classify', number: ticket.number, version: (await reread(stage, ticket)).version };
    await press(stage, 'anna', card, { ...about, priority: '5', type: 'fault', service: 'invoices' });
    assert.deepEqual(await sorted(), [5, 'fault', 'invoices', 'continuity', 5]);
    await stage.settle();
  });

  test('T6 T16 the priority of several at once leaves agreement and impact of each', async () => {
    const commit = opening(700);
    await stage.store.commitTicket({
      ...commit,
      ticket: { ...commit.ticket, agreement: 'standard', impact: 1 },
    });
    const click = async (on: MessageView, shown: unknown, title: RegExp, inputs = {}) => {
      const found = buttonsOf(shown).find((one) => title.test(one.title));
      assert.ok(found, `no ${title}`);
      return cardIn(await press(stage, 'anna', on, found.data, inputs));
    };
    await say(stage, 'anna', 'cerca mandati');
    await stage.settle();
    const list = lastHeardBy(stage, 'anna');
    const boxes = await click(list, list.cards[0], /^Seleziona$/);
    const tickets = `${commit.ticket.number}-1`;
    const form = await click(list, boxes, /^Priorità$/, { tickets });
    await click(list, form, /^Cambia priorità$/, { priority: '5' });
    const { priority, agreement, impact } = await reread(stage, commit.ticket);
    assert.deepEqual([priority, agreement, impact], [5, 'standard', 1]);
  });

  test('T6 N4 requesters never see agreement nor impact, in the chat nor in their file', async () => {
    await act(stage, 'anna', card, 'claim');
    await act(stage, 'anna', card, 'reply', { text: 'Ci stiamo lavorando.' });
    await stage.settle();
    const shown = await Promise.all(
      heardBy(stage, 'maria').flatMap((message) => [
        Promise.resolve(wordsOf(message)),
        ...(message.cards.length ? [look(stage, 'maria', message).then(textOf)] : []),
      ]),
    );
    assert.ok(shown.join('\n').includes('Ci stiamo lavorando.'), 'nothing was looked at');
    assert.doesNotMatch(shown.join('\n'), INTERNAL);
    const fileOf = async (who: 'maria' | 'anna', words: string) => {
      await say(stage, who, words);
      await stage.settle();
      const [link] = linksOf(lastHeardBy(stage, who).cards[0]);
      return (await fetch(String(link))).text();
    };
    assert.doesNotMatch(await fileOf('maria', 'le mie richieste'), INTERNAL);
    const sheet = (await fileOf('anna', 'cerca mandati')).split('\r\n');
    assert.match(sheet[0] ?? '', /;Priorità;Livello di servizio;Impatto;/);
    const line = sheet.find((one) => one.includes(ticket.number)) ?? '';
    assert.match(line, /;Molto alta;Continuità del servizio;Molto alto;/);
  });

  test('T6 A5 D2 under another desk the ticket keeps its agreement until somebody chooses, by the new deadlines', async () => {
    const gold = { id: 'gold', name: { it: 'Oro', en: 'Gold' } };
    const policy = { deadline: 'solution', agreement: ['gold'], hours: 3 } as const;
    const desk: Desk = { ...stage.desk, agreements: new Map([['gold', gold]]) };
    await stage.bot.useDesk({ ...desk, deadlines: [policy, ...desk.deadlines] });
    await stage.settle();
    await save({ priority: '3' });
    assert.deepEqual((await sorted())[3], 'continuity');
    await save({ agreement: 'gold' });
    assert.deepEqual([(await sorted())[3], await solution()], ['gold', 3]);
    assert.match(textOf(await look(stage, 'anna', card)), /Livello di servizio\nOro/);
    await stage.pass(7 * 24 * HOUR);
    const fired = (await stage.store.history(ticket.number)).filter(({ type }) => type === 'escalated');
    assert.ok(fired.some((event) => event.type === 'escalated' && event.deadline === 'solution'));
  });
});

test('T6 a new service brings its own agreement, until an agent has chosen', async () => {
  const stage = await setStage();
  try {
    const ticket = await openTicket(stage);
    const card = queueCardOf(stage, ticket);
    const save = async (over: Readonly<Record<string, unknown>>) => {
      await act(stage, 'anna', card, 'classify', over);
      await stage.settle();
      return (await reread(stage, ticket)).agreement;
    };
    const asOpened = { priority: '3', type: 'fault', impact: '3' };
    assert.equal(await save({ ...asOpened, service: 'email', agreement: '-' }), 'continuity');
    assert.equal(await save({ ...asOpened, service: 'email', agreement: 'standard' }), 'standard');
    assert.equal(await save({ ...asOpened, service: 'invoices', agreement: 'standard' }), 'standard');
    assert.equal(await save({ ...asOpened, service: 'invoices', agreement: '-' }), undefined);
  } finally {
    await stage.stop();
  }
});
