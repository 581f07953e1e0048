/** What a file is called: a name that a computer can open, and that shows what it ends in. */

/** Longest name, in UTF-16 units. */
export const FILE_NAME_LIMIT = 120;

/** Marks that turn the direction of a name around, blanks of no width, controls: they let `exe.pdf` be read as `fdp.exe`. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029\u180e]/gu;
/** One ending, or the one that was signed or packed and the one of that: `.pdf.p7m`. */
const ENDING = /(?:\.[\p{L}\p{N}_~+-]{1,20}){1,2}$/u;

/** Endings by type, of what comes without a name or without its ending. */
const ENDINGS = new Map([
  ['message/rfc822', 'eml'],
  ['text/calendar', 'ics'],
  ['text/vcard', 'vcf'],
  ['text/x-vcard', 'vcf'],
  ['text/plain', 'txt'],
  ['text/html', 'html'],
  ['text/csv', 'csv'],
  ['text/rtf', 'rtf'],
  ['application/rtf', 'rtf'],
  ['application/pdf', 'pdf'],
  ['application/xml', 'xml'],
  ['text/xml', 'xml'],
  ['application/json', 'json'],
  ['application/zip', 'zip'],
  ['application/pkcs7-mime', 'p7m'],
  ['application/x-pkcs7-mime', 'p7m'],
  ['application/pkcs7-signature', 'p7s'],
  ['application/x-pkcs7-signature', 'p7s'],
  ['application/msword', 'doc'],
  ['application/vnd.ms-excel', 'xls'],
  ['application/vnd.ms-outlook', 'msg'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'],
  ['application/vnd.oasis.opendocument.text', 'odt'],
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['image/bmp', 'bmp'],
  ['image/tiff', 'tiff'],
  ['image/heic', 'heic'],
  ['image/svg+xml', 'svg'],
  ['audio/mpeg', 'mp3'],
  ['video/mp4', 'mp4'],
]);

/** Those whose ending the program that opens them goes by, whatever dots are in the name. */
const ALWAYS_ENDED = new Set(['message/rfc822', 'text/calendar']);

/** @returns undefined where nothing is known that files of the type end in */
export function endingOf(contentType: string): string | undefined {
  return ENDINGS.get(contentType);
}

/**
 * Without paths, unseen characters and direction marks, and short enough; cut before its ending, never in it.
 * @param given as it came; may be anything
 * @param otherwise the name where nothing is left of it
 */
export function fileName(given: string, contentType: string, otherwise: string): string {
  const name = nameIn(given) || otherwise;
  const ending = endingOf(contentType);
  return shortened(ending !== undefined && lacks(name, ending, contentType) ? `${name}.${ending}` : name);
}

function nameIn(given: string): string {
  const seen = given
    // Longer than any; the end is what matters.
    .slice(-5_000)
    .toWellFormed()
    .replaceAll('\ufffd', '')
    .replace(/[\t\r\n]/g, ' ')
    .normalize('NFC')
    .replace(UNSEEN, '');
  const parts = seen.split(/[/\\]/).map((part) => part.trim());
  const last = parts.findLast((part) => !/^\.*$/.test(part)) ?? '';
  let name = last.replace(/\s+/gu, ' ');
  // A blank or a dot at the end is taken off by Windows.
  while (name.endsWith('.') || name.endsWith(' ')) name = name.slice(0, -1);
  return name;
}

function lacks(name: string, ending: string, contentType: string): boolean {
  if (ALWAYS_ENDED.has(contentType)) return !name.toLowerCase().endsWith(`.${ending}`);
  const [own] = /\.[a-z0-9]{1,10}$/i.exec(name) ?? [];
  return own === undefined || /^\.\d+$/.test(own);
}

function shortened(name: string): string {
  if (name.length <= FILE_NAME_LIMIT) return name;
  const [ending = ''] = ENDING.exec(name.slice(-50)) ?? [];
  const stem = name.slice(0, name.length - ending.length);
  // Half a character would be another name once it has been through an address.
  const kept = stem.slice(0, FILE_NAME_LIMIT - ending.length - 1).replace(/[\ud800-\udbff]$/, '');
  return `${kept.trimEnd()}…${ending}`;
}
