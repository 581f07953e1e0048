/** Where time, chance and the environment may be asked. */

import ts from 'typescript';
import { file, type Rule } from './rule.ts';
import { isCode, lineOf, nodesOf, type Source } from './sources.ts';

const PURE = ['src/domain/', 'src/app/', 'src/cards/', 'src/i18n/'];
const READS_ENVIRONMENT = ['src/config/', 'src/index.ts'];

/** Whatever is asked twice answers differently. */
const CLOCKS_AND_CHANCE = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'process.hrtime',
  'process.uptime',
  'DateTime.now',
]);
const NAMES = new Set(['randomUUID', 'randomBytes', 'randomInt', 'getRandomValues']);
/** These tell the present time when they are called without arguments. */
const PRESENT = new Set(['Date', 'DateTime.local', 'DateTime.utc']);

function asked(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const text = `${node.expression.getText()}.${node.name.text}`.replace('globalThis.', '');
    return CLOCKS_AND_CHANCE.has(text) ? text : undefined;
  }
  if (ts.isIdentifier(node) && NAMES.has(node.text)) return node.text;
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    const text = node.expression.getText();
    return PRESENT.has(text) && !node.arguments?.length ? `${text}()` : undefined;
  }
  return undefined;
}

/** `process.env`, also where it is taken apart. */
function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.getText() === 'process.env';
  return (
    ts.isVariableDeclaration(node) &&
    node.initializer?.getText() === 'process' &&
    ts.isObjectBindingPattern(node.name) &&
    node.name.elements.some((element) => (element.propertyName ?? element.name).getText() === 'env')
  );
}

const under = (project: readonly Source[], places: readonly string[]) =>
  project.filter((source) => isCode(source) && places.some((place) => source.path.startsWith(place)));

export const PURITY_RULES: readonly Rule[] = [
  {
    title: 'the domain, the use cases, the cards and the texts ask nobody for the time or for chance',
    violations: (project) =>
      under(project, PURE).flatMap((source) =>
        [...nodesOf(source)].flatMap((node) => {
          const what = asked(node);
          return what ? [`${source.path}:${lineOf(node)} asks ${what}`] : [];
        }),
      ),
    broken: [
      'const at = Date.now()',
      'const clock = { now: Date.now }',
      'const today = new Date()',
      'const today = new Date',
      "import { randomUUID } from 'node:crypto'",
      'const id = crypto.randomUUID()',
      'const luck = Math.random()',
      'const now = DateTime.now().setZone(zone)',
      'const now = DateTime.utc()',
      'const at = performance.now()',
    ].map((text) => file('src/domain/planted.ts', text)),
    kept: [
      file('src/domain/planted.ts', 'const at = new Date(command.at); // not Date.now()'),
      file('src/app/planted.ts', "const said = 'Date.now()'; house.clock.now()"),
      file('src/compose.ts', 'const worldNow = () => Date.now()'),
    ],
  },
  {
    title: 'process.env is read in src/index.ts and src/config/ only',
    violations: (project) =>
      under(project, ['src/'])
        .filter(({ path }) => !READS_ENVIRONMENT.some((place) => path.startsWith(place)))
        .flatMap((source) =>
          [...nodesOf(source)]
            .filter(readsEnvironment)
            .map((node) => `${source.path}:${lineOf(node)} reads process.env`),
        ),
    broken: [
      file('src/teams/planted.ts', 'const id = process.env.MicrosoftAppId'),
      file('src/compose.ts', 'const { env } = process'),
      file('src/stores/planted.ts', 'const { env: variables } = process'),
    ],
    kept: [
      file('src/index.ts', 'readEnvironment(process.env)'),
      file('src/stores/planted.ts', 'const { versions } = process; process.versions.sqlite // process.env'),
    ],
  },
];
