/**
 * Takes a message apart (I11): what it is about, and what stands around it – the signature that the guidelines ask for,
 * what an earlier message said, disclaimers, what a phone adds. Only the matter says what a message is about.
 */

import { tokensOf, wordsOf } from '../words.ts';
import { classOf } from './lexicon.ts';
import { isFirstName, isSurname } from './names.ts';
import { isPlausiblePhone } from './phone.ts';
import { findPhrase, type Phrase, phrasesOf, splitSentences } from './phrases.ts';
import type { Vocabulary } from './vocabulary.ts';

export type Parts = {
  /** What it is about; where nothing else remains, what it quotes or passes on. */
  readonly matter: string;
  /** Who signs, line by line: name, office, telephone, hours. */
  readonly signature: readonly string[];
};

/** UTF-16 units. A mail may be as long as it likes: what comes later says nothing about what it is about. */
const READ_AT_MOST = 10_000;
/** Lines and clauses at the end of a text among which a signature is looked for. */
const SIGNED_WITHIN = 14;
/** Words that a line of a signature may have, and the name of an office. */
const LINE_AT_MOST = 14;
const OFFICE_AT_MOST = 8;

/** Programs and phones say this of themselves. */
const DEVICE = phrasesOf(
  `inviato da iphone/ipad/outlook/smartphone/cellulare/android/samsung|inviato dal mio/cellulare|inviato con/tramite
  sent from my/outlook/samsung/mobile|sent via|scarica/ottieni outlook per|get outlook for|sent with`,
);

const DISCLAIMER = phrasesOf(
  `questo/presente messaggio/mail/email/comunicazione ~ riservat*/confidenzial*/destinat*|messaggio ~ riservat*
  informazioni contenute|le informazioni ~ riservat*|ai sensi ~ regolamento/decreto/dlgs/lgs/gdpr|avviso di riservatezza
  prima di stampare|rispetta l ambiente|please consider the environment|consider the environment
  this message/email/communication ~ confidential/intended/privileged|the information ~ confidential
  confidentiality notice|se non siete/siate ~ destinatari*|if you are not the intended`,
);

/** What stands between a new message and the one that it answers or passes on. */
const THREAD = phrasesOf(
  `messaggio originale|original message|messaggio inoltrato|forwarded message|inizio messaggio inoltrato
  begin forwarded message`,
);
const WROTE = phrasesOf('ha scritto|hanno scritto|wrote|writes');
const WROTE_AFTER = new Set(['il', 'in', 'on', 'le', 'lun', 'mar', 'mer', 'gio', 'ven', 'sab', 'dom']);
const FIELDS = new Set('da from inviato sent data date a to cc oggetto subject'.split(' '));
const FIELDS_OF_A_HEADER = 3;

/** What closes a letter, and all of whose words are said for courtesy. */
const CLOSING = new Set(
  `cordiali distinti cordialmente saluti saluto un i il ringrazio ringraziamo ringraziando grazie mille tante infinite
  anticipatamente in anticipo attesa attendo di riscontro vostro cortese gentile risposta resto restiamo porgo porgiamo
  buon buona lavoro giornata serata e ed per la vostra collaborazione disponibilita attenzione pazienza presto vi la si
  kind best warm regards wishes thanks thank you many so much in advance yours sincerely faithfully cheers all the
  looking forward to hearing from i for your help time patience`.split(/\s+/),
);
const CLOSES = new Set(
  `saluti saluto cordialmente distinti grazie ringrazio ringraziamo ringraziando regards thanks thank sincerely
  faithfully wishes cheers`.split(/\s+/),
);

