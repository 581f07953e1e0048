/** The files that come with an activity, as the desk opens them, and what came that cannot be opened. */

import type { IncomingFile, LostFiles } from '../app/ports/inbound.ts';
import type { Attachment } from './activity.ts';
import { isRecord, optional } from './json.ts';
import type { Said } from './said-text.ts';

/** Opens a file that came with an activity. */
export type OpenFile = (url: string, authorize: boolean) => Promise<AsyncIterable<Uint8Array>>;

/** What clients call every picture that is pasted, where they call it anything. */
const GIVEN_TO_ANY_PICTURE = /^(image(\.\w+)?)?$/i;
/** From where clients take what they show as an emoji. */
const EMOJI_HOSTS = new Set(['statics.teams.cdn.office.net', 'statics.teams.microsoft.com']);
/** Beside each other in one message; more are named as lost. */
const MOST_FILES = 50;
/** Previews of links, cards of bots, the message itself as HTML, the message that it answers: no files. */
const NO_FILE = /^(?:text\/html|application\/vnd\.microsoft\.card\.|messagereference$|$)/;

/** @param said the message's own words, which tell what of the pictures is an emoji, and how many there were */
export function filesOf(
  attachments: readonly Attachment[],
  said: Pick<Said, 'emoji' | 'pictures'>,
  open: OpenFile,
): { readonly files: readonly IncomingFile[]; readonly lost?: LostFiles } {
  const files: IncomingFile[] = [];
  const names: string[] = [];
  let pictures = 0;
  let lostPictures = 0;
  let nameless = 0;
  for (const attachment of attachments) {
    const { contentType, contentUrl, name } = attachment;
    if (NO_FILE.test(contentType) || isEmoji(contentUrl, said.emoji)) continue;
    const isPicture = contentType.startsWith('image/');
    if (isPicture) pictures++;
    const file = files.length < MOST_FILES ? fileOf(attachment, open) : undefined;
    if (file) files.push(file);
    else if (isPicture && GIVEN_TO_ANY_PICTURE.test(name ?? '')) lostPictures++;
    else if (name !== undefined) names.push(name);
    else nameless++;
  }
  lostPictures += Math.max(0, said.pictures.length - pictures);
  const lost = { pictures: lostPictures, names, nameless };
  return { files, ...(lostPictures + names.length + nameless > 0 ? { lost } : {}) };
}

function fileOf(
  { contentType, contentUrl, name, content }: Attachment,
  open: OpenFile,
): IncomingFile | undefined {
  if (contentType === 'application/vnd.microsoft.teams.file.download.info') {
    const { downloadUrl, fileType } = isRecord(content) ? content : {};
    if (typeof downloadUrl !== 'string') return undefined;
    return {
      ...optional('name', name),
      contentType: mimeOf(typeof fileType === 'string' ? fileType : ''),
      // The address is authorised by itself; our token must not travel to it.
      open: () => open(downloadUrl, false),
    };
  }
  // A picture inside its own address is none that Teams sends, and could be of any length.
  if (!contentType.startsWith('image/') || contentUrl === undefined || !/^https?:/i.test(contentUrl))
    return undefined;
  return {
    ...optional('name', GIVEN_TO_ANY_PICTURE.test(name ?? '') ? undefined : name),
    contentType,
    open: () => open(contentUrl, true),
  };
}

/** hermes-agent#100699: an emoji comes as `image/*` from where clients take their pictures. */
function isEmoji(address: string | undefined, known: ReadonlySet<string>): boolean {
  if (address === undefined) return false;
  return known.has(address) || (URL.canParse(address) && EMOJI_HOSTS.has(new URL(address).hostname));
}

/** Only what browsers show without running it; what it really is, its bytes tell. */
const MIME = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['pdf', 'application/pdf'],
  ['txt', 'text/plain'],
]);

function mimeOf(fileType: string): string {
  return MIME.get(fileType.toLowerCase()) ?? 'application/octet-stream';
}
