import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ButtonData } from '../../../src/cards/kit/buttons.ts';
import type { Card } from '../../../src/cards/kit/card.ts';
import { orphanPointer, personalNotice, threadNotice } from '../../../src/cards/notices/agent-notice-view.ts';
import { type EscalationInput, escalationCard } from '../../../src/cards/notices/escalation-view.ts';
import { helpCard, textCard, welcomeCard } from '../../../src/cards/notices/text-view.ts';
import { actorFor } from '../../../src/domain/rights.ts';
import { PERSON } from '../../support/desk.ts';
import { MORNING } from '../../support/tickets.ts';
import { contextFor, file, HARMLESS, story } from '../gallery.ts';
import { elementsOf, read } from '../reading.ts';

const context = contextFor('it');
const { fresh, taken, noted, answered, closed, reopened } = story(HARMLESS);
const link = 'https://teams.microsoft.com/l/message/1/2';
const by = { id: PERSON.anna, name: HARMLESS.agentName };

function textOf(card: Card): string {
  return read(card)
    .shown.map(({ text }) => text)
    .join('\n');
}

function linksOf(card: Card): unknown[] {
  return (card.actions as Card[]).filter(({ type }) => type === 'Action.OpenUrl').map(({ url }) => url);
}

describe('notices to those who work tickets', () => {
  it('W4 bring the requester’s whole answer into the thread, and the names of its files', () => {
    const text = 'Una riga.\nUn’altra, lunga. '.repeat(300);
    const { card } = threadNotice(
      { kind: 'requesterWrote', ticket: answered.ticket, text, attachments: [file('schermata.png')] },
      context,
    );
    assert.match(textOf(card), /^.*\nMaria Rinaldi ha risposto\n2026110510000019 · /);
    assert.ok(textOf(card).includes(text.trim()));
    assert.match(textOf(card), /Allegati: schermata\.png/);
    assert.deepEqual(card.actions, []);
  });

  it('T9 tell of a reopening, and of files without a word', () => {
    const notice = (over: object) =>
      textOf(threadNotice({ kind: 'requesterWrote', ticket: reopened.ticket, ...over }, context).card);
    assert.match(notice({ kind: 'reopened' }), /Maria Rinaldi ha riaperto la richiesta/);
    assert.match(notice({ attachments: [file('a'), file('b')] }), /Maria Rinaldi ha mandato 2 allegati/);
  });

  it('N2 have number, kind, a link, and only the beginning of the text, in person', () => {
    const notice = (over: Partial<Parameters<typeof personalNotice>[0]>) =>
      personalNotice({ kind: 'requesterWrote', ticket: answered.ticket, by, link, ...over }, context);
    const { card, summary } = notice({ by: answered.ticket.requester, text: 'parola '.repeat(500) });
    assert.match(textOf(card), /Maria Rinaldi ha scritto\n2026110510000019 · /);
    assert.ok(textOf(card).length < 800 && textOf(card).includes('…'));
    assert.deepEqual(linksOf(card), [link]);
    assert.equal(summary, `Maria Rinaldi ha scritto – 2026110510000019 ${HARMLESS.subject}`);
    assert.match(textOf(notice({ kind: 'agentClaimed' }).card), /Anna Corti l’ha presa in carico/);
    assert.match(
      textOf(notice({ kind: 'agentClosed', text: 'Fatto' }).card),
      /Anna Corti l’ha chiusa come risolta/,
    );
    assert.match(
      textOf(notice({ kind: 'assigned', text: 'Tuo' }).card),
      /Anna Corti ti ha assegnato una richiesta/,
    );
    assert.match(textOf(notice({ kind: 'unrouted' }).card), /Richiesta senza ufficio/);
  });

  it('W5 N2 hide the dashboard’s button behind others only', () => {
    const mode = (over: { link?: string }) => {
      const { card } = personalNotice({ kind: 'newRequest', ticket: fresh.ticket, ...over }, context);
      const { actions } = card as { actions: { title: string; mode: string }[] };
      return actions.find(({ title }) => title === 'Bacheca')?.mode;
    };
    assert.deepEqual([mode({}), mode({ link })], ['primary', 'secondary']);
  });

  it('R2 say that no rule placed a request, and in which queue it is', () => {
    const ticket = { ...fresh.ticket, queue: 'raw' };
    assert.match(textOf(personalNotice({ kind: 'unrouted', ticket }, context).card), /in coda “Da smistare”/);
  });

  it('N3 become a pointer to the live card, with no other button', () => {
    const { card } = orphanPointer({ number: '2026110510000019', link }, context);
    assert.match(textOf(card), /Questa scheda è una copia/);
    assert.deepEqual((card.actions as Card[]).length, 1);
    assert.deepEqual(linksOf(card), [link]);
    assert.deepEqual(orphanPointer({ number: '1' }, context).card.actions, []);
  });
});