/** The first word of a line that says where somebody sits, or what they are there. */
const OFFICE = new Set(
  `ufficio uffici settore servizio servizi area direzione ripartizione dipartimento unita uo segreteria biblioteca
  comando corpo polizia comune provincia regione unione citta municipio delegazione fondazione azienda istituto scuola
  assessorato ragioneria anagrafe protocollo tributi centro consorzio office department division unit municipality
  council library registry team sportello`.split(/\s+/),
);
const ROLE = new Set(
  `responsabile istruttore istruttrice dirigente funzionario funzionaria impiegato impiegata collaboratore collaboratrice
  direttore direttrice segretario segretaria assistente tecnico specialista addetto addetta capo coordinatore
  coordinatrice comandante agente bibliotecario bibliotecaria ragioniere ragioniera geometra manager officer head clerk
  assistant director secretary consultant consulente stagista`.split(/\s+/),
);
const PHONE = new Set(
  `tel telefono tell cell cellulare mobile mob phone fax int interno ext extension centralino diretto whatsapp
  wa`.split(/\s+/),
);
const STREET = new Set(
  'via viale piazza p.zza piazzale corso largo vicolo street road square avenue'.split(' '),
);
const HOURS = new Set(
  `orario orari disponibile reperibile raggiungibile ricevimento lun lunedi mar martedi mer mercoledi gio giovedi ven
  venerdi available reachable hours`.split(/\s+/),
);
/** Before the name of whoever writes, at the beginning. */
const INTRODUCTIONS = phrasesOf('sono|mi chiamo|qui|scrive|my name is|this is|i am|i m');

/** Takes a text apart, in time that grows with its length; no more than its first 10,000 characters are read. */
export function partsOf(text: string, vocabulary: Vocabulary): Parts {
  const lines = text.slice(0, READ_AT_MOST).split(/\r\n|\r|\n/);
  const { own, quoted } = withoutQuotations(lines);
  const { matter, signature } = unsigned(withoutDisclaimer(own), vocabulary);
  if (matter !== '' || quoted.length === 0) return { matter, signature };
  // Who passes a message on without a word means what it says.
  return { ...unsigned(withoutDisclaimer(withoutFields(quoted)), vocabulary), signature };
}

function withoutQuotations(lines: readonly string[]): { own: string[]; quoted: string[] } {
  const thread = lines.findIndex((_, at) => linesOfThreadHead(lines, at) > 0);
  const before = thread < 0 ? lines : lines.slice(0, thread);
  const after =
    thread < 0
      ? []
      : lines.slice(isField(lines[thread] ?? '') ? thread : thread + linesOfThreadHead(lines, thread));
  const own: string[] = [];
  const quoted: string[] = [];
  for (const line of before) (isQuoted(line) ? quoted : own).push(line);
  // Answers between the quotations of a thread are the sender's own.
  const between = after.some(isQuoted);
  for (const line of after) {
    if (isQuoted(line) || !between) quoted.push(line);
    else own.push(line);
  }
  return { own, quoted: quoted.map((line) => line.replace(/^[\s>]+/, '')) };
}

function isQuoted(line: string): boolean {
  return line.trimStart().startsWith('>');
}

/** How many lines say here that an earlier message follows; 0 for none. A header of fields is of what follows. */
function linesOfThreadHead(lines: readonly string[], at: number): number {
  const line = (lines[at] ?? '').slice(0, 300);
  if (line.trim() === '' || isQuoted(line)) return 0;
  const rule = /^\s*[-_*]{2,}/.test(line);
  if (rule && says(line, THREAD)) return 1;
  const [first] = wordsOf(line);
  if (first !== undefined && WROTE_AFTER.has(first)) {
    if (endsWithWrote(line)) return 1;
    // Long addresses break the line.
    if (endsWithWrote(`${line} ${(lines[at + 1] ?? '').slice(0, 200)}`)) return 2;
  }
  const fields = lines.slice(at, at + FIELDS_OF_A_HEADER + 1).filter(isField).length;
  return isField(line) && fields >= FIELDS_OF_A_HEADER ? 1 : 0;
}

/** "Il giorno 3 nov 2026 … ha scritto:" */
function endsWithWrote(text: string): boolean {
  return text.trimEnd().endsWith(':') && /\d/.test(text) && says(text, WROTE);
}

function isField(line: string): boolean {
  const colon = line.slice(0, 20).indexOf(':');
  if (colon < 0) return false;
  const name = wordsOf(line.slice(0, colon));
  return name.length === 1 && FIELDS.has(name[0] ?? '');
}

/** Of a header only the subject is kept. */
function withoutFields(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    if (!isField(line)) return [line];
    const [name] = wordsOf(line);
    return name === 'oggetto' || name === 'subject' ? [line.slice(line.indexOf(':') + 1).trim()] : [];
  });
}

