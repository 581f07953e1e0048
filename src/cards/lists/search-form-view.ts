/** The form that finds tickets by their attributes (W6), in a dialog. All fields may be left empty. */

import {
  type Asked,
  type AskedField,
  SCOPES,
  type Scope,
  STATE_GROUPS,
  STATES,
  writeAsked,
} from '../../domain/asked.ts';
import type { Locale } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { type About, dialogButton, submitButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import { type CardContext, maybe, priorityChoices, serviceChoices, typeChoices } from '../kit/context.ts';
import { type Choice, choiceField, type Field, textField } from '../kit/fields.ts';
import { CARD_BYTES, sizeOf } from '../kit/fit.ts';
import { compose } from '../kit/render.ts';
import { textCard } from '../notices/text-view.ts';
import { scopeWords } from './asked-words.ts';
import { type ListData, listTemplate } from './list-view.ts';

export type SearchFormInput = {
  readonly asked: Asked;
  /** `requested` for whoever finds their own requests only. */
  readonly scope: Scope;
  /** All fields; otherwise those that are used most, unless others are filled in. */
  readonly whole: boolean;
  /** The message that it was opened from, which shows what is found. */
  readonly card?: string;
  /** Sentences in the reader’s language. */
  readonly errors?: Readonly<Partial<Record<AskedField, string>>>;
};

const FIRST: readonly AskedField[] = ['words', 'scope', 'state'];
/** What says too much about the desk, or nothing to who merely asked. */
const OF_STAFF: ReadonlySet<AskedField> = new Set([
  'scope',
  'person',
  'priority',
  'lock',
  'queue',
  'createdIn',
  'owner',
  'responsible',
  'organisation',
  'changedFrom',
  'changedTo',
  'due',
]);
/** In the order in which they stand on the card. */
const ALL: readonly AskedField[] = [
  ...FIRST,
  'digits',
  'title',
  'article',
  'attachment',
  'person',
  'queue',
  'createdIn',
  'owner',
  'responsible',
  'priority',
  'lock',
  'type',
  'service',
  'organisation',
  'createdFrom',
  'createdTo',
  'changedFrom',
  'changedTo',
  'closedFrom',
  'closedTo',
  'week',
  'due',
];
/** Left out one after the other where a very large desk has more choices than a card has room. */
const DISPENSABLE: readonly AskedField[] = ['organisation', 'createdIn', 'responsible', 'service', 'owner'];

export function searchForm(input: SearchFormInput, context: CardContext): Outgoing {
  const title = translate(context.locale, 'search.title');
  for (let left = 0; ; left++) {
    const card = withoutFields(input, context, DISPENSABLE.slice(0, left));
    if (left === DISPENSABLE.length || sizeOf(card) <= CARD_BYTES) return { card, summary: title };
  }
}

function withoutFields(input: SearchFormInput, context: CardContext, without: readonly AskedField[]) {
  const { asked, scope, card } = input;
  const whole = input.whole || ALL.some((field) => asked[field] !== undefined && !FIRST.includes(field));
  const { locale } = context;
  const title = translate(locale, 'search.title');
  const about: About = { list: writeAsked(asked), ...(card === undefined ? {} : { card }) };
  const fields = (whole ? ALL : FIRST)
    .filter((field) => !without.includes(field) && (scope !== 'requested' || !OF_STAFF.has(field)))
    .map((field) => fieldOf(field, input, context));
  const more = submitButton(translate(locale, 'action.moreFields'), 'searchForm', about, {
    chooses: { whole: 'yes' },
  });
  const data: ListData = {
    fallbackText: title,
    notice: [],
    title: maybe(''),
    subtitle: maybe(translate(locale, 'search.text')),
    rows: [],
    buttons: [
      submitButton(translate(locale, 'action.search'), 'search', about, { style: 'positive' }),
      ...(whole ? [] : [more]),
    ],
  };
  return compose(listTemplate, data, { form: { separator: false, fields }, dialog: true });
}

/**
 * Opens the form: a card in the chat has no text fields, for what is typed there is lost when its reader goes elsewhere.
 *
 * @param problems what was not understood of what is asked for, in the reader's language
 */
export function searchOpener(
  asked: Asked,
  locale: Locale,
  problems: Readonly<Partial<Record<AskedField, string>>> = {},
): Outgoing {
  const named = (Object.entries(problems) as [AskedField, string][]).map(
    ([field, problem]) => `${translate(locale, `asked.${field}`)}: ${problem}`,
  );
  const list = writeAsked(asked);
  return textCard({
    title: translate(locale, 'search.title'),
    paragraphs: named.length > 0 ? named : [translate(locale, 'search.how')],
    ...(named.length > 0 ? { tone: 'attention' } : {}),
    buttons: [dialogButton(translate(locale, 'action.searchForm'), 'searchForm', { list }, 'primary')],
  });
}

function fieldOf(field: AskedField, { asked, scope, errors }: SearchFormInput, context: CardContext): Field {
  const { locale } = context;
  const choices = choicesOf(field, scope, context);
  const common = {
    id: field,
    label: translate(locale, field === 'scope' ? 'asked.scope' : `asked.${field}`),
    error: errors?.[field] ?? '',
  };
  if (!choices)
    return textField({
      ...common,
      placeholder: translate(locale, placeholderOf(field)),
      value: asked[field] ?? '',
      maxLength: 200,
    });
  const any = { title: translate(locale, 'search.any'), value: 'any' };
  return choiceField({
    ...common,
    placeholder: translate(locale, 'search.any'),
    value: field === 'scope' ? scope : (asked[field] ?? 'any'),
    choices: field === 'scope' ? choices : [any, ...choices],
  });
}

function placeholderOf(field: AskedField) {
  if (/(?:From|To)$/.test(field)) return 'search.dayPlaceholder';
  if (field === 'words') return 'search.wordsPlaceholder';
  return field === 'digits' ? 'search.numberPlaceholder' : 'search.textPlaceholder';
}

/** @returns undefined where the field is free text */
function choicesOf(field: AskedField, scope: Scope, context: CardContext): readonly Choice[] | undefined {
  const { desk, locale } = context;
  const people = [...desk.people.values()];
  const named = (list: Iterable<{ readonly id: string; readonly name: string }>) =>
    [...list]
      .map(({ id, name }) => ({ title: name, value: id }))
      .sort((a, b) => a.title.localeCompare(b.title, locale));
  switch (field) {
    case 'scope':
      return SCOPES.map((value) => ({ title: scopeWords(value, context), value }));
    case 'state': {
      const groups = (Object.keys(STATE_GROUPS) as (keyof typeof STATE_GROUPS)[])
        // To who merely asked, what is new is as open as what is worked on.
        .filter((group) => scope !== 'requested' || group === 'anyOpen' || group === 'anyClosed');
      return [...groups, ...(scope === 'requested' ? [] : STATES)].map((value) => ({
        title: translate(locale, `askedState.${value}`),
        value,
      }));
    }
    case 'priority':
      return priorityChoices(context);
    case 'lock':
      return (['yes', 'no'] as const).map((value) => ({
        title: translate(locale, `askedLock.${value}`),
        value,
      }));
    case 'due':
      return (['reminder', 'escalated'] as const).map((value) => ({
        title: translate(locale, `askedDue.${value}`),
        value,
      }));
    case 'week':
      return (['created', 'closed'] as const).map((value) => ({
        title: translate(locale, `askedWeek.${value}`),
        value,
      }));
    case 'queue':
    case 'createdIn':
      return named(desk.queues.values());
    case 'type':
      return typeChoices(context);
    case 'service':
      return serviceChoices(context);
    case 'owner':
      return named(people.filter(({ agentOf }) => agentOf.length > 0));
    case 'responsible': {
      const standing = new Set([...desk.queues.values()].map(({ responsible }) => responsible));
      return named(people.filter(({ id, supervisorOf }) => supervisorOf.length > 0 || standing.has(id)));
    }
    case 'organisation':
      return named(desk.organisations.values());
    default:
      return undefined;
  }
}
