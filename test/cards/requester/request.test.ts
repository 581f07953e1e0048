import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requesterDialog } from '../../../src/cards/dialogs/requester-dialog-view.ts';
import type { ButtonData } from '../../../src/cards/kit/buttons.ts';
import type { Card } from '../../../src/cards/kit/card.ts';
import { REQUESTER_NOTICES, requesterNotice } from '../../../src/cards/notices/requester-notice-view.ts';
import { type RequestInput, requestCard } from '../../../src/cards/requester/request-view.ts';
import { PRIORITIES } from '../../../src/domain/desk.ts';
import { translate } from '../../../src/i18n/translate.ts';
import { PERSON } from '../../support/desk.ts';
import { contextFor, HARMLESS, story } from '../gallery.ts';
import { elementsOf, read } from '../reading.ts';
import { STATES_FOR_TEST } from '../states.ts';

const context = contextFor('it');
const stories = story(HARMLESS);
const { fresh, taken, waiting, answered, closed, reopened } = stories;
const DAY = 86_400_000;

function textOf(card: Card): string {
  return read(card)
    .shown.map(({ text }) => text)
    .join('\n');
}

function textOfRequest(input: RequestInput, now = context.now): string {
  return textOf(requestCard(input, { ...context, now }).card);
}

function verbsOf(card: Card): string[] {
  return (card.actions as Card[]).map(({ data }) => (data as ButtonData).verb);
}

const by = { id: PERSON.anna, name: HARMLESS.agentName };

describe('the requester’s card', () => {
  it('I16 W10 says number, subject, state and office in the requester’s words', () => {
    const text = textOfRequest(fresh);
    for (const part of [
      'Richiesta 2026110510000019',
      HARMLESS.subject,
      'Ricevuta',
      'È all’ufficio Servizi finanziari',
    ])
      assert.ok(text.includes(part), part);
    assert.match(
      textOfRequest(taken),
      /Ce ne stiamo occupando\nSe ne occupa Anna Corti · Servizi finanziari/,
    );
    assert.match(textOfRequest(waiting), /Aspettiamo una tua risposta/);
    assert.match(textOfRequest(closed), /Risolta\nSe n’è occupato l’ufficio Servizi finanziari/);
  });

  it('W10 shows the last message and, closed, the closing text', () => {
    assert.match(textOfRequest(waiting), /Anna Corti, gio 5 nov 10:45\nBuongiorno Maria/s);
    assert.match(textOfRequest(closed), /Bruno Gatti, gio 5 nov 12:00\nAbbiamo completato/);
  });

  it('W10 tells the public steps in order, and how many came before', () => {
    const steps = textOfRequest(waiting)
      .split('\n')
      .filter((line) => /^(Richiesta inviata|Presa|Risposta di|L’ufficio aspetta)/.test(line));
    assert.deepEqual(steps, [
      'Richiesta inviata',
      'Presa in carico da Anna Corti',
      'Risposta di Anna Corti',
      'L’ufficio aspetta una tua risposta',
    ]);
    assert.match(textOfRequest(reopened), /3 passi precedenti/);
  });

  it('N4 T6 never tells priority, agreement, impact, notes, classification, escalations or what colleagues write to each other', () => {
    const priorities = PRIORITIES.filter((priority) => priority !== 3).map((priority) =>
      translate('it', `priority.${priority}`),
    );
    const internal = [
      HARMLESS.note,
      HARMLESS.assignNote,
      ...priorities,
      'riorità',
      'Nota',
      'lassifica',
      ...['mpatto', 'mpact', 'ivello di servizio', 'ervice-level', 'Continuità', 'continuity'],
      'scadenz',
      'Scadenz',
      'warning',
      'Dario',
      'egola',
    ];
    for (const [name, input] of Object.entries(stories))
      for (const locale of ['it', 'en'] as const) {
        const json = JSON.stringify(requestCard(input, { ...context, locale }).card);
        for (const word of internal) assert.ok(!json.includes(word), `${name}: ${word}`);
      }
    for (const kind of REQUESTER_NOTICES) {
      const json = JSON.stringify(
        requesterNotice({ kind, ticket: answered.ticket, text: HARMLESS.reply }, context),
      );
      for (const word of internal) assert.ok(!json.includes(word), `${kind}: ${word}`);
    }
  });

  it('W4 lets the requester write, answer and reopen', () => {
    const button = (input: RequestInput, now?: number) => {
      const { card } = requestCard(input, { ...context, now: now ?? context.now });
      return (card.actions as Card[]).map(({ title, data }) => [title, (data as ButtonData).verb]);
    };
    const withdraw = ['Ritira la richiesta', 'withdraw'];
    assert.deepEqual(button(fresh), [['Scrivi all’ufficio', 'writeToOffice'], withdraw]);
    assert.deepEqual(button(waiting), [['Rispondi', 'writeToOffice'], withdraw]);
    assert.deepEqual(button(closed), [['Non è risolto', 'writeToOffice']]);
    const { card } = requesterDialog('writeToOffice', closed.ticket, context);
    assert.match(textOf(card), /Non è risolto\? Scrivi qui e la richiesta si riapre/);
  });

  it('T9 has no place to write where a message would be refused', () => {
    const late = context.now + (context.desk.reopenDays + 1) * DAY;
    const { card } = requestCard(closed, { ...context, now: late });
    assert.deepEqual(card.actions, []);
    assert.ok(![...elementsOf(card)].some(({ type }) => type === 'Input.Text'));
    const merged = { ...fresh.ticket, state: { kind: 'merged', into: '1', at: context.now } as const };
    assert.deepEqual(requestCard({ ...fresh, ticket: merged }, context).card.actions, []);
  });

  it('W2 has no field that an edit would empty: what is typed stands in dialogs, which say what they answer', () => {
    const fields = (card: Card) =>
      [...elementsOf(card)].filter(({ type }) => String(type).startsWith('Input.')).map(({ id }) => id);
    for (const input of Object.values(stories))
      assert.deepEqual(fields(requestCard(input, context).card), []);
    for (const kind of REQUESTER_NOTICES)
      assert.deepEqual(fields(requesterNotice({ kind, ticket: closed.ticket, by }, context).card), [], kind);
    const { card: answer, summary } = requesterDialog('writeToOffice', waiting.ticket, context);
    assert.deepEqual(fields(answer), ['text']);
    assert.equal(summary, 'Rispondi');
    assert.match(textOf(answer), /\n2026110510000019 · .*Buongiorno Maria.*La tua risposta/s);
    assert.doesNotMatch(textOf(answer), /Rispondi/, 'the title of the dialog says it');
  });

  it('W2 keeps what was typed when it was not accepted, and says why at the field', () => {
    const state = { values: { text: 'il mio testo' }, errors: { text: 'Troppo lungo.' } };
    const { card } = requesterDialog('writeToOffice', fresh.ticket, context, state);
    assert.match(textOf(card), /il mio testo\n(?:.*\n)*Troppo lungo\./);
  });

  it('K6 has a state in plain words for every state there is', () => {
    for (const state of STATES_FOR_TEST)
      for (const locale of ['it', 'en'] as const) {
        const { card } = requestCard(
          { ...fresh, ticket: { ...fresh.ticket, state } },
          { ...context, locale },
        );
        assert.ok(textOf(card).includes(translate(locale, `requesterState.${state.kind}`)), state.kind);
      }
  });
});

