import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import { isDialogForm } from '../../src/cards/kit/buttons.ts';
import type { Card } from '../../src/cards/kit/card.ts';
import { compose } from '../../src/cards/kit/render.ts';
import { requestCard } from '../../src/cards/requester/request-view.ts';
import { mobileRefusal } from '../../src/local/mobile-parser.ts';
import { contextFor, gallery, HARMLESS, story } from './gallery.ts';
import { elementsOf } from './reading.ts';
import { samples } from './samples.ts';
import { sampleOf, templates } from './templates.ts';

const cards = (['it', 'en'] as const).flatMap((locale) =>
  Object.entries(gallery(HARMLESS, locale)).map(([name, { card, summary }]) => ({
    name: `${name} (${locale})`,
    card,
    summary,
  })),
);

/** Names and kinds of what is in it, whatever it says. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]));
}

describe('every card', () => {
  it('is a card of version 1.5 with a line for banners and a text for clients that cannot show it', () => {
    for (const { name, card, summary } of cards) {
      assert.equal(card.type, 'AdaptiveCard', name);
      assert.equal(card.version, '1.5', name);
      assert.ok(typeof card.fallbackText === 'string' && card.fallbackText !== '', name);
      assert.ok(summary !== '' && summary.length <= 300 && !summary.includes('\n'), name);
    }
  });

  it('W2 T17 is typed into in dialogs only, but for what is not edited meanwhile: the forms of a request and of a call', () => {
    let typed = 0;
    for (const { name, card } of cards) {
      if (![...elementsOf(card)].some(({ type }) => type === 'Input.Text')) continue;
      typed += 1;
      assert.match(name, /dialog: |^draft|^call: /, name);
    }
    assert.ok(typed > 20, `only ${typed} forms have a text`);
    // A dialog knows no Action.Execute, so that what is called one here is no card of a message.
    for (const { name, card } of cards)
      if (/dialog: /.test(name))
        assert.ok(![...elementsOf(card)].some(({ type }) => type === 'Action.Execute'), name);
  });

  it('has all its fields filled in', () => {
    for (const { name, card } of cards) assert.ok(!JSON.stringify(card).includes('$' + '{'), name);
  });

  it('W2 sends verb, ticket or draft, and version, and nothing else', () => {
    for (const { name, card } of cards)
      for (const element of elementsOf(card)) {
        if (!isSending(element)) continue;
        const {
          list,
          page,
          card: from,
          anew,
          whole,
          what,
          tickets,
          ...data
        } = element.data as Record<string, unknown>;
        if (list !== undefined) {
          assert.ok(
            [list, page ?? '', from ?? '', anew ?? '', whole ?? '', what ?? '', tickets ?? ''].every(
              (one) => typeof one === 'string',
            ),
            name,
          );
          // Which message is meant: looked up among those that failed.
          const meant = ['retryDelivery', 'discardDelivery'].includes(String(data.verb))
            ? ['owner', 'delivery']
            : [];
          const { msteams, ...sent } = data;
          assert.deepEqual(Object.keys(sent), [...meant, 'verb'], name);
          const opens = ['phoneRequest', 'searchForm', 'saveSearch', 'selectTickets'];
          if (msteams !== undefined) assert.ok(opens.includes(String(data.verb)), name);
          continue;
        }
        const { verb, number, draft, version, form, msteams, queue, stars, template, ...rest } = data;
        assert.deepEqual(rest, {}, name);
        assert.ok(typeof verb === 'string' && typeof version === 'number', name);
        assert.ok(typeof number === 'string' || typeof draft === 'string', name);
        assert.equal(form !== undefined, verb === 'openForm' || verb === 'closeForm', name);
        assert.equal(queue !== undefined, verb === 'move', name);
        assert.equal(stars !== undefined, verb === 'rate', name);
        assert.equal(template !== undefined, verb === 'useTemplate', name);
        const inDialog = verb === 'openForm' && isDialogForm(form as string);
        const opens = ['history', 'attachments', 'comment', 'writeToOffice', 'withdraw'];
        assert.ok(inDialog ? msteams !== undefined : msteams === undefined || opens.includes(verb), name);
      }
  });

  it('W2 has for every Action.Execute an Action.Submit with the same data, for clients that know no other', () => {
    for (const { name, card } of cards)
      for (const { type, title, verb, data, fallback } of elementsOf(withoutRefresh(card))) {
        if (type !== 'Action.Execute') continue;
        const old = fallback as Card;
        assert.equal(old.type, 'Action.Submit', name);
        assert.equal(old.title, title, name);
        assert.deepEqual(old.data, data, name);
        assert.equal(verb, (data as Card).verb, name);
      }
  });

  it('W2 has inputs with a label, and with a placeholder for clients that show no label', () => {
    for (const { name, card } of cards)
      for (const { type, label, title, placeholder, isRequired, errorMessage } of elementsOf(
        withoutOldClients(card),
      )) {
        if (typeof type !== 'string' || !type.startsWith('Input.')) continue;
        assert.ok(label || title, name);
        assert.ok(placeholder || type === 'Input.Toggle', name);
        if (isRequired) assert.ok(errorMessage, name);
      }
  });

  it('W2 passes the parser of the apps on phones: no id twice, in hidden parts, pop-up cards and fallbacks as well', () => {
    for (const { name, card } of cards) assert.equal(mobileRefusal(card), undefined, name);
  });

  it('W2 insists on an input only where no button is meant to work without it, as iOS knows no such buttons', () => {
    for (const { name, card } of cards) {
      const elements = [...elementsOf(card)];
      const insists = elements.some(({ isRequired }) => isRequired === true);
      const skips = elements.some(({ associatedInputs }) => associatedInputs === 'none');
      assert.ok(!insists || !skips, name);
    }
  });

  it('W5 offers elsewhere, too, what a text on it does when it is pressed', () => {
    const doing = ({ type, url, data }: Card) => JSON.stringify([type, url, data]);
    for (const { name, card } of cards) {
      const elements = [...elementsOf(card)];
      const inTexts = elements.flatMap(({ type, selectAction }) =>
        type === 'TextRun' && selectAction ? [selectAction as Card] : [],
      );
      const offered = elements.flatMap(({ type, selectAction, actions = [] }) => [
        ...(type !== 'TextRun' && selectAction ? [doing(selectAction as Card)] : []),
        ...(actions as Card[]).map(doing),
      ]);
      for (const action of inTexts) assert.ok(offered.includes(doing(action)), `${name}: ${action.title}`);
    }
  });

  it('W5 W6 uses the whole width for the dashboard and for lists', () => {
    for (const { name, card } of cards)
      if (/^(board|list|searches|failures)/.test(name))
        assert.deepEqual(card.msteams, { width: 'Full' }, name);
  });

  it('W3 asks for each viewer’s own version, for at most 60 and the first of them', () => {
    const refreshFor = Array.from({ length: 100 }, (_, index) => `29:${index % 80}`);
    const { card } = requestCard(story(HARMLESS).fresh, { ...contextFor('it'), refreshFor });
    const { action, userIds } = card.refresh as { action: Card; userIds: string[] };
    assert.deepEqual(userIds, refreshFor.slice(0, 60));
    assert.equal(action.verb, 'refresh');
    const lonely = requestCard(story(HARMLESS).fresh, { ...contextFor('it'), refreshFor: [] });
    assert.equal(lonely.card.refresh, undefined);
  });
});

describe('every template', () => {
  const found = templates();

  it('has beside it sample data of the shape that its view makes', () => {
    const made = samples();
    assert.deepEqual(Object.keys(made).sort(), found.map(({ name }) => name).sort());
    for (const one of found)
      assert.deepEqual(
        shapeOf(sampleOf(one)),
        shapeOf(JSON.parse(JSON.stringify(made[one.name]))),
        `${one.name}.sample.json: node scripts/cards.ts --samples writes it anew`,
      );
  });

  it('has sample data that fill it', () => {
    for (const one of found.filter(({ isField }) => !isField)) {
      const card = compose(one.template, sampleOf(one));
      assert.ok(!JSON.stringify(card).includes('$' + '{'), one.name);
    }
  });

  it('takes each text from its data once: what it holds itself is no text and no language', () => {
    for (const { name, json } of found) {
      for (const element of elementsOf(json))
        for (const property of [
          'text',
          'title',
          'label',
          'placeholder',
          'url',
          'errorMessage',
          'fallbackText',
        ])
          if (property in element)
            assert.match(String(element[property]), /^\$\{[\w.]+\}$/, `${name} ${property}`);
    }
  });
});

const require = createRequire(import.meta.url);
const schemaPath = [
  process.env.ADAPTIVE_CARD_SCHEMA,
  join(import.meta.dirname, '..', '..', '..', 'shared', 'schemas', 'adaptive-card-1.5.0.json'),
].find((path) => path !== undefined && existsSync(path));

function validator(path: string): ValidateFunction {
  const { id, ...schema } = JSON.parse(readFileSync(path, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  return ajv.compile({ ...schema, $id: id });
}

describe('the schema of Adaptive Cards 1.5', () => {
  const skip = schemaPath
    ? false
    : 'left out: the schema of Adaptive Cards 1.5 is not here; ADAPTIVE_CARD_SCHEMA can name its file';
  it('W1 holds for every card', { skip }, () => {
    const valid = validator(schemaPath ?? '');
    assert.equal(valid({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlok' }] }), false);
    for (const { name, card } of cards)
      assert.ok(valid(withoutExtensions(card)), `${name}: ${JSON.stringify(valid.errors, null, 1)}`);
  });
});

function isSending({ type }: Card): boolean {
  return type === 'Action.Execute' || type === 'Action.Submit';
}

function withoutRefresh({ refresh: _, ...card }: Card): Card {
  return card;
}

/** Forms for clients of cards 1.2 stand in pop-up cards, each with inputs of its own. */
function withoutOldClients(card: Card): Card {
  return { ...card, body: (card.body as Card[]).filter(({ type }) => type !== 'Table') };
}

/** What Teams adds to the schema: the width of a card, and the people picker. */
function withoutExtensions({ msteams: _, ...card }: Card): Card {
  return JSON.parse(JSON.stringify(card), (key, value) => (key === 'choices.data' ? undefined : value));
}
