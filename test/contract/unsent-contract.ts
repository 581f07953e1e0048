/** Promises about what nobody goes on with: drafts that were not sent, and files that nothing holds. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttachmentStore, Store } from '../../src/app/ports/store.ts';
import { UNOWNED_FILE_LIFE_MS } from '../../src/domain/limits.ts';
import type { AttachmentRef } from '../../src/domain/ticket.ts';
import { aDraft, drafting, MORNING, opening } from '../support/tickets.ts';
import { type NewBackend, withStore } from './backend.ts';

const LATER = MORNING + UNOWNED_FILE_LIFE_MS;

async function* content(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function stored(attachments: AttachmentStore, text: string, at?: number): Promise<AttachmentRef> {
  const kept = await attachments.put(content(text), 100, at);
  assert.ok(kept !== 'tooLarge');
  return { ...kept, name: `${text}.txt`, contentType: 'text/plain' };
}

async function isThere(attachments: AttachmentStore, { id }: Pick<AttachmentRef, 'id'>): Promise<boolean> {
  const found = await attachments.get(id);
  if (!found) return false;
  for await (const _ of found);
  return true;
}

/** The day's nth ticket, whose request came with these files. */
function openingWith(counter: number, ...attachments: AttachmentRef[]) {
  const { ticket } = opening(counter);
  const [request, ...more] = ticket.articles;
  assert.ok(request);
  return opening(counter, { ticket: { ...ticket, articles: [{ ...request, attachments }, ...more] } });
}

const idsOf = async (store: Store, until: number, limit = 10) =>
  (await store.unsentDrafts(until, limit)).map(({ id }) => id);

