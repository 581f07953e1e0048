/** The part of the Bot Connector API that writes: conversations, activities, reactions, attachments. */

import type { BotActivity, ReadBotActivity } from './bot-messages.ts';
import type { Conversations } from './conversations.ts';
import type { Directory, Place } from './directory.ts';
import { cleanFileName } from './files.ts';
import type { History } from './history.ts';
import { type Reply, refusal } from './http.ts';
import { isObject, objectAt, stringAt } from './json.ts';
import type { Limits } from './limits.ts';
import type { MessageView } from './protocol.ts';
import type { Whims } from './whims.ts';

export type ConnectorMessages = {
  createConversation(body: unknown): Reply;
  /** @param replyTo the activity that it answers, where the path names one */
  send(conversation: string, body: unknown, replyTo?: string): Reply;
  update(conversation: string, activity: string, body: unknown): Reply;
  remove(conversation: string, activity: string): Reply;
  react(conversation: string, activity: string, type: string, remove: boolean): Reply;
  upload(conversation: string, body: unknown): Reply;
};

export function createConnectorMessages(parts: {
  readonly directory: Directory;
  readonly history: History;
  readonly conversations: Conversations;
  readonly limits: Limits;
  readonly read: ReadBotActivity;
  readonly whims: Whims;
}): ConnectorMessages {
  const { directory, history, conversations, limits, read, whims } = parts;
  const bot = { id: directory.botId, name: directory.scenario.bot.name, bot: true };

  /** The place, or why the bot cannot write there. */
  const writable = (conversation: string): Place | Reply => {
    const place = directory.place(conversation);
    if (place === undefined) return conversationNotFound();
    if (!hasApp(history, place)) return notInRoster();
    if (place.kind === 'personal') {
      const { aadObjectId } = place.user;
      if (history.blocked(aadObjectId))
        return refusal(403, 'ConversationBlockedByUser', 'User blocked the conversation with the bot.');
      if (history.chatDeleted(aadObjectId)) return conversationNotFound();
    }
    if (place.kind !== 'channel' || place.root === undefined) return place;
    const named = conversations.message(place, place.root);
    // A reply names its thread as well as the root does.
    return named === undefined ? conversationNotFound() : { ...place, root: conversations.rootOf(named) };
  };
  /** Whether the bot is told that this was done, although its app is gone from the chat and nobody sees it. */
  const unseen = (conversation: string): boolean => {
    const place = directory.place(conversation);
    return place?.kind === 'personal' && !history.installed(place.user.aadObjectId) && whims('unseen');
  };
  const throttled = (place: Place): Reply | undefined => tooMany(limits.admit('send', place.id));

  const write = (place: Place, activity: BotActivity, root: string | undefined): Reply | MessageView => {
    switch (activity.kind) {
      case 'refused':
        return activity.reply;
      case 'typing':
        conversations.typing(place, bot.name);
        return { status: 202, body: {} };
      case 'message':
        return conversations.post(place, bot, activity.content, root === undefined ? {} : { root });
    }
  };
  /** The bot's own message, still there, or why it cannot be changed. */
  const own = (
    conversation: string,
    id: string,
    whereDeleted: () => Reply,
  ): { place: Place; message: MessageView } | Reply => {
    const place = writable(conversation);
    if ('status' in place) return place;
    const message = conversations.message(place, id);
    if (message === undefined) return activityNotFound();
    if (message.deleted) return whereDeleted();
    if (!message.from.bot) {
      return refusal(403, 'ForbiddenOperationException', 'A bot can change its own messages only.');
    }
    return { place, message };
  };

  return {
    createConversation(body) {
      if (!isObject(body)) return badArgument('The body must be a JSON object.');
      const activity = body.activity === undefined ? undefined : read(body.activity);
      if (activity?.kind === 'refused') return activity.reply;
      const channelId = stringAt(objectAt(objectAt(body, 'channelData'), 'channel'), 'id');
      if (channelId !== undefined) {
        const place = writable(channelId);
        if ('status' in place) return place;
        if (activity === undefined) return badArgument('A new thread needs its first activity.');
        const wait = throttled(place);
        if (wait !== undefined) return wait;
        const written = write(place, activity, undefined);
        return 'status' in written
          ? written
          : created({ id: `${place.id};messageid=${written.id}`, activityId: written.id });
      }
      const members = Array.isArray(body.members) ? body.members : [];
      const member = members.length === 1 && isObject(members[0]) ? stringAt(members[0], 'id') : undefined;
      if (member === undefined) return badArgument('Give exactly one member, or a channel in channelData.');
      const tenant =
        stringAt(body, 'tenantId') ?? stringAt(objectAt(objectAt(body, 'channelData'), 'tenant'), 'id');
      if (tenant !== directory.scenario.tenantId)
        return badArgument('The tenant id is missing or not this tenant’s.');
      const user = directory.person(member);
      if (user === undefined || user.tenantId !== undefined) {
        return refusal(
          403,
          'MemberNotFoundInTenant',
          `There is nobody with the id ${member} in this tenant.`,
        );
      }
      if (!history.installed(user.aadObjectId)) {
        return refusal(403, 'ForbiddenOperationException', 'Bot is not installed in user’s personal scope.');
      }
      // Only by the Entra id is a chat begun anew that its person deleted (msteams-docs#14079).
      if (member.toLowerCase() === user.aadObjectId.toLowerCase())
        history.setChatDeleted(user.aadObjectId, false);
      const place = { kind: 'personal', id: directory.personalChat(user), user } as const;
      const refused = writable(place.id);
      if (activity !== undefined && 'status' in refused) return refused;
      if (activity === undefined) return created({ id: place.id });
      const wait = throttled(place);
      if (wait !== undefined) return wait;
      const written = write(place, activity, undefined);
      return 'status' in written ? written : created({ id: place.id, activityId: written.id });
    },

    send(conversation, body, replyTo) {
      if (unseen(conversation)) return created({ id: history.nextId(0) });
      const place = writable(conversation);
      if ('status' in place) return place;
      let root = place.kind === 'channel' ? place.root : undefined;
      // `f:…` names an event or an invoke: nothing that a reply could stand below.
      if (replyTo !== undefined && !replyTo.startsWith('f:')) {
        const answered = conversations.message(place, replyTo);
        // A submitted card has an id that stands for no message, so only what is no id at all is refused.
        if (answered === undefined && !/^\d{13,15}$/.test(replyTo)) return activityNotFound();
        if (answered !== undefined && place.kind === 'channel') root ??= conversations.rootOf(answered);
      }
      const wait = throttled(place);
      if (wait !== undefined) return wait;
      const written = write(place, read(body), root);
      return 'status' in written ? written : created({ id: written.id });
    },

    update(conversation, activity, body) {
      if (unseen(conversation)) return { status: 200, body: { id: activity } };
      const found = own(conversation, activity, deletedMessage);
      if ('status' in found) return found;
      const wait = throttled(found.place);
      if (wait !== undefined) return wait;
      const asked = read(body);
      if (asked.kind === 'refused') return asked.reply;
      if (asked.kind === 'typing') return badArgument('A message can only be updated to a message.');
      conversations.edit(found.place, found.message, asked.content);
      return { status: 200, body: { id: found.message.id } };
    },

    remove(conversation, activity) {
      const found = own(conversation, activity, activityNotFound);
      if ('status' in found) return found;
      const wait = throttled(found.place);
      if (wait !== undefined) return wait;
      conversations.remove(found.place, found.message);
      return { status: 200 };
    },

    react(conversation, activity, type, remove) {
      const place = writable(conversation);
      if ('status' in place) return place;
      const message = conversations.message(place, activity);
      if (message === undefined || message.deleted) return activityNotFound();
      if (!/^[\w-]{1,50}$/.test(type)) return badArgument('That is not a reaction.');
      const wait = throttled(place);
      if (wait !== undefined) return wait;
      conversations.react(place, message, bot.id, type, remove);
      return { status: 200 };
    },

    upload(conversation, body) {
      const place = writable(conversation);
      if ('status' in place) return place;
      if (!isObject(body)) return badArgument('The body must be a JSON object.');
      const type = stringAt(body, 'type') ?? '';
      const content = stringAt(body, 'originalBase64') ?? '';
      if (!/^[\w.+-]+\/[\w.+-]+$/.test(type)) return badArgument('type must be a media type.');
      if (!/^[A-Za-z0-9+/]+=*$/.test(content))
        return badArgument('originalBase64 must be base64 and not empty.');
      const name = cleanFileName(stringAt(body, 'name') ?? 'attachment');
      return created({ id: history.addFile(name, type, Buffer.from(content, 'base64')).view.id });
    },
  };
}