describe('notices to the requester', () => {
  it('N4 W4 say what happened, on which request, and let the requester answer there', () => {
    const notice = (kind: (typeof REQUESTER_NOTICES)[number], text?: string) => {
      const ticket = {
        claimed: taken,
        answered,
        waitingForYou: waiting,
        closed,
        reopened,
        moved: taken,
        merged: answered,
        closedUnsolved: closed,
        unreachable: closed,
        willClose: waiting,
      }[kind].ticket;
      const { card, summary } = requesterNotice({ kind, ticket, by, ...(text ? { text } : {}) }, context);
      return { text: textOf(card), verbs: verbsOf(card), summary };
    };
    assert.match(
      notice('claimed').text,
      /Anna Corti ha preso in carico la tua richiesta\n2026110510000019 · Emissione/,
    );
    assert.deepEqual(notice('claimed').verbs, []);
    assert.match(notice('answered', HARMLESS.reply).text, /Anna Corti ha risposto.*Buongiorno Maria/s);
    assert.deepEqual(notice('answered', HARMLESS.reply).verbs, ['writeToOffice']);
    assert.match(notice('waitingForYou', HARMLESS.reply).text, /Anna Corti ti chiede una cosa/);
    assert.match(notice('closed', HARMLESS.closing).text, /è risolta.*Abbiamo completato.*Non è risolto\?/s);
    assert.match(notice('reopened').text, /di nuovo aperta/);
    assert.equal(
      notice('closed').summary,
      `La tua richiesta è risolta – 2026110510000019 ${HARMLESS.subject}`,
    );
  });

  const RATED: readonly string[] = ['closed', 'closedUnsolved', 'unreachable'];

  it('T9 leave the place to reopen to the request’s own card, and say where it is', () => {
    for (const kind of REQUESTER_NOTICES) {
      const { card } = requesterNotice({ kind, ticket: closed.ticket, by, text: HARMLESS.reply }, context);
      assert.deepEqual(verbsOf(card), RATED.includes(kind) ? ['comment'] : [], kind);
    }
    const late = { ...context, now: context.now + (context.desk.reopenDays + 1) * DAY };
    const end = (ticket = closed.ticket, at = context) =>
      /Non è risolto\?/.test(textOf(requesterNotice({ kind: 'closed', ticket, by }, at).card));
    assert.deepEqual([end(), end(reopened.ticket), end(closed.ticket, late)], [true, false, false]);
  });

  it('W4 brings a reply of the longest kind whole, line breaks included', () => {
    const text = 'Così è più chiaro:\n- primo\n- secondo. '.repeat(260).slice(0, 10_000).trim();
    const { card } = requesterNotice({ kind: 'answered', ticket: answered.ticket, by, text }, context);
    assert.ok(textOf(card).includes(text));
  });

  it('N3 carry the number in their refresh, so that a copy gives itself away', () => {
    for (const kind of REQUESTER_NOTICES) {
      const { card } = requesterNotice({ kind, ticket: answered.ticket, by }, context);
      const { action } = card.refresh as { action: Card };
      assert.deepEqual(action.data, {
        verb: 'refresh',
        number: answered.ticket.number,
        version: answered.ticket.version,
      });
    }
  });
});