/** A disclaimer reaches to the end; one that is all there is, is no disclaimer. */
function withoutDisclaimer(lines: readonly string[]): string[] {
  const kept = lines.filter((line) => line.length > 120 || !says(line, DEVICE));
  const at = kept.findIndex((line, index) => index > 0 && says(line.slice(0, 400), DISCLAIMER));
  return at < 0 ? kept : kept.slice(0, at);
}

function says(line: string, phrases: readonly Phrase[]): boolean {
  const sentences = splitSentences(line);
  return phrases.some((phrase) => findPhrase(sentences, phrase) !== undefined);
}

/** The matter, and the lines and clauses around it by which somebody signs. */
function unsigned(lines: readonly string[], vocabulary: Vocabulary): Parts {
  const separator = lines.findIndex((line, at) => at > 0 && /^--\s*$/.test(line));
  if (separator > 0) {
    const { matter, signature } = unsigned(lines.slice(0, separator), vocabulary);
    const below = lines.slice(separator + 1).map((line) => line.trim());
    return { matter, signature: [...signature, ...below.filter((line) => line !== '' && !isRule(line))] };
  }
  const pieces = lines.flatMap(clausesOf).flatMap((piece) => signedInline(piece, vocabulary));
  const signature: string[] = [];
  let to = pieces.length;
  const from = introduction(pieces, vocabulary);
  signature.push(...pieces.slice(0, from).map(({ text }) => text));
  for (let at = to - 1; at >= Math.max(from, to - SIGNED_WITHIN); at--) {
    const piece = pieces[at];
    if (!piece) break;
    // A line that says nothing ends no signature; nor does it make one.
    if (piece.text === '' || isRule(piece.text)) continue;
    if (!signs(piece, pieces[at - 1], vocabulary)) break;
    to = at;
  }
  const tail = pieces.slice(to).filter(({ text }) => text !== '' && !isRule(text));
  // "Servizio civile" alone may be the matter: somebody or their telephone must be named, or the letter closed.
  const certain = tail.some(({ text }) => isSure(text, vocabulary)) || closesBefore(pieces, to);
  if (!certain) to = pieces.length;
  else signature.push(...tail.map(({ text }) => text));
  const rest = pieces.slice(from, to);
  const matter = rest.map(({ text, glue }) => text + glue).join('');
  return { matter: withoutClosing(matter), signature: signature.filter((line) => !isClosing(line)) };
}

type Piece = { readonly text: string; readonly glue: string; readonly startsLine: boolean };

/** Clauses of a line: what a comma, a dash, a bar or the end of a sentence ends. */
function clausesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at] ?? '';
    const next = line[at + 1] ?? ' ';
    const breaks =
      (/[,;:|!?]/.test(sign) && /\s/.test(next)) ||
      (/[–—-]/.test(sign) && /\s/.test(next) && /\s/.test(line[at - 1] ?? ' ')) ||
      (sign === '.' && /\s/.test(next) && endsSentence(line, at)) ||
      (sign === '(' && at > from) ||
      (sign === ')' && at + 1 < line.length);
    if (!breaks) continue;
    const end = sign === '(' ? at : at + 1;
    pieces.push({ text: line.slice(from, end).trim(), glue: ' ', startsLine: from === 0 });
    from = end;
  }
  pieces.push({ text: line.slice(from).trim(), glue: '\n', startsLine: from === 0 });
  return pieces;
}

/** "…non stampa grazie Giulia Moretti ufficio tributi": whoever signs without a comma does it after thanks. */
function signedInline(piece: Piece, vocabulary: Vocabulary): Piece[] {
  const tokens = tokensOf(piece.text);
  for (let at = tokens.length - 2; at >= 0; at--) {
    const token = tokens[at];
    const next = tokens[at + 1];
    if (!token || !next || !CLOSES.has(token.word)) continue;
    const text = piece.text.slice(next.start);
    if (!isPerson(text, wordsOf(text), vocabulary)) continue;
    return [
      { ...piece, text: piece.text.slice(0, token.start).trim(), glue: ' ' },
      { text: piece.text.slice(token.start, next.start).trim(), glue: ' ', startsLine: false },
      { text, glue: piece.glue, startsLine: false },
    ];
  }
  return [piece];
}

