/** Could one call this? Italian and international numbers, internal extensions, several numbers in one field (I6). */

/** E.164 allows fifteen digits; an internal extension has at least three. */
const MOST_DIGITS = 15;
const LEAST_DIGITS = 3;

/** Words that people write beside a number. */
const LABELS = new Set(
  `tel telefono tell cell cellulare mobile mob phone fisso landline ufficio uff office casa home int interno ext extension
  interni x n nr num numero number diretto direct centralino switchboard personale o oppure or e and fax wa whatsapp
  portineria`.split(/\s+/),
);
/** After these, a short number is an extension of the one before. */
const EXTENSIONS = new Set(['int', 'interno', 'interni', 'ext', 'extension', 'x']);

/**
 * True for `0371 409204`, `+39 333 1234567`, `0371/409204 int. 204`, `204`, `06 1234 o 333 1234567`; false for letters
 * alone, for a single digit repeated, and for what no network would dial.
 */
export function isPlausiblePhone(text: string): boolean {
  const pieces =
    text
      .toLowerCase()
      .replaceAll(' / ', ' , ')
      .match(/\d+|\p{L}+|[^\s\d\p{L}]/gu) ?? [];
  const numbers: string[] = [];
  let current = '';
  let afterExtension = false;
  const close = () => {
    if (current !== '') numbers.push(current);
    current = '';
  };
  for (const piece of pieces) {
    if (/^\d/.test(piece)) {
      current += piece;
    } else if (/^\p{L}/u.test(piece)) {
      if (!LABELS.has(piece)) return false;
      close();
      afterExtension ||= EXTENSIONS.has(piece);
    } else if (piece === '+') {
      close();
    } else if (/^[,;|#]$/.test(piece)) {
      close();
      afterExtension ||= piece === '#';
    } else if (!/^[()./:\u2010-\u2015-]$/.test(piece)) {
      return false;
    }
  }
  close();
  const [first] = numbers;
  return (
    first !== undefined && numbers.every((number) => isDiallable(number, afterExtension && number !== first))
  );
}

function isDiallable(number: string, extension: boolean): boolean {
  if (extension && number.length < LEAST_DIGITS) return number.length > 0;
  const monotonous = number.length > 4 && new Set(number).size === 1;
  return number.length >= LEAST_DIGITS && number.length <= MOST_DIGITS && !monotonous;
}
