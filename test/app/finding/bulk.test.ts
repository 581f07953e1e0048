import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { find } from '../../../src/app/finding/find-tickets.ts';
import type { House } from '../../../src/app/house.ts';
import type { Answer, InboundAction } from '../../../src/app/ports/inbound.ts';
import { writePicked } from '../../../src/domain/bulk.ts';
import { PERSON } from '../../support/desk.ts';
import { textOf } from '../../teams/support/cards.ts';
import { type Building, build } from '../support/house.ts';

const TEXT = 'Risolto con l’aggiornamento di stanotte.';

describe('T16 each ticket of several is a commit of its own', () => {
  let building: Building;
  let house: House;
  let numbers: string[];
  beforeEach(async () => {
    building = await build();
    house = await building.house();
    numbers = [];
    for (const counter of [1, 2, 3]) numbers.push(await building.open(house, counter));
  });
  afterEach(() => building.demolish());

  const closing = async (person: string = PERSON.anna): Promise<InboundAction> => {
    const tickets = await Promise.all(numbers.map((number) => house.store.ticket(number)));
    return {
      kind: 'action',
      sender: {
        person,
        name: 'Anna Conti',
        teamsId: '29:anna',
        locale: 'it',
        conversation: 'a:anna',
        personal: true,
        serviceUrl: 'https://teams.example/',
      },
      key: 'press',
      verb: 'bulk',
      inputs: {
        list: 'scope=queues',
        what: 'close',
        tickets: tickets.flatMap((ticket) => (ticket ? [writePicked(ticket)] : [])).join(','),
        text: TEXT,
        outcome: 'solved',
      },
      answerable: true,
      automatic: false,
    };
  };
  const wordsIn = (answer: Answer) => (answer.kind === 'card' ? textOf(answer.content.card) : '');
  const types = async (number = '') => (await house.store.history(number)).map(({ type }) => type);

  test('T16 A3 a kill in the middle: the same press does the rest, and nothing twice', async () => {
    const press = await closing();
    let commits = 0;
    const dying: House = {
      ...house,
      store: {
        ...house.store,
        commitTicket: async (commit) => {
          if (++commits > 1) throw new Error('killed');
          return house.store.commitTicket(commit);
        },
      },
    };
    await assert.rejects(find(dying, press), /killed/);
    assert.deepEqual(await types(numbers[0]), ['opened', 'claimed', 'closedSuccessfully']);
    assert.deepEqual(await types(numbers[1]), ['opened']);
    const another = await building.house();
    assert.match(wordsIn(await find(another, press)), /Fatte 3 di 3/);
    for (const number of numbers)
      assert.deepEqual(await types(number), ['opened', 'claimed', 'closedSuccessfully'], number);
  });

  test('T16 A3 delivered to two instances at once, each ticket is closed once and both answers say so', async () => {
    const press = await closing();
    const answers = await Promise.all([find(house, press), find(await building.house(), press)]);
    for (const answer of answers) assert.match(wordsIn(answer), /Fatte 3 di 3/);
    for (const number of numbers)
      assert.deepEqual(await types(number), ['opened', 'claimed', 'closedSuccessfully'], number);
  });

  test('T16 A2 numbers of a forged press change nothing and tell nothing', async () => {
    const words = wordsIn(await find(house, await closing(PERSON.carla)));
    assert.match(words, /Fatte 0 di 3/);
    assert.match(words, /Non trovo questa richiesta/);
    assert.ok(!words.includes('mandati'), words);
    for (const number of numbers) assert.deepEqual(await types(number), ['opened']);
  });
});
