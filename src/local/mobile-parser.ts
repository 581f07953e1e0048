/**
 * What the parser of the Teams apps for iOS and Android refuses. They share one, stricter than the one of the desktop: a
 * card that it refuses is not shown at all. Written from its rules (AdaptiveCards, “shared object model”) and from the
 * reports on what they did to people's cards: msteams-docs#7868 for ids, AdaptiveCards#5212. Pure.
 */

import { isObject, type Json } from './json.ts';

type Kind = 'string' | 'bool' | 'whole' | 'list' | 'object';

/** Of every element and action: a value of another kind is refused, whatever the property is for. */
const KINDS: Readonly<Record<string, Kind>> = {
  ...kinds('bool', 'isVisible separator isSubtle isMultiline isRequired isMultiSelect wrap italic'),
  ...kinds('string', 'id title text label placeholder errorMessage url verb tooltip style mode iconUrl'),
  ...kinds('string', 'spacing size weight color fontType horizontalAlignment associatedInputs fallbackText'),
  ...kinds('whole', 'maxLength maxLines'),
  ...kinds('list', 'body actions items columns rows cells inlines facts choices images'),
  ...kinds('object', 'selectAction inlineAction card refresh choices.data'),
};

/** Without these the element is refused, and the whole card with it. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  'Action.OpenUrl': ['url'],
  'Action.ShowCard': ['card'],
  'Input.Text': ['id'],
  'Input.Number': ['id'],
  'Input.Date': ['id'],
  'Input.Time': ['id'],
  'Input.Toggle': ['id', 'title'],
  'Input.ChoiceSet': ['id'],
  TextRun: ['text'],
};

/** Where further elements and actions stand. What an action sends is its own business. */
const INSIDE = [
  ...['body', 'actions', 'items', 'columns', 'rows', 'cells', 'inlines', 'images'],
  ...['selectAction', 'inlineAction', 'card', 'fallback'],
];

/** An id that was seen, and the elements for which it is a fallback. */
type Seen = { readonly element: Json; readonly standsFor: readonly Json[] };

/** @returns the sentence that says why, or undefined where the card is shown */
export function mobileRefusal(card: unknown): string | undefined {
  if (!isObject(card) || card.type !== 'AdaptiveCard') return 'It is no Adaptive Card.';
  if (typeof card.version !== 'string') return 'An AdaptiveCard needs its version.';
  return refusalOf(card, [], new Map());
}

function refusalOf(
  element: unknown,
  standsFor: readonly Json[],
  ids: Map<string, Seen[]>,
): string | undefined {
  if (!isObject(element)) return 'Something that should be an element is none.';
  const { type } = element;
  if (typeof type !== 'string') return 'An element has no type.';
  const wrong = wrongProperty(type, element);
  if (wrong !== undefined) return wrong;
  const { id } = element;
  if (typeof id === 'string' && id !== '') {
    const known = ids.get(id) ?? [];
    // An id may come again in what stands for the element, where that is not known, and nowhere else.
    if (known.some((other) => !standsFor.includes(other.element)))
      return `Two elements have the id “${id}” (msteams-docs#7868).`;
    ids.set(id, [...known, { element, standsFor }]);
  }
  for (const place of INSIDE) {
    const inner = element[place];
    if (inner === undefined || (place === 'fallback' && inner === 'drop')) continue;
    const around = place === 'fallback' ? [...standsFor, element] : standsFor;
    for (const one of Array.isArray(inner) ? inner : [inner]) {
      const refused = refusalOf(typed(place, one), around, ids);
      if (refused !== undefined) return refused;
    }
  }
  return undefined;
}

/** Rows, cells and columns are known by where they stand, and a text may stand for its run. */
function typed(place: string, value: unknown): unknown {
  if (place === 'inlines' && typeof value === 'string') return { type: 'TextRun', text: value };
  const types: Readonly<Record<string, string>> = { columns: 'Column', rows: 'TableRow', cells: 'TableCell' };
  const type = types[place];
  return type !== undefined && isObject(value) ? { type, ...value } : value;
}

function wrongProperty(type: string, element: Json): string | undefined {
  for (const needed of NEEDS[type] ?? [])
    if (element[needed] === undefined || element[needed] === null) return `${type} needs ${needed}.`;
  for (const [property, kind] of Object.entries(KINDS)) {
    const value = element[property];
    if (value === undefined || value === null) continue;
    // A table's columns and a text's value have rules of their own.
    if (!is(kind, value)) return `${property} of ${type} must be a ${kind}.`;
  }
  if (
    type.startsWith('Input.') &&
    type !== 'Input.Number' &&
    !['string', 'undefined'].includes(typeof element.value)
  )
    return `value of ${type} must be a string.`;
  if (type === 'FactSet' && !pairs(element.facts)) return 'A fact needs title and value.';
  if (type === 'Input.ChoiceSet' && !pairs(element.choices)) return 'A choice needs title and value.';
  if (
    type === 'Input.ChoiceSet' &&
    listOf(element.choices).length === 0 &&
    element['choices.data'] === undefined
  )
    return 'Input.ChoiceSet needs choices.';
  return undefined;
}

function pairs(value: unknown): boolean {
  return listOf(value).every(
    (pair) => isObject(pair) && typeof pair.title === 'string' && typeof pair.value === 'string',
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function is(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'string':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'whole':
      return Number.isInteger(value) && (value as number) >= 0;
    case 'list':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
  }
}

function kinds(kind: Kind, properties: string): Readonly<Record<string, Kind>> {
  return Object.fromEntries(properties.split(' ').map((property) => [property, kind]));
}
