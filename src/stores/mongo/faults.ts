/** Which of the server's refusals are answers, and which pass. */

import { setTimeout } from 'node:timers/promises';
import { MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb';

/** https://www.mongodb.com/docs/manual/reference/error-codes/ */
const DUPLICATE_KEY = 11_000;
const WRITE_CONFLICT = 112;
const ATTEMPTS = 10;
/** Pauses between attempts, in milliseconds: longer than PostgreSQL takes to find a deadlock, or one follows the other. */
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 3_000;

/** True when a unique index has the value already. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/**
 * True when the server undid the write, whole, because another stood in its way. DocumentDB does so when several insert
 * the same value of a unique index at once: PostgreSQL below it finds a deadlock.
 */
function wasUndone(error: unknown): boolean {
  if (!(error instanceof MongoServerError)) return false;
  return error.code === WRITE_CONFLICT || /\bdeadlock detected\b/.test(error.message);
}

/** Tries a write again, a bounded number of times, while the server undoes it for the sake of others. */
export async function untilDone<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!wasUndone(error) || attempt === ATTEMPTS) throw error;
      await setTimeout(SHORTEST_PAUSE_MS + Math.random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS));
    }
  }
}

/** How often a write is tried whose answer never came. Each attempt waits for a server as long as the address says. */
const HEARINGS = 3;

/**
 * Tries a write again when the connection was lost before its answer came: only for writes that may be done twice. On
 * replica sets the driver does so itself for all writes; not on a single server, nor where the address says
 * `retryWrites=false`, as that of Azure DocumentDB does.
 */
export async function untilHeard<T>(write: () => Promise<T>): Promise<T> {
  for (let hearing = 1; ; hearing++) {
    try {
      return await untilDone(write);
    } catch (error) {
      if (!wasUnheard(error) || hearing === HEARINGS) throw error;
    }
  }
}

/** Writing to a socket that the server has just closed gives the driver the system's error, which it passes on as it is. */
function wasUnheard(error: unknown): boolean {
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true;
  return (
    error instanceof Error && ['EPIPE', 'ECONNRESET'].includes(String((error as { code?: unknown }).code))
  );
}

/** Inserts what others may be inserting too: who comes second finds it there. */
export async function insertOnce(insert: () => Promise<unknown>): Promise<void> {
  try {
    await untilDone(insert);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}
