/** What tells those who run the desk how it fares. Made in `src/signals/`; nothing here may hold what people wrote or are. */

import type { DeliveryKind } from '../../domain/delivery-kind.ts';

/** What a line of the log says besides its words: ids, codes, counts. */
export type Facts = Readonly<Record<string, unknown>>;
type Say = (facts: Facts, words: string) => void;

/** The log. `err` holds what was thrown; `reason` what somebody else's program said of a failure. */
export type Log = {
  readonly trace: Say;
  readonly debug: Say;
  readonly info: Say;
  readonly warn: Say;
  readonly error: Say;
  readonly fatal: Say;
};

/** Ties together what is logged of one thing that happened, and what its person is told of it when it breaks. */
export type Correlation = {
  /** Runs something that happened: all that it logs, however deep and late, carries one id. */
  follow<T>(run: () => T): T;
  /** The id of what happens now; a new one where nothing does. Short enough to be read out on the phone. */
  id(): string;
};

/** What reached the bot's door: the kinds of `Inbound`, and what a turn came to. */
export type TurnKind = 'message' | 'edit' | 'action' | 'dialog' | 'search' | 'installed' | 'team';
export type TurnOutcome = 'answered' | 'foreignTenant' | 'fault';
export type Rejection = 'unauthenticated' | 'malformed' | 'stopping' | 'fault';
export type DeliveryOutcome = 'sent' | 'nothingToSay' | 'waited' | 'retried' | 'failed' | 'broke';

/** Counts and measures. Every label is one of few words, known beforehand. */
export type Meter = {
  turn(kind: TurnKind, outcome: TurnOutcome, ms: number): void;
  /** A request that did not become a turn. */
  rejected(why: Rejection): void;
  /** @param outcome `done`, `repeated`, or the code of the refusal */
  decision(command: string, outcome: string): void;
  delivery(kind: DeliveryKind, outcome: DeliveryOutcome): void;
  /** A timer went off so many milliseconds after its moment. */
  timer(lagMs: number): void;
  storeCall(operation: string, ok: boolean, ms: number): void;
};

/** For those who want no figures. */
export const NO_METER: Meter = {
  turn() {},
  rejected() {},
  decision() {},
  delivery() {},
  timer() {},
  storeCall() {},
};
