/** The searches that people have kept, one document each. */

import { createHash } from 'node:crypto';
import type { SavedSearch } from '../../app/ports/finding.ts';
import type { PersonId } from '../../domain/ticket.ts';
import { insertOnce, untilDone } from './faults.ts';
import { type Collections, exact, inexact } from './records.ts';

export function createSavedSearches({ searches }: Collections) {
  return {
    async of(person: PersonId): Promise<readonly SavedSearch[]> {
      const found = await searches.find({ person: exact(person) }).toArray();
      return found
        .map(({ name, asked }) => ({ name: inexact(name), asked: inexact(asked) }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    async save(person: PersonId, { name, asked }: SavedSearch): Promise<void> {
      const _id = idOf(person, name);
      const save = () => untilDone(() => searches.updateOne({ _id }, { $set: { asked: exact(asked) } }));
      if ((await save()).matchedCount > 0) return;
      await insertOnce(() =>
        searches.insertOne({ _id, person: exact(person), name: exact(name), asked: exact(asked) }),
      );
      await save();
    },

    async delete(person: PersonId, name: string): Promise<void> {
      await untilDone(() => searches.deleteOne({ _id: idOf(person, name) }));
    },
  };
}

/** Names may be longer than an index takes. */
export function idOf(person: PersonId, name: string): string {
  return createHash('sha256')
    .update(JSON.stringify([person, name]))
    .digest('base64url');
}
