/**
 * Teams and channels that the app was taken out of, as Teams told. What is sent there would be seen by nobody, whatever
 * Teams answers (BotBuilder-MicrosoftTeams#286), so it is kept until the app is there again.
 */

import { type Desk, teamOf } from '../../domain/desk.ts';
import type { QueueId } from '../../domain/ticket.ts';
import type { House } from '../house.ts';
import { type Alert, alertId, readAlertId } from '../ports/alerting.ts';
import { APP_REMOVED, APP_REMOVED_FROM_TEAM, teamSubject } from './failures.ts';

/**
 * Parameter of an alert that Teams told of by itself, so that it does not end because no delivery has failed yet: the id of
 * the team or channel. Earlier versions wrote `yes`.
 */
export const TOLD = 'told';

type Told = Pick<Alert, 'id' | 'params'>;

/** Whether what Teams told is about a team or channel that the desk still has there. */
export function isStillMeant(desk: Desk, { id, params }: Told): boolean {
  const about = readAlertId(id);
  const told = params[TOLD];
  if (!about || !told) return false;
  if (about.cause === 'teamWithoutBot')
    return [...desk.queues.values()].some(
      (queue) =>
        teamSubject(desk, queue) === about.subject && (told === 'yes' || told === teamOf(desk, queue).id),
    );
  const queue = desk.queues.get(about.subject);
  return queue !== undefined && (told === 'yes' || told === queue.channel);
}

/** Why nothing can be said in this queue's channel, as Teams told; undefined where it can be tried. */
export async function awayFrom(house: House, queue: QueueId): Promise<string | undefined> {
  const told = (await toldOf(house, queue)).map(({ id }) => readAlertId(id)?.cause);
  if (told.includes('teamWithoutBot')) return APP_REMOVED_FROM_TEAM;
  return told.includes('channelWithoutBot') ? APP_REMOVED : undefined;
}

/** An administrator may know that the app is there again although no word of it arrived: Teams is asked. */
export async function supposeThere(house: House, queue: QueueId): Promise<void> {
  for (const { id, params } of await toldOf(house, queue))
    await house.store.keepAlert(id, house.clock.now(), { ...params, [TOLD]: '' });
}

async function toldOf({ desk, store }: House, queue: QueueId): Promise<readonly Alert[]> {
  const causes = [
    alertId({ cause: 'teamWithoutBot', subject: teamSubject(desk, desk.queues.get(queue)) }),
    alertId({ cause: 'channelWithoutBot', subject: queue }),
  ];
  return (await store.openAlerts()).filter((alert) => causes.includes(alert.id) && isStillMeant(desk, alert));
}
