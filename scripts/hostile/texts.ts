/** Texts that somebody would send who wants the bot to stand still: of few bytes repeated, up to a megabyte long. */

export type HostileText = {
  /** Tells it again: `kind` and length. */
  readonly name: string;
  readonly text: string;
};

/** What is repeated, with what stands before and behind: most patterns and loops fail at the end. */
const KINDS: Readonly<Record<string, readonly [repeated: string, before?: string, behind?: string]>> = {
  letters: ['a'],
  letterThenSign: ['a', '', '!'],
  capitals: ['NON FUNZIONA '],
  blanks: [' ', 'a', 'a'],
  tabs: ['\t', 'cerca', 'x'],
  lines: ['\n', 'a', 'a'],
  blankLines: [' \n', 'a', 'a'],
  noBreakSpaces: ['\u00a0', 'a', 'a'],
  mixedSpaces: ['\u2009 \t\u3000', 'a', 'a'],
  windowsLines: ['\r\n'],
  separators: ['\u2028\u0085'],
  bold: ['<b>'],
  closed: ['</b>'],
  image: ['<img alt="a"'],
  emojiImage: ['<img itemtype="emoji" alt="a" '],
  openAngles: ['<'],
  closeAngles: ['>'],
  deepDivs: ['<div><ul><li>'],
  tableCells: ['<tr><td>'],
  attributes: [' a="', '<p'],
  quotedBlocks: ['<blockquote itemid="1'],
  mentions: ['<at>a</at>'],
  openMentions: ['<at>'],
  comments: ['<!--'],
  cdata: ['<![CDATA['],
  entities: ['&amp;'],
  halfEntities: ['&amp'],
  numberedEntities: ['&#x41;'],
  ampersands: ['&#'],
  links: ['[a](http://a.example/'],
  addresses: ['https://a.example/?q='],
  brackets: ['['],
  closedBrackets: ['](', '['],
  stars: ['*a '],
  underscores: ['_'],
  backticks: ['`'],
  backslashes: ['\\'],
  pipes: ['|a'],
  headings: ['\n# '],
  quotations: ['\n> a'],
  lists: ['\n- a'],
  braces: ['{'],
  dates: ['{{DATE(2026-01-01T00:00:00Z,SHORT)}}'],
  templateWords: [`\${text}`],
  bindings: ['$[', ' '],
  digits: ['1'],
  centuries: ['20 '],
  numberGroups: ['2026 11 05 1 '],
  ticketNumbers: ['2026110510000019 '],
  marks: ['[Ticket#'],
  wildcards: ['*1'],
  onlyWildcards: ['*'],
  telephones: ['+39 06 '],
  mailAddresses: ['a@'],
  domains: ['a.', 'x@'],
  recipients: ['Mario Rossi <a@b.example>, '],
  openRecipients: ['Mario <'],
  commas: [','],
  semicolons: [';;,'],
  hyphens: ['-'],
  dots: ['.'],
  exclamations: ['!?'],
  thanks: ['grazie mille '],
  greetings: ['Gentile dottoressa '],
  addressees: ['alla c.a. di Mario Rossi '],
  forSomebody: ['per '],
  sentences: ['Non riesco a emettere i mandati. '],
  questions: ['come si fa? '],
  abbreviations: ['sig. dott. '],
  apostrophes: ["l'"],
  quotes: ['"a'],
  hours: ['9-12 e '],
  times: ['9:30 '],
  days: ['10/11/2026 '],
  services: ['fattura mandati VPN TARI '],
  gibberish: ['qwrtpsdf'],
  words: ['a b c d e f g '],
  hashes: ['#'],
  percent: ['%'],
  words_of_javascript: ['__proto__ constructor toString '],
  nul: ['\u0000'],
  controls: ['\u0007\u001b['],
  halves: ['\ud83d'],
  otherHalves: ['\ude00'],
  emoji: ['👍'],
  families: ['👨‍👩‍👧‍👦'],
  joiners: ['\u200d', 'a', 'a'],
  combining: ['\u0301', 'a', 'a'],
  unfolding: ['ﷺ'],
  dottedCapitals: ['İ'],
  fractions: ['½'],
  directions: ['\u202e\u200f'],
  ideographs: ['漢字'],
  hangul: ['각'],
  tags: ['\u{e0041}'],
  variations: ['\ufe0f', '1', '1'],
  fileNames: ['.pdf'],
  paths: ['../'],
  diagnostics: ['Diagnostic-Code:'],
  foldedFields: ['\r\n\t', 'Diagnostic-Code: '],
  boundaries: ['\r\n--a\r\n'],
  encodedWords: ['=?utf-8?Q?a?= '],
  openEncodedWords: ['=?'],
  quotedPrintable: ['=\r\n'],
  references: ['<sportello.2026110510000019.2@comune.example> '],
  csvFormulas: ['=1+'],
  sql: ["' OR 1=1 --"],
  jsonNesting: ['{"a":['],
};

const LENGTHS = [1_000_000, 300, 40_000, 4_000, 250_000, 10_001, 100_000, 1_000];

/** How many there are before they repeat. */
export const DIFFERENT = Object.keys(KINDS).length * LENGTHS.length;

/** @param index from 0; every kind in every length in turn, the longest first */
export function hostileText(index: number): HostileText {
  const kinds = Object.entries(KINDS);
  const [kind, [repeated, before = '', behind = '']] = kinds[index % kinds.length] ?? ['letters', ['a']];
  const round = Math.floor(index / kinds.length);
  const most = LENGTHS[round % LENGTHS.length] ?? 0;
  // Bytes count on the way in: a text of emoji is as long as one of letters there.
  const room = most - Buffer.byteLength(before) - Buffer.byteLength(behind);
  const times = Math.max(1, Math.floor(room / Buffer.byteLength(JSON.stringify(repeated).slice(1, -1))));
  return { name: `${kind} × ${times}`, text: before + repeated.repeat(times) + behind };
}
