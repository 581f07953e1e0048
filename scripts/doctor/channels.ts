/** The doctor asks Teams for every team and channel of the desk: whether the app is there, and of what kind they are. */

import type { BotSettings } from '../../src/config/environment.ts';
import {
  type ChannelType,
  type Desk,
  type Queue,
  type Team,
  teamOf,
  teamsOf,
} from '../../src/domain/desk.ts';
import { channelTypeOf } from '../../src/teams/channel-types.ts';
import { type Connector, type ConnectorReply, createConnector } from '../../src/teams/connector.ts';
import { createHosts } from '../../src/teams/hosts.ts';
import { isRecord } from '../../src/teams/json.ts';
import { outboundToken } from '../../src/teams/outbound-token.ts';
import { bad, type Finding, good, note } from './finding.ts';

const ADD_TO_TEAM =
  'Add the app to the team: in Teams, Apps › Built for your org › Sportello › Add to a team. Then add it to its private and shared channels.';
const ADD_TO_CHANNEL =
  'Add the app to the channel itself, as one of its owners: in the channel, Manage channel › Apps. Being in the team is not enough for a private or shared channel.';
const CORRECT_CHANNEL = 'Correct channel in queues.yaml, or the team that is named for it.';

export type AskingTeams = {
  readonly settings: BotSettings;
  readonly desk: Desk;
  readonly now: () => number;
  /** How long each call may take. */
  readonly patienceMs: number;
};

/** Channels of a team by id, with their kind where Teams says it; or why they cannot be had. */
type Listed = ReadonlyMap<string, ChannelType | undefined> | 'noAnswer' | 'notThere';

export async function checkChannels({ settings, desk, now, patienceMs }: AskingTeams): Promise<Finding[]> {
  const connector = createConnector(
    outboundToken(settings, now),
    createHosts(settings.serviceUrl),
    patienceMs,
  );
  const ask = (path: string) => connector.call('GET', settings.serviceUrl, path);
  const findings: Finding[] = [];
  for (const team of teamsOf(desk)) {
    const queues = [...desk.queues.values()].filter((queue) => teamOf(desk, queue).id === team.id);
    if (queues.length === 0) continue;
    const listed = await channelsOf(ask, team);
    if (listed === 'notThere')
      findings.push(bad('team', `the app is not in the team ${team.name}`, ADD_TO_TEAM));
    else if (listed === 'noAnswer') findings.push(note('team', `nobody could be asked about ${team.name}`));
    else for (const queue of queues) findings.push(await checkQueue(ask, queue, team, listed));
  }
  return findings;
}

type Ask = (path: string) => ReturnType<Connector['call']>;

async function channelsOf(ask: Ask, team: Team): Promise<Listed> {
  const reply = await ask(`v3/teams/${encodeURIComponent(team.id)}/conversations`);
  if (isRefused(reply)) return 'notThere';
  if (reply.kind !== 'answer' || reply.status !== 200 || !isRecord(reply.body)) return 'noAnswer';
  const { conversations } = reply.body;
  const channels = Array.isArray(conversations) ? conversations.filter(isRecord) : [];
  return new Map(channels.map(({ id, type }) => [String(id), channelTypeOf(type)]));
}

async function checkQueue(
  ask: Ask,
  { id, channel, channelType }: Queue,
  team: Team,
  listed: ReadonlyMap<string, ChannelType | undefined>,
): Promise<Finding> {
  const about = 'channel';
  const type = listed.get(channel) ?? channelType ?? 'standard';
  if (channelType && listed.get(channel) && channelType !== type)
    return bad(
      about,
      `the channel of the queue ${id} is ${type}, and queues.yaml says ${channelType}`,
      'See who can read it, then correct channelType in queues.yaml, or the channel.',
    );
  if (listed.has(channel) && type === 'standard') return good(about, `${id}: standard, in ${team.name}`);
  // The list may leave out a private or shared channel; whether the app is in it shows only when its members are asked for.
  const reply = await ask(`v3/conversations/${encodeURIComponent(channel)}/pagedmembers?pageSize=50`);
  if (reply.kind === 'answer' && reply.status === 404)
    return bad(about, `the team ${team.name} has no such channel for the queue ${id}`, CORRECT_CHANNEL);
  if (isRefused(reply)) return bad(about, `the app is not in the channel of the queue ${id}`, ADD_TO_CHANNEL);
  if (reply.kind !== 'answer' || reply.status !== 200)
    return note(about, `nobody could be asked about the queue ${id}`);
  return good(about, `${id}: ${type}, in ${team.name}`);
}

function isRefused(reply: ConnectorReply): boolean {
  return reply.kind === 'answer' && (reply.status === 403 || reply.status === 404);
}
