/** The files that come with an activity, as the desk opens them. */

import type { IncomingFile } from '../app/inbound.ts';
import { isRecord, optional } from './json.ts';

/** Opens a file that came with an activity. */
export type OpenFile = (url: string, authorize: boolean) => Promise<AsyncIterable<Uint8Array>>;

type WithFiles = {
  readonly attachments?:
    | readonly {
        readonly contentType: string;
        readonly contentUrl?: string | null | undefined;
        readonly name?: string | null | undefined;
        readonly content?: unknown;
      }[]
    | null
    | undefined;
};

/** What clients call every picture that is pasted, where they call it anything. */
const GIVEN_TO_ANY_PICTURE = /^(image(\.\w+)?)?$/i;

/** Half a character in a name would be another name once it has been through an address. */
export function filesOf({ attachments }: WithFiles, open: OpenFile): IncomingFile[] {
  return (attachments ?? []).flatMap(({ contentType, contentUrl, name, content }) => {
    if (contentType === 'application/vnd.microsoft.teams.file.download.info' && isRecord(content)) {
      const { downloadUrl, fileType } = content;
      if (typeof downloadUrl !== 'string') return [];
      return [
        {
          name: name?.toWellFormed() ?? 'file',
          contentType: mimeOf(typeof fileType === 'string' ? fileType : ''),
          // The address is authorised by itself; our token must not travel to it.
          open: () => open(downloadUrl, false),
        },
      ];
    }
    if (contentType.startsWith('image/') && contentUrl)
      return [
        {
          ...optional('name', GIVEN_TO_ANY_PICTURE.test(name ?? '') ? undefined : name?.toWellFormed()),
          contentType,
          open: () => open(contentUrl, true),
        },
      ];
    return [];
  });
}

/** Only what browsers show without running it; anything else is downloaded as bytes. */
const MIME: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
  txt: 'text/plain',
};

function mimeOf(fileType: string): string {
  return MIME[fileType.toLowerCase()] ?? 'application/octet-stream';
}
