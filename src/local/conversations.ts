/** What stands in the conversations, who sees it, and how it changes. Every change is stored, then shown live. */

import type { Clock } from './clock.ts';
import type { Directory, Place } from './directory.ts';
import type { History } from './history.ts';
import type { Live } from './live.ts';
import type { ConversationView, LocalUser, MessageView } from './protocol.ts';

/** A page shows this many messages of a conversation; older ones stay in the file. */
const SHOWN_MESSAGES = 2_000;

export type MessageContent = Pick<
  MessageView,
  'textFormat' | 'cards' | 'files' | 'mentions' | 'alert' | 'refusedByPhones'
> & {
  readonly text?: string;
  readonly summary?: string;
};
type PostOptions = { readonly root?: string; readonly quotes?: string };

export type Conversations = {
  /** The place with this id, if this person sees it. */
  visible(user: LocalUser, conversation: string): Place | undefined;
  /** Where this person's messages with the bot, and their channels, stand. */
  views(user: LocalUser): readonly ConversationView[];
  messages(place: Place): readonly MessageView[];
  message(place: Place, id: string): MessageView | undefined;
  /** First message of the thread that this message is in. */
  rootOf(message: MessageView): string;
  post(place: Place, from: MessageView['from'], content: MessageContent, options?: PostOptions): MessageView;
  edit(place: Place, message: MessageView, content: MessageContent): MessageView;
  remove(place: Place, message: MessageView): MessageView;
  /** @param message as it was before it was removed */
  restore(place: Place, message: MessageView): MessageView;
  /** `undefined` where nothing changes: the reaction was there already, or was not there to be removed. */
  react(
    place: Place,
    message: MessageView,
    by: string,
    type: string,
    remove: boolean,
  ): MessageView | undefined;
  typing(place: Place, name: string): void;
};

export function createConversations(parts: {
  readonly directory: Directory;
  readonly history: History;
  readonly live: Live;
  readonly clock: Clock;
}): Conversations {
  const { directory, history, live, clock } = parts;

  const audience = (place: Place) => directory.members(place).map((user) => user.aadObjectId);
  const show = (place: Place, message: MessageView) => {
    live.publish({ type: 'message', message }, audience(place));
    return message;
  };
  const replace = (place: Place, message: MessageView) => {
    history.replace(message);
    return show(place, message);
  };
  const messages = (place: Place) => history.messages(place.id, SHOWN_MESSAGES);

  return {
    visible(user, conversation) {
      const place = directory.place(conversation);
      return place !== undefined && directory.members(place).includes(user) ? place : undefined;
    },
    views(user) {
      const chats = [directory.personalChat(user), ...(directory.scenario.chats ?? []).map(({ id }) => id)];
      const channels = directory.scenario.teams.flatMap((team) => team.channels.map(({ id }) => id));
      return [...chats, ...channels]
        .flatMap((id) => directory.place(id) ?? [])
        .filter((place) => directory.members(place).includes(user))
        .map((place) => ({
          id: place.id,
          ...named(place, directory),
          members: audience(place),
          messages: messages(place),
        }));
    },
    messages,
    message: (place, id) => history.message(place.id, id),
    rootOf: (message) => message.replyTo ?? message.id,
    post(place, from, content, options = {}) {
      const at = clock.now();
      const message: MessageView = {
        id: history.nextId(at),
        conversation: place.id,
        ...(options.root === undefined ? {} : { replyTo: options.root }),
        ...(options.quotes === undefined ? {} : { quotes: options.quotes }),
        from,
        at,
        deleted: false,
        ...content,
        reactions: [],
      };
      history.insert(message);
      return show(place, message);
    },
    edit(place, message, content) {
      const { text: _text, summary: _summary, refusedByPhones: _refused, ...kept } = message;
      return replace(place, { ...kept, ...content, editedAt: clock.now() });
    },
    remove(place, message) {
      const { text: _text, summary: _summary, refusedByPhones: _refused, ...kept } = message;
      return replace(place, { ...kept, deleted: true, cards: [], files: [], mentions: [], reactions: [] });
    },
    restore: replace,
    react(place, message, by, type, remove) {
      const present = message.reactions.find((reaction) => reaction.type === type)?.by ?? [];
      if (present.includes(by) !== remove) return undefined;
      const left = remove ? present.filter((id) => id !== by) : [...present, by];
      const others = message.reactions.filter((reaction) => reaction.type !== type);
      return replace(place, {
        ...message,
        reactions: left.length === 0 ? others : [...others, { type, by: left }],
      });
    },
    typing(place, name) {
      live.publish({ type: 'typing', conversation: place.id, name }, audience(place));
    },
  };
}

function named(
  place: Place,
  directory: Directory,
): Pick<ConversationView, 'kind' | 'name' | 'team' | 'type'> {
  switch (place.kind) {
    case 'personal':
      return { kind: 'personal', name: directory.scenario.bot.name };
    case 'group':
      return { kind: 'group', name: place.chat.name };
    case 'channel':
      return {
        kind: 'channel',
        name: place.channel.name,
        team: place.team.name,
        type: place.channel.type ?? 'standard',
      };
  }
}
