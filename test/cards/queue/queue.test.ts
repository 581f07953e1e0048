import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { formDialog } from '../../../src/cards/dialogs/form-dialog-view.ts';
import {
  type ButtonData,
  DIALOG_FORMS,
  type DialogForm,
  PLACE_FORMS,
} from '../../../src/cards/kit/buttons.ts';
import type { Card } from '../../../src/cards/kit/card.ts';
import type { FormState } from '../../../src/cards/kit/fields.ts';
import { OFFERS, offersFor, viewersOf } from '../../../src/cards/queue/queue-buttons.ts';
import { type QueueInput, queueCard } from '../../../src/cards/queue/queue-view.ts';
import { decide } from '../../../src/domain/decide.ts';
import { type Actor, actorFor } from '../../../src/domain/rights.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { TRANSITIONS } from '../../../src/domain/transitions.ts';
import { exampleOf } from '../../support/commands.ts';
import { PERSON, personRef } from '../../support/desk.ts';
import { MORNING } from '../../support/tickets.ts';
import { contextFor, HARMLESS, story } from '../gallery.ts';
import { elementsOf, read } from '../reading.ts';
import { STATES_FOR_TEST } from '../states.ts';

const context = contextFor('it');
const { desk } = context;
const { fresh, taken, noted, waiting, answered, closed } = story(HARMLESS);

function person(key: keyof typeof PERSON): Actor {
  return actorFor(desk, { id: PERSON[key], name: key });
}

function cardOf(input: QueueInput, now = context.now): Card {
  return queueCard(input, { ...context, now }).card;
}

/** Everything that is shown, one text a line. */
function textOf(card: Card): string {
  return read(card)
    .shown.map(({ text }) => text)
    .join('\n');
}

function buttonsOf(
  card: Card,
): { title: string; verb: string; form: string | undefined; mode: string | undefined }[] {
  return (card.actions as Card[]).map(({ title, data, mode }) => {
    const { verb, form } = data as ButtonData;
    return { title: title as string, verb, form, mode: mode as string | undefined };
  });
}

