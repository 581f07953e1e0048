/** Two instances on one store, and a request that one of them sends while the other still adds to it. */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { hear } from '../../../src/app/door/conversation.ts';
import type { House } from '../../../src/app/house.ts';
import { actOnDraft } from '../../../src/app/opening/draft-actions.ts';
import type { InboundAction, InboundMessage, Sender } from '../../../src/app/ports/inbound.ts';
import type { Store } from '../../../src/app/ports/store.ts';
import type { Verb } from '../../../src/cards/kit/verbs.ts';
import { PERSON } from '../../support/desk.ts';
import { aDraft, drafting, MORNING } from '../../support/tickets.ts';
import { type Building, build } from '../support/house.ts';

const sender: Sender = {
  person: PERSON.maria,
  name: 'Maria Rinaldi',
  teamsId: '29:maria',
  locale: 'it',
  conversation: 'a:maria',
  personal: true,
  serviceUrl: 'https://smba.example/',
};
const draft = aDraft('d1', {
  inputs: {
    ...{ subject: 'Mandati: soggetto inesistente', service: 'payment-orders', type: 'fault' },
    ...{ name: 'Maria Rinaldi', phone: '0371 409 204', 'field.order': '4711' },
  },
});

describe('a request that is sent on one instance while it grows on another', () => {
  let building: Building;
  let one: House;
  let two: House;
  beforeEach(async () => {
    building = await build();
    one = await building.house();
    two = await building.house();
    await one.store.commitDraft(drafting(draft));
  });
  afterEach(() => building.demolish());

  const say = (house: House): Promise<unknown> => {
    const message: InboundMessage = {
      ...{ kind: 'message', sender, key: 'message', id: '1', files: [] },
      text: 'esce con tutti i fornitori esteri',
    };
    return hear(house, message);
  };
  const press = (house: House, verb: Verb) => {
    const inputs = {};
    const action: InboundAction = {
      ...{ kind: 'action', sender, key: verb, verb, draft: 'd1', inputs, answerable: true, automatic: false },
    };
    return actOnDraft(house, action, 'd1', { key: verb, at: MORNING, outcome: null });
  };
  /** The house with something that happens elsewhere right before its first call of that method. */
  const interrupted = (
    house: House,
    method: 'commitTicket' | 'commitDraft',
    by: () => Promise<unknown>,
  ): House => {
    let first = true;
    const before = async () => {
      if (!first) return;
      first = false;
      await by();
    };
    const store: Store = {
      ...house.store,
      [method]: async (commit: never) => {
        await before();
        return house.store[method](commit);
      },
    };
    return { ...house, store };
  };
  const made = async () => {
    const tickets = await one.store.ticketsOf(PERSON.maria, 10);
    assert.equal(tickets.length, 1);
    return tickets[0]?.articles.map(({ kind, text }) => `${kind}: ${text.replace(/\n/g, ' / ')}`);
  };

  it('A3 takes along what is said while it is being sent', async () => {
    await press(
      interrupted(one, 'commitTicket', () => say(two)),
      'sendRequest',
    );
    assert.deepEqual(await made(), [`request: ${draft.text} / esce con tutti i fornitori esteri`]);
  });

  it('A3 has what is said a moment later added to its ticket', async () => {
    const answer = await say(interrupted(two, 'commitDraft', () => press(one, 'sendRequest')));
    assert.deepEqual(await made(), [
      `request: ${draft.text}`,
      'requesterMessage: esce con tutti i fornitori esteri',
    ]);
    assert.match(JSON.stringify(answer), /Messaggio aggiunto alla richiesta/);
    assert.equal(await one.store.pendingDraftOf(PERSON.maria), undefined);
  });

  it('T17 shows its ticket to whoever presses another button of the form too late', async () => {
    const answer = await press(
      interrupted(two, 'commitDraft', () => press(one, 'sendRequest')),
      'editRequest',
    );
    assert.match(JSON.stringify(answer), /Richiesta 2026/);
  });
});
