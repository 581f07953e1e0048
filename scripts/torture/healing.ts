/** After the killing: everything that waits is sent, and every copy becomes a pointer. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Desk } from '../../src/domain/desk.ts';
import type { LocalTeams } from '../../src/local/local-teams.ts';
import type { Ground } from './ground.ts';
import { isPointer, type Wall } from './wall.ts';

/** Waits until nothing waits to be sent, and has people look at copies for as long as that heals any. */
export async function settle(
  parts: {
    readonly local: LocalTeams;
    readonly desk: Desk;
    readonly ground: Ground;
    readonly wall: Wall;
    /** Called when the outbox is empty for the first time, before anything has healed. */
    readonly onEmpty?: () => Promise<void>;
  },
  inTime: AbortSignal,
): Promise<void> {
  const { local, desk, ground, wall } = parts;
  await emptyOutbox(ground, inTime);
  await parts.onEmpty?.();
  // Of several copies of one ticket that are seen at the same instant, one heals now and the others when they are seen
  // again: people look as long as that helps.
  for (let before = Number.POSITIVE_INFINITY; unhealed(wall) < before && !inTime.aborted; ) {
    before = unhealed(wall);
    await heal(local, desk, wall);
    await emptyOutbox(ground, inTime);
  }
}

/** What a killed process had written to its connections still arrives. */
export async function settleConnector(local: LocalTeams): Promise<void> {
  await local.idle();
  for (let last = local.calls.at(-1), quiet = 0; quiet < 3; quiet++) {
    await pause(15);
    if (last !== local.calls.at(-1)) quiet = 0;
    last = local.calls.at(-1);
  }
}

async function emptyOutbox(ground: Ground, inTime: AbortSignal): Promise<void> {
  while ((await ground.read()).pending.length > 0 && !inTime.aborted) await pause(200);
}

const unhealed = (wall: Wall) => wall.copies.filter((card) => !isPointer(card)).length;

/** Has each copy seen by somebody who may see it: their client asks for their own version of it. */
async function heal(local: LocalTeams, desk: Desk, wall: Wall): Promise<void> {
  for (const copy of wall.copies.filter((card) => !isPointer(card))) {
    const queue = [...desk.queues.values()].find(({ channel }) => channel === copy.conversation);
    const agent = [...desk.people.values()].find(({ agentOf }) => queue && agentOf.includes(queue.id));
    const as = agent?.id ?? wall.personIn(copy.conversation) ?? '';
    const [card] = copy.cards as readonly { refresh?: { action: { data: Record<string, unknown> } } }[];
    const number = /\d{16,}/.exec(copy.summary ?? '')?.[0];
    const data = card?.refresh?.action.data ?? { verb: 'refresh', number };
    await local.press({
      ...{ as, conversation: copy.conversation, message: copy.id, trigger: 'automatic' },
      action: { type: 'Action.Execute', verb: 'refresh', data },
    });
  }
}
