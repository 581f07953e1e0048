/** Copies a desk into a store, record by record, and makes sure that it is the same there. */

import { createHash } from 'node:crypto';
import { UnusableStore } from '../unusable-store.ts';
import type { Archive, Source, StoredContent } from './archive.ts';
import { checksum, KINDS, type Kind, keyOf, type StoredRecord, sameRecord } from './record.ts';

export type Counts = Readonly<Record<Kind | 'attachment', number>>;

export type Copied = {
  /** What the target holds now. */
  readonly counts: Counts;
  /** How much of it was written this time. */
  readonly written: number;
};

/** Called again and again while something is done, with what has been done of it. */
export type Progress = (doing: 'copying' | 'checking', counts: Counts) => void;

/**
 * Brings the target up to the source, and then reads both to compare counts and checksums. What is there already is not
 * written again: a copy that was interrupted goes on, and a copy of a copy does nothing.
 *
 * @throws UnusableStore when the target holds something else, or when the two differ at the end
 */
export async function copyDesk(
  source: Source,
  target: Archive,
  progress: Progress = () => {},
): Promise<Copied> {
  if (source.name === target.name)
    throw new UnusableStore('--from and --to are the same store. Let --to name another one.');
  await target.begin(source.name);
  const written = await write(source, target, (counts) => progress('copying', counts));
  const counts = await compare(source, target, (seen) => progress('checking', seen));
  await target.end();
  return { counts, written };
}

async function write(source: Source, target: Archive, tell: (counts: Counts) => void): Promise<number> {
  const counts = nothing();
  let written = 0;
  for await (const batch of source.records()) {
    const [{ kind } = { kind: undefined }] = batch;
    if (kind === undefined) continue;
    const known: ReadonlyMap<string, StoredRecord> = await target.find(kind, batch.map(keyOf));
    const changes = batch
      .map((record, index) => ({ record, known: known.get(keyOf(record)), place: counts[kind] + index }))
      .filter((change) => !sameRecord(change.known, change.record));
    if (changes.length > 0) await target.write(changes);
    counts[kind] += batch.length;
    written += changes.length;
    tell(counts);
  }
  for await (const content of source.attachments()) {
    if (!(await target.hasAttachment(content.id))) {
      await target.putAttachment(checked(content, source.name));
      written += 1;
    }
    counts.attachment += 1;
    tell(counts);
  }
  return written;
}

/** The content, which ends with an error where it is not what its name says. */
async function* checked({ id, open }: StoredContent, name: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of open()) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== id)
    throw new UnusableStore(
      `The attachment ${id} in ${name} is damaged. Put the right file in its place, from a back-up, and try again.`,
    );
}

async function compare(source: Source, target: Archive, tell: (counts: Counts) => void): Promise<Counts> {
  const wanted = await summary(source);
  const there = await summary(target, tell);
  let attachments = 0;
  for await (const { id } of source.attachments()) {
    attachments += 1;
    if (!(await target.hasAttachment(id))) throw changed('attachments', source, target);
  }
  for await (const content of target.attachments()) {
    for await (const _ of checked(content, target.name));
    there.counts.attachment += 1;
    tell(there.counts);
  }
  if (attachments !== there.counts.attachment) throw changed('attachments', source, target);
  for (const kind of KINDS)
    if (wanted.counts[kind] !== there.counts[kind] || !wanted.sums[kind].equals(there.sums[kind]))
      throw changed(
        kind === 'search' ? 'searches' : kind === 'outbox' ? 'deliveries' : `${kind}s`,
        source,
        target,
      );
  return there.counts;
}

function changed(what: string, source: Source, target: Source): UnusableStore {
  return new UnusableStore(
    `The ${what} in ${target.name} are not those in ${source.name}: one of them was written to meanwhile, or was used ` +
      'since an earlier copy. Stop every Sportello that uses them and copy again; where this is said again, empty --to first.',
  );
}

/** Counts and checksums by kind; of the latter the sum, whatever the order. */
export async function summary(source: Source, tell: (counts: Counts) => void = () => {}) {
  const counts = nothing();
  const sums = Object.fromEntries(KINDS.map((kind) => [kind, Buffer.alloc(32)])) as Record<Kind, Buffer>;
  for await (const batch of source.records()) {
    for (const record of batch) {
      const sum = sums[record.kind];
      for (const [index, byte] of checksum(record).entries()) sum[index] = (sum[index] ?? 0) ^ byte;
      counts[record.kind] += 1;
    }
    tell(counts);
  }
  return { counts, sums };
}

function nothing(): Record<Kind | 'attachment', number> {
  return { receipt: 0, draft: 0, ticket: 0, outbox: 0, profile: 0, search: 0, counter: 0, attachment: 0 };
}
