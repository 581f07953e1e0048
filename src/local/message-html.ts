/** What was typed, as the HTML that Teams makes of it. Pure. */

/** The mention keeps its tag. */
export function toHtml(text: string): string {
  return escapeHtml(text)
    .replace(/&lt;(\/?)at&gt;/g, '<$1at>')
    .replace(/\r?\n/g, '<br>');
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
