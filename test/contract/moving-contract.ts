/** Promises about copies of whole desks, from one kind of store to another or the same. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Archive, Source } from '../../src/stores/moving/archive.ts';
import { type Copied, copyDesk } from '../../src/stores/moving/copy.ts';
import { openStore } from '../../src/stores/open.ts';
import { openSource, openTarget } from '../../src/stores/open-archive.ts';
import { UnusableStore } from '../../src/stores/unusable-store.ts';
import { aTicket, change, opening } from '../support/tickets.ts';
import type { NewBackend } from './backend.ts';
import { DAY, fillDesk, receiptKey, seenOf, toBeSent } from './moving-desk.ts';

const said = (pattern: RegExp) => (error: unknown) =>
  error instanceof UnusableStore && pattern.test(error.message);

/** Opens both, copies, and closes them. */
export async function copy(from: string, to: string, wrap = (source: Source) => source): Promise<Copied> {
  const source = await openSource(from);
  try {
    const target = await openTarget(to);
    try {
      return await copyDesk(wrap(source), target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** The source, which breaks off after so many batches or attachments, as a kill would. */
function breaking(source: Source, after: number): Source {
  let left = after;
  async function* until<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const item of items) {
      if (left-- === 0) throw new Error('killed');
      yield item;
    }
  }
  return {
    name: source.name,
    close: () => source.close(),
    records: () => until(source.records()),
    attachments: () => until(source.attachments()),
  };
}

export function movingContract(newSource: NewBackend, newTarget: NewBackend): void {
  async function withBoth(body: (from: string, to: string) => Promise<void>): Promise<void> {
    const backends = [await newSource(), await newTarget()] as const;
    try {
      const opened = await openStore(backends[0].url);
      await fillDesk(opened);
      await opened.store.close();
      await body(backends[0].url, backends[1].url);
    } finally {
      for (const backend of backends) await backend.dispose();
    }
  }

  test('A6 a copy holds all that the desk holds, and goes on where it was', () =>
    withBoth(async (from, to) => {
      const { counts, written } = await copy(from, to);
      assert.deepEqual(counts, {
        ...{ receipt: 7, draft: 9, ticket: 7, outbox: 1, profile: 1, search: 2, counter: 1, attachment: 3 },
      });
      assert.equal(written, 31);
      const one = await openStore(from);
      const other = await openStore(to);
      assert.deepEqual(await seenOf(other), await seenOf(one));
      assert.deepEqual(await toBeSent(other), await toBeSent(one));
      assert.equal(await other.store.nextCounter(DAY), await one.store.nextCounter(DAY));
      const again = opening(8, { receipt: { key: receiptKey(1), at: 1, outcome: 'other' } });
      assert.equal((await other.store.commitTicket(again)).kind, 'repeated');
      // What is asked for from now on comes behind all that was copied, and what is created is the newest.
      assert.equal((await other.store.commitTicket(opening(9))).kind, 'committed');
      assert.equal((await other.store.ticketsOf(aTicket(9).requester.id, 1))[0]?.number, aTicket(9).number);
      await one.store.close();
      await other.store.close();
    }));

  test('A6 a copy that was interrupted is refused by Sportello, and goes on where it stood', () =>
    withBoth(async (from, to) => {
      for (const after of [0, 2, 6, 8]) {
        await assert.rejects(
          copy(from, to, (source) => breaking(source, after)),
          /killed/,
        );
        await assert.rejects(openStore(to), said(/begun and not finished.*store:copy/));
      }
      const { counts, written } = await copy(from, to);
      assert.equal(counts.ticket, 7);
      assert.ok(written < 31, 'what was there was not written again');
      const one = await openStore(from);
      const other = await openStore(to);
      assert.deepEqual(await seenOf(other), await seenOf(one));
      await one.store.close();
      await other.store.close();
    }));

  test('A6 a copy can be repeated: it writes nothing, or what has come since', () =>
    withBoth(async (from, to) => {
      await copy(from, to);
      assert.equal((await copy(from, to)).written, 0);
      const opened = await openStore(from);
      await opened.store.commitTicket(change(aTicket(1)));
      await opened.store.commitTicket(opening(20));
      await toBeSent(opened);
      await opened.store.close();
      const { counts, written } = await copy(from, to);
      assert.equal(counts.ticket, 8);
      assert.ok(written > 0 && written < 31);
      const one = await openStore(from);
      const other = await openStore(to);
      assert.deepEqual(await seenOf(other, 20), await seenOf(one, 20));
      await one.store.close();
      await other.store.close();
    }));

  test('A6 a target that holds something else, or was used since, is refused and left alone', () =>
    withBoth(async (from, to) => {
      const opened = await openStore(to);
      await opened.store.commitTicket(opening(1));
      await opened.store.close();
      await assert.rejects(copy(from, to), said(/holds a desk already.*--to/));
      const kept = await openStore(to);
      assert.equal((await kept.store.history(aTicket(1).number)).length, 1);
      assert.equal(await kept.store.ticket(aTicket(2).number), undefined);
      await kept.store.close();
      await assert.rejects(copy(from, from), said(/the same store/));
    }));

  test('A6 a copy that Sportello has been started on is no copy any more', () =>
    withBoth(async (from, to) => {
      await copy(from, to);
      await (await openStore(to)).store.close();
      await assert.rejects(copy(from, to), said(/holds a desk already/));
    }));

  test('A6 what is written while a copy is made is noticed', () =>
    withBoth(async (from, to) => {
      const writing = (source: Source): Source => ({
        ...source,
        name: source.name,
        close: () => source.close(),
        attachments: async function* () {
          const opened = await openStore(from);
          await opened.store.commitTicket(opening(30 + Math.floor(Math.random() * 1_000)));
          await opened.store.close();
          yield* source.attachments();
        },
        records: () => source.records(),
      });
      await assert.rejects(copy(from, to, writing), said(/tickets in .* written to meanwhile.*copy again/));
      await assert.rejects(openStore(to), said(/not finished/));
      assert.ok((await copy(from, to)).written > 0);
    }));

  test('A6 T15 a damaged attachment is named, and stops the copy', () =>
    withBoth(async (from, to) => {
      const damaging = (source: Source): Source => ({
        name: source.name,
        close: () => source.close(),
        records: () => source.records(),
        attachments: async function* () {
          for await (const { id } of source.attachments())
            yield {
              id,
              open: async function* () {
                yield Buffer.from('other');
              },
            };
        },
      });
      await assert.rejects(copy(from, to, damaging), said(/attachment [0-9a-f]{64} in .* is damaged/));
      const target: Archive = await openTarget(to);
      for await (const { id } of target.attachments()) assert.fail(id);
      await target.close();
    }));
}
