/** What a file is, told by its first bytes: what whoever sent it says of it may be wrong, or no more than `image/*`. */

import { fileTypeFromBuffer } from 'file-type';

/** Bytes of the beginning that tell the types apart that can be told. */
const HEAD_BYTES = 4_100;
const UNKNOWN = 'application/octet-stream';

/** Formats that others are made of: what they hold, whoever sent them knows better. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'application/zip',
  'application/x-cfb',
  'application/xml',
  'text/xml',
  'application/gzip',
]);
/** Types that can be told by their bytes, every one of them: what claims to be one and is none, is something else. */
const TOLD_BY_BYTES =
  /^(?:image\/(?!svg|x-|vnd)|audio\/(?!x-)|video\/(?!x-)|application\/(?:pdf|zip|gzip|x-7z-compressed)$)/;

export type Looked = {
  readonly contentType: string;
  /** The same content from its beginning; can be read once. */
  readonly content: AsyncIterable<Uint8Array>;
};

/** @param claimed what whoever sent it calls it */
export async function lookInto(content: AsyncIterable<Uint8Array>, claimed: string): Promise<Looked> {
  const chunks = content[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  while (length < HEAD_BYTES && !ended) {
    const { value, done = false } = await chunks.next();
    ended = done;
    if (done) break;
    first.push(value);
    length += value.length;
  }
  const contentType = await typeOf(headOf(first), claimed);
  return { contentType, content: rejoined(first, ended ? undefined : chunks) };
}

async function* rejoined(
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array> | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    if (!rest) return;
    for (;;) {
      const { value, done } = await rest.next();
      if (done) return;
      yield value;
    }
  } finally {
    await rest?.return?.();
  }
}

function headOf(chunks: readonly Uint8Array[]): Uint8Array {
  const head = new Uint8Array(
    Math.min(
      HEAD_BYTES,
      chunks.reduce((sum, { length }) => sum + length, 0),
    ),
  );
  let at = 0;
  for (const chunk of chunks) {
    if (at === head.length) break;
    const part = chunk.subarray(0, head.length - at);
    head.set(part, at);
    at += part.length;
  }
  return head;
}

/** @returns the type that the bytes show, or the claimed one where they show nothing and could not */
export async function typeOf(head: Uint8Array, claimed: string): Promise<string> {
  const claim = claimed.toLowerCase().split(';', 1)[0]?.trim() ?? '';
  const plausible = /^[a-z]+\/[\w.+-]{1,100}$/.test(claim) ? claim : UNKNOWN;
  // Text in two bytes a character begins like a sound.
  if (plausible.startsWith('text/') && isWide(head)) return plausible;
  const shown = await shownBy(head);
  if (shown === undefined) {
    if (TOLD_BY_BYTES.test(plausible)) return UNKNOWN;
    return plausible.startsWith('text/') && head.includes(0) ? UNKNOWN : plausible;
  }
  return CONTAINERS.has(shown) && !TOLD_BY_BYTES.test(plausible) ? plausible : shown;
}

async function shownBy(head: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(head))?.mime;
  } catch {
    // What breaks off in the middle of itself is nothing that could be told.
    return undefined;
  }
}

function isWide([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
