/** Whom the bot has met: where to reach them, and what to prefill next time. */

import { type Acquaintance, addressIn } from '../domain/intake/caller.ts';
import { type Actor, actorFor } from '../domain/rights.ts';
import type { PersonRef } from '../domain/ticket.ts';
import type { House } from './house.ts';
import type { Inbound, Sender } from './ports/inbound.ts';
import type { Profile } from './ports/store.ts';
import { retryTo } from './retry-failed.ts';

/** Who sent it, with what the desk as it is now lets them do (A1). */
export function actorOf(
  { desk }: Pick<House, 'desk'>,
  { person, name }: Pick<Sender, 'person' | 'name'>,
): Actor {
  return actorFor(desk, { id: person, name });
}

/**
 * What is known of the sender, after writing down what this activity tells. Teams is asked for the e-mail address once.
 */
export async function meet(house: House, sender: Sender): Promise<Profile> {
  const known = await house.store.profile(sender.person);
  const configured = house.desk.people.get(sender.person);
  const email = known?.email ?? configured?.email ?? (await lookUpEmail(house, sender));
  const phone = known?.phone ?? configured?.phone;
  const conversation = sender.personal ? sender.conversation : known?.conversation;
  const profile: Profile = {
    person: sender.person,
    name: configured?.name ?? (sender.name || known?.name || ''),
    locale: sender.locale,
    teamsId: sender.teamsId,
    serviceUrl: sender.serviceUrl,
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(conversation === undefined ? {} : { conversation }),
    // Whoever writes in the chat or presses something there has the app.
    ...(known?.appRemoved && !sender.personal ? { appRemoved: true } : {}),
  };
  if (!known || !same(known, profile)) await house.store.saveProfile(profile);
  if (known?.appRemoved && sender.personal)
    await retryTo(house, (to) => to.kind === 'person' && to.person === profile.person);
  return profile;
}

/** The person has removed the app: what is sent from now on would be seen by nobody, whatever Teams says. */
export async function takeLeave(house: House, { person, name, locale }: Sender): Promise<void> {
  house.met.delete(person);
  const known = await house.store.profile(person);
  await house.store.saveProfile({ person, name, locale, ...known, appRemoved: true });
}

/** A language that is known is never replaced by a guess; a guess about somebody unknown is the desk's language. */
export async function inKnownLanguage(house: House, inbound: Inbound): Promise<Inbound> {
  const { sender } = inbound;
  if (!sender.localeGuessed) return inbound;
  const locale = (await house.store.profile(sender.person))?.locale ?? house.desk.locale;
  return { ...inbound, sender: { ...sender, locale } };
}

export type Met = { readonly told: string; readonly ref: PersonRef };

/** The sender by name, after writing down what this activity tells that the one before did not. */
export async function greet(house: House, sender: Sender): Promise<PersonRef> {
  const told = JSON.stringify([sender, house.desk.people.get(sender.person)?.name]);
  const met = house.met.get(sender.person);
  if (met?.told === told) return met.ref;
  const ref = refOf(await meet(house, sender));
  house.met.set(sender.person, { told, ref });
  return ref;
}

/** Whether anything of the sender is worth writing down; a button pressed again and again is not. */
function same(a: Profile, b: Profile): boolean {
  return (
    ['name', 'email', 'phone', 'locale', 'teamsId', 'serviceUrl', 'conversation', 'appRemoved'] as const
  ).every((key) => a[key] === b[key]);
}

async function lookUpEmail(house: House, sender: Sender): Promise<string | undefined> {
  if (!sender.personal) return undefined;
  return (await house.directory.lookUp(sender.conversation, sender.teamsId))?.email;
}

export function refOf({ person, name }: Pick<Profile, 'person' | 'name'>): PersonRef {
  return { id: person, name };
}

/** Whom the bot has met under the address in what was typed, if there is one. */
export async function acquaintanceIn(house: House, typed: string): Promise<Acquaintance | undefined> {
  const address = addressIn(typed);
  const met = address === undefined ? undefined : await house.store.profileWithEmail(address);
  if (!met) return undefined;
  const { person: id, name, email, phone, locale } = met;
  return {
    id,
    name,
    locale,
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
  };
}

const ENTRA_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Whom somebody picked in the directory, by Entra object id: a person of the desk, one whom the bot has met, or one whom
 * Teams knows in that conversation or in the desk's team.
 */
export async function pickedIn(
  house: House,
  { conversation }: Pick<Sender, 'conversation'>,
  typed: string,
): Promise<Acquaintance | undefined> {
  if (!ENTRA_ID.test(typed)) return undefined;
  const id = typed.toLowerCase();
  const known = house.desk.people.get(id) ?? (await house.store.profile(id));
  const found =
    known ??
    (await house.directory.lookUp(conversation, id)) ??
    (await house.directory.lookUp(house.desk.team.id, id));
  if (!found?.name) return undefined;
  const { name, email, phone } = { phone: undefined, ...found };
  return {
    id,
    name,
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
  };
}