export function unsentContract(newBackend: NewBackend): void {
  test('A9 drafts that wait to be sent are found by when they were last written to, oldest first', () =>
    withStore(newBackend, async ({ store }) => {
      await store.commitDraft(drafting(aDraft('third', { createdAt: MORNING + 3 })));
      await store.commitDraft(drafting(aDraft('first', { createdAt: MORNING + 1 })));
      const dialog = { arrival: { kind: 'message' }, createdAt: MORNING + 2 } as const;
      await store.commitDraft(drafting(aDraft('second, in a dialog', dialog)));
      assert.deepEqual(await idsOf(store, MORNING), []);
      assert.deepEqual(await idsOf(store, MORNING + 2), ['first', 'second, in a dialog']);
      assert.deepEqual(await idsOf(store, MORNING + 9, 1), ['first']);
      assert.deepEqual(await idsOf(store, MORNING + 9, 0), []);
      const changed = { version: 2, createdAt: MORNING + 1, changedAt: MORNING + 5 };
      await store.commitDraft(drafting(aDraft('first', changed)));
      assert.deepEqual(await idsOf(store, MORNING + 4), ['second, in a dialog', 'third']);
      assert.deepEqual(await idsOf(store, MORNING + 5), ['second, in a dialog', 'third', 'first']);
    }));

  test('A9 what was withdrawn or sent is no unsent draft, however many of them there are', () =>
    withStore(newBackend, async ({ store, again }) => {
      for (const n of [1, 2, 3, 4]) await store.commitDraft(drafting(aDraft(`draft-${n}`)));
      await store.commitDraft(drafting(aDraft('call', { arrival: { kind: 'phone' } })));
      await store.commitDraft(drafting(aDraft('gone', { createdAt: MORNING })));
      await store.commitDraft(drafting(aDraft('gone', { version: 2, withdrawn: true })));
      await store.commitTicket(opening(1, { draftVersion: 1 }));
      await store.commitTicket(opening(2));
      const call = opening(3);
      await store.commitTicket({ ...call, ticket: { ...call.ticket, draft: 'call' }, draftVersion: 1 });
      assert.deepEqual(await idsOf(store, MORNING, 2), ['draft-3', 'draft-4']);
      assert.deepEqual(await idsOf((await again()).store, MORNING), ['draft-3', 'draft-4']);
    }));

  test('A9 a draft ends or is sent: of both at once one wins, and the other is a conflict', () =>
    withStore(newBackend, async ({ store, again }) => {
      const { store: another } = await again();
      for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) {
        await store.commitDraft(drafting(aDraft(`draft-${n}`)));
        const ended = aDraft(`draft-${n}`, { version: 2, withdrawn: true, ended: true, text: '' });
        const [end, send] = await Promise.all([
          another.commitDraft(drafting(ended)),
          store.commitTicket(opening(n, { draftVersion: 1 })),
        ]);
        assert.deepEqual([end.kind, send.kind].sort(), ['committed', 'conflict'], `round ${n}`);
        assert.equal((await store.ticketOfDraft(`draft-${n}`)) !== undefined, send.kind === 'committed');
      }
      assert.deepEqual(await idsOf(store, MORNING), []);
    }));

  test('A9 a file that nothing holds is removed a day after it was stored, and not before', () =>
    withStore(newBackend, async ({ attachments, again }) => {
      const file = await stored(attachments, 'persa', MORNING);
      assert.deepEqual(await attachments.removeUnowned(LATER - 1, 10), { looked: 0, removed: 0 });
      assert.ok(await isThere(attachments, file));
      assert.deepEqual(await attachments.removeUnowned(LATER, 10), { looked: 1, removed: 1 });
      assert.equal(await isThere((await again()).attachments, file), false);
      assert.deepEqual(await attachments.removeUnowned(LATER, 10), { looked: 0, removed: 0 });
      await stored(attachments, 'persa', LATER);
      assert.ok(await isThere(attachments, file), 'it can be sent again');
    }));

  test('A9 what a ticket holds stays for good, whoever sends the same again', () =>
    withStore(newBackend, async ({ store, attachments }) => {
      const file = await stored(attachments, 'uguale', MORNING);
      await store.commitTicket(openingWith(1, file));
      await attachments.removeUnowned(LATER, 10);
      await stored(attachments, 'uguale', LATER);
      await attachments.removeUnowned(LATER + 2 * UNOWNED_FILE_LIFE_MS, 10);
      assert.ok(await isThere(attachments, file));
      assert.deepEqual(await attachments.removeUnowned(LATER + 9 * UNOWNED_FILE_LIFE_MS, 10), {
        looked: 0,
        removed: 0,
      });
    }));

  test('A9 what a draft holds stays until it is withdrawn; what its ticket took over stays', () =>
    withStore(newBackend, async ({ store, attachments }) => {
      const taken = await stored(attachments, 'presa', MORNING);
      const left = await stored(attachments, 'lasciata', MORNING);
      await store.commitDraft(drafting(aDraft('draft-1', { attachments: [taken] })));
      await store.commitDraft(drafting(aDraft('other', { attachments: [left, taken] })));
      let now = LATER;
      assert.deepEqual(await attachments.removeUnowned(now, 10), { looked: 2, removed: 0 });
      assert.deepEqual(await attachments.removeUnowned(now, 10), { looked: 0, removed: 0 });
      await store.commitTicket({ ...openingWith(1, taken), draftVersion: 1 });
      await store.commitDraft(
        drafting(aDraft('other', { version: 2, withdrawn: true, attachments: [left] })),
      );
      now += UNOWNED_FILE_LIFE_MS;
      assert.equal((await attachments.removeUnowned(now, 10)).removed, 1);
      assert.deepEqual([await isThere(attachments, taken), await isThere(attachments, left)], [true, false]);
    }));

  test('A9 few are looked at each time, oldest first, and a content stored again is young again', () =>
    withStore(newBackend, async ({ attachments }) => {
      const files = [];
      for (const n of [3, 1, 2]) files.push(await stored(attachments, `file ${n}`, MORNING + n));
      await stored(attachments, 'file 1', MORNING + 9);
      assert.deepEqual(await attachments.removeUnowned(LATER + 5, 1), { looked: 1, removed: 1 });
      const there = await Promise.all(files.map((file) => isThere(attachments, file)));
      assert.deepEqual(there, [true, true, false]);
      assert.deepEqual(await attachments.removeUnowned(LATER + 5, 5), { looked: 1, removed: 1 });
      assert.deepEqual(await attachments.removeUnowned(LATER + 5, 0), { looked: 0, removed: 0 });
    }));

  test('A9 what a copy put there stays, also where the same had been stored before', () =>
    withStore(newBackend, async ({ attachments }) => {
      await stored(attachments, 'copiata', MORNING);
      const file = await stored(attachments, 'copiata');
      await attachments.removeUnowned(LATER + 1, 10);
      assert.ok(await isThere(attachments, file));
    }));

  test('A9 a content that is stored again while it is being removed is there afterwards', () =>
    withStore(newBackend, async ({ attachments, again }) => {
      const { attachments: another } = await again();
      for (let round = 0; round < 20; round++) {
        const text = `di nuovo ${round}`;
        const file = await stored(attachments, text, MORNING);
        await Promise.all([
          another.removeUnowned(LATER, 10),
          stored(attachments, text, LATER),
          attachments.removeUnowned(LATER, 10),
          stored(another, text, LATER),
        ]);
        assert.ok(await isThere(attachments, file), `round ${round}`);
        await attachments.removeUnowned(LATER, 10);
        assert.ok(await isThere(another, file), `round ${round}, once more`);
      }
    }));
}
