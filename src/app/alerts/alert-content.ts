/** What the card of an alert says, from what holds when it is sent. */

import type { Outgoing } from '../../cards/kit/card.ts';
import { alertCard } from '../../cards/notices/alert-view.ts';
import type { AlertCause } from '../../domain/alert-causes.ts';
import { teamsOf } from '../../domain/desk.ts';
import type { Locale, PersonId } from '../../domain/ticket.ts';
import type { House } from '../house.ts';
import { readAlertId } from '../ports/alerting.ts';
import type { LeasedDelivery, Owner } from '../ports/delivery.ts';
import type { Answer, InboundAction } from '../ports/inbound.ts';
import { isTold, samePost, sameRoom } from '../ports/posts.ts';
import { unknownAction } from '../say.ts';
import { contextOf } from '../showing/card-context.ts';
import { isCardOfAnother, pointerWithoutTicket } from '../showing/show.ts';
import { episodeOf } from './alerts.ts';
import { isOfFailures } from './failures.ts';

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
  const locale = await localeOf(house, to.person);
  return alertCard(
    {
      ...about,
      episode: owner.id,
      since: episode.since,
      ...(open ? { params: open.params } : {}),
      who: await nameOfSubject(house, about.subject),
      ...(isOfFailures(about.cause) ? { failures: episode.id } : {}),
    },
    await contextOf(house, { locale }, to.person),
  );
}

/**
 * How it is now, for who looks at its card. What Teams took without the bot knowing becomes a pointer to the card that
 * lives, as copies of other cards do.
 */
export async function showAlert(house: House, { sender, post, inputs }: InboundAction): Promise<Answer> {
  const { store, desk } = house;
  const { person, locale } = sender;
  const owner: Owner = { kind: 'alert', id: inputs.list ?? '' };
  const posts = await store.posts(owner);
  const cards = Object.values(posts);
  if (!post || !desk.people.get(person)?.administrator || cards.length === 0) return unknownAction(locale);
  const to = { kind: 'person', person } as const;
  const untold = Object.entries(posts).find(([, card]) => !isTold(card) && sameRoom(card, post));
  if (untold) await store.keepPost(owner, untold[0], post);
  if (untold || cards.some((card) => samePost(card, post)) || (await store.deliveriesPending(owner))) {
    const content = await alertContent(house, { owner, to, posted: post });
    return content ? { kind: 'card', content } : { kind: 'none' };
  }
  if (await isCardOfAnother(house, post, [owner.id])) return unknownAction(locale);
  const pointer = { key: `orphan:${post.activity}`, kind: 'orphanPointer', to, live: false, post } as const;
  await store.enqueue(owner, pointer);
  house.nudge();
  return { kind: 'card', content: pointerWithoutTicket(locale, 'orphan.alert') };
}

export async function localeOf({ store, desk }: House, administrator: PersonId): Promise<Locale> {
  return (await store.profile(administrator))?.locale ?? desk.locale;
}

/** The person, queue or ticket by the name that administrators know it by. */
export async function nameOfSubject(house: House, subject: PersonId): Promise<string> {
  const { desk, store } = house;
  if (subject === '') return desk.team.name;
  const configured =
    desk.people.get(subject)?.name ??
    desk.queues.get(subject)?.name ??
    teamsOf(desk).find(({ id }) => id === subject)?.name;
  return configured ?? (await store.profile(subject))?.name ?? subject;
}
