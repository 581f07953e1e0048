/** Promises that must hold between writers that know nothing of each other: two connections, several processes. */

import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  aDraft,
  aTicket,
  change,
  drafting,
  MORNING,
  notedEvent,
  notice,
  opening,
  ticketNumber,
} from '../support/tickets.ts';
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

  test('T1 eight instances that create at once, before and after midnight, leave no number out', () =>
    withStore(newBackend, async ({ store, again }) => {
      const stores = [store];
      while (stores.length < 8) stores.push((await again()).store);
      for (const day of ['20261105', '20261106']) {
        const taken = await Promise.all(
          stores.flatMap((each) => Array.from({ length: 10 }, () => each.nextCounter(day))),
        );
        assert.deepEqual(
          taken.sort((a, b) => a - b),
          Array.from({ length: 80 }, (_, n) => n + 1),
        );
      }
    }));

  test('A3 of eight instances that get the same activity at once, one writes, whatever the others meant to', () =>
    withStore(newBackend, async ({ store, again }) => {
      const stores = [store];
      while (stores.length < 8) stores.push((await again()).store);
      await Promise.all(stores.map((each) => each.ticket(ticketNumber(1))));
      for (let round = 1; round <= 5; round++) {
        const receipt = (n: number) => ({ key: `activity-${round}`, at: MORNING, outcome: `${round}.${n}` });
        const results = await Promise.all(
          stores.map((each, n) =>
            n % 2 === 0
              ? each.commitDraft(drafting(aDraft(`${round}.${n}`), { receipt: receipt(n) }))
              : each.commitTicket(opening(round * 10 + n, { receipt: receipt(n) })),
          ),
        );
        const winner = results.findIndex(({ kind }) => kind === 'committed');
        const repeated = { kind: 'repeated', outcome: `${round}.${winner}` };
        const others = results.filter((_, n) => n !== winner);
        assert.deepEqual(
          others,
          others.map(() => repeated),
        );
        const drafts = await Promise.all(stores.map((_, n) => store.draft(`${round}.${n}`)));
        const tickets = await Promise.all(stores.map((_, n) => store.ticket(ticketNumber(round * 10 + n))));
        assert.equal([...drafts, ...tickets].filter(Boolean).length, 1);
      }
    }));

  test('A3 of eight instances that create the same ticket, draft or profile at once, one wins; none is mixed', () =>
    withStore(newBackend, async ({ store, again }) => {
      const stores = [store];
      while (stores.length < 8) stores.push((await again()).store);
      for (let round = 1; round <= 5; round++) {
        const ticketOf = (n: number) => aTicket(round, { draft: `${round}.${n}`, subject: `${n}` });
        const tickets = await Promise.all(
          stores.map((each, n) => each.commitTicket(opening(round, { ticket: ticketOf(n) }))),
        );
        const winner = tickets.findIndex(({ kind }) => kind === 'committed');
        assert.equal(tickets.filter(({ kind }) => kind === 'conflict').length, 7);
        assert.deepEqual(await store.ticket(ticketNumber(round)), ticketOf(winner));
        assert.equal((await store.history(ticketNumber(round))).length, 1);

        const sameDraft = await Promise.all(
          stores.map((each, n) =>
            each.commitTicket(
              opening(100 * round + n, { ticket: aTicket(100 * round + n, { draft: `d${round}` }) }),
            ),
          ),
        );
        assert.deepEqual(sameDraft.map(({ kind }) => kind).sort(), [
          'committed',
          ...Array.from({ length: 7 }, () => 'conflict'),
        ]);

        const drafts = await Promise.all(
          stores.map((each, n) => each.commitDraft(drafting(aDraft(`same${round}`, { text: `${n}` })))),
        );
        const first = drafts.findIndex(({ kind }) => kind === 'committed');
        assert.equal(drafts.filter(({ kind }) => kind === 'conflict').length, 7);
        assert.equal((await store.draft(`same${round}`))?.text, `${first}`);

        await Promise.all(
          stores.map((each, n) => each.saveProfile({ person: `p${round}`, name: `${n}`, locale: 'it' })),
        );
        assert.match((await store.profile(`p${round}`))?.name ?? '', /^[0-7]$/);

        await Promise.all(
          stores.map((each, n) => each.enqueue({ kind: 'draft', id: `e${round}` }, notice(n + 1))),
        );
        const leased = await store.leaseDeliveries(MORNING, MORNING + 60_000, 100);
        assert.deepEqual(leased.map(({ event = 0 }) => event).sort(), [1, 2, 3, 4, 5, 6, 7, 8]);
      }
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
