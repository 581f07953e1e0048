/** What a mail server said, in a form that may be logged and shown: on one line, short, and without anybody's address. */

const LENGTH = 200;
/** Of what it said: what is shown, with room for what is left out. */
const READ = 2_000;

export function withoutAddresses(said: string): string {
  return said
    .slice(0, READ)
    .replace(/[^\s<>()[\]",;:]+/g, (word) => (/.@./.test(word) ? '…' : word))
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LENGTH);
}

/** Of an error thrown by a mail client: its code, and no word that could hold what was sent. */
export function codeOf(error: unknown): string {
  const { code, message = '' } = error as { readonly code?: unknown; readonly message?: string };
  // Of a socket that broke only the message says how.
  const words = code === 'ESOCKET' ? (message.slice(0, READ).match(/\w+/g) ?? []) : [];
  const said = words.find(
    (word) => /^[A-Z_]{5,}$/.test(word) && (word.startsWith('E') || word.includes('CERT')),
  );
  if (typeof code === 'string') return withoutAddresses(said ?? code);
  return error instanceof Error ? error.name : 'unknown';
}