describe('the card in the queue’s channel', () => {
  it('W3 shows everybody one button, which opens the working view, where nobody can be given a view of their own', () => {
    const verbs = (input: QueueInput) => buttonsOf(cardOf(input)).map(({ form, verb }) => form ?? verb);
    for (const { ticket } of [fresh, taken]) {
      const more = verbs({ ticket });
      assert.deepEqual(verbs({ ticket, nobodyNamed: true }), ['workView', ...more]);
      assert.ok(!more.some((verb) => ['workView', 'claim', 'reply'].includes(verb)));
    }
    const viewer = person('anna');
    assert.ok(verbs({ ticket: fresh.ticket, nobodyNamed: true, viewer }).includes('claim'));
    assert.ok(!verbs({ ticket: fresh.ticket, nobodyNamed: true, viewer }).includes('workView'));
  });

  it('W1 says what the ticket is, whose, and how it stands', () => {
    const text = textOf(cardOf({ ticket: taken.ticket }));
    for (const part of [
      '2026110510000019',
      'aperta gio 5 nov 10:00',
      '1 allegato',
      HARMLESS.subject,
      'Maria Rinaldi · Comune di Borgolieto',
      'In lavorazione',
      HARMLESS.agentName,
      'Mandati di pagamento · Guasto',
      'Normale',
      'Prima risposta: entro ven 6 nov 10:30',
      HARMLESS.phone,
      HARMLESS.text,
    ])
      assert.ok(text.includes(part), `${part} in\n${text}`);
  });

  it('W1 says on a posted card nothing that is wrong tomorrow, and to a reader how long ago and how long left', () => {
    assert.doesNotMatch(textOf(cardOf({ ticket: fresh.ticket })), /oggi|ieri|domani| fa\b|tra /);
    const text = textOf(cardOf({ ticket: fresh.ticket, viewer: person('anna') }));
    assert.match(text, /aperta oggi 10:00, 3 h fa/);
    assert.match(text, /Prima risposta: entro domani 10:30 \(tra 21 h\)/);
  });

  it('D2 says the deadline that comes first, in the colour of what it means', () => {
    const deadline = (ticket: Ticket, now: number) => {
      const line = [...elementsOf(cardOf({ ticket }, now))].find(
        ({ type, text }) => type === 'TextRun' && /risposta:|Soluzione:|sospese/.test(String(text)),
      );
      return line && [line.text, line.color];
    };
    // 8 working hours from 10:00: 10:30 of the next day.
    const due = Date.UTC(2026, 10, 6, 9, 30);
    assert.deepEqual(deadline(fresh.ticket, MORNING), ['Prima risposta: entro ven 6 nov 10:30', 'Default']);
    assert.deepEqual(deadline(fresh.ticket, due - 60_000), [
      'Prima risposta: entro ven 6 nov 10:30',
      'Warning',
    ]);
    assert.deepEqual(deadline(fresh.ticket, due), [
      'Prima risposta: in ritardo da ven 6 nov 10:30',
      'Attention',
    ]);
    assert.deepEqual(deadline(waiting.ticket, due), ['Scadenze sospese', 'Default']);
    assert.match(String(deadline(answered.ticket, MORNING)?.[0]), /^Soluzione: entro/);
    assert.equal(deadline(closed.ticket, due), undefined);
  });

  it('W1 names a field after the service that asked for it, when the ticket has another by now', () => {
    assert.match(textOf(cardOf({ ticket: answered.ticket })), /Numero del mandato\nmandato 4711/);
  });

  it('W4 shows the last communication, and notes only to who may read them', () => {
    assert.doesNotMatch(textOf(cardOf({ ticket: noted.ticket })), /codice fiscale/);
    assert.doesNotMatch(textOf(cardOf({ ticket: noted.ticket, viewer: person('maria') })), /codice fiscale/);
    assert.match(
      textOf(cardOf({ ticket: noted.ticket, viewer: person('anna') })),
      /Nota interna · .*\n.*codice fiscale/,
    );
    assert.match(
      textOf(cardOf({ ticket: waiting.ticket })),
      /Risposta · Anna Corti, gio 5 nov 10:45\nBuongiorno/,
    );
  });

  it('W3 has no buttons that act, but history and attachments', () => {
    assert.deepEqual(buttonsOf(cardOf({ ticket: fresh.ticket })), [
      { title: 'Storico', verb: 'history', form: undefined, mode: 'primary' },
      { title: '1 allegato', verb: 'attachments', form: undefined, mode: 'primary' },
    ]);
  });

  it('W3 is for owner, responsible, agents and supervisors, in this order', () => {
    assert.deepEqual(viewersOf(desk, { ...taken.ticket, owner: { id: PERSON.bruno, name: '' } }), [
      PERSON.bruno,
      PERSON.dario,
      PERSON.anna,
    ]);
  });
});

// The renderer's types are of another module system; it is only asked what it makes of a card.
const AdaptiveCards = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

/** What a client of that version shows: visible elements, and the actions in them and in their pop-up cards. */
function asClient(card: Card, version: 'v1_2' | 'v1_5') {
  const parsed = new AdaptiveCards.AdaptiveCard();
  parsed.parse(card, new AdaptiveCards.SerializationContext(AdaptiveCards.Versions[version]));
  const actions: { type: string; title: string; data: unknown; inputs: string[] }[] = [];
  type Node = {
    isVisible: boolean;
    getJsonTypeName(): string;
    getItemCount?(): number;
    getItemAt?(index: number): Node;
    getActionCount?(): number;
    getActionAt?(index: number): { getJsonTypeName(): string; title: string; data: unknown; card?: Node };
  };
  const walk = (node: Node, inputs: string[]): void => {
    if (!node.isVisible) return;
    for (let i = 0; i < (node.getItemCount?.() ?? 0); i++) walk(node.getItemAt?.(i) as Node, inputs);
    for (let i = 0; i < (node.getActionCount?.() ?? 0); i++) {
      const action = node.getActionAt?.(i);
      if (!action) continue;
      const within = action.card
        ? (action.card as unknown as { getAllInputs(): { id: string }[] }).getAllInputs()
        : [];
      actions.push({
        type: action.getJsonTypeName(),
        title: action.title,
        data: action.data,
        inputs: within.map(({ id }) => id),
      });
      if (action.card) walk(action.card, inputs);
    }
  };
  walk(parsed, []);
  return actions;
}

