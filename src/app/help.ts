/** What to say to somebody who does not know what to write. */

import { helpCard, welcomeCard } from '../cards/text-view.ts';
import type { House } from './house.ts';
import type { Outgoing, Profile } from './ports.ts';

const CALLS = new Set(['aiuto', 'help', '?']);

/** The commands of the app's manifest, and nothing that merely contains them: “aiuto, i mandati” is a request. */
export function isCallForHelp(text: string): boolean {
  return CALLS.has(text.trim().toLowerCase());
}

export function helpContent(house: House, { person, locale }: Pick<Profile, 'person' | 'locale'>): Outgoing {
  return helpCard(locale, (house.desk.people.get(person)?.agentOf.length ?? 0) > 0);
}

export function welcomeContent({ locale, name }: Pick<Profile, 'locale' | 'name'>): Outgoing {
  return welcomeCard(locale, name);
}
