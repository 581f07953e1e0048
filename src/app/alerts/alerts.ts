/**
 * Tells the administrators what has stopped working, once, and when it is over (N3). What is wrong is looked at as a whole
 * and compared with the alerts that are open, so that nothing hangs on a single moment: a kill, another instance or a
 * clock that jumps leave at most a card that is edited once more.
 */

import type { AlertCause } from '../../domain/alert-causes.ts';
import type { Instant, PersonId, QueueId } from '../../domain/ticket.ts';
import type { House } from '../house.ts';
import { type Alert, alertId, type Condition, isTold, readAlertId } from '../ports/alerting.ts';
import type { Owner } from '../ports/delivery.ts';
import { LOOKED_AT } from '../retry-failed.ts';
import { isStillMeant, TOLD } from './app-away.ts';
import { membersUnknown, unexpectedChannels } from './channel-troubles.ts';
import { conditionsOf, isOfFailures } from './failures.ts';

/** Another instance may still find it so: what only an instance itself can know ends after so long without a word of it. */
const SILENT_MS = 3 * 60_000;
/** How often it is written down that something still holds. */
const HEARTBEAT_MS = 60_000;

/** What each instance finds for reasons of its own. */
const FROM_INSTANCES: ReadonlySet<AlertCause> = new Set([
  'outboxStuck',
  'tokenRefused',
  'mailDown',
  'channelTypeChanged',
  'membersUnknown',
]);

/** Compares what is wrong with what the administrators know, and tells them the difference. */
export async function lookAfter(house: House): Promise<void> {
  const { store, troubles } = house;
  const now = house.clock.now();
  try {
    const [failed, open] = await Promise.all([store.failedDeliveries(LOOKED_AT), store.openAlerts()]);
    const known = new Map(open.map((alert) => [alert.id, alert]));
    const found = new Set<string>();
    const noticed = troubles.conditions(now);
    // Where nothing gets through, who is in a channel cannot be known either, and that is not what has to be mended.
    const cutOff = noticed.some(({ cause }) => cause === 'tokenRefused' || cause === 'outboxStuck');
    const conditions = [
      ...conditionsOf(house, failed),
      ...noticed,
      ...unexpectedChannels(house),
      ...(cutOff ? [] : await membersUnknown(house, (id) => known.has(id))),
    ];
    for (const condition of conditions) {
      const id = alertId(condition);
      found.add(id);
      await keep(house, id, condition, known.get(id), now);
    }
    const reached = troubles.takeReached();
    for (const alert of open)
      if (!found.has(alert.id) && isOver(house, alert, reached, now)) await endAlert(house, alert);
  } catch (error) {
    troubles.failuresChanged();
    throw error;
  }
}

/** Sends the cards of all alerts that are open once more: a kill may have come between an alert and its cards. */
export async function tellAgain(house: House): Promise<void> {
  for (const alert of await house.store.openAlerts()) if (isTold(alert)) await tell(house, alert);
}

async function keep(
  house: House,
  id: string,
  { cause, params }: Condition,
  known: Alert | undefined,
  now: Instant,
): Promise<void> {
  // Instances fail for reasons of their own: what was said first stays.
  const asBefore = known && FROM_INSTANCES.has(cause);
  const said = asBefore
    ? known.params
    : { ...params, ...(known?.params[TOLD] ? { [TOLD]: known.params[TOLD] } : {}) };
  const news = !known || JSON.stringify(said) !== JSON.stringify(known.params);
  const quiet = !news && (isOfFailures(cause) || Math.abs(now - known.seenAt) < HEARTBEAT_MS);
  if (quiet) return;
  const alert = await house.store.keepAlert(id, now, said);
  if (!known || known.since !== alert.since)
    house.log.error({ cause, since: new Date(alert.since).toISOString() }, 'the administrators are told');
  if (news) await tell(house, alert);
}

function isOver(
  { desk }: House,
  { id, seenAt, params }: Alert,
  reached: ReadonlySet<QueueId>,
  now: Instant,
): boolean {
  const about = readAlertId(id);
  if (!about) return true;
  // Whoever looks into the mailbox sees whether it is still there.
  if (about.cause === 'mailBroken') return false;
  if (!isOfFailures(about.cause)) return Math.abs(now - seenAt) > SILENT_MS;
  if (!isStillMeant(desk, { id, params })) return true;
  // That Teams takes something proves nothing where the app was taken away: that it is back is told as well.
  return about.cause === 'channelGone' && reached.has(about.subject);
}

/** Ends it where it is still open, and tells those who were told of it. */
export async function endAlert(house: House, alert: Alert): Promise<void> {
  if (!(await house.store.endAlert(alert.id, alert.since))) return;
  house.log.info({ cause: readAlertId(alert.id)?.cause }, 'what the administrators were told is over');
  await tell(house, alert);
}

/** Sends its card to every administrator, or edits it. */
export async function tell(house: House, alert: Alert): Promise<void> {
  const subject = readAlertId(alert.id)?.subject;
  // Who cannot be reached cannot be told so.
  for (const { id, administrator } of house.desk.people.values())
    if (administrator && id !== subject)
      await house.store.enqueue(ownerOf(alert), {
        key: cardKey(id),
        kind: 'alertCard',
        to: { kind: 'person', person: id },
        live: true,
        asked: house.clock.now(),
      });
  house.nudge();
}

function cardKey(administrator: PersonId): string {
  return `alert:${administrator}`;
}

/** Each time that an alert opens it has cards of its own: an old one far up in the chat would not be seen. */
function ownerOf({ id, since }: Alert): Owner {
  return { kind: 'alert', id: `${since} ${id}` };
}

/** @returns undefined where it was not written by `ownerOf` */
export function episodeOf({ id }: Owner): Pick<Alert, 'id' | 'since'> | undefined {
  const [, since, alert] = /^(\d+) (.*)$/s.exec(id) ?? [];
  return since === undefined || alert === undefined ? undefined : { since: Number(since), id: alert };
}