function endsSentence(line: string, at: number): boolean {
  const before = tokensOf(line.slice(Math.max(0, at - 20), at)).at(-1)?.word ?? '';
  return before.length > 1 && classOf(before) !== 'title' && !PHONE.has(before);
}

function isRule(text: string): boolean {
  return /^[-_=*~–—.\s]+$/.test(text);
}

/** Could it stand in a signature? Asked from the end; `before` is what precedes it. */
function signs({ text }: Piece, before: Piece | undefined, vocabulary: Vocabulary): boolean {
  const words = wordsOf(text);
  if (words.length === 0) return true;
  if (words.length > LINE_AT_MOST || text.endsWith('?')) return false;
  if (isClosing(text) || isSure(text, vocabulary)) return true;
  const [first = '', second = ''] = words;
  if (isStreet(text, words) || isOfficeLine(text, words) || ROLE.has(first)) return true;
  if (HOURS.has(first) && /\d/.test(text)) return true;
  if (PHONE.has(first) || (first === 'p' && second === 'iva') || (first === 'c' && second === 'f'))
    return true;
  // A name that nobody knows stands alone on a line, or follows a closing.
  return isUnknownName(text, words) && (before === undefined || before.text === '' || isClosing(before.text));
}

/** Certainly of a signature: an address, a telephone with its label, or a known name with nothing else said. */
function isSure(text: string, vocabulary: Vocabulary): boolean {
  const words = wordsOf(text);
  if (words.length === 0 || words.length > LINE_AT_MOST) return false;
  if (isAddress(text) || isPhoneLine(text, words)) return true;
  return isPerson(text, words, vocabulary);
}

function isAddress(text: string): boolean {
  const bare = text
    .replace(/^(?:e-?mail|mail|pec|web|sito)\s*:?\s*/i, '')
    .replace(/[<>()]/g, '')
    .trim();
  return !/\s/.test(bare) && (/^[^@]+@[^@]+\.[a-z]{2,}$/i.test(bare) || /^(?:https?:\/\/|www\.)/i.test(bare));
}

function isPhoneLine(text: string, words: readonly string[]): boolean {
  const labelled = words.some((word) => PHONE.has(word));
  const digits = (text.match(/\d/g) ?? []).length;
  if (!labelled && !text.trimStart().startsWith('+')) return false;
  return digits >= 2 && isPlausiblePhone(text.replace(/[.:]/g, ' '));
}

/** Titles and names, with at most an office behind them: "Dott.ssa Maria Rossi", "Maria Rossi ufficio tributi". */
function isPerson(text: string, words: readonly string[], vocabulary: Vocabulary): boolean {
  const tokens = tokensOf(text);
  let at = 0;
  let known = false;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    const name =
      isFirstName(word) ||
      vocabulary.givenNames.has(word) ||
      isSurname(word) ||
      vocabulary.surnames.has(word);
    const written = tokens[at]?.written ?? '';
    if (classOf(word) === 'title' || (word.length === 1 && written === written.toUpperCase())) continue;
    const capital = /^\p{Lu}/u.test(written);
    const follows = known && capital && classOf(word) === undefined && !OFFICE.has(word);
    if (!name && !follows) break;
    if (name && !capital && !known) {
      // "conti", "villa": written small, an ordinary word is one.
      if (!isFirstName(word) && !vocabulary.givenNames.has(word)) break;
    }
    known ||= name;
  }
  if (!known) return false;
  if (at >= words.length) return true;
  const rest = words.slice(at);
  const office = rest.findIndex((word) => OFFICE.has(word) || ROLE.has(word) || PHONE.has(word));
  return office >= 0 && office <= 1 && !rest.some(isVerb);
}

function isOfficeLine(text: string, words: readonly string[]): boolean {
  const [first = ''] = words;
  if (words.length > OFFICE_AT_MOST || words.some(isVerb) || !/^\p{Lu}/u.test(text.trim())) return false;
  // "Finance Department", "Polizia locale": in English what it is comes last.
  return OFFICE.has(first) || (OFFICE.has(words.at(-1) ?? '') && words.length <= 4);
}

