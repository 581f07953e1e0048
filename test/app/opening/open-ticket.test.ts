import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { House } from '../../../src/app/house.ts';
import { type Opening, openTicket } from '../../../src/app/opening/open-ticket.ts';
import { dayOf } from '../../../src/domain/number.ts';
import type { Request } from '../../../src/domain/ticket.ts';
import { actor } from '../../support/decision.ts';
import { personRef } from '../../support/desk.ts';
import { aRequest } from '../../support/tickets.ts';
import { type Building, build } from '../support/house.ts';

describe('T1 opening a ticket', () => {
  let building: Building;
  let house: House;
  beforeEach(async () => {
    building = await build();
    house = await building.house();
  });
  afterEach(() => building.demolish());

  const open = (over: Partial<Request>, draft = 'draft-1') => {
    const opening: Opening = {
      via: 'phone',
      actor: actor('carla'),
      draft,
      request: aRequest({ requester: personRef('maria'), arrival: { kind: 'phone' }, ...over }),
    };
    const receipt = { key: `press ${draft}`, at: building.clock.now(), outcome: null };
    return openTicket(house, opening, { receipt });
  };

  test('T1 what is refused uses up no number', async () => {
    const refused = await open({ subject: '' });
    assert.equal(refused.kind === 'refused' && refused.refusal.code, 'subjectNotValid');
    const day = dayOf(building.clock.now(), house.desk.timeZone);
    assert.equal(await house.store.nextCounter(day), 1, 'the first number is still there');
  });

  test('T1 R1 what is opened has the next number, and the office that the rules name', async () => {
    const first = await open({});
    const second = await open({}, 'draft-2');
    assert.ok(first.kind === 'done' && second.kind === 'done');
    assert.notEqual(first.ticket.number, second.ticket.number);
    assert.equal(first.ticket.queue, 'finance');
  });
});
