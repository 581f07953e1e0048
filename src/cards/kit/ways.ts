/**
 * Ways to do what a text on the card does: for weeks Teams drew words that can be pressed as plain ones
 * (AdaptiveCards#9100), so whatever stands in a text alone stands behind “…”, too.
 */

import type { Card } from './card.ts';

type Found = { readonly inTexts: Card[]; readonly elsewhere: Set<string> };

/** The card, with what only its texts would do among its actions. */
export function withWaysBesideTexts(card: Card): Card {
  const found: Found = { inTexts: [], elsewhere: new Set() };
  collect(card.body, found);
  collect(card.actions, found);
  const missing = new Map(found.inTexts.map((action) => [doing(action), action]));
  for (const known of found.elsewhere) missing.delete(known);
  if (missing.size === 0) return card;
  const actions = (card.actions ?? []) as readonly Card[];
  // A menu of further actions with nothing before it would hide the only ones.
  const mode = actions.some((action) => action.mode !== 'secondary') ? 'secondary' : 'primary';
  return { ...card, actions: [...actions, ...[...missing.values()].map((action) => ({ ...action, mode }))] };
}

/** The same for two actions that do the same, whatever they are called. */
function doing({ type, url, data }: Card): string {
  return JSON.stringify([type, url, data]);
}

function collect(value: unknown, found: Found): void {
  if (Array.isArray(value)) for (const one of value) collect(one, found);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const element = value as Card;
  if (typeof element.type === 'string' && element.type.startsWith('Action.'))
    found.elsewhere.add(doing(element));
  const { selectAction, ...rest } = element;
  if (element.type === 'TextRun' && selectAction) found.inTexts.push(selectAction as Card);
  else collect(selectAction, found);
  for (const inner of Object.values(rest)) collect(inner, found);
}
