/** Looks at the store that `STORE_URL` names, without making, migrating or keeping anything. */

import { isMongoUrl, sqlitePath } from './open.ts';
import { examineSqlite } from './sqlite/examine.ts';

export type Examined = {
  /** Without user and password. */
  readonly name: string;
  /** Schema version of what is there; undefined where there is nothing yet. */
  readonly version: number | undefined;
  /** The version that this Sportello works with. */
  readonly newest: number;
  readonly writable: boolean;
  /** Space left, where that is known. */
  readonly freeBytes?: number;
};

/** @throws Error with a sentence for whoever asked, when the store cannot be reached or read */
export async function examineStore(url: string | undefined): Promise<Examined> {
  if (url === undefined || !isMongoUrl(url)) return examineSqlite(sqlitePath(url));
  const { examineMongo } = await import('./mongo/examine.ts');
  return examineMongo(url.trim());
}
