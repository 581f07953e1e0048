/** How much anybody may write or attach. Lengths are UTF-16 units, as a card's `maxLength` counts them. */

/** Longest text of a request, a reply or a note. */
export const TEXT_LIMIT = 10_000;

/** Longest subject. */
export const SUBJECT_LIMIT = 120;

/** Longest answer in any other field of a form. */
export const FIELD_LIMIT = 500;

/** Largest attachment, in bytes: 20 MiB (T15). */
export const ATTACHMENT_LIMIT = 20 * 1024 * 1024;
