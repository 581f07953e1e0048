/** The stores of earlier schema versions that are kept as files, so that each later version shows that it still opens them. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { BSON, type Db, type Document } from 'mongodb';

const FOLDER = join(import.meta.dirname, 'fixtures');

export type Engine = 'sqlite' | 'mongo';

/** A store as it stood in its schema version, and what could be read of it through the port then. */
export type StoredDesk = { readonly version: number; readonly content: Buffer; readonly seen: unknown };

/** Those that are kept, oldest first. */
export function storedDesks(engine: Engine): StoredDesk[] {
  return readdirSync(FOLDER)
    .flatMap((name) => {
      const version = new RegExp(`^${engine}-(\\d+)\\.gz$`).exec(name)?.[1];
      return version === undefined ? [] : [Number(version)];
    })
    .sort((a, b) => a - b)
    .map((version) => ({
      version,
      content: gunzipSync(readFileSync(join(FOLDER, `${engine}-${version}.gz`))),
      seen: JSON.parse(gunzipSync(readFileSync(join(FOLDER, `${engine}-${version}-seen.gz`))).toString()),
    }));
}

/** One that is kept already stays as it is: it has been released. */
export function keepDesk(engine: Engine, { version, content, seen }: StoredDesk): void {
  if (storedDesks(engine).some((kept) => kept.version === version)) return;
  writeFileSync(join(FOLDER, `${engine}-${version}.gz`), gzipSync(content, { level: 9 }));
  writeFileSync(join(FOLDER, `${engine}-${version}-seen.gz`), gzipSync(JSON.stringify(seen), { level: 9 }));
}

/** Everything in the database but attachments, as it lies there: one line for each document, with its collection. */
export async function dump(db: Db): Promise<Buffer> {
  const lines: string[] = [];
  const collections = await db.listCollections({}, { nameOnly: true }).toArray();
  for (const { name } of collections.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (name.startsWith('system.') || name.startsWith('attachments.')) continue;
    for await (const document of db.collection(name).find().sort({ _id: 1 }))
      lines.push(BSON.EJSON.stringify([name, document], { relaxed: false }));
  }
  return Buffer.from(lines.join('\n'));
}

/** Puts such a dump into an empty database. */
export async function undump(db: Db, content: Buffer): Promise<void> {
  for (const line of content.toString('utf8').split('\n')) {
    const [name, document] = BSON.EJSON.parse(line, { relaxed: false }) as [string, Document];
    await db.collection(name).insertOne(document);
  }
}

/** What JSON keeps of a value: absent and undefined are the same there. */
export function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
