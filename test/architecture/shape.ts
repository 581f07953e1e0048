/** How files are named, how long they are, and that none hides behind another. */

import ts from 'typescript';
import { file, type Rule } from './rule.ts';
import { importsOf, isCode, type Source, statementsOf } from './sources.ts';

/** Lines that a file may have. */
const LIMITS = { program: 300, test: 400 };
/** Files that may be longer, with the number of lines and the reason. */
const LONGER: Readonly<Record<string, readonly [lines: number, reason: string]>> = {
  'test/domain/intake/form.test.ts': [450, 'one table of cases for one form'],
  'src/local/page/texts.js': [350, 'one list of texts, in two languages'],
  'test/e2e/day/script.ts': [450, 'one day of an office, one step after the other'],
  'scripts/bench/report.ts': [350, 'one document, one paragraph after the other'],
};
const EMPTY_NAMES = /^(?:utils?|helpers?|commons?|misc)(?:\.|$)/i;

function linesOf({ text }: Source): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/** Only passes on what other files export. */
function isBarrel(source: Source): boolean {
  const statements = statementsOf(source);
  const passesOn = (statement: ts.Statement) =>
    ts.isExportDeclaration(statement) && (statement.moduleSpecifier !== undefined || statement.exportClause);
  return (
    statements.some(passesOn) &&
    statements.every((statement) => passesOn(statement) || ts.isImportDeclaration(statement))
  );
}

/** Circles of files that need each other to be loaded. Types are erased, so they close none. */
function cycles(project: readonly Source[]): string[] {
  const sources = new Map(project.filter(isCode).map((source) => [source.path, source]));
  const done = new Set<string>();
  const path: string[] = [];
  const found: string[] = [];
  const visit = (name: string) => {
    if (path.includes(name)) {
      found.push([...path.slice(path.indexOf(name)), name].join(' → '));
      return;
    }
    const source = sources.get(name);
    if (!source || done.has(name)) return;
    path.push(name);
    for (const { target, typeOnly } of importsOf(source)) if (!typeOnly) visit(target);
    path.pop();
    done.add(name);
  };
  for (const name of sources.keys()) visit(name);
  return found;
}

type Manifest = Readonly<Record<'dependencies' | 'devDependencies', Record<string, string> | undefined>>;

/** What is imported and stands in `node_modules` only because another package wants it. */
function borrowed(project: readonly Source[]): string[] {
  const manifest = project.find(({ path }) => path === 'package.json');
  if (!manifest) return [];
  const { dependencies = {}, devDependencies = {} } = JSON.parse(manifest.text) as Manifest;
  return project.filter(isCode).flatMap((source) =>
    importsOf(source)
      .filter(({ target, local }) => !local && !target.startsWith('node:'))
      .filter(({ target, typeOnly }) => {
        if (target in dependencies) return false;
        // What runs in production must be there without the development tools.
        return !(target in devDependencies) || (source.path.startsWith('src/') && !typeOnly);
      })
      .map(({ target }) => `${source.path} imports ${target}, which package.json does not promise there`),
  );
}

const PROGRAM = 'console.log(1);\n';

export const SHAPE_RULES: readonly Rule[] = [
  {
    title: 'no file or folder is named utils, helpers, common or misc',
    violations: (project) =>
      project
        .filter(({ path }) => path.split('/').some((part) => EMPTY_NAMES.test(part)))
        .map(({ path }) => `${path} does not say what it decides`),
    broken: [file('src/app/utils.ts', ''), file('test/helpers/desk.ts', ''), file('src/common/x.json', '{}')],
    kept: [file('src/domain/commands.ts', ''), file('src/app/help.ts', '')],
  },
  {
    title: 'no file only passes on what others export',
    violations: (project) =>
      project.filter((source) => isCode(source) && isBarrel(source)).map(({ path }) => `${path} is a barrel`),
    broken: [
      file('src/domain/index.ts', "export * from './decide.ts';\nexport { evolve } from './evolve.ts';"),
      file('src/domain/all.ts', "import { decide } from './decide.ts';\nexport { decide };"),
      file('src/domain/types.ts', "export type { Ticket } from './ticket.ts';"),
    ],
    kept: [
      file('src/domain/limits.ts', 'export const TEXT_LIMIT = 1;'),
      file('src/domain/rights.ts', "export type { PersonId } from './ticket.ts';\nexport const a = 1;"),
      file('src/index.ts', "import { main } from './main.ts';\nawait main();"),
    ],
  },
  {
    title: 'no two files need each other to be loaded',
    violations: cycles,
    broken: [
      [...file('src/a.ts', "import './b.ts'"), ...file('src/b.ts', "export * from './a.ts'")],
      [
        ...file('src/a.ts', "import { b } from './b/b.ts'"),
        ...file('src/b/b.ts', "import { type C, c } from './c.ts'"),
        ...file('src/b/c.ts', "import { a } from '../a.ts'"),
      ],
    ],
    kept: [
      [...file('src/a.ts', "import './b.ts'"), ...file('src/b.ts', "import type { A } from './a.ts'")],
      [...file('src/a.ts', "import './b.ts'; import './c.ts'"), ...file('src/b.ts', "import './c.ts'")],
    ],
  },
  {
    title: 'every package that is imported is promised by package.json',
    violations: borrowed,
    broken: [
      [...file('package.json', '{}'), ...file('src/a.ts', "import { z } from 'zod'")],
      [
        ...file('package.json', '{ "devDependencies": { "ajv": "8" } }'),
        ...file('src/a.ts', "import Ajv from 'ajv'"),
      ],
    ],
    kept: [
      [
        ...file('package.json', '{ "dependencies": { "@a/b": "1" }, "devDependencies": { "ajv": "8" } }'),
        ...file('src/a.ts', "import { b } from '@a/b/lib/b.js'; import 'node:fs'; import './b.ts'"),
        ...file('test/a.ts', "import Ajv from 'ajv/dist/2020.js'"),
      ],
    ],
  },
  {
    title: `a file has ${LIMITS.program} lines at most, ${LIMITS.test} in test/, or a reason to be longer`,
    violations: (project) =>
      project.filter(isCode).flatMap((source) => {
        const limit =
          LONGER[source.path]?.[0] ?? (source.path.startsWith('test/') ? LIMITS.test : LIMITS.program);
        const lines = linesOf(source);
        return lines > limit ? [`${source.path} has ${lines} lines`] : [];
      }),
    broken: [
      file('src/app/all.ts', PROGRAM.repeat(LIMITS.program + 1)),
      file('test/all.test.ts', PROGRAM.repeat(LIMITS.test + 1)),
    ],
    kept: [
      file('src/app/all.ts', PROGRAM.repeat(LIMITS.program)),
      file('test/all.test.ts', PROGRAM.repeat(LIMITS.test)),
      file('src/i18n/it.json', '\n'.repeat(5_000)),
    ],
  },
];
