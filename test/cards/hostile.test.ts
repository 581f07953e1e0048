import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gallery, HARMLESS, type Typed } from './gallery.ts';
import { HOSTILE } from './hostile-texts.ts';
import { read, renderMarkdown, seen } from './reading.ts';

/** As the renderer's formatters find them, whatever else stands around. */
const DATE_OR_TIME = /\{\{(DATE|TIME)\(/;
/** Controls but line breaks and tabs; direction marks and overrides; tags. */
const HIDING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/u;

const fields = Object.keys(HARMLESS) as (keyof Typed)[];
const harmless = cardsWith(HARMLESS);

function cardsWith(typed: Typed) {
  return Object.entries(gallery(typed, 'it')).map(([name, { card, summary }]) => ({
    name,
    summary,
    ...read(card),
  }));
}

function everywhere(text: string): Typed {
  return Object.fromEntries(fields.map((field) => [field, text])) as Typed;
}

/** What a shown text should read with `text` in place of everything that the harmless world says. */
function expected(shown: string, text: string): string {
  const longestFirst = Object.values(HARMLESS).sort((a, b) => b.length - a.length);
  // In two steps, so that what is put in is not itself replaced.
  const marked = longestFirst.reduce((whole, part) => whole.replaceAll(seen(part), '\uE000'), seen(shown));
  return seen(marked.replaceAll('\uE000', () => seen(text)));
}

/** The whole text, or its beginning where there was no room for more. */
function assertReads(shown: string, whole: string, where: string): void {
  const text = seen(shown);
  if (text.endsWith('…')) assert.ok(whole.startsWith(text.slice(0, -1).trimEnd()), `${where}: ${text}`);
  else assert.equal(text, whole, where);
}

describe('text that people typed', () => {
  it('is tried in every field of every card', () => {
    assert.ok(HOSTILE.length >= 25);
    for (const field of fields)
      assert.ok(
        harmless.some(({ shown }) => shown.some(({ text }) => seen(text).includes(seen(HARMLESS[field])))),
        `no card of the gallery shows ${field}`,
      );
  });

  for (const text of HOSTILE)
    it(`I2 W1 cannot become markup nor change a card: ${JSON.stringify(text)}`, () => {
      cardsWith(everywhere(text)).forEach((card, index) => {
        const before = harmless[index];
        assert.ok(before);
        assert.equal(card.structure, before.structure, `structure of ${card.name}`);
        assert.ok(!/[\n\r]/.test(card.summary) && !HIDING.test(card.summary), `summary of ${card.name}`);
        card.shown.forEach((shown, place) => {
          const where = `${card.name} ${shown.path}`;
          const harmlessText = before.shown[place]?.text ?? '';
          if (shown.kind === 'input') return;
          assert.doesNotMatch(shown.text, DATE_OR_TIME, where);
          assert.doesNotMatch(shown.text, HIDING, where);
          if (shown.kind === 'markdown') {
            const { markup, visible } = renderMarkdown(shown.text);
            assert.deepEqual(markup, [], where);
            assertReads(visible, expected(harmlessText, text), where);
          } else assertReads(shown.text, expected(harmlessText, text), where);
        });
      });
    });

  for (const field of fields)
    it(`I2 W1 cannot change a card from ${field} alone`, () => {
      for (const text of [
        '"},{"type":"TextBlock","text":"x"}',
        '$' + '{subject}',
        '[x](https://evil.example)',
      ])
        cardsWith({ ...HARMLESS, [field]: text }).forEach(({ name, structure }, index) => {
          assert.equal(structure, harmless[index]?.structure, name);
        });
    });

  it('I5 comes back into its input exactly as it was typed', () => {
    for (const text of HOSTILE) {
      const card = cardsWith(everywhere(text)).find(({ name }) => name === 'form dialog: note, not accepted');
      assert.equal(card?.shown.find(({ kind }) => kind === 'input')?.text, text);
    }
  });
});
