/** Who is in a team or channel, by pages. */

import type { PersonId } from '../domain/ticket.ts';
import type { Connector, ConnectorReply } from './connector.ts';
import { createKept, type Kept } from './kept.ts';
import type { ServiceAddress } from './service.ts';

/** One member, as Teams gives them. */
export type RosterMember = {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly email?: unknown;
  readonly userPrincipalName?: unknown;
  readonly aadObjectId?: unknown;
  readonly objectId?: unknown;
  readonly tenantId?: unknown;
};

/** `tenant`: their Entra tenant, where Teams names one. */
export type Present = { readonly teamsId: string; readonly tenant?: string };
export type Roster = ReadonlyMap<PersonId, Present>;

/** Teams takes 50 at least and 500 at most (Microsoft: “Get Teams specific context for your bot”). */
const PAGE = 200;
/** More than the largest team has members: a token that leads back to where it came from must end. */
const MOST_PAGES = 200;

/** Answers that the platform asks to be tried again. */
const AGAIN = new Set([401, 408, 412, 429]);

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** By the id of the team, or of a private or shared channel. */
export function createRosters(
  connector: Connector,
  service: ServiceAddress,
  now: () => number,
): Kept<Roster> {
  return createKept<Roster>(
    async (place) => {
      const roster = new Map<PersonId, Present>();
      let token = '';
      for (let pages = 0; pages < MOST_PAGES; pages++) {
        const path = `v3/conversations/${encodeURIComponent(place)}/pagedmembers?pageSize=${PAGE}${token && `&continuationToken=${encodeURIComponent(token)}`}`;
        const reply = await connector.call('GET', service.current(), path);
        if (reply.kind !== 'answer' || reply.status !== 200) return isPassing(reply) ? 'notNow' : 'never';
        const page = (reply.body ?? {}) as {
          members?: readonly RosterMember[];
          continuationToken?: unknown;
        };
        for (const member of page.members ?? []) {
          const person = personOf(member);
          if (person !== undefined && typeof member.id === 'string')
            roster.set(person, { teamsId: member.id, ...tenantOf(member) });
        }
        token = typeof page.continuationToken === 'string' ? page.continuationToken : '';
        if (token === '') break;
      }
      return { value: roster };
    },
    new Map(),
    now,
  );
}

/** True where the same question may be answered a little later. */
export function isPassing(reply: ConnectorReply): boolean {
  return reply.kind !== 'answer' || reply.status >= 500 || AGAIN.has(reply.status);
}

/** The Entra id stands under either name, depending on the scenario (teams.ts PR#516). Bots and anonymous guests have none. */
function personOf({ aadObjectId, objectId }: RosterMember): PersonId | undefined {
  const id = typeof aadObjectId === 'string' && aadObjectId !== '' ? aadObjectId : objectId;
  return typeof id === 'string' && id !== '' ? id.toLowerCase() : undefined;
}

/** Teams has been seen to put an id of its own there, which names no tenant. */
function tenantOf({ tenantId }: RosterMember): { readonly tenant?: string } {
  return typeof tenantId === 'string' && GUID.test(tenantId) ? { tenant: tenantId.toLowerCase() } : {};
}
