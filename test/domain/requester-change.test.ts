import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command } from '../../src/domain/commands.ts';
import { outsider } from '../../src/domain/outsiders.ts';
import type { PersonRef, Ticket } from '../../src/domain/ticket.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { personRef } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

const [maria, luca] = [personRef('maria'), personRef('luca')];
const ADA: PersonRef = { id: outsider('ada.neri@ditta.example'), name: 'Ada Neri' };

function change(to: PersonRef, who: Someone = 'anna', email?: string): Command {
  const by = { at: MORNING + 60_000, via: 'queueChannel', actor: actor(who) } as const;
  return { ...by, type: 'changeRequester', to, ...(email === undefined ? {} : { email }) };
}

describe('a ticket gets another requester', () => {
  test('T4 it is theirs, with their contact; whose it was has no part in it any more', () => {
    const ticket = given(aTicket(1))
      .when(change(luca, 'anna', 'luca.ferri@comune.example.it'))
      .brings({ type: 'requesterChanged', from: maria, to: luca });
    assert.deepEqual([ticket.requester, ticket.formerRequesters], [luca, [maria]]);
    assert.deepEqual(ticket.contact, {
      name: 'Luca Ferri',
      phone: '',
      email: 'luca.ferri@comune.example.it',
      availability: [],
    });
    const write = (who: Someone): Command => {
      const by = { at: MORNING + 90_000, via: 'chat', actor: actor(who) } as const;
      return { ...by, type: 'requesterMessage', text: 'Ancora niente.', attachments: [], thanks: false };
    };
    given(ticket).when(write('maria')).thenRefused({ code: 'notYourTicket' });
    given(ticket).when(write('luca')).brings({ type: 'requesterWrote' });
  });

  test('T4 it may go back, and who opened it stays the first', () => {
    const there = given(aTicket(1)).when(change(luca)).ticket();
    const further = given(there)
      .when(change(personRef('bruno')))
      .ticket();
    const back = given(further).when(change(maria)).ticket();
    assert.deepEqual(further.formerRequesters, [maria, luca]);
    assert.equal(back.requester.id, maria.id);
    assert.equal(back.formerRequesters?.[0]?.id, maria.id);
  });

  test('T4 T11 who asked for the same in a duplicate asks for it once', () => {
    const ticket: Ticket = aTicket(1, { alsoRequesters: [luca, personRef('bruno')] });
    assert.deepEqual(given(ticket).when(change(luca)).ticket().alsoRequesters, [personRef('bruno')]);
  });

  test('T4 I7 the organisation is one that they serve', () => {
    assert.equal(given(aTicket(1)).when(change(luca)).ticket().organisation, 'comune', 'it stays');
    const other = aTicket(1, { organisation: 'unione' });
    assert.equal(given(other).when(change(maria)).decision.ok, false);
    const stays = given(other).when(change(luca)).brings({ type: 'requesterChanged', to: luca });
    assert.equal(stays.organisation, 'unione', 'of their two organisations the one it is for');
    const lucas = { ...other, requester: luca };
    assert.equal(given(lucas).when(change(maria)).ticket().organisation, 'comune');
  });

  test('T4 I7 whom the people file gives no organisation, their address does; who has none changes none', () => {
    const eva = { id: outsider('eva@unione.example.it'), name: 'Eva Sala' };
    const changed = given(aTicket(1))
      .when(change(eva, 'anna', 'eva@unione.example.it'))
      .ticket();
    assert.equal(changed.organisation, 'unione');
    const { decision } = given(aTicket(1)).when(change(ADA, 'anna', 'ada.neri@ditta.example'));
    assert.ok(decision.ok && !('organisation' in decision.events[0]));
    assert.equal(
      given(aTicket(1))
        .when(change(ADA, 'anna', 'ada.neri@ditta.example'))
        .ticket().organisation,
      'comune',
    );
  });

  test('T4 of whom only Teams knows an address the ticket keeps none', () => {
    const { contact } = given(aTicket(1)).when(change(luca)).ticket();
    assert.deepEqual(contact, { name: 'Luca Ferri', phone: '', availability: [] });
  });

  test('T4 A1 only a person whom Teams or an address can tell, and only by who works it or answers for it', () => {
    given(aTicket(1)).when(change(maria)).thenRefused({ code: 'nothingChanged' });
    given(aTicket(1)).when(change(ADA)).thenRefused({ code: 'requesterNotValid' });
    given(aTicket(1))
      .when(change({ id: '', name: '' }))
      .thenRefused({ code: 'requesterNotValid' });
    given(aTicket(1))
      .when(change({ id: luca.id, name: ' ' }))
      .thenRefused({ code: 'requesterNotValid' });
    given(aTicket(1))
      .when(change(ADA, 'dario', 'ada.neri@ditta.example'))
      .brings({ type: 'requesterChanged' });
    given(aTicket(1))
      .when(change(luca, 'carla'))
      .thenRefused({ code: 'notYourQueue', queue: 'Servizi finanziari' });
    given(aTicket(1)).when(change(luca, 'maria')).thenRefused({
      code: 'notYourQueue',
      queue: 'Servizi finanziari',
    });
    const held = aTicket(1, { locked: true, lockedAt: MORNING, owner: personRef('bruno') });
    given(held)
      .when(change(luca))
      .thenRefused({ code: 'lockedByOther', owner: 'Bruno Galli', since: MORNING });
  });
});
