/** What Teams tells of the teams and channels that the desk lives in. */

import type { Queue } from '../../domain/desk.ts';
import { teamsOf } from '../../domain/desk.ts';
import { lookAfter, tell } from '../alerts/alerts.ts';
import { TOLD } from '../alerts/app-away.ts';
import { teamSubject } from '../alerts/failures.ts';
import type { House } from '../house.ts';
import { alertId } from '../ports/alerting.ts';
import type { TeamChange } from '../ports/inbound.ts';
import { retryTo } from '../retry-failed.ts';

/** @param team its thread id; one that is none of the desk's is nobody's business */
export async function heedTeam(house: House, team: string, change: TeamChange): Promise<void> {
  if (!teamsOf(house.desk).some(({ id }) => id === team)) return;
  // Whoever comes or goes, the bot too, changes who is known to be there.
  house.directory.forget(team);
  if (change.channel !== undefined) house.directory.forget(change.channel);
  if (change.kind === 'membersChanged') return;
  const queue = [...house.desk.queues.values()].find(({ channel }) => channel === change.channel);
  if (change.channel !== undefined && queue === undefined) return;
  const about = subjectOf(house, team, change, queue);
  const id = alertId(about);
  const known = (await house.store.openAlerts()).find((alert) => alert.id === id);
  if (change.kind === 'botRemoved' || change.kind === 'channelDeleted') {
    // What arrived before says nothing about what comes now.
    house.troubles.takeReached();
    const params = { count: '0', reason: '', ...known?.params, [TOLD]: change.channel ?? team };
    await tell(house, await house.store.keepAlert(id, house.clock.now(), params));
    return;
  }
  if (known) await house.store.keepAlert(id, house.clock.now(), { ...known.params, [TOLD]: '' });
  house.troubles.failuresChanged();
  await retryTo(house, (to) => to.kind !== 'person' && isThere(house, team, queue, to.queue));
  await lookAfter(house);
}

function subjectOf(house: House, team: string, { kind }: TeamChange, queue: Queue | undefined) {
  if (queue === undefined)
    return {
      cause: 'teamWithoutBot',
      subject: team === house.desk.team.id ? '' : team,
    } as const;
  const cause = kind === 'channelDeleted' || kind === 'channelRestored' ? 'channelGone' : 'channelWithoutBot';
  return { cause, subject: queue.id } as const;
}

/** Whether the queue of this name is the one that is meant, or lies in the team where all of it is. */
function isThere({ desk }: House, team: string, meant: Queue | undefined, name: string): boolean {
  if (meant !== undefined) return meant.id === name;
  const subject = team === desk.team.id ? '' : team;
  return teamSubject(desk, desk.queues.get(name)) === subject;
}