/** A street with its number, or a town with its postcode. */
function isStreet(text: string, words: readonly string[]): boolean {
  const [first = ''] = words;
  return (STREET.has(first) && /\d/.test(text)) || (/^\d{5}$/.test(first) && words.length <= 5);
}

/** What happens is said with words of need, fault or doing: a signature has none. */
function isVerb(word: string): boolean {
  const of = classOf(word);
  return (
    (of === 'event' && !/^(?:formazion|corso|cambi)/.test(word)) ||
    word === 'non' ||
    word === 'not' ||
    (of === 'help' && /(?:iona|ionano|iesco|rotto|rotta|erve|works?|need|oken|ails?)$/.test(word))
  );
}

function isUnknownName(text: string, words: readonly string[]): boolean {
  const written = tokensOf(text).map((token) => token.written);
  return (
    words.length >= 2 &&
    words.length <= 4 &&
    !/\d/.test(text) &&
    written.every((word) => /^\p{Lu}\p{M}*[\p{Ll}’'.]/u.test(word) || word.length === 1) &&
    words.every((word) => classOf(word) === undefined || classOf(word) === 'title')
  );
}

function isClosing(text: string): boolean {
  const words = wordsOf(text);
  return (
    words.length > 0 &&
    words.length <= LINE_AT_MOST &&
    words.every((word) => CLOSING.has(word)) &&
    words.some((word) => CLOSES.has(word) || word === 'attesa' || word === 'forward')
  );
}

function closesBefore(pieces: readonly Piece[], to: number): boolean {
  for (let at = to; at < pieces.length; at++) {
    const text = pieces[at]?.text ?? '';
    if (text === '--' || isClosing(text)) return true;
  }
  return false;
}

/** Index after who introduces themselves: "Sono Maria Rossi dell’ufficio tributi, …", "Maria Rossi, int. 204: …". */
function introduction(pieces: readonly Piece[], vocabulary: Vocabulary): number {
  let at = 0;
  const greets = (text: string) => {
    const words = wordsOf(text);
    const [first = ''] = words;
    return (
      ['salutation', 'courtesy'].includes(classOf(first) ?? '') &&
      words.length <= 5 &&
      words.every((word) => isGreeting(word, vocabulary))
    );
  };
  while (pieces[at] && (pieces[at]?.text === '' || greets(pieces[at]?.text ?? ''))) at++;
  const first = pieces[at];
  if (!first) return 0;
  const introduced = introducedName(first.text);
  const name = introduced ?? first.text;
  if (!isPerson(name, wordsOf(name), vocabulary)) return 0;
  at++;
  while (pieces[at] && isDetail(pieces[at]?.text ?? '')) at++;
  return at < pieces.length ? at : 0;
}

function isGreeting(word: string, vocabulary: Vocabulary): boolean {
  const of = classOf(word);
  return (
    of === 'salutation' ||
    of === 'title' ||
    of === 'courtesy' ||
    word === 'a' ||
    word === 'tutti' ||
    word === 'tutte' ||
    isFirstName(word) ||
    vocabulary.givenNames.has(word) ||
    vocabulary.surnames.has(word)
  );
}

function introducedName(text: string): string | undefined {
  const tokens = tokensOf(text);
  for (const { parts } of INTRODUCTIONS) {
    const begins = parts.every(
      (part, index) => part !== '~' && part.some(({ begin }) => tokens[index]?.word === begin),
    );
    const next = tokens[parts.length];
    if (begins && next) return text.slice(next.start);
  }
  return undefined;
}

/** What follows a name at the beginning: an office, a telephone. */
function isDetail(text: string): boolean {
  const words = wordsOf(text);
  return words.length > 0 && (isOfficeLine(text, words) || isPhoneLine(text, words) || isAddress(text));
}

/** Without the greeting at its end: "…, grazie mille e buona giornata". */
function withoutClosing(matter: string): string {
  const pieces = matter.trim().split('\n').flatMap(clausesOf);
  let to = pieces.length;
  while (to > 0 && (pieces[to - 1]?.text === '' || isClosing(pieces[to - 1]?.text ?? ''))) to--;
  return pieces
    .slice(0, to)
    .map(({ text, glue }) => text + glue)
    .join('')
    .trim();
}
