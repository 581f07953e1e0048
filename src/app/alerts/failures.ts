/** Deliveries that were given up, by what is wrong: one cause and recipient is one thing to mend, however many they are. */

import type { AlertCause } from '../../domain/alert-causes.ts';
import { type Desk, type Queue, teamOf } from '../../domain/desk.ts';
import type { House } from '../house.ts';
import { alertId, type Condition } from '../ports/alerting.ts';
import type { FailedDelivery } from '../ports/delivery.ts';
import { LOOKED_AT } from '../retry-failed.ts';

/** Reason of a delivery whose conversation Teams does not know. */
export const NO_CONVERSATION = 'the conversation is not there';

/** Reason of a delivery to somebody who removed the app: what Teams would say, where it says it. */
export const APP_REMOVED = '403 BotNotInConversationRoster';

/** The same of a channel whose whole team the app was taken out of, of which kind the channel may be. */
export const APP_REMOVED_FROM_TEAM = `${APP_REMOVED} (team)`;

type Failure = Pick<FailedDelivery, 'to' | 'reason'>;
/** The desk, and what is known of its channels. */
type Known = Pick<House, 'desk' | 'directory'>;

/** Subject of an alert about this queue's team. */
export function teamSubject(desk: Pick<Desk, 'team'>, queue: Pick<Queue, 'team'> | undefined): string {
  const { id } = teamOf(desk, queue);
  return id === desk.team.id ? '' : id;
}

/** Which cause, and of whom or what. */
export function causeOf(
  { desk, directory }: Known,
  { to, reason }: Failure,
): Pick<Condition, 'cause' | 'subject'> {
  const forbidden = reason.startsWith('403');
  switch (to.kind) {
    case 'person':
      return forbidden || reason === NO_CONVERSATION
        ? { cause: 'personWithoutApp', subject: to.person }
        : { cause: 'deliveryRefused', subject: to.person };
    case 'channel':
    case 'thread': {
      const queue = desk.queues.get(to.queue);
      if (!queue) return { cause: 'queueGone', subject: to.queue };
      if (forbidden)
        return reason === APP_REMOVED_FROM_TEAM ||
          (directory.channelType(to.queue) ?? 'standard') === 'standard'
          ? { cause: 'teamWithoutBot', subject: teamSubject(desk, queue) }
          : { cause: 'channelWithoutBot', subject: to.queue };
      // A thread may be gone whose channel is there.
      return reason === NO_CONVERSATION && to.kind === 'channel'
        ? { cause: 'channelGone', subject: to.queue }
        : { cause: 'deliveryRefused', subject: to.queue };
    }
    case 'address':
      return { cause: 'mailRefused', subject: '' };
    case 'ticket':
      return { cause: 'deliveryRefused', subject: to.ticket };
  }
}

const FROM_FAILURES: ReadonlySet<AlertCause> = new Set([
  'personWithoutApp',
  'teamWithoutBot',
  'channelWithoutBot',
  'channelGone',
  'queueGone',
  'deliveryRefused',
  'mailRefused',
]);

/** Whether deliveries that were given up are what this alert is about. */
export function isOfFailures(cause: AlertCause): boolean {
  return FROM_FAILURES.has(cause);
}

/** One condition for each cause and subject; what the latest of them says stands for all. */
export function conditionsOf(known: Known, failed: readonly FailedDelivery[]): Condition[] {
  const conditions = new Map<string, Condition>();
  for (const failure of failed) {
    const about = causeOf(known, failure);
    const earlier = conditions.get(alertId(about));
    const count = String(Number(earlier?.params.count ?? 0) + 1);
    conditions.set(alertId(about), {
      ...about,
      params: { reason: earlier?.params.reason ?? failure.reason, count },
    });
  }
  return [...conditions.values()];
}

/** Those that were given up for this alert, the latest first; all of them without one. */
export async function failuresOf(house: House, alert: string): Promise<readonly FailedDelivery[]> {
  const failed = await house.store.failedDeliveries(LOOKED_AT);
  return alert === '' ? failed : failed.filter((one) => alertId(causeOf(house, one)) === alert);
}
