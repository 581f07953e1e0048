/**
 * A3: kill -9 at any moment loses nothing that was acknowledged and leaves nothing half-written. `TORTURE_ROUNDS` sets
 * the number of kills (5 by default). A power cut is more than a kill: against that stands the sync at every commit.
 */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MORNING, ticketNumber } from '../support/tickets.ts';
import { type NewBackend, TAKE_OVER_MS, withStore } from './backend.ts';
import { wholeVersion } from './whole-ticket.ts';

const WRITER = fileURLToPath(new URL('torture-writer.ts', import.meta.url));
const ROUNDS = Number(process.env.TORTURE_ROUNDS ?? 5);

/** What was acknowledged before the kill: counters given, and by counter the highest version. */
type Acknowledged = { readonly counters: number[]; readonly versions: Map<number, number> };

/** Lets a writer run until it has acknowledged `lines` commits, kills it and adds what it said to `known`. */
async function writeUntilKilled(url: string, lines: number, known: Acknowledged): Promise<void> {
  const writer = spawn(process.execPath, [WRITER, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(writer, 'exit');
  let seen = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    const [what, counter, version] = line.split(' ');
    if (what === 'counter') known.counters.push(Number(counter));
    else known.versions.set(Number(counter), Number(version));
    seen += 1;
    // What it manages to say between this and its death was acknowledged too, and is read to the end.
    if (seen === lines) writer.kill('SIGKILL');
  }
  const [code, signal] = await exit;
  assert.equal(signal, 'SIGKILL', `the writer ended by itself (${String(code)})`);
}

export function durabilityContract(newBackend: NewBackend): void {
  test(`A3 ${ROUNDS} kills lose nothing acknowledged and leave nothing by halves`, () =>
    withStore(newBackend, async ({ url, again }) => {
      const known: Acknowledged = { counters: [], versions: new Map() };
      for (let round = 1; round <= ROUNDS; round++) {
        await writeUntilKilled(url, 20 + ((round * 37) % 101), known);
        const { store } = await again();
        const now = MORNING + round * 2 * TAKE_OVER_MS;
        const leased = await store.leaseDeliveries(now, now + 1, 1_000_000);
        const keys = new Set(leased.map(({ owner, key }) => `${owner.id} ${key}`));
        const highest = Math.max(...known.counters) + 4;
        const due = new Set(await store.due(MORNING, 1_000_000));
        for (let counter = 1; counter <= highest; counter++) {
          const version = await wholeVersion(store, counter, keys);
          const acknowledged = known.versions.get(counter) ?? 0;
          assert.ok(
            version >= acknowledged,
            `round ${round}: ticket ${counter} lost version ${acknowledged}`,
          );
          assert.equal(due.has(ticketNumber(counter)), version === 2);
        }
        await store.close();
      }
      assert.equal(new Set(known.counters).size, known.counters.length, 'no counter was given twice');
      assert.ok(known.versions.size > ROUNDS);
    }));
}
