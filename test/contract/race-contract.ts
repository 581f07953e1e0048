/** Promises that must hold between writers that know nothing of each other: two connections, several processes. */

import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isTicketNumber } from '../../src/domain/number.ts';
import { aTicket, change, MORNING, notedEvent, notice, opening, ticketNumber } from '../support/tickets.ts';
import { type NewBackend, TAKE_OVER_MS, ticketOwner, withStore } from './backend.ts';
import type { RaceTask } from './racer.ts';

const RACER = fileURLToPath(new URL('racer.ts', import.meta.url));

/** Runs each task in a process of its own; all begin when the last is ready. Answers their results in order. */
async function race(url: string, tasks: readonly RaceTask[]): Promise<unknown[]> {
  const racers: ChildProcess[] = [];
  try {
    for (const task of tasks) racers.push(fork(RACER, [url, JSON.stringify(task)], { execArgv: [] }));
    await Promise.all(racers.map((racer) => next(racer)));
    const results = racers.map((racer) => next(racer));
    for (const racer of racers) racer.send('go');
    return (await Promise.all(results)).map((message) => (message as { result: unknown }).result);
  } finally {
    for (const racer of racers) racer.kill('SIGKILL');
  }
}

/** The process's next message. Rejects when it ends without one. */
async function next(racer: ChildProcess): Promise<unknown> {
  const stop = new AbortController();
  try {
    const message = once(racer, 'message', { signal: stop.signal }).then(([value]) => value as unknown);
    const exit = once(racer, 'exit', { signal: stop.signal }).then(([code, signal]) => {
      throw new Error(`A racing process ended early (${String(code ?? signal)})`);
    });
    return await Promise.race([message, exit]);
  } finally {
    stop.abort();
  }
}

