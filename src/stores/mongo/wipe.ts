/** Empties a MongoDB store, for the reset of local Teams only: no other path leads here. */

import type { Db, ObjectId } from 'mongodb';
import { BUCKET, collectionsOf, FIRST_CREATED, LAST_CREATED } from './records.ts';

/** Deletes every document but the schema's version. An open store on the same database goes on, and finds itself empty. */
export async function wipeDatabase(db: Db): Promise<void> {
  const attachments = [db.collection(`${BUCKET}.files`), db.collection(`${BUCKET}.chunks`)];
  for (const collection of [...Object.values(collectionsOf(db)), ...attachments])
    await db.collection(collection.collectionName).deleteMany(
      // Stores that are open count on these to be there. They may be too wide, never too narrow.
      { _id: { $nin: [FIRST_CREATED, LAST_CREATED] as unknown[] as ObjectId[] } },
    );
}
