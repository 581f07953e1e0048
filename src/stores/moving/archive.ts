/** The narrow port through which a whole desk is read from a store and written to another. Each promise is a test. */

import type { Kind, RecordOf, StoredRecord } from './record.ts';

/** A content, and how to read it. */
export type StoredContent = {
  /** Its SHA-256, under which it is stored. */
  readonly id: string;
  open(): AsyncIterable<Uint8Array>;
};

export type Change = {
  readonly record: StoredRecord;
  /** What `find` found under its key. */
  readonly known: StoredRecord | undefined;
  /** How many of its kind come before it, by age. */
  readonly place: number;
};

/** A desk that can be read, as often as asked for, in little memory. */
export interface Source {
  /** For messages, and to know it again; without user and password. */
  readonly name: string;
  /** All records, in the order of `KINDS` and within a kind by age; each batch of one kind. */
  records(): AsyncIterable<readonly StoredRecord[]>;
  /** All attachments. One is to be read before the next is asked for, or not at all. */
  attachments(): AsyncIterable<StoredContent>;
  close(): Promise<void>;
}

/** A store as the target of a copy. */
export interface Archive extends Source {
  /**
   * Marks the store as an unfinished copy of that source, which no Sportello opens.
   * @throws UnusableStore when it holds anything else than a copy of that source, or one that has been used since
   */
  begin(source: string): Promise<void>;
  /** Those of these records that are there. */
  find<K extends Kind>(kind: K, keys: readonly string[]): Promise<ReadonlyMap<string, RecordOf<K>>>;
  /**
   * Writes records of one kind, over their earlier versions where there are any.
   * @throws UnusableStore when a ticket there has another history
   */
  write(changes: readonly Change[]): Promise<void>;
  hasAttachment(id: string): Promise<boolean>;
  /** Stores the content; when reading it fails nothing is left of it. */
  putAttachment(content: AsyncIterable<Uint8Array>): Promise<void>;
  /** The copy is complete: Sportello may be started on it. */
  end(): Promise<void>;
}
