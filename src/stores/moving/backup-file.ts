/**
 * A desk as one file: gzip'd lines of JSON. A header; each record with its checksum, in the order of `KINDS`; each attachment
 * in chunks; at the end the counts and the checksum of all lines before.
 */

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { UnusableStore } from '../unusable-store.ts';
import type { Source } from './archive.ts';
import { canonical, checksum, type Kind, type StoredRecord } from './record.ts';

const FORMAT = 1;
/** Records handed on together. */
const BATCH = 100;

type Counts = Record<Kind | 'attachment', number>;
type Line =
  | { readonly sportello: 'backup'; readonly format: number; readonly id: string; readonly at: string }
  | { readonly sum: string; readonly record: StoredRecord }
  | { readonly attachment: string }
  | { readonly chunk: string }
  | { readonly end: Counts; readonly lines: string };

/**
 * Writes a desk to a file, beside its place first: under its name it is whole or not there.
 *
 * @param at when it was made, for whoever finds it
 * @throws UnusableStore when there is such a file already
 */
export async function writeBackup(
  source: Source,
  path: string,
  at: Date,
  tell: (counts: Counts) => void = () => {},
): Promise<Counts> {
  const file = resolve(path);
  if (existsSync(file))
    throw new UnusableStore(`There is a file ${file} already. Let --to name another one.`);
  const counts: Counts = {
    ...{ receipt: 0, draft: 0, ticket: 0, outbox: 0, profile: 0, search: 0, counter: 0, attachment: 0 },
  };
  const partial = `${file}.${randomUUID()}.partial`;
  try {
    // Readable by its owner alone: it holds what people wrote.
    const written = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(Readable.from(linesOf(source, at, counts, tell)), createGzip(), written);
    await rename(partial, file);
    await sync(dirname(file));
  } finally {
    await rm(partial, { force: true });
  }
  return counts;
}

async function* linesOf(
  source: Source,
  at: Date,
  counts: Counts,
  tell: (counts: Counts) => void,
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const line = (value: Line) => {
    const text = `${canonical(value)}\n`;
    hash.update(text);
    return text;
  };
  yield line({ sportello: 'backup', format: FORMAT, id: randomUUID(), at: at.toISOString() });
  for await (const batch of source.records()) {
    yield batch.map((record) => line({ sum: checksum(record).toString('base64url'), record })).join('');
    for (const { kind } of batch) counts[kind] += 1;
    tell(counts);
  }
  for await (const { id, open: read } of source.attachments()) {
    yield line({ attachment: id });
    const content = createHash('sha256');
    for await (const chunk of read()) {
      content.update(chunk);
      yield line({ chunk: Buffer.from(chunk).toString('base64') });
    }
    if (content.digest('hex') !== id)
      throw new UnusableStore(
        `The attachment ${id} in ${source.name} is damaged. Put the right file in its place, from an older back-up.`,
      );
    counts.attachment += 1;
    tell(counts);
  }
  const lines = hash.digest('base64url');
  yield `${canonical({ end: counts, lines } satisfies Line)}\n`;
}

/** Makes the new name survive a power cut. Windows cannot open a directory, and does not need it. */
async function sync(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Opens a back-up to restore it, after reading all of it once.
 * @throws UnusableStore when it is none, or is cut off or altered anywhere
 */
export async function openBackup(path: string): Promise<Source> {
  const file = resolve(path);
  if (!existsSync(file)) throw new UnusableStore(`There is no file ${file}. Let --from name a back-up.`);
  let id = '';
  for await (const line of checkedLines(file)) if ('sportello' in line) id = line.id;
  return {
    name: `the back-up ${id}`,
    async *records() {
      let batch: StoredRecord[] = [];
      for await (const line of checkedLines(file)) {
        if (!('record' in line)) continue;
        const { record } = line;
        if (batch.length === BATCH || (batch[0] && batch[0].kind !== record.kind)) {
          yield batch;
          batch = [];
        }
        batch.push(record);
      }
      if (batch.length > 0) yield batch;
    },
    async *attachments() {
      const lines = checkedLines(file);
      let next = await lines.next();
      while (!next.done) {
        const { value } = next;
        next = await lines.next();
        if (!('attachment' in value)) continue;
        yield {
          id: value.attachment,
          open: async function* () {
            while (!next.done && 'chunk' in next.value) {
              yield Buffer.from(next.value.chunk, 'base64');
              next = await lines.next();
            }
          },
        };
      }
    },
    close: async () => {},
  };
}

/** The lines of a back-up; throws where one is not as it was written, or the last one is missing. */
async function* checkedLines(file: string): AsyncGenerator<Line> {
  const damaged = () =>
    new UnusableStore(
      `The file ${file} is no whole back-up of Sportello: it was cut off or altered, and nothing was restored. Use another one.`,
    );
  const hash = createHash('sha256');
  let state: 'begin' | 'inside' | 'ended' = 'begin';
  for await (const text of textLines(file, damaged)) {
    const line = parsed(text);
    if (!line || state === 'ended' || 'sportello' in line !== (state === 'begin')) throw damaged();
    state = 'inside';
    if ('sportello' in line && line.format !== FORMAT)
      throw new UnusableStore(
        `The back-up ${file} was written by another version of Sportello (format ${line.format}). Restore it with that one.`,
      );
    if ('record' in line && checksum(line.record).toString('base64url') !== line.sum) throw damaged();
    if ('end' in line) {
      if (line.lines !== hash.digest('base64url')) throw damaged();
      state = 'ended';
    } else hash.update(`${text}\n`);
    yield line;
  }
  if (state !== 'ended') throw damaged();
}

function parsed(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}

async function* textLines(file: string, damaged: () => UnusableStore): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  // A failure to read the file is passed on to the stream that is read here.
  const unzipped = createGunzip();
  createReadStream(file)
    .on('error', (error) => unzipped.destroy(error))
    .pipe(unzipped);
  try {
    for await (const chunk of unzipped as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        parts.push(chunk.subarray(from, at));
        yield Buffer.concat(parts).toString();
        parts = [];
        from = at + 1;
      }
      if (from < chunk.length) parts.push(chunk.subarray(from));
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^Z_/.test(String(error.code))) throw damaged();
    throw error;
  }
  if (parts.length > 0) throw damaged();
}
