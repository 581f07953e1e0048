/** What every use case works with. Made once in `compose.ts`. */

import type { LRUCache } from 'lru-cache';
import type { PlaceForm } from '../cards/kit/buttons.ts';
import type { FileQuota } from './fairness/file-quota.ts';
import type { OpenDesk } from './open-desk.ts';
import type { Met } from './people.ts';
import type { Clock, Ids } from './ports/clock.ts';
import type { Directory } from './ports/directory.ts';
import type { Links } from './ports/links.ts';
import type { Mailer } from './ports/mail.ts';
import type { Messenger } from './ports/messaging.ts';
import type { Log, Meter } from './ports/signals.ts';
import type { AttachmentStore, Store } from './ports/store.ts';
import type { Answered, Copy } from './remembered.ts';
import type { Troubles } from './troubles.ts';
import type { Turns } from './turns.ts';

export type House = OpenDesk & {
  readonly store: Store;
  readonly attachments: AttachmentStore;
  /** What comes from people and from outside is stored through it. */
  readonly fileQuota: FileQuota;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly messenger: Messenger;
  /** Absent where no e-mail can be sent. */
  readonly mailer?: Mailer;
  readonly directory: Directory;
  readonly links: Links;
  readonly log: Log;
  readonly meter: Meter;
  readonly troubles: Troubles;
  /** One thing at a time on the same ticket, and by the same person on their drafts. */
  readonly turns: Turns;
  /** Forms of choices that people have open on cards, by person and ticket: a live update must not close them. */
  readonly openForms: LRUCache<string, PlaceForm>;
  /**
   * What a press was answered with, by person and post, and a dialog, where its card is not known by person and ticket:
   * the live update that follows must not wipe it away.
   */
  readonly answered: LRUCache<string, Answered>;
  /** Message of the card over which somebody opened a dialog last, by person and ticket. */
  readonly openedOver: LRUCache<string, string>;
  /** Whoever pressed a button lately, by person: what their activity told of them, and their name. */
  readonly met: LRUCache<string, Met>;
  /** Cards that people opened in their own chat, by ticket: they are edited with the ticket. */
  readonly copies: LRUCache<string, readonly Copy[]>;
  /** Something was put into the outbox: send it soon. */
  readonly nudge: () => void;
};
