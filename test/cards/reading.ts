/** Reads cards as their clients do: which strings are shown, which of them are markdown, and what people then see. */

import markdownIt from 'markdown-it';
import type { Card } from '../../src/cards/kit/card.ts';

/** Properties whose strings people see, by the type of their element; facts and choices have none. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: ['fallbackText', 'speak'],
  TextBlock: ['text'],
  TextRun: ['text'],
  Fact: ['title', 'value'],
  Choice: ['title'],
  'Input.Text': ['label', 'placeholder', 'value', 'errorMessage'],
  'Input.ChoiceSet': ['label', 'placeholder', 'errorMessage'],
  'Input.Toggle': ['title', 'label', 'errorMessage'],
  'Action.Execute': ['title', 'tooltip'],
  'Action.Submit': ['title', 'tooltip'],
  'Action.OpenUrl': ['title', 'tooltip'],
  'Action.ShowCard': ['title', 'tooltip'],
};
/** Of these, what the renderer takes for markdown. */
const MARKDOWN: Readonly<Record<string, readonly string[]>> = {
  TextBlock: ['text'],
  Fact: ['title', 'value'],
  'Input.Toggle': ['title'],
};

export type Shown = {
  /** Where in the card, so that two cards of the same shape can be compared. */
  readonly path: string;
  readonly text: string;
  readonly kind: 'markdown' | 'verbatim' | 'input';
};

/** Everything that is shown, and the card with these strings taken out: its structure. */
export function read(card: Card): { readonly shown: readonly Shown[]; readonly structure: string } {
  const shown: Shown[] = [];
  const walk = (value: unknown, path: string, type: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => walk(item, `${path}[${index}]`, type));
    if (typeof value !== 'object' || value === null) return value;
    const own = 'type' in value && typeof value.type === 'string' ? value.type : type;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        if (typeof item === 'string' && SHOWN[own]?.includes(key)) {
          const kind = MARKDOWN[own]?.includes(key) ? 'markdown' : key === 'value' ? 'input' : 'verbatim';
          shown.push({ path: `${path}.${key}`, text: item, kind });
          return [key, '…'];
        }
        // Asked of the server again, and read there like any input.
        if (own === '' && key === 'list' && typeof item === 'string') return [key, '…'];
        const inner = key === 'facts' ? 'Fact' : key === 'choices' ? 'Choice' : '';
        return [key, walk(item, `${path}.${key}`, inner)];
      }),
    );
  };
  return { structure: JSON.stringify(walk(card, '', '')), shown };
}

const markdown = markdownIt({ html: false });
const HARMLESS_TOKENS = ['paragraph_open', 'paragraph_close', 'inline', 'text', 'text_special', 'softbreak'];

/** What markdown makes of a text: markup in it by name, and the letters that remain to be seen. */
export function renderMarkdown(text: string): {
  readonly markup: readonly string[];
  readonly visible: string;
} {
  const tokens = markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  const markup = tokens.map(({ type }) => type).filter((type) => !HARMLESS_TOKENS.includes(type));
  const visible = tokens
    .filter(({ type }) => type !== 'inline')
    .map(({ type, content }) => (type === 'softbreak' ? ' ' : content))
    .join('');
  return { markup, visible };
}

/** A text as an eye sees it: nothing that shows nothing (some of it not assigned yet), and one space for any. */
export function seen(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\t\r\n\u0085\u2028\u2029]/g, ' ')
    .replace(/(?![\u200C\u200D])[\p{Cc}\p{Cf}\u2065\u{E0000}-\u{E007F}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Every object in a card, the card itself first. */
export function* elementsOf(value: unknown): Generator<Card> {
  if (Array.isArray(value)) for (const item of value) yield* elementsOf(item);
  else if (typeof value === 'object' && value !== null) {
    yield value as Card;
    for (const item of Object.values(value)) yield* elementsOf(item);
  }
}
