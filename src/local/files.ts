/** Files on their way in and out: what they may be called, and how a browser may open them. */

import type { StoredFile } from './history.ts';
import { type Reply, refusal } from './http.ts';

export const MAX_FILE_BYTES = 25 * 1024 * 1024;

/** Pictures that cannot run scripts; everything else is downloaded, never opened as a part of the page. */
const SHOWN_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'];

/** A name without paths and control characters, 255 characters at most. */
export function cleanFileName(name: string): string {
  const clean = name
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
    .replace(/[\u0000-\u001f\u007f/\\]/g, '_')
    .trim();
  return clean === '' ? 'file' : clean.slice(-255).toWellFormed();
}

/** A media type without parameters; bytes of an unknown kind where it is none. */
export function cleanMediaType(contentType: string): string {
  const [type = ''] = contentType.toLowerCase().split(';');
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';
}

/** The file for a browser: it may be shown or kept, but never run as a part of this site. */
export function fileReply(file: StoredFile | undefined): Reply {
  if (file === undefined) return refusal(404, 'NotFound', 'There is no such file.');
  const { name, contentType } = file.view;
  const shown = SHOWN_TYPES.includes(contentType);
  return {
    status: 200,
    body: file.bytes,
    headers: {
      'Content-Type': contentType,
      'Content-Disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeFileName(name)}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  };
}

/** RFC 8187: more than encodeURIComponent escapes. */
function encodeFileName(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
