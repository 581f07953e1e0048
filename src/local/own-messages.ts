/** What a person does with messages that they have written: they edit and delete them, and are seen to type. */

import type { Activities, Activity } from './activities.ts';
import type { Conversations } from './conversations.ts';
import type { Delivery } from './delivery.ts';
import type { Place } from './directory.ts';
import { Misuse } from './misuse.ts';
import type { EditMessage, MessageView } from './protocol.ts';
import type { Reach } from './reach.ts';

export type OwnMessages = {
  /** The bot hears of it in a chat, and in a channel where the message was for it (msteams-docs#8418). */
  edit(message: Omit<EditMessage, 'locale'> & Partial<EditMessage>): MessageView;
  /** Deletes a message: one's own, or the bot's where its channel is one's own. The bot hears nothing of the latter. */
  remove(as: string, conversation: string, message: string): MessageView;
  /** Takes back that one deleted a message; in memory, so that it ends with the program. */
  restore(as: string, conversation: string, message: string): MessageView;
  /** Teams tells the bot, who has nothing to do about it. */
  type(as: string, conversation: string): void;
};

export function createOwnMessages(
  parts: Reach & {
    readonly conversations: Conversations;
    readonly activities: Activities;
    readonly delivery: Delivery;
  },
): OwnMessages {
  const { conversations, activities, delivery, known, visible, present, occasion, filesOf } = parts;
  const tell = (place: Place, message: MessageView, activity: Activity) => {
    if (place.kind === 'personal' || message.mentions.length > 0) void delivery.deliver(activity);
  };

  const removed = new Map<string, MessageView>();

  return {
    edit({ as, conversation, message: id, text, locale }) {
      const user = known(as);
      const place = visible(user, conversation);
      const before = present(place, id);
      if (before.from.id !== user.aadObjectId) throw new Misuse(403, 'That message is somebody else’s.');
      if (text.trim() === '') throw new Misuse(400, 'The message is empty: delete it instead.');
      const { textFormat, cards, files, mentions } = before;
      const after = conversations.edit(place, before, { text, textFormat, cards, files, mentions });
      tell(place, after, activities.edited(occasion(user, place, after, locale), after, filesOf(after)));
      return after;
    },
    remove(as, conversation, id) {
      const user = known(as);
      const place = visible(user, conversation);
      const message = present(place, id);
      if (!message.from.bot && message.from.id !== user.aadObjectId)
        throw new Misuse(403, 'That message is somebody else’s.');
      if (!message.from.bot) {
        removed.set(`${conversation} ${id}`, message);
        tell(place, message, activities.deleted(occasion(user, place, message), message));
      }
      return conversations.remove(place, message);
    },
    restore(as, conversation, id) {
      const user = known(as);
      const place = visible(user, conversation);
      const message = removed.get(`${conversation} ${id}`);
      if (message?.from.id !== user.aadObjectId || !conversations.message(place, id)?.deleted)
        throw new Misuse(404, `There is no message ${id} that could be restored.`);
      removed.delete(`${conversation} ${id}`);
      const again = conversations.restore(place, message);
      tell(place, again, activities.restored(occasion(user, place, again), again, filesOf(again)));
      return again;
    },
    type(as, conversation) {
      const user = known(as);
      const place = visible(user, conversation);
      if (place.kind === 'personal')
        void delivery.deliver(activities.typing(occasion(user, place, undefined)));
    },
  };
}
