/** Administrators look through what did not arrive, and send it again or give it up (N3). */

import type { Outgoing } from '../../cards/kit/card.ts';
import type { Notice } from '../../cards/kit/context.ts';
import { FAILURE_VERBS, type FailureVerb, type Verb } from '../../cards/kit/verbs.ts';
import { type FailureRow, failuresCard, PAGE_SIZE } from '../../cards/lists/failures-view.ts';
import { actorFor } from '../../domain/rights.ts';
import type { Locale } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import type { House } from '../house.ts';
import { readAlertId } from '../ports/alerting.ts';
import type { FailedDelivery } from '../ports/delivery.ts';
import { ownerName } from '../ports/delivery-names.ts';
import type { Answer, InboundAction, Sender } from '../ports/inbound.ts';
import { LOOKED_AT } from '../retry-failed.ts';
import { contextFor } from '../showing/card-context.ts';
import { notHere } from '../showing/not-here.ts';
import { nameOfSubject } from './alert-content.ts';
import { supposeThere } from './app-away.ts';
import { failuresOf } from './failures.ts';

/** What concerns deliveries that failed, and no ticket. */
export function isAboutFailures(verb: Verb): verb is FailureVerb {
  return FAILURE_VERBS.some((known) => known === verb);
}

/** What the card said to look at: which alert's, and from which on. Both are only filters. */
type View = { readonly alert: string; readonly from: number };

export async function actOnFailures(house: House, action: InboundAction): Promise<Answer> {
  const { sender, verb, inputs } = action;
  const refusal = refusalFor(house, sender);
  if (refusal) return refusal;
  const view: View = { alert: inputs.list ?? '', from: fromOf(inputs.page) };
  switch (verb as FailureVerb) {
    case 'failures': {
      const content = await showFailures(house, sender.locale, view);
      return inputs.anew === 'yes' ? { kind: 'message', content } : card(content);
    }
    case 'retryDelivery':
    case 'discardDelivery':
      return card(await showFailures(house, sender.locale, view, await changeOne(house, action)));
    case 'retryDeliveries':
      return card(await showFailures(house, sender.locale, view, await retryAll(house, sender.locale, view)));
  }
}

/** The list of all that failed, as an answer to a message in the chat. */
export async function answerFailures(house: House, sender: Sender): Promise<Answer> {
  return refusalFor(house, sender) ?? card(await showFailures(house, sender.locale, { alert: '', from: 0 }));
}

function card(content: Outgoing): Answer {
  return { kind: 'card', content, instead: true };
}

/** Names of people stand in the list: it is for administrators, in their own chat. */
function refusalFor({ desk }: House, sender: Sender): Answer | undefined {
  const { person, name, locale, personal } = sender;
  if (!personal) return notHere(sender);
  const actor = actorFor(desk, { id: person, name });
  if (actor.kind === 'person' && actor.administrator) return undefined;
  return { kind: 'text', text: translate(locale, 'failures.onlyAdministrators') };
}

function fromOf(page: string | undefined): number {
  return /^\d{1,4}$/.test(page ?? '') ? Number(page) : 0;
}

async function showFailures(
  house: House,
  locale: Locale,
  { alert, from }: View,
  notice?: Notice,
): Promise<Outgoing> {
  const failed = await failuresOf(house, alert);
  // The last of a page may just have gone.
  const first = Math.min(from, Math.max(0, Math.ceil(failed.length / PAGE_SIZE) - 1) * PAGE_SIZE);
  const rows = await Promise.all(failed.slice(first, first + PAGE_SIZE).map((one) => rowOf(house, one)));
  const about = readAlertId(alert);
  return failuresCard(
    {
      alert,
      rows,
      first,
      count: failed.length,
      more: failed.length >= LOOKED_AT,
      ...(about ? { about: { cause: about.cause, who: await nameOfSubject(house, about.subject) } } : {}),
      ...(notice ? { notice } : {}),
    },
    contextFor(house, locale),
  );
}

async function rowOf(house: House, failed: FailedDelivery): Promise<FailureRow> {
  const { owner, key, kind, to, reason, at } = failed;
  const subject = subjectOf(to);
  const ticket = owner.kind === 'ticket' ? owner.id : undefined;
  return {
    owner: ownerName(owner),
    delivery: key,
    kind,
    who: await nameOfSubject(house, subject),
    reason,
    at,
    ...(ticket === undefined ? {} : { ticket }),
  };
}

function subjectOf(to: FailedDelivery['to']): string {
  switch (to.kind) {
    case 'person':
      return to.person;
    case 'ticket':
      return to.ticket;
    case 'address':
      return to.address;
    case 'channel':
    case 'thread':
      return to.queue;
  }
}

/** Which one is looked up among those that failed: what the card says of it is only a name. */
async function changeOne(house: House, { verb, sender, inputs }: InboundAction): Promise<Notice> {
  const { store } = house;
  const failed = (await store.failedDeliveries(LOOKED_AT)).find(
    ({ owner, key }) => ownerName(owner) === inputs.owner && key === inputs.delivery,
  );
  const retry = verb === 'retryDelivery';
  if (failed && retry) await supposePresent(house, failed);
  const done =
    failed &&
    (retry
      ? await store.retryFailed(failed.owner, failed.key)
      : await store.discardFailed(failed.owner, failed.key));
  if (!done) return { text: translate(sender.locale, 'failures.notThere'), tone: 'neutral' };
  tellOutbox(house);
  return {
    text: translate(sender.locale, retry ? 'failures.retried' : 'failures.discarded', { count: 1 }),
    tone: 'good',
  };
}

async function retryAll(house: House, locale: Locale, { alert }: View): Promise<Notice> {
  let count = 0;
  for (const failed of await failuresOf(house, alert)) {
    await supposePresent(house, failed);
    if (await house.store.retryFailed(failed.owner, failed.key)) count++;
  }
  if (count === 0) return { text: translate(locale, 'failures.notThere'), tone: 'neutral' };
  tellOutbox(house);
  return { text: translate(locale, 'failures.retried', { count }), tone: 'good' };
}

/** An administrator may know that somebody has the app again although no word of it arrived: Teams is asked. */
async function supposePresent(house: House, { to }: FailedDelivery): Promise<void> {
  const { store } = house;
  if (to.kind === 'channel' || to.kind === 'thread') return supposeThere(house, to.queue);
  const profile = to.kind === 'person' ? await store.profile(to.person) : undefined;
  if (profile?.appRemoved) await store.saveProfile({ ...profile, appRemoved: false });
}

function tellOutbox(house: House): void {
  house.troubles.failuresChanged();
  house.nudge();
}
