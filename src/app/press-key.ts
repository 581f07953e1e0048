/** Identifies a press by what it says, not by how often it is delivered. */

import { createHash } from 'node:crypto';
import type { InboundAction } from './inbound.ts';

/** The same person, button, version seen and inputs are the same press. */
export function pressKey({ sender, verb, ticket, draft, seen, inputs }: InboundAction): string {
  const said = JSON.stringify([
    sender.person,
    verb,
    ticket ?? null,
    draft ?? null,
    seen ?? null,
    Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  return createHash('sha256').update(said).digest('base64url');
}
