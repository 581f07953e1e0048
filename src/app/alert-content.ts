/** What the card of an alert says, from what holds when it is sent. */

import { alertCard } from '../cards/alert-view.ts';
import type { Locale, PersonId } from '../domain/ticket.ts';
import { type AlertCause, readAlertId } from './alerting.ts';
import { episodeOf } from './alerts.ts';
import { contextFor } from './card-context.ts';
import { isOfFailures } from './failures.ts';
import type { House } from './house.ts';
import type { LeasedDelivery, Outgoing } from './ports.ts';

/** Told also when it is over before anybody could be told: an outage that nobody heard of would have been silent. */
const TOLD_AFTERWARDS: ReadonlySet<AlertCause> = new Set(['outboxStuck', 'tokenRefused']);

/** @returns undefined when there is nothing to say any more */
export async function alertContent(
  house: House,
  { owner, to, posted }: Pick<LeasedDelivery, 'owner' | 'to' | 'posted'>,
): Promise<Outgoing | undefined> {
  const episode = episodeOf(owner);
  const about = episode && readAlertId(episode.id);
  if (!about || to.kind !== 'person' || !house.desk.people.get(to.person)?.administrator) return undefined;
  const open = (await house.store.openAlerts()).find(
    ({ id, since }) => id === episode.id && since === episode.since,
  );
  if (!open && !posted && !TOLD_AFTERWARDS.has(about.cause)) return undefined;
  const locale: Locale = (await house.store.profile(to.person))?.locale ?? house.desk.locale;
  return alertCard(
    {
      ...about,
      since: episode.since,
      ...(open ? { params: open.params } : {}),
      who: await nameOfSubject(house, about.subject),
      ...(isOfFailures(about.cause) ? { failures: episode.id } : {}),
    },
    contextFor(house, locale),
  );
}

/** The person, queue or ticket by the name that administrators know it by. */
export async function nameOfSubject(house: House, subject: PersonId): Promise<string> {
  const { desk, store } = house;
  if (subject === '') return desk.team.name;
  const configured = desk.people.get(subject)?.name ?? desk.queues.get(subject)?.name;
  return configured ?? (await store.profile(subject))?.name ?? subject;
}
