/** For which organisations a person may ask (I7). */

import type { Desk } from './desk.ts';
import type { OrganisationId, PersonId } from './ticket.ts';

/**
 * The organisations of a person: those that the people file gives them, or else those to which their e-mail domain
 * belongs. Several mean that they must say for which they ask; none, that the desk does not know them.
 */
export function organisationsOf(
  desk: Pick<Desk, 'people' | 'organisations'>,
  person: { readonly id: PersonId; readonly email?: string },
): OrganisationId[] {
  const known = desk.people.get(person.id.toLowerCase());
  if (known !== undefined && known.organisations.length > 0) return [...known.organisations];
  const domain = domainOf(person.email ?? known?.email ?? '');
  if (domain === '') return [];
  return [...desk.organisations.values()]
    .filter(({ domains }) => domains.some((own) => own.toLowerCase() === domain))
    .map(({ id }) => id);
}

/** What follows the last @, in lower case; empty where there is none. A subdomain is a domain of its own. */
function domainOf(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 0
    ? ''
    : email
        .slice(at + 1)
        .trim()
        .toLowerCase();
}
