/** Whom and what a person of local Teams can speak of. */

import type { Occasion } from './activities.ts';
import type { Place } from './directory.ts';
import type { StoredFile } from './history.ts';
import type { LocalUser, MessageView } from './protocol.ts';

/** `known`, `visible` and `present` throw where there is no such thing, or it is not to be seen by that person. */
export type Reach = {
  readonly known: (as: string) => LocalUser;
  readonly visible: (user: LocalUser, conversation: string) => Place;
  readonly present: (place: Place, id: string) => MessageView;
  readonly occasion: (
    user: LocalUser,
    place: Place,
    on: MessageView | undefined,
    locale?: string,
  ) => Occasion;
  readonly filesOf: (message: MessageView) => readonly StoredFile[];
};
