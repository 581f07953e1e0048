/** The project's own files as text, and what can be read off them without running them. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** `path` is relative to the project's root, with forward slashes. */
export type Source = { readonly path: string; readonly text: string };

export type Import = {
  /** Path of the file in this project, or name of the package or built-in module. */
  readonly target: string;
  readonly local: boolean;
  /** Erased before the program runs. */
  readonly typeOnly: boolean;
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDERS = ['appPackage', 'desk', 'scripts', 'src', 'test'];
const READ = /\.(?:ts|mjs|js|json|ya?ml)$/;

/** Everything under the folders that hold source and texts, and `package.json`. */
export function readProject(): readonly Source[] {
  const paths = FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && READ.test(entry.name))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
  return [...paths.sort(), 'package.json'].map((path) => ({
    path,
    text: readFileSync(join(ROOT, path), 'utf8'),
  }));
}

export function isCode({ path }: Source): boolean {
  return /\.(?:ts|mjs|js)$/.test(path);
}

const parsed = new WeakMap<Source, ts.SourceFile>();

function syntaxOf(source: Source): ts.SourceFile {
  let file = parsed.get(source);
  if (!file) {
    const kind = source.path.endsWith('.ts') ? ts.ScriptKind.TS : ts.ScriptKind.JS;
    file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest, true, kind);
    parsed.set(source, file);
  }
  return file;
}

export function statementsOf(source: Source): readonly ts.Statement[] {
  return syntaxOf(source).statements;
}

/** Every node of the file, outermost first. Comments are not nodes. */
export function* nodesOf(source: Source): Generator<ts.Node> {
  const waiting: ts.Node[] = [syntaxOf(source)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => {
      children.push(child);
    });
    waiting.push(...children.reverse());
  }
}

export function lineOf(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
}

/** Imports, re-exports and `import()` of a file, as they stand in it. Types named in JSDoc do not count. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const local = /^\.{1,2}\//.test(specifier.text);
    const target = local ? posix.join(dirname(source.path), specifier.text) : packageOf(specifier.text);
    found.push({ target, local, typeOnly });
  };
  for (const node of nodesOf(source)) {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
  }
  return found;
}

/** `@microsoft/teams-ai/lib/x.js` is of `@microsoft/teams-ai`; a built-in module keeps its whole name. */
function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
