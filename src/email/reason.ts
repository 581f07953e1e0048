/** What a mail server said, in a form that may be logged and shown: on one line, short, and without anybody's address. */

const LENGTH = 200;

export function withoutAddresses(said: string): string {
  return said
    .replace(/[^\s<>()[\]",;:]+@[^\s<>()[\]",;:]+/g, '…')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LENGTH);
}

/** Of an error thrown by a mail client: its code, and no word that could hold what was sent. */
export function codeOf(error: unknown): string {
  const { code, message = '' } = error as { readonly code?: unknown; readonly message?: string };
  // Of a socket that broke only the message says how.
  const said = code === 'ESOCKET' ? /\bE[A-Z]{4,}\b|\b[A-Z_]*CERT[A-Z_]*\b/.exec(message)?.[0] : undefined;
  if (typeof code === 'string') return withoutAddresses(said ?? code);
  return error instanceof Error ? error.name : 'unknown';
}
