import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Desk, Person } from '../../src/domain/desk.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON, testDesk } from '../support/desk.ts';
import { type Activity, cardOf, deliver, message, pressOf } from './support/activities.ts';
import { dataOf, textOf } from './support/cards.ts';
import {
  cardsIn,
  heardBy,
  historyOf,
  lastHeardBy,
  openTicket,
  queueCardOf,
  reread,
  say,
} from './support/people.ts';
import { type Instance, type Stage, setStage } from './support/stage.ts';

const CROWD = 40;
const PRESSES = 200;

/** The test desk with forty more agents of the finance office. */
function crowdedDesk(): Desk {
  const desk = testDesk();
  const anna = desk.people.get(PERSON.anna) as Person;
  const crowd = Array.from({ length: CROWD }, (_, index): Person => {
    const id = `55555555-0000-4000-8000-${String(index).padStart(12, '0')}`;
    return {
      ...anna,
      id,
      key: `agent${index}`,
      name: `Agente ${index}`,
      email: `a${index}@comune.example.it`,
    };
  });
  return {
    ...desk,
    people: new Map([...desk.people, ...crowd.map((person) => [person.id, person] as const)]),
  };
}

describe('what many do at the same instant happens once', () => {
  let stage: Stage;
  let second: Instance;
  before(async () => {
    stage = await setStage({ desk: crowdedDesk() });
    second = await stage.another();
  });
  after(() => stage.stop());

  /** One press of the same button by each of the crowd in turn, as different activities. */
  const presses = (card: MessageView, data: Activity): { person: Person; activity: Activity }[] => {
    const crowd = [...stage.desk.people.values()].filter(({ key }) => key.startsWith('agent'));
    return Array.from({ length: PRESSES }, (_, index) => {
      const person = crowd[index % CROWD] as Person;
      const from = { id: stage.local.teamsId(person.id), name: person.name, aadObjectId: person.id };
      return { person, activity: pressOf(stage, 'anna', card, data, { id: `f:${index}`, from }) };
    });
  };

  const raceFor = async (ticket: Ticket, instances: readonly Pick<Instance, 'url'>[]) => {
    const card = queueCardOf(stage, ticket);
    const all = presses(card, { verb: 'claim', number: ticket.number, version: 1 });
    const answers = await Promise.all(
      all.map(async ({ person, activity }, index) => ({
        person,
        words: textOf(cardOf(await deliver(stage, activity, instances[index % instances.length]))),
      })),
    );
    await stage.settle();
    const { owner } = await reread(stage, ticket);
    assert.ok(owner);
    assert.deepEqual(await historyOf(stage, ticket), ['opened', 'claimed']);
    for (const { person, words } of answers) {
      if (person.id === owner.id) assert.match(words, /È in carico a te/);
      else assert.match(words, new RegExp(`Ce l’ha in carico ${owner.name} da`));
    }
    assert.equal(answers.filter(({ person }) => person.id === owner.id).length, PRESSES / CROWD);
    assert.equal(
      cardsIn(stage, 'finance').filter(({ summary }) => summary?.includes(ticket.number)).length,
      1,
    );
  };

  test('T3 200 claims of forty people, five by each: one owns it, all others are told who', async () => {
    const ticket = await openTicket(stage);
    await raceFor(ticket, [stage]);
    const taken = heardBy(stage, 'maria').filter(({ summary }) => summary?.includes('ha preso in carico'));
    assert.equal(taken.length, 1, 'the requester is told once');
  });

  test('T3 D6 the same on two instances that share the store', async () => {
    const ticket = await openTicket(stage, 'maria', {
      text: 'altro problema: la fattura elettronica risulta scartata dal sistema di interscambio',
    });
    await raceFor(ticket, [stage, second]);
  });

  test('A3 a form sent 40 times at once, on two instances, becomes one ticket with one number', async () => {
    await say(stage, 'luca', 'la PEC dell’ufficio non riceve più messaggi');
    await stage.settle();
    const form = lastHeardBy(stage, 'luca');
    const data = {
      ...dataOf(form.cards[0], 'sendRequest'),
      organisation: 'comune',
      phone: '0371 409 999',
    };
    const answers = await Promise.all(
      // Not forty times the same press: each says something else, and still they are about one draft.
      Array.from({ length: 40 }, (_, index) => {
        const pressed = { ...data, availability: `9:00–${10 + (index % 8)}:00` };
        const activity = pressOf(stage, 'luca', form, pressed, { id: `f:form-${index}` });
        return deliver(stage, activity, index % 2 ? second : stage);
      }),
    );
    await stage.settle();
    const tickets = await stage.store.ticketsOf(PERSON.luca, 10);
    assert.equal(tickets.length, 1);
    const number = tickets[0]?.number ?? '';
    for (const answer of answers)
      assert.match(textOf(cardOf(answer)), new RegExp(`Richiesta inviata con il numero ${number}`));
    assert.equal(cardsIn(stage, 'systems').length, 1);
    assert.equal(heardBy(stage, 'luca').length, 1);
  });

  test('I1 two messages at the same instant make one draft, with both texts', async () => {
    await Promise.all([
      deliver(
        stage,
        message(stage, 'carla', 'la stampante del protocollo non stampa', { id: '1793869000101' }),
      ),
      deliver(stage, message(stage, 'carla', 'succede da stamattina alle otto', { id: '1793869000102' })),
    ]);
    await stage.settle();
    const forms = heardBy(stage, 'carla').filter(({ summary }) => summary?.startsWith('La tua richiesta'));
    assert.equal(forms.length, 1, forms.map(({ summary }) => summary).join(' | '));
    const draft = await stage.store.pendingDraftOf(PERSON.carla);
    assert.deepEqual(draft?.text.split('\n').sort(), [
      'la stampante del protocollo non stampa',
      'succede da stamattina alle otto',
    ]);
  });
});
