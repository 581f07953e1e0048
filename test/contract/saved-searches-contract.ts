/** Promises about the searches that people keep (W6). */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PERSON } from '../support/desk.ts';
import { type NewBackend, withStore } from './backend.ts';

export function savedSearchesContract(newBackend: NewBackend): void {
  test('W6 what somebody keeps is theirs alone, sorted by name, and lasts', () =>
    withStore(newBackend, async ({ store, again }) => {
      const late = { name: 'In ritardo', asked: 'due=escalated' };
      const north = { name: 'Area “nord” \\ $x.y', asked: 'words=p%C3%A8sca' };
      await store.saveSearch(PERSON.anna, late);
      await store.saveSearch(PERSON.anna, north);
      await store.saveSearch(PERSON.bruno, { name: 'In ritardo', asked: 'scope=mine' });
      const other = (await again()).store;
      assert.deepEqual(await other.savedSearches(PERSON.anna), [north, late]);
      assert.deepEqual(await other.savedSearches(PERSON.maria), []);
    }));

  test('W6 the same name is the same search, and one that is deleted is gone', () =>
    withStore(newBackend, async ({ store }) => {
      const name = 'x'.repeat(3_000);
      await store.saveSearch(PERSON.anna, { name, asked: 'scope=mine' });
      await Promise.all(
        ['a', 'b', 'c'].map((words) => store.saveSearch(PERSON.anna, { name, asked: `words=${words}` })),
      );
      const [kept, ...more] = await store.savedSearches(PERSON.anna);
      assert.match(kept?.asked ?? '', /^words=[abc]$/);
      assert.deepEqual(more, []);
      await store.deleteSearch(PERSON.bruno, name);
      assert.equal((await store.savedSearches(PERSON.anna)).length, 1);
      await store.deleteSearch(PERSON.anna, name);
      await store.deleteSearch(PERSON.anna, name);
      assert.deepEqual(await store.savedSearches(PERSON.anna), []);
    }));
}
