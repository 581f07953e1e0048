/** Identifies a press by what it says, not by how often it is delivered. */

import { hash } from 'node:crypto';
import type { InboundAction } from '../ports/inbound.ts';

/** A button of a card, or the form of a dialog. */
type Pressed = Pick<InboundAction<string>, 'sender' | 'verb' | 'ticket' | 'draft' | 'seen' | 'inputs'>;

/** Each press is asked for its key more than once. */
const keys = new WeakMap<Pressed, string>();

/** The same person, button, version seen and inputs are the same press. */
export function pressKey(action: Pressed): string {
  const known = keys.get(action);
  if (known !== undefined) return known;
  const key = keyOf(action);
  keys.set(action, key);
  return key;
}

function keyOf({ sender, verb, ticket, draft, seen, inputs }: Pressed): string {
  const said = JSON.stringify([
    sender.person,
    verb,
    ticket ?? null,
    draft ?? null,
    seen ?? null,
    Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  return hash('sha256', said, 'base64url');
}
