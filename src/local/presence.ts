/** What a person does with the bot's app and with their chat with it. */

import type { Activities, Occasion } from './activities.ts';
import type { Delivery } from './delivery.ts';
import type { Directory, Place } from './directory.ts';
import type { History } from './history.ts';
import type { Live } from './live.ts';
import type { Installation, LocalUser } from './protocol.ts';

export type Presence = {
  of(user: LocalUser): Installation;
  /** Installs the app for this person, which the bot is told; they have it from the start. */
  install(as: string): Promise<void>;
  /** From now on the bot cannot write to this person. */
  uninstall(as: string): Promise<void>;
  /** The person blocks the bot, or no longer: it hears nothing of that, and cannot write to them. */
  block(as: string, blocked: boolean): void;
  /** “Delete chat”: the person's chat with the bot is empty, and the bot hears nothing of it (msteams-docs#14079). */
  deleteChat(as: string): void;
};

export function createPresence(parts: {
  readonly directory: Directory;
  readonly history: History;
  readonly activities: Activities;
  readonly delivery: Delivery;
  readonly live: Live;
  /** Throws where there is nobody of that id. */
  readonly known: (as: string) => LocalUser;
  readonly occasion: (user: LocalUser, place: Place, on: undefined) => Occasion;
}): Presence {
  const { directory, history, activities, delivery, live, known, occasion } = parts;
  const inChat = (user: LocalUser) =>
    occasion(user, { kind: 'personal', id: directory.personalChat(user), user }, undefined);
  const changed = ({ aadObjectId }: LocalUser) => live.publish({ type: 'changed' }, [aadObjectId]);

  return {
    of({ aadObjectId }) {
      if (!history.installed(aadObjectId)) return 'removed';
      return history.blocked(aadObjectId) ? 'blocked' : 'installed';
    },
    async install(as) {
      const user = known(as);
      history.setInstalled(user.aadObjectId, true);
      history.setBlocked(user.aadObjectId, false);
      changed(user);
      await delivery.deliver(activities.installation(inChat(user), 'add'));
      await delivery.deliver(activities.botAdded(inChat(user)));
    },
    async uninstall(as) {
      const user = known(as);
      history.setInstalled(user.aadObjectId, false);
      changed(user);
      await delivery.deliver(activities.installation(inChat(user), 'remove'));
    },
    block(as, blocked) {
      const user = known(as);
      history.setBlocked(user.aadObjectId, blocked);
      changed(user);
    },
    deleteChat(as) {
      const user = known(as);
      history.empty(directory.personalChat(user));
      history.setChatDeleted(user.aadObjectId, true);
      changed(user);
    },
  };
}
