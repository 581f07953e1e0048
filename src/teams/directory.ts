/** What Teams tells about people: names, addresses, who is in which channel. */

import type { Directory } from '../app/ports.ts';
import type { Desk } from '../domain/desk.ts';
import type { PersonId } from '../domain/ticket.ts';
import type { Connector } from './connector.ts';
import type { ServiceAddress } from './service.ts';

type Member = {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly email?: unknown;
  readonly userPrincipalName?: unknown;
  readonly aadObjectId?: unknown;
};

const PAGE = 200;
/** A channel's members change rarely; a failed look-up is tried again sooner, and at once where it may work by then. */
const KEEP_MS = 3_600_000;
const KEEP_FAILED_MS = 60_000;
const PAUSE_MS = 500;

/** Answers that the platform asks to be tried again. */
const AGAIN = new Set([401, 408, 412, 429]);

type Ids = ReadonlyMap<PersonId, string>;
type Channel = { ids?: Ids; until: number; asking?: Promise<void> | undefined };

/** @param now milliseconds of real time */
export function createDirectory(parts: {
  readonly connector: Connector;
  readonly service: ServiceAddress;
  readonly desk: () => Desk;
  readonly now: () => number;
}): Directory {
  const { connector, service, desk, now } = parts;
  /** By the channel's id: a queue can be given another one. */
  const channels = new Map<string, Channel>();

  async function membersOf(channel: string): Promise<Ids | 'notNow' | 'never'> {
    const ids = new Map<PersonId, string>();
    let token = '';
    do {
      const path = `v3/conversations/${encodeURIComponent(channel)}/pagedmembers?pageSize=${PAGE}${token && `&continuationToken=${encodeURIComponent(token)}`}`;
      const reply = await connector.call('GET', service.current(), path);
      if (reply.kind !== 'answer' || reply.status >= 500 || AGAIN.has(reply.status)) return 'notNow';
      if (reply.status !== 200) return 'never';
      const page = (reply.body ?? {}) as { members?: readonly Member[]; continuationToken?: unknown };
      for (const { id, aadObjectId } of page.members ?? [])
        if (typeof id === 'string' && typeof aadObjectId === 'string') ids.set(aadObjectId.toLowerCase(), id);
      token = typeof page.continuationToken === 'string' ? page.continuationToken : '';
    } while (token);
    return ids;
  }

  async function ask(known: Channel, channel: string): Promise<void> {
    const told = await membersOf(channel);
    known.asking = undefined;
    if (typeof told !== 'string') known.ids = told;
    else if (told === 'never') known.ids ??= new Map();
    const keep = typeof told !== 'string' ? KEEP_MS : known.ids ? KEEP_FAILED_MS : PAUSE_MS;
    known.until = now() + keep;
  }

  /** Who is known to be there, even while that is being asked again: nobody waits for a hang of the platform twice. */
  async function channelMembers(channel: string): Promise<Ids | undefined> {
    const known = channels.get(channel) ?? { until: 0 };
    channels.set(channel, known);
    if (now() >= known.until) known.asking ??= ask(known, channel);
    if (!known.ids) await known.asking;
    return known.ids;
  }

  return {
    async lookUp(conversation, teamsId) {
      const reply = await connector.call(
        'GET',
        service.current(),
        `v3/conversations/${encodeURIComponent(conversation)}/members/${encodeURIComponent(teamsId)}`,
      );
      if (reply.kind !== 'answer' || reply.status !== 200) return undefined;
      const { name, email, userPrincipalName } = (reply.body ?? {}) as Member;
      const address = typeof email === 'string' && email ? email : userPrincipalName;
      return {
        name: typeof name === 'string' ? name : '',
        ...(typeof address === 'string' && address ? { email: address } : {}),
      };
    },
    async channelIds(queue, people) {
      const channel = desk().queues.get(queue)?.channel;
      if (!channel) return [];
      const ids = await channelMembers(channel);
      return ids && people.flatMap((person) => ids.get(person) ?? []);
    },
  };
}
