/** The time and new ids, from outside so that a test can say what they are. */

import type { Instant } from '../../domain/ticket.ts';

export type Clock = {
  now(): Instant;
};

export type Ids = {
  /** A new random id, unique everywhere. */
  next(): string;
};
