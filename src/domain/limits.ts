/** How much anybody may write or attach. Lengths are UTF-16 units, as a card's `maxLength` counts them. */

/** Longest text of a request, a reply or a note. */
export const TEXT_LIMIT = 10_000;

/** Longest subject. */
export const SUBJECT_LIMIT = 120;

/** Longest answer in any other field of a form. */
export const FIELD_LIMIT = 500;

/** To how many addresses one article is forwarded at once (W9). */
export const ADDRESSES_LIMIT = 5;

/** Largest sum of the attachments of one e-mail, in bytes: with their encoding less than the 25 MB that are usual. */
export const MAIL_FILES_LIMIT = 18 * 1024 * 1024;

/** Largest attachment, in bytes: 20 MiB (T15). */
export const ATTACHMENT_LIMIT = 20 * 1024 * 1024;

/** How long a file is kept that no ticket and no request in preparation holds, in milliseconds. */
export const UNOWNED_FILE_LIFE_MS = 24 * 3_600_000;
