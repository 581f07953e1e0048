/**
 * Makes text that people typed safe to show. Cards know two kinds of text: a `TextBlock`, a fact and the label of a
 * toggle or of an expanded choice are markdown, for which `plain` is; a `TextRun`, a button's title, a dropdown's choice
 * and a placeholder are not, for which `verbatim` and `oneLine` are. Clients also turn `{{DATE(…)}}` and `{{TIME(…)}}`
 * into dates in both.
 */

/**
 * Characters that show nothing and only serve to hide or reorder what others read: controls but line breaks and tabs,
 * soft hyphen, zero-width spaces, direction marks and overrides, annotations, tags. Joiners (U+200C, U+200D) and
 * variation selectors stay: scripts and emoji need them.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;
const LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/g;
/** A text without any of these needs none of what follows: most texts, and looking is cheaper than replacing. */
const UNUSUAL = /[^\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]/;
const UNEVEN_SPACE = /^\s|\s$|\s\s|[^\S ]/;
const COULD_BE_MARKUP = /[\\*_`[\]<~|&{]|^[#>+=-]|^\d{1,9}[.)]/;
/** Shows nothing, and keeps two braces from beginning a date. */
const ZERO_WIDTH_SPACE = '\u200B';

/** For a TextRun: line breaks stay, the rest reads as typed. */
export function verbatim(text: string): string {
  return apart(visible(text));
}

/** For a button's title, a dropdown's choice, a summary: as `verbatim`, on one line. */
export function oneLine(text: string): string {
  return apart(onOneLine(text));
}

/**
 * For markdown: on one line, with a backslash before whatever a client could take for markup. Only where it could, as a
 * client that shows the backslash shows few of them.
 */
export function plain(text: string): string {
  const line = onOneLine(text);
  if (!COULD_BE_MARKUP.test(line)) return line;
  return (
    line
      // A backslash is one already unless it would escape what follows it, now or after the next replacement.
      .replace(/\\(?=[!-/:-@[-`{-~]|$)/g, '\\\\')
      .replace(/[*_`[\]<~|]/g, '\\$&')
      .replace(/&(?=#|[a-z])/gi, '\\&')
      .replace(/(?<=\{)\{/g, '\\{')
      // What begins a heading, a quotation, a list, a rule or an underline of a heading.
      .replace(/^[#>+=-]/, '\\$&')
      .replace(/^(\d{1,9})([.)])/, '$1\\$2')
  );
}

/**
 * The beginning of a text, at most `length` UTF-16 units long, cut at a word where one ends near, with an ellipsis.
 * Never cuts a character in two.
 */
export function extract(text: string, length: number): string {
  const trimmed = visible(text)
    .trim()
    .replace(/\n{3,}/g, '\n\n');
  if (trimmed.length <= length) return trimmed;
  const room = trimmed.slice(0, length - 1);
  const atWord = room.search(/\s\S*$/);
  const cut = atWord > length * 0.8 ? room.slice(0, atWord) : room;
  // Half of a surrogate pair, or a joiner that waits for its other half.
  const whole = cut.replace(/[\uD800-\uDBFF]$/, '');
  let end = whole.length;
  while (end > 0 && /[\s\u200D]/.test(whole[end - 1] ?? '')) end--;
  return `${whole.slice(0, end)}…`;
}

/** The beginning of a text that takes at most `bytes` bytes as a UTF-8 JSON string, quotation marks not counted. */
export function fitting(text: string, bytes: number): string {
  if (text.length * 6 <= bytes || sizeInJson(text) <= bytes) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sizeInJson(upTo(text, middle)) <= bytes) low = middle;
    else high = middle - 1;
  }
  return upTo(text, low);
}

/** Not the first half of a character of two: alone it would take more room than the whole. */
function upTo(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

function sizeInJson(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}

function visible(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  return text.toWellFormed().replace(LINE_BREAK, '\n').replace(HIDDEN, '');
}

function onOneLine(text: string): string {
  const shown = visible(text);
  return UNEVEN_SPACE.test(shown) ? shown.replace(/\s+/g, ' ').trim() : shown;
}

function apart(text: string): string {
  return text.replace(/\{(?=\{)/g, `{${ZERO_WIDTH_SPACE}`);
}
