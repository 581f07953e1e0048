/** What to say to somebody who does not know what to write. */

import type { Outgoing } from '../../cards/kit/card.ts';
import { helpCard, welcomeCard } from '../../cards/notices/text-view.ts';
import { actorFor, isStaff } from '../../domain/rights.ts';
import type { PersonId } from '../../domain/ticket.ts';
import type { House } from '../house.ts';
import { takesCalls } from '../opening/by-phone.ts';
import type { Profile } from '../ports/store.ts';

const CALLS = new Set(['aiuto', 'help', '?']);

/** The commands of the app's manifest, and nothing that merely contains them: “aiuto, i mandati” is a request. */
export function isCallForHelp(text: string): boolean {
  return CALLS.has(text.trim().toLowerCase());
}

export function helpContent(house: House, { person, locale }: Pick<Profile, 'person' | 'locale'>): Outgoing {
  const known = house.desk.people.get(person);
  return helpCard(locale, (known?.agentOf.length ?? 0) > 0, worksHere(house, person), {
    administrator: known?.administrator ?? false,
    takesCalls: takesCalls(house, { person, name: '' }),
  });
}

export function welcomeContent(
  house: House,
  { locale, name, person }: Pick<Profile, 'locale' | 'name' | 'person'>,
): Outgoing {
  return welcomeCard(locale, name, worksHere(house, person));
}

function worksHere({ desk }: House, person: PersonId): boolean {
  return isStaff(actorFor(desk, { id: person, name: '' }));
}
