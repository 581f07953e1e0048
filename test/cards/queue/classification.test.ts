import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { historyDialog } from '../../../src/cards/dialogs/history-view.ts';
import type { Card } from '../../../src/cards/kit/card.ts';
import { queueCard } from '../../../src/cards/queue/queue-view.ts';
import type { EventOf } from '../../../src/domain/events.ts';
import { replay } from '../../../src/domain/evolve.ts';
import { actorFor } from '../../../src/domain/rights.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { PERSON } from '../../support/desk.ts';
import { contextFor, HARMLESS, story } from '../gallery.ts';
import { elementsOf, read } from '../reading.ts';

const context = contextFor('it');
const { taken } = story(HARMLESS);
const anna = actorFor(context.desk, { id: PERSON.anna, name: '' });

function cardOf(over: Partial<Ticket> = {}, form?: 'classify', desk = context.desk): Card {
  const ticket = { ...taken.ticket, ...over };
  return queueCard({ ticket, viewer: anna, ...(form ? { form } : {}) }, { ...context, desk }).card;
}

function formOf(over: Partial<Ticket> = {}, desk = context.desk): Card[] {
  return [...elementsOf(cardOf(over, 'classify', desk))].filter(({ type }) => type === 'Input.ChoiceSet');
}

const choicesOf = (input: Card | undefined) => (input?.choices ?? []) as Card[];
const standing = (inputs: readonly Card[]) => inputs.map(({ id, value }) => `${id} ${String(value)}`);
const textOf = (card: Card) =>
  read(card)
    .shown.map(({ text }) => text)
    .join('\n');

describe('the form for priority, type, service, agreement and impact', () => {
  it('T6 starts from how the ticket is classified, the priority first', () => {
    const asOpened = ['priority 3', 'type fault', 'service payment-orders'];
    assert.deepEqual(standing(formOf()), [...asOpened, 'agreement -', 'impact 3']);
    assert.deepEqual(standing(formOf({ agreement: 'continuity', impact: 5 })), [
      ...asOpened,
      'agreement continuity',
      'impact 5',
    ]);
  });

  it('T6 offers the desk’s agreements in its order and none, and every impact by name', () => {
    const [agreement, impact] = formOf().slice(3);
    assert.deepEqual(agreement?.choices, [
      { title: 'Nessuno (segue il servizio)', value: '-' },
      { title: 'Ordinario', value: 'standard' },
      { title: 'Continuità del servizio', value: 'continuity' },
    ]);
    assert.deepEqual(
      choicesOf(impact).map(({ title }) => title),
      ['Molto basso', 'Basso', 'Normale', 'Alto', 'Molto alto'],
    );
  });

  it('T6 A5 keeps an agreement that the desk has given up among the choices', () => {
    const [agreement] = formOf({ agreement: 'gone' }).slice(3);
    assert.deepEqual(
      [agreement?.value, choicesOf(agreement).at(-1)],
      ['gone', { title: 'gone (segue il servizio)', value: 'gone' }],
    );
  });

  it('T6 says of the one that stands that it follows the service, where it does', () => {
    const follows = (over: Partial<Ticket>, desk = context.desk) =>
      choicesOf(formOf(over, desk)[3]).flatMap(({ title, value }) =>
        /segue il servizio/.test(String(title)) ? [value] : [],
      );
    assert.deepEqual([follows({}), follows({ agreement: 'standard' })], [['-'], ['standard']]);
    assert.deepEqual(follows({ agreement: 'standard', agreementChosen: true }), []);
    const services = new Map([...context.desk.services].filter(([, { agreement }]) => !agreement));
    assert.deepEqual(follows({}, { ...context.desk, services }), [], 'where no service has any');
  });

  it('T6 does not speak of agreements where the desk has none', () => {
    const desk = { ...context.desk, agreements: new Map() };
    assert.deepEqual(
      formOf({}, desk).map(({ id }) => id),
      ['priority', 'type', 'service', 'impact'],
    );
    assert.ok(!textOf(cardOf({}, undefined, desk)).includes('ivello di servizio'));
  });
});

describe('agreement and impact for the office', () => {
  it('T6 stand on the card where there is an agreement, and where the impact is not 3', () => {
    assert.doesNotMatch(textOf(cardOf()), /Livello di servizio|Impatto/);
    const text = textOf(cardOf({ agreement: 'continuity', impact: 4 }));
    assert.match(text, /Livello di servizio\nContinuità del servizio\nImpatto\nAlto/);
  });

  it('T6 T10 stand in the history where they changed, and events of before had neither', () => {
    const old = { priority: 3, ticketType: 'fault', service: 'invoices' } as const;
    const said = (from: EventOf<'classified'>['from'], to: EventOf<'classified'>['to']) => {
      const event = { type: 'classified', at: context.now, via: 'chat', from, to, deadlines: [] } as const;
      const history = [...taken.history, event];
      return textOf(historyDialog(replay(history), history, context).card);
    };
    const changed = said(old, { ...old, agreement: 'continuity', impact: 1 });
    assert.match(
      changed,
      /livello di servizio Nessuno → Continuità del servizio, impatto Normale → Molto basso/,
    );
    const before = said(old, { ...old, priority: 4 });
    assert.match(before, /priorità Normale → Alta/);
    assert.doesNotMatch(before, /livello di servizio|impatto/);
  });
});