describe('the card of an escalation', () => {
  const card = (over: Partial<EscalationInput> = {}, now = context.now) => {
    const viewer = actorFor(context.desk, { id: PERSON.dario, name: '' });
    const input = { ticket: noted.ticket, deadline: 'firstResponse', share: 0.75, viewer, link } as const;
    return escalationCard({ ...input, ...over }, { ...context, now }).card;
  };

  it('D3 says which deadline, near or missed, since when, and how the ticket stands', () => {
    const near = textOf(card());
    assert.match(near, /Scadenza vicina\nPrima risposta: scade ven 6 nov 10:30\n/);
    for (const part of [
      HARMLESS.subject,
      'Servizi finanziari',
      'Anna Corti',
      'Nota interna · Anna Corti, gio 5 nov 10:40',
    ])
      assert.ok(near.includes(part), part);
    assert.match(
      textOf(card({ share: 1 }, MORNING + 7 * 86_400_000)),
      /Scadenza superata\nPrima risposta: è scaduta ven 6/,
    );
    assert.match(textOf(card({ ticket: fresh.ticket })), /Gestore\nNessuno/);
    assert.deepEqual(linksOf(card()), [link]);
  });

  it('T4 D3 lets who may supervise assign it there, and nobody else', () => {
    const verbs = (one: Card) =>
      (one.actions as Card[]).flatMap(({ data }) => {
        const { verb, form } = (data ?? {}) as Partial<ButtonData>;
        return verb === undefined ? [] : [[verb, form]];
      });
    assert.deepEqual(verbs(card()), [['openForm', 'assign']]);
    assert.deepEqual(
      [...elementsOf(card())].filter(({ type }) => String(type).startsWith('Input.')),
      [],
      'what is typed is typed in the dialog',
    );
    const anna = actorFor(context.desk, { id: PERSON.anna, name: '' });
    assert.deepEqual(verbs(card({ viewer: anna, ticket: taken.ticket })), []);
    assert.deepEqual(verbs(card({ ticket: closed.ticket })), []);
  });

  it('D3 does not speak of a time that is not running any more', () => {
    assert.match(textOf(card({ ticket: closed.ticket })), /Scadenza vicina\nPrima risposta\n/);
  });
});

describe('cards that only say something', () => {
  it('K6 greet and explain in both languages, agents a little more', () => {
    assert.match(textOf(welcomeCard('it', 'Maria Rinaldi').card), /Ciao Maria Rinaldi/);
    assert.match(textOf(welcomeCard('en').card), /Hello, this is the help desk/);
    assert.match(textOf(helpCard('it', true).card), /nel suo canale/);
    assert.doesNotMatch(textOf(helpCard('it', false).card), /nel suo canale/);
  });

  it('K6 show their tone', () => {
    const style = (tone: 'good' | 'attention' | 'neutral') =>
      (textCard({ paragraphs: ['Ecco.'], tone }).card.body as Card[])[0]?.style;
    assert.deepEqual(
      [style('good'), style('attention'), style('neutral')],
      ['good', 'attention', 'emphasis'],
    );
    assert.equal(textCard({ paragraphs: ['Ecco.'] }).summary, 'Ecco.');
  });
});
