/** What texts and titles may say. */

import ts from 'typescript';
import { isCollection, isScalar, parseDocument, visit } from 'yaml';
import { file, type Rule } from './rule.ts';
import { isCode, lineOf, nodesOf, type Source } from './sources.ts';

/** The ids of the requirements: the letter of each group and its last number. */
const REQUIREMENTS: Readonly<Record<string, number>> = {
  T: 18,
  I: 20,
  R: 7,
  W: 11,
  D: 6,
  N: 4,
  P: 4,
  K: 8,
  A: 10,
};
const ID = /(?<![\p{L}\p{N}/])([TIRWDNPKA])(\d{1,3})(?![\p{L}\p{N}])/gu;
const TESTING = /^(?:test|it|describe|suite|\w+\.test)(?:\.(?:only|skip|todo))?$/;

/** An Italian word that has lost its last vowel, before a typewriter's apostrophe; also è and po’ written so. */
const STRAIGHT =
  /(?<!\p{L})(?:l|un|d|all|dall|dell|nell|sull|coll|quell|quest|bell|buon|sant|gl|c|s|m|t|v|n|com|dov|anch|senz|tutt|mezz|nessun|ciascun|qualcun|alcun|po|e)'/iu;
/** In a text that is Italian for certain, any letter before it will do. */
const AFTER_LETTER = /\p{L}'/u;

function titlesOf(source: Source): { readonly title: string; readonly line: number }[] {
  return [...nodesOf(source)].flatMap((node) => {
    if (!ts.isCallExpression(node) || !TESTING.test(node.expression.getText())) return [];
    const [first] = node.arguments;
    if (!first) return [];
    if (ts.isStringLiteralLike(first)) return [{ title: first.text, line: lineOf(node) }];
    if (!ts.isTemplateExpression(first)) return [];
    const title = [first.head, ...first.templateSpans.map(({ literal }) => literal)]
      .map(({ text }) => text)
      .join('…');
    return [{ title, line: lineOf(node) }];
  });
}

function unknownIds(title: string): string[] {
  return [...title.matchAll(ID)]
    .filter(
      ([, letter = '', number = '']) =>
        !(Number(number) >= 1 && Number(number) <= (REQUIREMENTS[letter] ?? 0)),
    )
    .map(([id]) => id);
}

/** Every text of a data file, keys left out. */
function valuesOf({ path, text }: Source): string[] {
  if (path.endsWith('.json')) {
    const texts: string[] = [];
    JSON.parse(text, (_key, value: unknown) => {
      if (typeof value === 'string') texts.push(value);
    });
    return texts;
  }
  const texts: string[] = [];
  visit(parseDocument(text), {
    Scalar(key, node) {
      if (key !== 'key' && typeof node.value === 'string') texts.push(node.value);
    },
    Pair(_key, { key, value }) {
      // What follows `en` is not Italian.
      return isScalar(key) && key.value === 'en' && !isCollection(value) ? visit.SKIP : undefined;
    },
  });
  return texts;
}

function straightIn(source: Source): string[] {
  const say = (text: string) => `${source.path} writes a straight apostrophe: ${text.slice(0, 60)}`;
  if (/^(?:src\/i18n\/it\.json|desk\/.*\.ya?ml|appPackage\/manifest\.json)$/.test(source.path))
    return valuesOf(source)
      .filter((text) => AFTER_LETTER.test(text))
      .map(say);
  if (/^src\/.*\.json$/.test(source.path))
    return valuesOf(source)
      .filter((text) => STRAIGHT.test(text))
      .map(say);
  if (!isCode(source) || !source.path.startsWith('src/')) return [];
  return [...nodesOf(source)]
    .filter(
      (node) =>
        ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node),
    )
    .filter(({ text }) => STRAIGHT.test(text))
    .map(({ text }) => say(text));
}

export const WORD_RULES: readonly Rule[] = [
  {
    title: 'every requirement that a test names in its title exists',
    violations: (project) =>
      project
        .filter((source) => isCode(source) && source.path.startsWith('test/'))
        .flatMap((source) =>
          titlesOf(source).flatMap(({ title, line }) =>
            unknownIds(title).map((id) => `${source.path}:${line} names ${id}, which is no requirement`),
          ),
        ),
    broken: [
      file('test/a.test.ts', "test('T19 a ticket flies', () => {})"),
      file('test/a.test.ts', "describe('D1–D9 deadlines', () => {})"),
      file('test/a.test.ts', "it.skip('N0 nothing', () => {})"),
      file('test/a.test.ts', 'for (const one of all) test(`K9 \u0024{one}`, () => {})'),
      file('test/a.test.ts', "await t.test('R2, R8 a rule', () => {})"),
    ],
    kept: [
      file('test/a.test.ts', "test('T18, I20, R7, W11, D6, N4, P4, K8, A10 the last ones', () => {})"),
      file('test/a.test.ts', "test('PDF/A11, T1000x and X99 are none', () => {})"),
      file('test/a.test.ts', "check('T99 is no title'); // test('T99')"),
    ],
  },
  {
    title: 'Italian texts have the apostrophe of print, not of the typewriter',
    violations: (project) => project.flatMap(straightIn),
    broken: [
      file('src/i18n/it.json', `{ "a": { "b": "Apri l'elenco" } }`),
      file('src/i18n/it.json', `{ "a": "La citta' e' chiusa" }`),
      file('desk/queues.yaml', "- name: Ufficio dell'Anagrafe"),
      file('desk/services.yaml', "- name: { it: L'anagrafe, en: The registry }"),
      file('src/cards/draft.sample.json', `{ "text": "Non riesco ad aprire un'istanza" }`),
      file('src/local/page/texts.js', 'const it = { a: "Mostra un\'altra risposta" }'),
      file('src/scenario.ts', "const role = `responsabile dell'ufficio \u0024{name}`"),
    ],
    kept: [
      file('src/i18n/it.json', '{ "a": "Apri l’elenco", "b": "{n, plural, other {\'#\'}}" }'),
      file('src/i18n/en.json', `{ "a": "The agents' list isn't here" }`),
      file(
        'desk/services.yaml',
        "- name: { it: L’anagrafe, en: The people's registry }\n  note: 'virgolette'",
      ),
      file('src/local/page/texts.js', 'const en = { a: "It isn\'t here" } // l\'elenco'),
      file('test/domain/words.test.ts', 'wordsOf("l\'elenco")'),
    ],
  },
];