describe('clients that only know cards 1.2', () => {
  const titles = (actions: ReturnType<typeof asClient>) => actions.map(({ title }) => title);

  it('W2 get claim and forms on the posted card, and clients of 1.5 do not', () => {
    const { card } = queueCard({ ticket: fresh.ticket }, context);
    const old = asClient(card, 'v1_2');
    assert.deepEqual(titles(old), [
      'Prendi in carico',
      'Rispondi al richiedente',
      'Nota',
      'Chiudi',
      'Storico',
      '1 allegato',
    ]);
    assert.deepEqual(
      old.map(({ data }) => (data as ButtonData).form ?? (data as ButtonData).verb),
      ['claim', 'reply', 'note', 'close', 'history', 'attachments'],
    );
    assert.ok(
      old.every(({ type }) => type === 'Action.Submit'),
      'a dialog is opened by clients of every version',
    );
    assert.deepEqual(titles(asClient(card, 'v1_5')), ['Storico', '1 allegato']);
  });

  it('W2 get no claim on a ticket that somebody has, and nothing on a closed one', () => {
    assert.ok(!titles(asClient(cardOf({ ticket: taken.ticket }), 'v1_2')).includes('Prendi in carico'));
    assert.deepEqual(titles(asClient(cardOf({ ticket: closed.ticket }), 'v1_2')), ['Storico', '2 allegati']);
  });

  it('W2 get the buttons of other cards as plain submits', () => {
    const card = cardOf({ ticket: fresh.ticket, viewer: person('anna') });
    const old = asClient(card, 'v1_2');
    assert.ok(old.every(({ type }) => type === 'Action.Submit'));
    assert.deepEqual(old[0]?.data, { verb: 'claim', number: fresh.ticket.number, version: 1 });
  });
});

describe('the card as one person sees it', () => {
  it('W3 T3 offers claiming to agents of the queue, and not to others', () => {
    const verbs = (viewer: Actor, ticket = fresh.ticket) =>
      buttonsOf(cardOf({ ticket, viewer })).map(({ verb, form }) => form ?? verb);
    assert.deepEqual(verbs(person('anna')), [
      'claim',
      'reply',
      'note',
      'classify',
      'move',
      'close',
      'wait',
      'phone',
      'assign',
      'appoint',
      'changeRequester',
      'mark',
      'join',
      'split',
      'history',
      'attachments',
      'watch',
    ]);
    assert.deepEqual(verbs(person('maria')), ['history', 'attachments']);
    assert.deepEqual(verbs(person('carla')), ['history', 'attachments']);
  });

  it('W3 has at most six buttons in sight', () => {
    for (const key of Object.keys(PERSON) as (keyof typeof PERSON)[])
      for (const { ticket } of [fresh, taken, waiting, closed]) {
        const modes = buttonsOf(cardOf({ ticket, viewer: person(key) })).map(({ mode }) => mode);
        assert.ok(modes.filter((mode) => mode !== 'secondary').length <= 6);
      }
  });

  it('W3 is tried in every state there is', () => {
    const kinds = STATES_FOR_TEST.map(({ kind }) => kind).sort();
    assert.deepEqual(kinds, Object.keys(TRANSITIONS.note).sort());
  });

  it('W3 A1 offers exactly what the decision would let the person do, in every state and under every lock', () => {
    let offered = 0;
    for (const state of STATES_FOR_TEST)
      for (const owner of ['anna', 'carla', undefined] as const)
        for (const locked of owner ? [true, false] : [false])
          for (const key of Object.keys(PERSON) as (keyof typeof PERSON)[]) {
            const { owner: _, ...rest } = fresh.ticket;
            const ticket: Ticket = {
              ...rest,
              responsible: personRef('elena'),
              state,
              locked,
              ...(owner ? { owner: { id: PERSON[owner], name: owner } } : {}),
            };
            const offers = offersFor(ticket, person(key));
            offered += offers.length;
            for (const offer of OFFERS) {
              const decision = decide(ticket, exampleOf(offer, person(key)), context);
              assert.equal(
                offers.includes(offer),
                decision.ok,
                `${offer} by ${key}: ${state.kind}, owner ${owner}, ${locked ? 'locked' : 'free'}, ${JSON.stringify(decision)}`,
              );
            }
          }
    assert.ok(offered > 100);
  });
});

