/** Channels that are not what they were thought to be, and those whose members Teams does not name (W3). */

import { agentsOf, supervisorsOf } from '../../domain/rights.ts';
import type { House } from '../house.ts';
import { alertId, type Condition } from '../ports/alerting.ts';
import { teamSubject } from './failures.ts';

export function unexpectedChannels({ directory }: House): Condition[] {
  return directory.unexpectedChannels().map(({ queue, expected, actual }) => ({
    cause: 'channelTypeChanged',
    subject: queue,
    params: { expected, actual },
  }));
}

/**
 * Queues that got a card on which nobody could be named, and where that is still so: without a card nobody misses a view,
 * so that Teams is not asked about every channel all day.
 *
 * @param isKnown whether the administrators know of an alert: where the bot is not in the channel, that is what has to be
 *   mended
 */
export async function membersUnknown(
  house: House,
  isKnown: (alert: string) => boolean,
): Promise<Condition[]> {
  const { desk, directory, troubles } = house;
  const conditions: Condition[] = [];
  for (const queue of troubles.withoutMembers()) {
    const people = [...agentsOf(desk, queue), ...supervisorsOf(desk, queue)].map(({ id }) => id);
    const ids = await directory.channelIds(queue, people);
    const explained = (
      [
        { cause: 'channelWithoutBot', subject: queue },
        { cause: 'channelGone', subject: queue },
        { cause: 'teamWithoutBot', subject: teamSubject(desk, desk.queues.get(queue)) },
      ] as const
    ).some((about) => isKnown(alertId(about)));
    if (explained) continue;
    if (desk.queues.has(queue) && !ids?.length)
      conditions.push({ cause: 'membersUnknown', subject: queue, params: {} });
    else troubles.membersFound(queue);
  }
  return conditions;
}