/** A private or shared channel has to be given the app by itself, others have it with their team. */
export function hasApp({ installed }: Pick<History, 'installed'>, place: Place): boolean {
  switch (place.kind) {
    case 'personal':
      return installed(place.user.aadObjectId);
    case 'group':
      return true;
    case 'channel':
      return (place.channel.type ?? 'standard') === 'standard' || installed(place.id);
  }
}

export function notInRoster(): Reply {
  return refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
}

export function conversationNotFound(): Reply {
  return refusal(404, 'ConversationNotFound', 'Conversation not found.');
}

/** 429 with the seconds to wait, or nothing. */
export function tooMany(waitSeconds: number | undefined): Reply | undefined {
  if (waitSeconds === undefined) return undefined;
  return refusal(429, 'Throttled', 'Too many requests.', { 'Retry-After': String(waitSeconds) });
}

export function badArgument(message: string): Reply {
  return refusal(400, 'BadArgument', message);
}

/** An update of a message that was deleted answers not 404, as one would think, but this (BotFramework-Services#269). */
function deletedMessage(): Reply {
  return refusal(403, 'ServiceError', 'Unknown');
}

function activityNotFound(): Reply {
  return refusal(404, 'ActivityNotFoundInConversation', 'The activity is not in the conversation.');
}

function created(body: unknown): Reply {
  return { status: 201, body };
}