describe('forms', () => {
  const dialogOf = (form: DialogForm, state: FormState = {}) =>
    formDialog({ ticket: taken.ticket, seen: 2, form, state }, context).card;
  const typedInto = (card: Card) => [...elementsOf(card)].filter(({ type }) => type === 'Input.Text').length;

  it('W2 of choices take the place of the buttons and can be left', () => {
    const card = cardOf({ ticket: taken.ticket, viewer: person('anna'), form: 'classify' });
    assert.deepEqual(
      buttonsOf(card).map(({ verb }) => verb),
      ['classify', 'closeForm'],
    );
    const [send, cancel] = card.actions as Card[];
    assert.equal(send?.associatedInputs, 'auto');
    // What was chosen goes along, and so nothing may be required before the form can be left (T17).
    assert.equal(cancel?.associatedInputs, 'auto');
  });

  it('W3 no card of a ticket has anything to type into for those who work it', () => {
    for (const form of [undefined, ...PLACE_FORMS])
      for (const who of ['anna', 'dario'] as const) {
        const viewer = person(who);
        const card = cardOf({ ticket: taken.ticket, viewer, ...(form ? { form } : {}) });
        assert.equal(typedInto(card), 0, `${form} for ${who}`);
      }
    assert.equal(typedInto(cardOf({ ticket: fresh.ticket })), 0, 'nor has what old clients are shown');
    for (const form of DIALOG_FORMS)
      if (form !== 'split') assert.ok(typedInto(dialogOf(form)) > 0, `${form} is in a dialog for a reason`);
  });

  it('W2 in a dialog send and keep by Action.Submit, with the version that was seen and nothing required', () => {
    for (const form of DIALOG_FORMS) {
      const card = dialogOf(form);
      const actions = [...elementsOf(card)].filter(({ type }) => String(type).startsWith('Action.'));
      assert.deepEqual([...new Set(actions.map(({ type }) => type))], ['Action.Submit'], form);
      for (const { data } of actions as { data: Record<string, unknown> }[]) {
        assert.deepEqual([data.number, data.version], [taken.ticket.number, 2]);
        assert.equal('msteams' in data, false);
      }
      const last = (card.actions as { data: Record<string, unknown> }[]).at(-1);
      assert.deepEqual([last?.data.verb, last?.data.form], ['closeForm', form]);
      assert.ok([...elementsOf(card)].every(({ isRequired }) => isRequired !== true));
    }
  });

  const inputsOf = (card: Card) =>
    Object.fromEntries(
      [...elementsOf(card.body)].flatMap((element) =>
        String(element.type).startsWith('Input.') ? [[String(element.id), element]] : [],
      ),
    );

  const choicesOf = (input: Card | undefined) => (input?.choices ?? []) as Card[];

  it('T4 offer only agents of the queue, without the one who has it', () => {
    const assign = inputsOf(dialogOf('assign'));
    assert.deepEqual(assign.to?.choices, [{ title: 'Bruno Galli', value: PERSON.bruno }]);
    assert.deepEqual([assign.to?.isRequired, assign.note?.isRequired], [false, false]);
  });

  it('T6 start from how the ticket is classified', () => {
    const { priority, type, service } = inputsOf(
      cardOf({ ticket: taken.ticket, viewer: person('anna'), form: 'classify' }),
    );
    assert.deepEqual([priority?.value, type?.value, service?.value], ['3', 'fault', 'payment-orders']);
    assert.ok(choicesOf(service).some(({ title }) => title === 'Contabilità – Mandati di pagamento'));
  });

  it('W2 reply and stay, wait or close; staying is what happens by itself', () => {
    const inputs = inputsOf(dialogOf('reply'));
    assert.equal(inputs.then?.value, 'stay');
    assert.deepEqual(
      choicesOf(inputs.then).map(({ value }) => String(value).split('-')[0]),
      [
        ...['stay', 'waitRequester', 'close'],
        ...['waitReminder', 'waitReminder', 'waitAutoClose', 'waitAutoClose', 'closeUnsuccessfully'],
      ],
    );
  });

  it('W2 say what is wrong right below its field and keep what was typed', () => {
    const state = {
      values: { text: 'testo mio', to: PERSON.bruno, note: '' },
      errors: { note: 'Manca la nota.' },
    };
    const card = dialogOf('assign', state);
    const fields = [...elementsOf(card.body)].filter(
      ({ items }) => Array.isArray(items) && items.some((item) => item.id !== undefined),
    );
    const below = fields.map(({ items }) =>
      (items as Card[]).flatMap(({ id, inlines }) => id ?? (inlines as Card[])[0]?.text),
    );
    assert.deepEqual(below, [['to'], ['note', 'Manca la nota.']]);
    assert.equal(inputsOf(card).to?.value, PERSON.bruno);
  });
});
