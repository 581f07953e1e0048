/** HTML from templates: what is put in is text and is escaped, unless it is markup made here. */

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Controls that no HTML document may hold, and marks that reorder or hide what others read. */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

export type Markup = { readonly html: string };
type Part = string | number | Markup | readonly Markup[];

/** A tagged template: strings and numbers in it are text. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { html: literals.reduce((text, literal, index) => text + markup(parts[index - 1] ?? '') + literal) };
}

function markup(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'html' in part ? part.html : part.map((one) => one.html).join('');
}

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(HIDDEN, '')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
