/** Static files: the page, and the two libraries that it shows cards and Markdown with. No CDN. */

import { readFile, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, sep } from 'node:path';
import { type Reply, refusal } from './http.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // The card renderer sets styles on elements.
  "style-src 'self' 'unsafe-inline'",
  // `data:` for pictures in cards, `blob:` for the preview of a file before it is sent.
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const require = createRequire(import.meta.url);
const ASSETS: ReadonlyMap<string, string> = new Map([
  ['adaptivecards.js', 'adaptivecards/dist/adaptivecards.min.js'],
  ['markdown-it.js', 'markdown-it/browser'],
]);

/** Answers a GET of the page's files below `directory` or of `/assets/…`. Dot files and whatever lies outside: 404. */
export async function servePage(directory: string, segments: readonly string[]): Promise<Reply> {
  const [first, second] = segments;
  const asset = first === 'assets' && segments.length === 2 ? ASSETS.get(second ?? '') : undefined;
  if (asset !== undefined) return fileReply(require.resolve(asset));

  const path = segments.length === 1 && first === '' ? ['index.html'] : segments;
  if (path.some((name) => name === '' || name.startsWith('.') || /[/\\\0]/.test(name))) return notFound();
  return fileReply(join(directory, ...path), directory);
}

/** @param within where the file must lie, links followed */
async function fileReply(path: string, within?: string): Promise<Reply> {
  const type = TYPES[extname(path)];
  if (type === undefined) return notFound();
  try {
    const real = await realpath(path);
    if (within !== undefined && !real.startsWith((await realpath(within)) + sep)) return notFound();
    const body = await readFile(real);
    return {
      status: 200,
      body,
      headers: {
        'Content-Type': type,
        'Content-Security-Policy': CONTENT_SECURITY_POLICY,
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'no-cache',
      },
    };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return notFound();
    throw error;
  }
}

function notFound(): Reply {
  return refusal(404, 'NotFound', 'There is no such page.');
}
