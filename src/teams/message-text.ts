/** The text of a message that Teams hands over as HTML. */

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Of a tag this much is looked at. */
const TAG_READ = 4_000;

/** What a person reads in it: blocks and breaks become lines, pictures and attachments leave nothing, emoji stay. */
export function textOfHtml(html: string): string {
  const text = html
    .replace(/\r?\n/g, ' ')
    .replace(/<[^<>]*>/g, shownOf)
    .replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|\w{2,6});/gi, (whole, name: string) => decoded(name) ?? whole);
  return text
    .split('\n')
    .map((line) => line.replace(/[ \t\u00a0]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** What stands where a tag was. */
function shownOf(tag: string): string {
  if (/^<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6]|\/blockquote)\b/i.test(tag)) return '\n';
  const head = /^<(?:emoji|img)\b/i.test(tag) ? tag.slice(0, TAG_READ) : '';
  return /\bemoji\b/i.test(head) ? (/\balt="([^"]{1,20})"/.exec(head)?.[1] ?? '') : '';
}

function decoded(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
