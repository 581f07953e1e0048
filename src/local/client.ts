/**
 * What a Teams client does for the person in front of it. The page's routes and programs (tests) use the same functions.
 * They throw `Misuse` for what no Teams client could be made to do.
 */

import type { Activities, Occasion } from './activities.ts';
import { type Asked, type Asking, createAsking } from './asking.ts';
import type { Clock } from './clock.ts';
import type { Conversations } from './conversations.ts';
import type { Delivered, Delivery } from './delivery.ts';
import type { Directory, Place } from './directory.ts';
import type { Extension } from './extension.ts';
import { cleanFileName, cleanMediaType, MAX_FILE_BYTES } from './files.ts';
import type { History } from './history.ts';
import type { Live } from './live.ts';
import { Misuse } from './misuse.ts';
import { createOwnMessages, type OwnMessages } from './own-messages.ts';
import type { Phones } from './phones.ts';
import { createPresence, type Presence } from './presence.ts';
import type { FileView, LocalUser, MessageView, PostMessage, React, SessionView } from './protocol.ts';
import { fullLocale, withMention } from './typed-text.ts';

/** As UTF-16, like the limit for bots. */
const MAX_TEXT_BYTES = 100 * 1024;
const DEFAULT_LOCALE = 'it-IT';

export type Said = {
  readonly message: MessageView;
  /** How the bot took it; `undefined` where the message is not for the bot. */
  readonly delivered: Promise<Delivered | undefined>;
};

export type Client = OwnMessages &
  Asking &
  Omit<Presence, 'of'> & {
    session(as?: string): SessionView;
    /** What this person sees in a conversation, oldest first. */
    messagesOf(conversation: string, as: string): readonly MessageView[];
    upload(file: {
      readonly name: string;
      readonly contentType: string;
      readonly bytes: Uint8Array;
    }): FileView;
    say(post: Asked<PostMessage, 'as' | 'conversation' | 'text'>): Said;
    react(reaction: Asked<React, 'as' | 'conversation' | 'message' | 'type'>): Promise<MessageView>;
    /** Adds the app to a private or shared channel, which has it from the start, or takes it out; the bot is told. */
    setAppInChannel(as: string, channel: string, added: boolean): Promise<void>;
  };

