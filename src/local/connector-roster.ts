/** The part of the Bot Connector API that reads: members, teams, attachments. */

import { badArgument, conversationNotFound, hasApp, notInRoster, tooMany } from './connector-messages.ts';
import type { Directory, Place } from './directory.ts';
import type { History } from './history.ts';
import { type Reply, refusal } from './http.ts';
import type { Limits } from './limits.ts';
import type { LocalUser } from './protocol.ts';

/** Microsoft: “Get Teams specific context for your bot”. */
const PAGE_SIZE = { usual: 200, least: 50, most: 500 };

export type ConnectorRoster = {
  members(conversation: string): Reply;
  pagedMembers(conversation: string, query: URLSearchParams): Reply;
  member(conversation: string, id: string): Reply;
  team(id: string): Reply;
  channels(teamId: string): Reply;
  attachment(id: string): Reply;
  attachmentView(id: string, view: string): Reply;
};

export function createConnectorRoster(parts: {
  readonly directory: Directory;
  readonly history: History;
  readonly limits: Limits;
}): ConnectorRoster {
  const { directory, history, limits } = parts;
  const { tenantId } = directory.scenario;

  /**
   * The Entra id stands under either name, depending on the scenario (teams.ts PR#516; `get-teams-context.md` shows
   * `objectId`): here with one person so and with the next otherwise.
   */
  const entraId = (user: LocalUser) =>
    directory.users.indexOf(user) % 2 === 0
      ? { objectId: user.aadObjectId }
      : { aadObjectId: user.aadObjectId };
  const account = (user: LocalUser) => ({
    id: directory.teamsId(user),
    name: user.name,
    ...entraId(user),
    givenName: user.givenName,
    surname: user.surname,
    email: user.email,
    userPrincipalName: user.userPrincipalName,
    tenantId: user.tenantId ?? tenantId,
    userRole: user.guest ? 'guest' : 'user',
  });
  /**
   * Of a standard channel only some may be told, of its team all are (Microsoft: “Get Teams specific context for your
   * bot”). A channel that the app was not added to tells nothing (“Apps for shared and private channels”).
   */
  const present = (place: Place): readonly LocalUser[] | Reply => {
    if (place.kind === 'channel' && !hasApp(history, place)) return notInRoster();
    const members = directory.members(place);
    const standard = place.kind === 'channel' && (place.channel.type ?? 'standard') === 'standard';
    return standard ? members.slice(0, Math.ceil(members.length / 2)) : members;
  };
  /** Everybody in the conversation, or in the team where the id is a team's. */
  const roster = (conversation: string): readonly LocalUser[] | Reply => {
    const place = directory.place(conversation);
    const team = directory.scenario.teams.find(({ id }) => id === conversation);
    if (place === undefined && team === undefined) return conversationNotFound();
    const wait = tooMany(limits.admit('members', place?.id ?? conversation));
    if (wait !== undefined) return wait;
    // The General channel has the id of its team.
    if (team !== undefined) return directory.teamMembers(team);
    return place === undefined ? [] : present(place);
  };
  const teamNotFound = () => refusal(404, 'NotFound', 'The team was not found.');
  const attachmentNotFound = () => refusal(404, 'NotFound', 'The attachment was not found.');

  return {
    members(conversation) {
      const found = roster(conversation);
      return 'status' in found ? found : { status: 200, body: found.map(account) };
    },
    pagedMembers(conversation, query) {
      const size = Number(query.get('pageSize') ?? PAGE_SIZE.usual);
      const token = query.get('continuationToken');
      const start = token ? offsetIn(token) : 0;
      if (!Number.isInteger(size) || size < 1)
        return badArgument('pageSize must be a whole number from 1 to 500.');
      if (start === undefined) return badArgument('The continuation token is not one of ours.');
      const found = roster(conversation);
      if ('status' in found) return found;
      const end = start + Math.min(Math.max(size, PAGE_SIZE.least), PAGE_SIZE.most);
      return {
        status: 200,
        body: {
          ...(end < found.length
            ? { continuationToken: Buffer.from(String(end)).toString('base64url') }
            : {}),
          members: found.slice(start, end).map(account),
        },
      };
    },
    member(conversation, id) {
      // One by one they are found wherever they are.
      const place = directory.place(conversation);
      const found =
        place?.kind === 'channel' && hasApp(history, place) ? directory.members(place) : roster(conversation);
      if ('status' in found) return found;
      const person = directory.person(id);
      return person !== undefined && found.includes(person)
        ? { status: 200, body: account(person) }
        : refusal(404, 'MemberNotFoundInConversation', 'Member not found in conversation.');
    },
    team(id) {
      const team = directory.team(id);
      if (team === undefined) return teamNotFound();
      return {
        status: 200,
        body: {
          id: team.id,
          name: team.name,
          type: 'standard',
          aadGroupId: team.groupId,
          tenantId,
          channelCount: team.channels.length,
          memberCount: directory.teamMembers(team).length,
        },
      };
    },
    channels(teamId) {
      const team = directory.team(teamId);
      if (team === undefined) return teamNotFound();
      // The General channel has the team's own id, and no name, so that clients can translate it.
      const conversations = team.channels
        .filter(({ id, type }) => (type ?? 'standard') === 'standard' || history.installed(id))
        .map(({ id, name, type = 'standard' }) => ({ id, ...(id === team.id ? {} : { name }), type }));
      return { status: 200, body: { conversations } };
    },
    attachment(id) {
      const file = history.file(id);
      if (file === undefined) return attachmentNotFound();
      return {
        status: 200,
        body: {
          name: file.view.name,
          type: file.view.contentType,
          views: [{ viewId: 'original', size: file.view.size }],
        },
      };
    },
    attachmentView(id, view) {
      const file = view === 'original' ? history.file(id) : undefined;
      if (file === undefined) return attachmentNotFound();
      return { status: 200, body: file.bytes, headers: { 'Content-Type': file.view.contentType } };
    },
  };
}

/** Where a page begins; `undefined` for a token that was never given out. */
function offsetIn(token: string): number | undefined {
  const offset = Buffer.from(token, 'base64url').toString();
  return /^\d{1,6}$/.test(offset) ? Number(offset) : undefined;
}
