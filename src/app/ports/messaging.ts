/** How something is sent to Teams, and what may become of it. */

import type { Outgoing } from '../../cards/kit/card.ts';
import type { Destination, Post } from './delivery.ts';

export type SendOutcome =
  | { readonly kind: 'sent'; readonly post: Post }
  /** Try again; `afterMs` where the platform said so. `counts` is false when it was merely our turn to wait. */
  | {
      readonly kind: 'retry';
      readonly reason: string;
      readonly afterMs?: number;
      readonly counts: boolean;
      /** What comes after a long silence: until then it may have arrived, and must not be sent again. */
      readonly late?: Promise<SendOutcome>;
    }
  /** Teams says so of what is there, too, now and then: to be believed when it has said it for minutes. */
  | {
      readonly kind: 'doubtful';
      readonly reason: string;
      readonly believed: { readonly kind: 'gone' } | { readonly kind: 'failed'; readonly reason: string };
    }
  /** The person has removed the app: Teams was not asked, as it may accept what nobody would see. */
  | { readonly kind: 'absent' }
  /** Will never work: the person has not installed the app, the channel is gone. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** The card that should be edited is not there any more. */
  | { readonly kind: 'gone' };

/** Sends to Teams. Never throws for what the platform answers. */
export interface Messenger {
  /** Waits until the platform takes requests from us, and says how many it takes at once. Whoever asks for more waits in vain. */
  places(): Promise<number>;
  /** @param thread the root post, for a reply in its thread */
  post(to: Destination, content: Outgoing, thread?: Post): Promise<SendOutcome>;
  edit(to: Destination, post: Post, content: Outgoing): Promise<SendOutcome>;
}
