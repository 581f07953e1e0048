/** The text of a message that Teams hands over as HTML: what a person reads in it, and what of it is no text. */

import { Parser } from 'htmlparser2';

/** HTML that is read, in UTF-16 units: several times a text as long as it may be, with its tags. The rest is cut off. */
export const HTML_READ = 60_000;

/** Elements that stand on lines of their own. */
const BLOCKS = new Set(
  'address article aside blockquote center codeblock dd div dl dt fieldset figure figcaption footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);
/** Elements whose content nobody reads. */
const UNREAD = new Set('head iframe math noscript object script select style svg template title'.split(' '));
const CELLS = new Set(['td', 'th']);
/** Deeper than anybody writes: what comes after it is not read. The parser needs time with the square of it. */
const DEEPEST = 200;
const BULLET = '• ';
const CELL_BREAK = ' | ';

export type HtmlText = {
  readonly text: string;
  /** Activity id of the message that it quotes, whose own words are left out. */
  readonly quotes?: string;
  /** Addresses of pictures that stand for an emoji: no pictures. */
  readonly emoji: ReadonlySet<string>;
  /** Pictures that stand in it and are no emoji. */
  readonly pictures: readonly string[];
};

type Attributes = Readonly<Record<string, string>>;

/**
 * Blocks and breaks become lines, cells are kept apart, code keeps its lines, emoji become the character that they stand for.
 * A parser does it, and in one pass: no address or attribute can be so long that it takes a pattern for ever.
 * @param mention what stands for a mention: its text, or nothing where it is the bot's own name. `place` counts from 0.
 */
export function readHtml(
  html: string,
  mention: (name: string, place: number) => string = (name) => name,
): HtmlText {
  const lines = new Lines();
  const emoji = new Set<string>();
  const pictures: string[] = [];
  let quotes: string | undefined;
  let mentions = 0;
  /** How many elements are open: all, and those that matter below. */
  const open = { all: 0, unread: 0, quoted: 0, verbatim: 0 };
  /** How many cells the row has had so far, one count for each row that is open. */
  const rows: number[] = [];
  let named: string | undefined;

  /** Where links lead that are open, and where their words begin. */
  const links: { readonly href: string; words: string }[] = [];

  const write = (text: string) => {
    const link = links.at(-1);
    if (link) link.words += text;
    lines.write(text);
  };
  const enter = (name: string, attributes: Attributes) => {
    if (++open.all > DEEPEST) parser.pause();
    if (UNREAD.has(name)) open.unread++;
    if (open.unread > 0) return;
    if (name === 'blockquote' && (open.quoted > 0 || isReply(attributes))) {
      open.quoted++;
      quotes ??= messageId(attributes.itemid);
    }
    if (name === 'quoted') quotes ??= messageId(attributes.messageid);
    if (open.quoted > 0) return;
    if (name === 'br') lines.end();
    else if (name === 'img') {
      const { alt = '', src = '' } = attributes;
      if (!isEmoji(attributes)) pictures.push(src);
      else {
        emoji.add(src);
        lines.write(alt || `:${attributes.itemid ?? ''}:`);
      }
    } else if (name === 'emoji') lines.write(attributes.alt || attributes.title || '');
    else if (isMention(name, attributes)) named ??= '';
    else if (name === 'a') links.push({ href: attributes.href ?? '', words: '' });
    else if (CELLS.has(name)) {
      const row = rows.length - 1;
      const before = rows[row] ?? 0;
      if (row >= 0) rows[row] = before + 1;
      if (before > 0) lines.write(CELL_BREAK);
      lines.joined = true;
    } else if (BLOCKS.has(name)) {
      lines.block();
      if (name === 'tr') rows.push(0);
      if (name === 'li') lines.write(BULLET);
    }
    if (name === 'pre' || name === 'codeblock') open.verbatim++;
  };
  const leave = (name: string) => {
    open.all--;
    if (UNREAD.has(name)) open.unread = Math.max(0, open.unread - 1);
    if (open.unread > 0) return;
    if (name === 'blockquote' && open.quoted > 0) {
      open.quoted--;
      return;
    }
    if (open.quoted > 0) return;
    if (named !== undefined && (name === 'at' || name === 'span')) {
      lines.write(mention(named.trim(), mentions++));
      named = undefined;
    }
    if (name === 'pre' || name === 'codeblock') open.verbatim = Math.max(0, open.verbatim - 1);
    const link = name === 'a' ? links.pop() : undefined;
    if (link && leadsElsewhere(link)) lines.write(` (${link.href})`);
    if (CELLS.has(name)) lines.joined = false;
    if (name === 'tr') rows.pop();
    if (BLOCKS.has(name)) lines.block();
  };
  const parser = new Parser(
    {
      onopentag: enter,
      onclosetag: leave,
      ontext: (text) => {
        if (open.unread > 0 || open.quoted > 0) return;
        if (named !== undefined) named += text;
        else if (open.verbatim > 0) lines.verbatim(text);
        else write(text);
      },
    },
    { decodeEntities: true },
  );
  parser.end(html.slice(0, HTML_READ));
  return { text: lines.whole(), ...(quotes === undefined ? {} : { quotes }), emoji, pictures };
}

/** Lines as they are being written. */
class Lines {
  /** Inside a cell blocks do not begin lines: a row stays one. */
  joined = false;
  readonly #done: string[] = [];
  #line = '';

  write(text: string): void {
    const blank = this.#line === '' || this.#line.endsWith(' ');
    const words = text.replace(/[ \t\r\n\f\u00a0]+/g, ' ');
    this.#line += blank && words.startsWith(' ') ? words.slice(1) : words;
  }
  verbatim(text: string): void {
    const [first = '', ...more] = text.split(/\r\n|\r|\n/);
    this.#line += first.replaceAll('\u00a0', ' ');
    for (const line of more) {
      this.end();
      this.#line = line.replaceAll('\u00a0', ' ');
    }
  }
  /** A break, wherever it stands. */
  end(): void {
    if (this.joined) this.#line += ' ';
    else {
      this.#done.push(this.#line);
      this.#line = '';
    }
  }
  /** A new line, unless one has just begun. */
  block(): void {
    if (this.#line.trim() !== '') this.end();
  }
  whole(): string {
    this.#done.push(this.#line);
    return tidy(this.#done.join('\n'));
  }
}

/** Without what nobody sees: blanks at the ends of lines, and more than one empty line in a row. */
export function tidy(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());
  return lines
    .filter((line, at) => line !== '' || lines[at - 1] !== '')
    .join('\n')
    .trim();
}

/** Of a link whose words do not say where it leads. */
function leadsElsewhere({ href, words }: { readonly href: string; readonly words: string }): boolean {
  if (!/^https?:\/\//i.test(href)) return false;
  const bare = (address: string) =>
    address
      .trim()
      .replace(/^https?:\/\//i, '')
      .replace(/\/$/, '');
  return words.trim() !== '' && bare(words) !== bare(href);
}

/** An answer with the quotation before it (openclaw#101856): `<blockquote itemtype="…/Reply" itemid="…">`. */
function isReply({ itemtype = '', itemid }: Attributes): boolean {
  return /\/Reply$/i.test(itemtype) || messageId(itemid) !== undefined;
}

function messageId(id: string | undefined): string | undefined {
  return id !== undefined && /^\d{1,40}$/.test(id) ? id : undefined;
}

/** hermes-agent#100699: Teams sends no emoji as a character; its HTML has a picture whose `alt` is one. */
function isEmoji({ itemtype = '', class: names = '' }: Attributes): boolean {
  return /\/Emoji$/i.test(itemtype) || /\bemoji\b/i.test(names);
}

/** `<at id="0">`, or what clients write instead. */
function isMention(name: string, { itemtype = '' }: Attributes): boolean {
  return name === 'at' || (name === 'span' && /\/Mention$/i.test(itemtype));
}
