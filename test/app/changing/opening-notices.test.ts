/** Whom a new ticket is told to (R4, R2), and what each of them reads. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deliveriesFor } from '../../../src/app/changing/notify.ts';
import { personalNotice } from '../../../src/cards/notices/agent-notice-view.ts';
import { evolve } from '../../../src/domain/evolve.ts';
import type { NoticeChoices } from '../../../src/domain/notice-choice.ts';
import type { PersonRef, RoutingOutcome } from '../../../src/domain/ticket.ts';
import { contextFor } from '../../cards/gallery.ts';
import { read } from '../../cards/reading.ts';
import { PERSON, personRef, testDesk } from '../../support/desk.ts';
import { aRouting, aTicket, openedEvent } from '../../support/tickets.ts';

const dario = personRef('dario');
const anna = personRef('anna');
const carla = personRef('carla');

/** Keys of the test desk's people who are told in person. */
function told(
  over: Partial<RoutingOutcome>,
  by: PersonRef = personRef('maria'),
  choices: NoticeChoices = new Map(),
): string[] {
  const { responsible: _, ...routing } = aRouting();
  const event = { ...openedEvent(aTicket(1)), by, routing: { ...routing, ...over } };
  const ticket = evolve(undefined, event);
  const ids = deliveriesFor(undefined, ticket, [event], testDesk(), choices).flatMap(({ kind, to }) =>
    kind === 'personalNotice' && to.kind === 'person' ? [to.person] : [],
  );
  return ids.map((id) => Object.entries(PERSON).find(([, known]) => known === id)?.[0] ?? id).sort();
}

describe('the notices of a new ticket', () => {
  it('R4 go to both where it has a responsible and an owner', () => {
    assert.deepEqual(told({ responsible: dario, owner: anna }), ['anna', 'dario']);
  });

  it('R4 go to the responsible and all agents of the queue where it has no owner', () => {
    assert.deepEqual(told({ responsible: dario }), ['anna', 'bruno', 'dario']);
  });

  it('R4 go to the administrators where it has neither', () => {
    assert.deepEqual(told({}), ['elena']);
  });

  it('R2 R4 go to the administrators, too, where no rule placed it', () => {
    const reason = { because: [] };
    assert.deepEqual(told({ queue: 'raw', reason, responsible: carla }), ['carla', 'elena']);
    assert.deepEqual(told({ queue: 'raw', reason, owner: carla }), ['carla', 'elena']);
  });

  it('R4 go to nobody for what they asked for themselves', () => {
    assert.deepEqual(told({ responsible: dario }, anna), ['bruno', 'dario']);
  });

  it('N1 go to who chose them, and to nobody who chose otherwise', () => {
    const chose = (queues: string[], kinds: ('newTicket' | 'note')[]) =>
      new Map([[PERSON.bruno, { queues, kinds }]]);
    const chosen = chose(['finance'], ['newTicket']);
    assert.deepEqual(told({ responsible: dario }, undefined, chose(['finance'], ['note'])), [
      'anna',
      'dario',
    ]);
    assert.deepEqual(told({ responsible: dario }, undefined, chose([], ['newTicket'])), ['anna', 'dario']);
    assert.deepEqual(told({ responsible: dario }, undefined, chosen), ['anna', 'bruno', 'dario']);
    assert.deepEqual(told({ owner: anna }, undefined, chosen), ['anna', 'bruno']);
    assert.deepEqual(told({}, undefined, chosen), ['bruno', 'elena']);
    assert.deepEqual(told({ queue: 'taxes', responsible: dario }, undefined, chosen), ['carla', 'dario']);
    const off = new Map([[PERSON.dario, { queues: [], kinds: [] }]]);
    assert.deepEqual(told({ responsible: dario }, undefined, off), ['anna', 'bruno', 'dario'], 'it is his');
  });

  it('R4 N2 say where it is, who has it, and how it begins', () => {
    const ticket = aTicket(1);
    const text = (over: object, kind: 'newRequest' | 'assigned' = 'newRequest') =>
      read(
        personalNotice({ kind, ticket: { ...ticket, ...over }, text: 'Esce un errore' }, contextFor('it'))
          .card,
      )
        .shown.map((one) => one.text)
        .join('\n');
    assert.match(text({}), /Nuova richiesta per Servizi finanziari\n2026.*\nEsce un errore\nBacheca/);
    assert.match(text({ owner: anna }), /Ne è gestore Anna Conti\./);
    assert.match(text({ owner: anna }, 'assigned'), /Ti è stata assegnata una richiesta/);
    const { responsible: _, ...withoutResponsible } = ticket;
    const alone = personalNotice({ kind: 'newRequest', ticket: withoutResponsible }, contextFor('it'));
    assert.match(JSON.stringify(alone.card), /“Servizi finanziari” non ha un responsabile/);
  });
});
