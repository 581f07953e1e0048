/** What Teams tells about people: names, addresses, who is in which channel. */

import type { Directory } from '../app/ports.ts';
import type { Desk } from '../domain/desk.ts';
import type { PersonId, QueueId } from '../domain/ticket.ts';
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
/** A channel's members change rarely; a failed look-up is tried again sooner. */
const KEEP_MS = 3_600_000;
const KEEP_FAILED_MS = 60_000;

/** @param now milliseconds of real time */
export function createDirectory(parts: {
  readonly connector: Connector;
  readonly service: ServiceAddress;
  readonly desk: () => Desk;
  readonly now: () => number;
}): Directory {
  const { connector, service, desk, now } = parts;
  const channels = new Map<QueueId, { ids: Promise<ReadonlyMap<PersonId, string>>; until: number }>();

  async function membersOf(channel: string): Promise<ReadonlyMap<PersonId, string> | undefined> {
    const ids = new Map<PersonId, string>();
    let token = '';
    do {
      const path = `v3/conversations/${encodeURIComponent(channel)}/pagedmembers?pageSize=${PAGE}${token && `&continuationToken=${encodeURIComponent(token)}`}`;
      const reply = await connector.call('GET', service.current(), path);
      if (reply.kind !== 'answer' || reply.status !== 200) return undefined;
      const page = (reply.body ?? {}) as { members?: readonly Member[]; continuationToken?: unknown };
      for (const { id, aadObjectId } of page.members ?? [])
        if (typeof id === 'string' && typeof aadObjectId === 'string') ids.set(aadObjectId.toLowerCase(), id);
      token = typeof page.continuationToken === 'string' ? page.continuationToken : '';
    } while (token);
    return ids;
  }

  function channelMembers(queue: QueueId, channel: string): Promise<ReadonlyMap<PersonId, string>> {
    const known = channels.get(queue);
    if (known && now() < known.until) return known.ids;
    const kept = {
      ids: membersOf(channel).then((ids) => {
        if (!ids) kept.until = now() + KEEP_FAILED_MS;
        return ids ?? new Map<PersonId, string>();
      }),
      until: now() + KEEP_MS,
    };
    channels.set(queue, kept);
    return kept.ids;
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
      const ids = await channelMembers(queue, channel);
      return people.flatMap((person) => ids.get(person) ?? []);
    },
  };
}
