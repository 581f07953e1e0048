/** Reads Adaptive Cards as a person does: what they say, what can be pressed, what stands in the inputs. */

import assert from 'node:assert/strict';
import type { ActionResult, MessageView } from '../../../src/local/protocol.ts';

type Json = Readonly<Record<string, unknown>>;
export type PressableData = Json & {
  readonly verb: string;
  readonly number?: string;
  readonly draft?: string;
  readonly version?: number;
};
export type Pressable = { readonly title: string; readonly data: PressableData };

function* objectsIn(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Json;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

/** Everything on the card that a person reads, a line each. */
export function textOf(card: unknown): string {
  const lines: string[] = [];
  for (const { type, text, title, value, label, placeholder, errorMessage } of objectsIn(card))
    if (type !== 'refresh')
      for (const words of [text, title, value, label, placeholder, errorMessage])
        if (typeof words === 'string' && words !== '') lines.push(words);
  return lines.join('\n');
}

/**
 * Buttons that ask the server for something or open a form, the fallbacks of old clients left out, and what only opens
 * something to look at.
 */
export function buttonsOf(card: unknown): Pressable[] {
  const { refresh: _, ...rest } = (card ?? {}) as Json;
  const found: Pressable[] = [];
  for (const { type, title, data } of objectsIn(withoutFallbacks(rest))) {
    const { msteams, verb } = (data ?? {}) as Json;
    const pressed = type === 'Action.Submit' && (msteams === undefined || verb === 'openForm');
    if (type === 'Action.Execute' || pressed)
      found.push({ title: String(title), data: data as PressableData });
  }
  // What a text or a whole line does stands among the buttons, too.
  const first = new Map(found.toReversed().map((one) => [JSON.stringify(one.data), one]));
  return found.filter((one) => first.get(JSON.stringify(one.data)) === one);
}

function withoutFallbacks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFallbacks);
  if (typeof value !== 'object' || value === null) return value;
  const { fallback: _, ...rest } = value as Json;
  return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, withoutFallbacks(inner)]));
}

/** All that is a button of its own, by what it sends: what opens a dialog, too. */
export function actionsOf(card: unknown): (Pressable & { readonly type: string })[] {
  return [...objectsIn(withoutFallbacks(card))].flatMap(({ type, title, data }) =>
    type === 'Action.Execute' || type === 'Action.Submit'
      ? [{ type: String(type), title: String(title), data: data as PressableData }]
      : [],
  );
}

/** Buttons that open a dialog, as the data that they send. */
export function dialogsOf(card: unknown): PressableData[] {
  const found: PressableData[] = [];
  for (const { type, data } of objectsIn(card))
    if (type === 'Action.Submit' && (data as Json | undefined)?.msteams)
      found.push(data as unknown as PressableData);
  return found;
}

/** What the button with this verb sends. */
export function dataOf(card: unknown, verb: string): PressableData {
  const found = buttonsOf(card).find(({ data }) => data.verb === verb)?.data;
  // What opens a dialog sends the same as the button in the dialog.
  const opener = found ?? dialogsOf(card).find((data) => data.verb === verb);
  assert.ok(opener, `the card has no button "${verb}", only ${verbsOf(card).join(', ') || 'none'}`);
  const { msteams: _, ...data } = opener;
  return data as PressableData;
}

export function verbsOf(card: unknown): string[] {
  return [...new Set(buttonsOf(card).map(({ data }) => data.verb))];
}

/** What stands in the inputs, by id. */
export function inputsOf(card: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { type, id, value } of objectsIn(card))
    if (typeof type === 'string' && type.startsWith('Input.')) found[String(id)] = String(value ?? '');
  return found;
}

/** Addresses that the card opens. */
export function linksOf(card: unknown): string[] {
  return [...objectsIn(card)].flatMap(({ type, url }) => (type === 'Action.OpenUrl' ? [String(url)] : []));
}

/** What the card sends to get this person's own version; undefined where it does not ask for them. */
export function refreshOf(card: unknown, teamsId: string): PressableData | undefined {
  const { refresh } = (card ?? {}) as { refresh?: { userIds: string[]; action: { data: PressableData } } };
  return refresh?.userIds.includes(teamsId) ? refresh.action.data : undefined;
}

/** True where the card says that it is a copy and can do nothing any more. */
export function isPointer(card: unknown): boolean {
  return (
    /^Questa scheda è una copia$|^This card is a copy$/m.test(textOf(card)) && verbsOf(card).length === 0
  );
}

/** The card that a press was answered with. */
export function cardIn(result: ActionResult): unknown {
  assert.equal(result.kind, 'card', JSON.stringify(result).slice(0, 300));
  return result.kind === 'card' ? result.card : undefined;
}

/** The words of an answer, be it a card or a sentence. */
export function wordsIn(result: ActionResult): string {
  if (result.kind === 'card') return textOf(result.card);
  assert.equal(result.kind, 'message', JSON.stringify(result).slice(0, 300));
  return result.kind === 'message' ? result.text : '';
}

/** The words of a message, be it a card or a sentence. */
export function wordsOf(message: MessageView): string {
  return [message.text ?? '', ...message.cards.map(textOf)].filter(Boolean).join('\n');
}
