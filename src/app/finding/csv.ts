/** Lines of a CSV file as Italian spreadsheets read it: semicolons between the cells, since the comma is in numbers. */

const SEPARATOR = ';';
/**
 * What begins so is a formula to a spreadsheet, and a formula can send away what stands beside it. An apostrophe in front
 * makes it a text: https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^[\s\u200B\uFEFF]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(SEPARATOR)}\r\n`;
}

function csvCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[;"\r\n\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
