/** Finds the regular expressions of a source file: literals, and what `RegExp` is called with. */

import ts from 'typescript';

export type FoundRegex = { readonly file: string; readonly line: number } & (
  | { readonly source: string; readonly flags: string }
  /** Made of something that only is known while the program runs. */
  | { readonly source: undefined; readonly made: string }
);

/**
 * @param text of the file, TypeScript or JavaScript
 * @param textOf of a file that it imports a constant from; undefined where there is none
 */
export function regexesIn(
  file: string,
  text: string,
  textOf: (specifier: string) => string | undefined,
): FoundRegex[] {
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const constants = new Map([...importedInto(parsed, textOf), ...constantsOf(parsed)]);
  const found: FoundRegex[] = [];
  const visit = (node: ts.Node) => {
    const line = parsed.getLineAndCharacterOfPosition(node.getStart(parsed)).line + 1;
    if (ts.isRegularExpressionLiteral(node)) found.push({ file, line, ...partsOf(node.text) });
    else if (isMaking(node)) {
      const [pattern, flags] = (node.arguments ?? []).map((one) => constantIn(one, constants));
      const known = pattern !== undefined && (node.arguments?.length === 1 || flags !== undefined);
      const made = node.getText(parsed);
      found.push({
        file,
        line,
        ...(known ? { source: pattern, flags: flags ?? '' } : { source: undefined, made }),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found;
}

function isMaking(node: ts.Node): node is ts.NewExpression | ts.CallExpression {
  return (
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    (/^(?:globalThis\.)?RegExp$/.test(node.expression.getText()) || takesPattern(node))
  );
}

/** `text.match('…')` makes an expression of a string as well. */
function takesPattern(node: ts.NewExpression | ts.CallExpression): boolean {
  const [first] = node.arguments ?? [];
  return (
    ts.isPropertyAccessExpression(node.expression) &&
    /^(?:match|matchAll)$/.test(node.expression.name.text) &&
    first !== undefined &&
    (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first))
  );
}

function partsOf(literal: string): { readonly source: string; readonly flags: string } {
  const end = literal.lastIndexOf('/');
  return { source: literal.slice(1, end), flags: literal.slice(end + 1) };
}

function importedInto(
  file: ts.SourceFile,
  textOf: (specifier: string) => string | undefined,
): Map<string, string> {
  const imported = new Map<string, string>();
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const names = statement.importClause?.namedBindings;
    if (names === undefined || !ts.isNamedImports(names)) continue;
    // Only those that can be one: every other file would be read in vain.
    const wanted = names.elements.filter(({ name }) => /^[A-Z][A-Z_\d]*$/.test(name.text));
    const text = wanted.length === 0 ? undefined : textOf(statement.moduleSpecifier.text);
    if (text === undefined) continue;
    const theirs = constantsOf(ts.createSourceFile('', text, ts.ScriptTarget.Latest, true));
    for (const { name, propertyName } of wanted) {
      const value = theirs.get((propertyName ?? name).text);
      if (value !== undefined) imported.set(name.text, value);
    }
  }
  return imported;
}

/** Strings and numbers that the file itself gives a name to. */
function constantsOf(file: ts.SourceFile): ReadonlyMap<string, string> {
  const constants = new Map<string, string>();
  const visit = (node: ts.Node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      const list = node.parent;
      const value = list.flags & ts.NodeFlags.Const ? constantIn(node.initializer, constants) : undefined;
      if (value !== undefined) constants.set(node.name.text, value);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return constants;
}

/** @returns undefined where only the running program knows it */
function constantIn(node: ts.Expression, constants: ReadonlyMap<string, string>): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return String(Number(node.text));
  if (ts.isRegularExpressionLiteral(node)) return partsOf(node.text).source;
  if (ts.isIdentifier(node)) return constants.get(node.text);
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node))
    return constantIn(node.expression, constants);
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'source')
    return constantIn(node.expression, constants);
  if (ts.isPropertyAccessExpression(node) && node.getText() === 'String.raw') return undefined;
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'String.raw')
    return joined(node.template, constants, true);
  if (ts.isTemplateExpression(node)) return joined(node, constants, false);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [constantIn(node.left, constants), constantIn(node.right, constants)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

function joined(
  template: ts.TemplateLiteral,
  constants: ReadonlyMap<string, string>,
  raw: boolean,
): string | undefined {
  const words = (part: ts.TemplateLiteralLikeNode) => (raw ? (part.rawText ?? part.text) : part.text);
  if (!ts.isTemplateExpression(template)) return words(template);
  let whole = words(template.head);
  for (const { expression, literal } of template.templateSpans) {
    const value = constantIn(expression, constants);
    if (value === undefined) return undefined;
    whole += value + words(literal);
  }
  return whole;
}
