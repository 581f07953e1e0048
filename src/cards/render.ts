/**
 * Expands the card templates. Each template is read and compiled once, when this file is loaded; what people typed is
 * data and never becomes part of a template, and nothing is expanded twice.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'adaptivecards-templating';
import type { Card } from '../app/ports.ts';
import type { AgentNoticeData, PointerData } from './agent-notice-view.ts';
import type { AttachmentsData } from './attachments-view.ts';
import type { BoardData } from './board-view.ts';
import type { ButtonData } from './buttons.ts';
import type { DraftData } from './draft-view.ts';
import type { EscalationData } from './escalation-view.ts';
import { type FieldData, type FormData, fieldData } from './fields.ts';
import { CARD_BYTES, fitForm, sizeOf } from './fit.ts';
import type { FormDialogData } from './form-dialog-view.ts';
import type { HistoryData } from './history-view.ts';
import type { InsertedData } from './inserted-view.ts';
import type { ListData } from './list-view.ts';
import type { QueueData } from './queue-view.ts';
import type { RequestData } from './request-view.ts';
import type { RequesterNoticeData } from './requester-notice-view.ts';
import type { TextData } from './text-view.ts';
import { withWaysBesideTexts } from './ways.ts';
import type { WhichTicketData } from './which-ticket-view.ts';

/** The data of every template. A field that is missing would show as a literal `${…}`, so none is optional. */
export type TemplateData = {
  readonly 'agent-notice': AgentNoticeData;
  readonly attachments: AttachmentsData;
  readonly board: BoardData;
  readonly draft: DraftData;
  readonly escalation: EscalationData;
  readonly 'form-dialog': FormDialogData;
  readonly 'choice-field': FieldData;
  readonly 'choices-field': FieldData;
  readonly 'person-field': FieldData;
  readonly 'date-field': FieldData;
  readonly 'time-field': FieldData;
  readonly 'text-field': FieldData;
  readonly 'toggle-field': FieldData;
  readonly history: HistoryData;
  readonly inserted: InsertedData;
  readonly list: ListData;
  readonly pointer: PointerData;
  readonly queue: QueueData;
  readonly request: RequestData;
  readonly 'requester-notice': RequesterNoticeData;
  readonly text: TextData;
  readonly 'which-ticket': WhichTicketData;
};
export type TemplateName = keyof TemplateData;

export const TEMPLATE_NAMES = [
  'agent-notice',
  'attachments',
  'board',
  'draft',
  'escalation',
  'form-dialog',
  'choice-field',
  'choices-field',
  'person-field',
  'date-field',
  'time-field',
  'text-field',
  'toggle-field',
  'history',
  'inserted',
  'list',
  'pointer',
  'queue',
  'request',
  'requester-notice',
  'text',
  'which-ticket',
] as const satisfies readonly TemplateName[];

const templates = new Map<TemplateName, Template>(TEMPLATE_NAMES.map((name) => [name, load(name)]));

function load(name: TemplateName): Template {
  const path = join(import.meta.dirname, `${name}.template.json`);
  return new Template(JSON.parse(readFileSync(path, 'utf8')));
}

/** The template with that data, as it comes: what `compose` makes a card of. */
export function expand<Name extends TemplateName>(name: Name, data: TemplateData[Name]): Card {
  const template = templates.get(name);
  if (!template) throw new Error(`There is no card template “${name}”.`);
  return template.expand({ $root: data }) as Card;
}

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
export function compose<Name extends TemplateName>(
  name: Name,
  data: TemplateData[Name],
  { form, refresh, dialog = false }: Additions = {},
): Card {
  const expanded = expand(name, data);
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
  const items = fields.map((field) => expand(`${field.kind}-field`, fieldData(field)));
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
