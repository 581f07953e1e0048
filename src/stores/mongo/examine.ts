/** Looks at a MongoDB store without changing what Sportello keeps there. */

import type { Examined } from '../examine.ts';
import { connect } from './open.ts';
import { newestVersion, versionIn } from './schema.ts';

/** @throws UnusableStore when it cannot be reached */
export async function examineMongo(url: string): Promise<Examined> {
  let version: number | undefined;
  let writable = true;
  const { address, close } = await connect(url, async (db) => {
    version = await versionIn(db);
    // In an empty database any collection would be taken for another program's.
    if (version === undefined) return;
    writable = await db
      .collection<{ _id: string }>('schema')
      .updateOne({ _id: 'examined' }, { $set: { by: 'doctor' } }, { upsert: true })
      .then(
        () => true,
        () => false,
      );
    if (writable) await db.collection<{ _id: string }>('schema').deleteOne({ _id: 'examined' });
  });
  await close();
  return { name: `${address.hosts}/${address.database}`, version, newest: newestVersion(), writable };
}
