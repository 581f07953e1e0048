/** Opens a MongoDB store to copy all of it, or to write a copy to it. */

import type { Archive } from '../moving/archive.ts';
import { createMongoArchive } from './archive.ts';
import { createGridFsStore, removeAbandoned } from './attachments.ts';
import { createGate } from './gate.ts';
import { connect } from './open.ts';
import { checkReadable, prepareDatabase } from './schema.ts';

/**
 * @param use `reading` creates and changes nothing
 * @throws UnusableStore when it cannot be reached or used; the message holds neither user nor password
 */
export async function openMongoArchive(url: string, use: 'reading' | 'writing'): Promise<Archive> {
  const { db, address, close } = await connect(url, async (database) => {
    if (use === 'reading') return checkReadable(database);
    await prepareDatabase(database);
    await removeAbandoned(database);
  });
  const name = `mongodb://${address.hosts}/${address.database}`;
  return createMongoArchive(name, db, createGridFsStore(db, createGate()), close);
}
