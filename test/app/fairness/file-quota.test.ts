import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createFileQuota } from '../../../src/app/fairness/file-quota.ts';
import type { AttachmentStore } from '../../../src/app/ports/store.ts';

const DAY = 24 * 3_600_000;
const MEGABYTE = 1024 * 1024;
const LIMITS = { perMinute: 10, mailsPerHour: 10, filesPerDay: 10, megabytesPerDay: 10 };

async function* content(bytes: number): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(bytes);
}

/** Keeps nothing but how much it was given. */
function counting(): { readonly store: AttachmentStore; readonly kept: number[] } {
  const kept: number[] = [];
  const store: AttachmentStore = {
    async put(given, limit) {
      let size = 0;
      for await (const chunk of given) size += chunk.byteLength;
      if (size > limit) return 'tooLarge';
      kept.push(size);
      return { id: 'f', size };
    },
    get: async () => undefined,
    removeUnowned: async () => ({ looked: 0, removed: 0 }),
  };
  return { store, kept };
}

describe('A9 files of one person in a day', () => {
  test('A9 so many are stored, then none until time has passed, and others have their own', async () => {
    let now = 0;
    const { store, kept } = counting();
    const quota = createFileQuota(store, () => now);
    for (let i = 0; i < 10; i++) assert.notEqual(await quota.put('maria', content(1), LIMITS), 'overQuota');
    assert.equal(await quota.put('maria', content(1), LIMITS), 'overQuota');
    assert.notEqual(await quota.put('luca', content(1), LIMITS), 'overQuota');
    assert.equal(kept.length, 11);
    now = DAY / 10;
    assert.notEqual(await quota.put('maria', content(1), LIMITS), 'overQuota');
    assert.equal(await quota.put('maria', content(1), LIMITS), 'overQuota');
  });

  test('A9 of a file larger than what is left of the bytes nothing is stored; a smaller one is', async () => {
    const { store, kept } = counting();
    const quota = createFileQuota(store, () => 0);
    await quota.put('maria', content(8 * MEGABYTE), LIMITS);
    assert.equal(await quota.put('maria', content(3 * MEGABYTE), LIMITS), 'overQuota');
    await quota.put('maria', content(2 * MEGABYTE), LIMITS);
    assert.equal(await quota.put('maria', content(1), LIMITS), 'overQuota');
    assert.deepEqual(kept, [8 * MEGABYTE, 2 * MEGABYTE]);
  });

  test('A9 a file that is too large for anybody is said to be that, and costs nothing', async () => {
    const { store } = counting();
    const quota = createFileQuota(store, () => 0);
    const wide = { ...LIMITS, megabytesPerDay: 100 };
    for (let i = 0; i < 20; i++)
      assert.equal(await quota.put('maria', content(21 * MEGABYTE), wide), 'tooLarge');
    assert.deepEqual(await quota.put('maria', content(1), wide), { id: 'f', size: 1 });
    assert.equal(await quota.put('luca', content(21 * MEGABYTE), undefined), 'tooLarge');
  });
});