export function createClient(parts: {
  readonly directory: Directory;
  readonly history: History;
  readonly conversations: Conversations;
  readonly activities: Activities;
  readonly delivery: Delivery;
  readonly extension: Extension;
  readonly live: Live;
  readonly clock: Clock;
  /** Whether somebody outside gets the bot's mail. */
  readonly mail: boolean;
  readonly phones: Phones;
}): Client {
  const { directory, history, conversations, activities, delivery, extension, live, clock } = parts;
  const { bot } = directory.scenario;

  const known = (as: string): LocalUser => {
    const user = directory.user(as);
    if (user === undefined) throw new Misuse(404, `There is no user with the aadObjectId ${as}.`);
    return user;
  };
  const visible = (user: LocalUser, conversation: string): Place => {
    const place = conversations.visible(user, conversation);
    if (place === undefined)
      throw new Misuse(404, `${user.name} does not see a conversation ${conversation}.`);
    return place;
  };
  const present = (place: Place, id: string): MessageView => {
    const message = conversations.message(place, id);
    if (message === undefined || message.deleted) throw new Misuse(404, `There is no message ${id} here.`);
    return message;
  };
  const occasion = (
    user: LocalUser,
    place: Place,
    on: MessageView | undefined,
    locale?: string,
  ): Occasion => ({
    user,
    place,
    ...(place.kind === 'channel' && on !== undefined ? { root: conversations.rootOf(on) } : {}),
    at: clock.now(),
    locale: fullLocale(locale ?? DEFAULT_LOCALE),
  });
  const filesOf = (message: MessageView) =>
    message.files.flatMap(({ id }) => {
      const file = history.file(id);
      return file === undefined ? [] : [file];
    });
  const requireInstalled = (user: LocalUser, place: Place) => {
    if (place.kind === 'personal' && !history.installed(user.aadObjectId))
      throw new Misuse(403, `The app is not installed for ${user.name}.`);
  };

  const ownMessages = createOwnMessages({ ...parts, known, visible, present, occasion, filesOf });
  const asking = createAsking({ ...parts, known, visible, present, occasion, filesOf });
  const presence = createPresence({ directory, history, activities, delivery, live, known, occasion });

  return {
    session(as) {
      const me = as === undefined ? directory.users[0] : known(as);
      if (me === undefined) throw new Misuse(404, 'The scenario has no users.');
      return {
        me,
        teamsId: directory.teamsId(me),
        users: directory.users,
        bot,
        conversations: conversations.views(me),
        installation: presence.of(me),
        mail: parts.mail,
        now: clock.now(),
      };
    },

    messagesOf: (conversation, as) => conversations.messages(visible(known(as), conversation)),

    upload({ name, contentType, bytes }) {
      if (bytes.length > MAX_FILE_BYTES) throw new Misuse(413, 'A file may have 25 MB at most.');
      if (bytes.length === 0) throw new Misuse(400, 'The file is empty.');
      return history.addFile(cleanFileName(name), cleanMediaType(contentType), bytes).view;
    },

    say(post) {
      const user = known(post.as);
      const place = visible(user, post.conversation);
      requireInstalled(user, place);
      const files = (post.files ?? []).map((id) => {
        const file = history.file(id);
        if (file === undefined) throw new Misuse(404, `There is no file ${id}: upload it first.`);
        return file;
      });
      const cards = (post.cards ?? []).map((id) => extension.card(user.aadObjectId, id));
      if (post.text.trim() === '' && files.length + cards.length === 0)
        throw new Misuse(400, 'The message is empty.');
      if (post.text.length * 2 > MAX_TEXT_BYTES) throw new Misuse(413, 'The message is too long for Teams.');
      if (post.replyTo !== undefined && place.kind !== 'channel') {
        throw new Misuse(400, 'There are no threads in a chat: use quotes.');
      }
      if (post.quotes !== undefined && place.kind === 'channel') {
        throw new Misuse(400, 'Quotes are for chats: use replyTo.');
      }
      const answered = post.replyTo === undefined ? undefined : present(place, post.replyTo);
      const quoted = post.quotes === undefined ? undefined : present(place, post.quotes);
      const when = occasion(user, place, answered, post.locale);

      const mention = `<at>${bot.name}</at>`;
      const mentions = post.mentionsBot ? [{ id: directory.botId, text: mention }] : [];
      // Whoever writes has the chat again.
      if (place.kind === 'personal') history.setChatDeleted(user.aadObjectId, false);
      const message = conversations.post(
        place,
        { id: user.aadObjectId, name: user.name, bot: false },
        {
          text: post.mentionsBot ? withMention(post.text, bot.name, mention) : post.text,
          textFormat: 'plain',
          cards,
          files: files.map(({ view }) => view),
          mentions,
        },
        {
          ...(answered === undefined ? {} : { root: conversations.rootOf(answered) }),
          ...(quoted === undefined ? {} : { quotes: quoted.id }),
        },
      );
      if (place.kind !== 'personal' && !post.mentionsBot) {
        return { message, delivered: Promise.resolve(undefined) };
      }
      const on = place.kind === 'channel' ? { ...when, root: conversations.rootOf(message) } : when;
      return { message, delivered: delivery.deliver(activities.message(on, message, files, quoted)) };
    },

    async react({ remove = false, ...reaction }) {
      const user = known(reaction.as);
      const place = visible(user, reaction.conversation);
      const message = present(place, reaction.message);
      if (!/^[a-zA-Z0-9_-]{1,50}$/.test(reaction.type)) throw new Misuse(400, 'That is not a reaction.');
      const changed = conversations.react(place, message, user.aadObjectId, reaction.type, remove);
      // A bot hears of reactions to its own messages only.
      if (changed !== undefined && message.from.bot) {
        await delivery.deliver(
          activities.reaction(occasion(user, place, message), message, reaction.type, remove),
        );
      }
      return changed ?? message;
    },

    ...presence,
    ...ownMessages,
    ...asking,
    async setAppInChannel(as, channel, added) {
      const user = known(as);
      const place = visible(user, channel);
      if (place.kind !== 'channel' || (place.channel.type ?? 'standard') === 'standard')
        throw new Misuse(400, 'A standard channel has the app with its team.');
      history.setInstalled(place.id, added);
      // The system says so, who is nobody.
      const text = `${user.name} ${added ? 'ha aggiunto' : 'ha rimosso'} ${bot.name}`;
      const content = { text, textFormat: 'plain' as const, cards: [], files: [], mentions: [] };
      conversations.post(place, { id: 'system', name: 'Teams', bot: false }, content);
      await delivery.deliver(activities.appInChannel(occasion(user, place, undefined), added));
    },
  };
}
