/**
 * Expands the card templates. Each template is read and compiled once, when the file of its view is loaded; what people
 * typed is data and never becomes part of a template, and nothing is expanded twice.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'adaptivecards-templating';
import type { ButtonData } from './buttons.ts';
import type { Card } from './card.ts';
import { type FieldData, type FormData, fieldData } from './fields.ts';
import { CARD_BYTES, fitForm, sizeOf } from './fit.ts';
import { withWaysBesideTexts } from './ways.ts';

/** A card's template, and the type of what it is expanded with. */
export type CardTemplate<Data extends object> = { expand(data: Data): Card };

/**
 * The template in `<name>.template.json`, beside the view that makes its data. A field that is missing there would show as a
 * literal `${…}`, so none is optional.
 */
export function cardTemplate<Data extends object>(folder: string, name: string): CardTemplate<Data> {
  const template = new Template(JSON.parse(readFileSync(join(folder, `${name}.template.json`), 'utf8')));
  return { expand: (data) => template.expand({ $root: data }) as Card };
}

const fieldTemplate = (kind: FieldData['kind']) =>
  cardTemplate<FieldData>(import.meta.dirname, `${kind}-field`);
const FIELD_TEMPLATES = {
  choice: fieldTemplate('choice'),
  choices: fieldTemplate('choices'),
  person: fieldTemplate('person'),
  date: fieldTemplate('date'),
  time: fieldTemplate('time'),
  text: fieldTemplate('text'),
  toggle: fieldTemplate('toggle'),
};

export type Additions = {
  /** Goes where the template has its container `form`. */
  readonly form?: FormData | undefined;
  /** Asks for the viewer's own version, for these people. */
  readonly refresh?: Refresh | undefined;
  /** In a dialog, which nobody leaves by one of its buttons: only there a client may insist on what is required. */
  readonly dialog?: boolean;
};
export type Refresh = { readonly data: ButtonData; readonly userIds: readonly string[] };

/** Most people for whom Teams fetches a version of their own. */
const MAX_VIEWERS = 60;

/** A card, expanded, and then joined with its form and its refresh. */
export function compose<Data extends object>(
  template: CardTemplate<Data>,
  data: Data,
  { form, refresh, dialog = false }: Additions = {},
): Card {
  const expanded = template.expand(data);
  const elements = expanded.body as readonly Card[];
  const place = elements.findIndex(({ id }) => id === 'form');
  const card = withWaysBesideTexts({
    ...expanded,
    body: elements.filter(({ id }) => id !== 'form'),
    ...(refresh && refresh.userIds.length > 0 ? { refresh: asRefresh(refresh) } : {}),
  });
  if (!form || place < 0) return card;
  const shown = dialog ? form : notInsisting(form);
  const fitted = fitForm(shown, () => CARD_BYTES - sizeOf(card), asContainer);
  return { ...card, body: (card.body as Card[]).toSpliced(place, 0, asContainer(fitted)) };
}

/**
 * On a card in a message there are ways out of its form, and on iOS a required input blocks those, too, whatever
 * `associatedInputs` says (AdaptiveCards#8585): what is missing is said by the server, at the field.
 */
function notInsisting(form: FormData): FormData {
  return { ...form, fields: form.fields.map((field) => ({ ...field, required: false })) };
}

/** Buttons of a form in one row: more would not be read on a telephone. */
const IN_A_ROW = 3;

/** Each field from the template of its kind, and the form's own buttons below them. */
function asContainer({ separator, fields, buttons = [], heading, inARow = IN_A_ROW }: FormData): Card {
  const items = fields.map((field) => FIELD_TEMPLATES[field.kind].expand(fieldData(field)));
  if (heading !== undefined && buttons.length > 0) {
    const inlines = [{ type: 'TextRun', text: heading, size: 'Small', isSubtle: true }];
    items.push({ type: 'RichTextBlock', inlines });
  }
  for (let from = 0; from < buttons.length; from += inARow)
    items.push({ type: 'ActionSet', spacing: 'Small', actions: buttons.slice(from, from + inARow) });
  return { type: 'Container', separator, spacing: 'Medium', items };
}

function asRefresh({ data, userIds }: Refresh): Card {
  return {
    action: { type: 'Action.Execute', verb: data.verb, data },
    // Whoever is listed twice would take the place of somebody else.
    userIds: [...new Set(userIds)].slice(0, MAX_VIEWERS),
  };
}