export function raceContract(newBackend: NewBackend): void {
  test('T1 counters are unique and without gaps over processes', () =>
    withStore(newBackend, async ({ url }) => {
      const results = await race(
        url,
        Array.from({ length: 3 }, () => ({ task: 'counters', count: 100 })),
      );
      const taken = (results as number[][]).flat().sort((a, b) => a - b);
      assert.deepEqual(
        taken,
        Array.from({ length: 300 }, (_, index) => index + 1),
      );
    }));

  test('T1 eight processes that open tickets over midnight of the desk give each a number of its own, and leave none out', () =>
    withStore(newBackend, async ({ url, store }) => {
      // Midnight in Rome is 23:00 of UTC in November. The clocks of the processes differ by up to a minute.
      const midnight = Date.UTC(2026, 10, 5, 23);
      const count = 12;
      const results = await race(
        url,
        Array.from({ length: 8 }, (_, n) => ({
          task: 'number',
          count,
          at: midnight - 60_000 + n * 8_000,
          stepMs: 10_000,
          timeZone: 'Europe/Rome',
        })),
      );
      const numbers = (results as string[][]).flat();
      assert.equal(new Set(numbers).size, 8 * count);
      for (const number of numbers) assert.equal((await store.ticket(number))?.number, number);
      for (const day of ['20261105', '20261106']) {
        const counters = numbers
          .filter((number) => number.startsWith(day))
          .map((number) => number.slice(10, 15));
        assert.ok(counters.length > 20, `${counters.length} tickets on ${day}`);
        assert.deepEqual(
          counters.map(Number).sort((a, b) => a - b),
          Array.from({ length: counters.length }, (_, n) => n + 1),
          day,
        );
      }
      assert.ok(
        numbers.every((number) => isTicketNumber(number)),
        'check digits',
      );
    }));

  test('T3 of 200 commits on the same version, from two processes and two connections, one wins', () =>
    withStore(newBackend, async ({ url, store, again }) => {
      const other = (await again()).store;
      await store.commitTicket(opening(1));
      const away = race(url, [
        { task: 'claim', count: 50, name: 'a' },
        { task: 'claim', count: 50, name: 'b' },
      ]);
      const here = [store, other].flatMap((each) =>
        Array.from({ length: 50 }, (_, n) =>
          each.commitTicket(change(aTicket(1), { events: [notedEvent(`here ${n}`)] })),
        ),
      );
      const kinds = [
        ...(await Promise.all(here)).map(({ kind }) => kind),
        ...((await away) as string[][]).flat(),
      ];
      assert.equal(kinds.length, 200);
      assert.equal(kinds.filter((kind) => kind === 'committed').length, 1);
      assert.equal(kinds.filter((kind) => kind === 'conflict').length, 199);
      assert.equal((await store.history(ticketNumber(1))).length, 2);
      assert.equal((await other.ticket(ticketNumber(1)))?.version, 2);
    }));

  test('T3 whoever decides again after a conflict loses nothing and overwrites nothing', () =>
    withStore(newBackend, async ({ url, store }) => {
      await store.commitTicket(opening(1));
      await race(
        url,
        ['a', 'b', 'c'].map((name) => ({ task: 'notes', count: 30, name })),
      );
      const history = await store.history(ticketNumber(1));
      assert.equal((await store.ticket(ticketNumber(1)))?.version, 91);
      const notes = history.flatMap((event) => (event.type === 'noted' ? [event.text] : []));
      for (const name of ['a', 'b', 'c']) {
        const own = notes.filter((text) => text.startsWith(name));
        assert.deepEqual(
          own,
          Array.from({ length: 30 }, (_, n) => `${name} ${n}`),
        );
      }
    }));

  test('D6 a delivery is leased by one process only', () =>
    withStore(newBackend, async ({ url, store }) => {
      const count = 60;
      for (let n = 1; n <= count; n++) void store.enqueue(ticketOwner(n), notice(1));
      await store.enqueue(ticketOwner(count), notice(1));
      const results = (await race(
        url,
        Array.from({ length: 3 }, () => ({ task: 'lease' })),
      )) as string[][];
      const owners = results.flat().sort();
      assert.deepEqual(owners, Array.from({ length: count }, (_, n) => ticketOwner(n + 1).id).sort());
      const next = (await store.nextDeliveryAt()) ?? 0;
      assert.ok(next >= MORNING + 60_000 && next <= MORNING + 60_000 + TAKE_OVER_MS, `next at ${next}`);
    }));

  test('A3 a draft submitted through two processes becomes one ticket, with one receipt', () =>
    withStore(newBackend, async ({ url, store }) => {
      const count = 40;
      const results = (await race(url, [
        { task: 'open', count, from: 100 },
        { task: 'open', count, from: 200 },
      ])) as string[][];
      const [first, second] = results;
      for (let n = 1; n <= count; n++) {
        const kinds = [first?.[n - 1], second?.[n - 1]].sort();
        assert.deepEqual(kinds, ['committed', 'repeated'], `draft ${n}`);
        const ticket = await store.ticketOfDraft(`draft-${n}`);
        assert.equal((await store.receipt(`submit-${n}`))?.outcome, ticket?.number);
        const both = [ticketNumber(100 + n), ticketNumber(200 + n)];
        assert.equal(
          (await Promise.all(both.map((number) => store.ticket(number)))).filter(Boolean).length,
          1,
        );
      }
    }));

  test('A3 a message that reaches two processes at the same moment is answered with one draft', () =>
    withStore(newBackend, async ({ url, store }) => {
      const count = 40;
      const results = (await race(
        url,
        ['a', 'b', 'c'].map((name) => ({ task: 'draft', count, name })),
      )) as string[][];
      for (let n = 1; n <= count; n++) {
        const kinds = results.map((kindsOf) => kindsOf[n - 1]).sort();
        assert.deepEqual(kinds, ['committed', 'repeated', 'repeated'], `message ${n}`);
        const drafts = await Promise.all(['a', 'b', 'c'].map((name) => store.draft(`${name}-${n}`)));
        const [only, ...none] = drafts.filter((draft) => draft !== undefined);
        assert.deepEqual(none, []);
        assert.equal((await store.receipt(`message-${n}`))?.outcome, only?.id);
      }
      assert.equal((await store.leaseDeliveries(MORNING, MORNING + 1, 1_000)).length, count);
    }));

  test('N3 two processes send while two others change the ticket: every notice once, nothing lost', () =>
    withStore(newBackend, async ({ url, store }) => {
      await store.commitTicket(opening(1));
      const last = `requesterNotice:${41}`;
      const results = await race(url, [
        { task: 'notify', count: 20 },
        { task: 'notify', count: 20 },
        { task: 'send', until: last },
        { task: 'send', until: last },
      ]);
      const versions = (results.slice(0, 2) as number[][]).flat().sort((a, b) => a - b);
      assert.deepEqual(
        versions,
        Array.from({ length: 40 }, (_, n) => n + 2),
      );
      const sent = (results.slice(2) as string[][]).flat();
      const notices = sent.filter((key) => key !== 'queueCard').sort();
      assert.deepEqual(notices, versions.map((version) => notice(version).key).sort());
      assert.equal(Object.keys(await store.posts(ticketOwner(1))).length, 41);
      // The last edit of the card may have been asked for after the last notice was sent.
      const rest = await store.leaseDeliveries(MORNING, MORNING + 1, 10);
      assert.ok(
        rest.every(({ key }) => key === 'queueCard'),
        'no notice is left',
      );
    }));

  test('A3 several processes may open an empty store at the same moment', async () => {
    const backend = await newBackend();
    try {
      const tasks = Array.from({ length: 4 }, () => ({ task: 'counters', count: 4 }) as const);
      const results = (await race(backend.url, tasks)) as number[][];
      assert.deepEqual(
        results.flat().sort((a, b) => a - b),
        Array.from({ length: 16 }, (_, index) => index + 1),
      );
    } finally {
      await backend.dispose();
    }
  });
}
