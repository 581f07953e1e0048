/** One YAML file of the desk, as plain text values with the place of each. Knows nothing of what they mean. */

import type { Document, Node, Pair, YAMLError, YAMLMap } from 'yaml';
import { isAlias, isCollection, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { DeskProblem, KeyPath } from './desk-problem.ts';

/** Single values are text as written: `no` is not false, `010` not ten, nothing is "". `undefined`: an empty file. */
export type Raw = string | undefined | readonly Raw[] | RawMap;
export type RawMap = { readonly [key: string]: Raw };

export type Place = { readonly line: number; readonly column: number };

export type DeskFile = {
  readonly name: string;
  readonly raw: Raw;
  /** Where the value at this path stands; the nearest thing around it where there is none. */
  placeOfValue(path: KeyPath): Place;
  /** Where the key stands that this path ends with, or the list item that it points to. */
  placeOfKey(path: KeyPath): Place;
  /** Where `part` first stands in the text at this path; the value's own place where it does not. */
  placeOfText(path: KeyPath, part: string): Place;
};

/**
 * Reads YAML. A file that is not YAML gives one problem, the first, since the others follow from it; a key written
 * twice or an alias gives a problem, too, but leaves the rest of the file readable.
 */
export function readYaml(name: string, text: string): { file?: DeskFile; problems: readonly DeskProblem[] } {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'failsafe',
    uniqueKeys: false,
  });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault !== undefined) {
    const found = place(offsetOf(fault, document));
    return { problems: [{ file: name, ...found, path: [], message: explain(fault) }] };
  }

  const problems: DeskProblem[] = [];
  const report = (offset: number, path: KeyPath, message: string): undefined => {
    problems.push({ file: name, ...place(offset), path, message });
  };

  function toRaw(node: unknown, path: KeyPath): Raw {
    if (isMap(node)) return toRawMap(node, path);
    if (isSeq(node)) return node.items.map((item, index) => toRaw(item, [...path, index]));
    if (isAlias(node))
      return report(
        startOf(node),
        path,
        `"*${node.source}" refers to another place in the file, which desk files do not do. Write the value itself, or put it in quotes where it begins with a star.`,
      );
    return isScalar(node) ? String(node.value) : '';
  }

  function toRawMap(map: YAMLMap, path: KeyPath): RawMap {
    const first = new Map<string, number>();
    const entries: [string, Raw][] = [];
    for (const pair of map.items) {
      const key = keyOf(pair);
      const offset = startOf(pair.key);
      if (key === undefined) {
        report(offset, path, 'a list or group is used as a key. Write a plain name before the colon.');
        continue;
      }
      const earlier = first.get(key);
      if (earlier !== undefined) {
        report(
          offset,
          [...path, key],
          `"${key}" is written twice; the first one is on line ${place(earlier).line}. Remove one of them, or give this one another name.`,
        );
        continue;
      }
      first.set(key, offset);
      entries.push([key, toRaw(pair.value, [...path, key])]);
    }
    // `fromEntries` defines `__proto__` as a plain key, where an assignment would lose it.
    return Object.fromEntries(entries);
  }

  const raw = document.contents === null ? undefined : toRaw(document.contents, []);
  const locate = (path: KeyPath) => follow(document, path);
  const file: DeskFile = {
    name,
    raw,
    placeOfValue: (path) => {
      const { value, key } = locate(path);
      return place(startOf(value ?? key ?? document.contents));
    },
    placeOfKey: (path) => {
      const { value, key } = locate(path);
      return place(startOf(key ?? value ?? document.contents));
    },
    placeOfText: (path, part) => {
      const start = startOf(locate(path).value ?? document.contents);
      const found = text.indexOf(part, start);
      return place(found < 0 ? start : found);
    },
  };
  return { file, problems };
}

/** The node at a path, with its key where it stands in a group. Stops at the last one that exists. */
function follow(document: Document, path: KeyPath): { key?: unknown; value?: unknown } {
  let key: unknown;
  let value: unknown = document.contents;
  for (const step of path) {
    if (isMap(value)) {
      const pair: Pair | undefined = value.items.find((candidate) => keyOf(candidate) === String(step));
      if (pair === undefined) return { key, value };
      key = pair.key;
      value = pair.value;
    } else if (isSeq(value)) {
      const item: unknown = value.items[Number(step)];
      if (item === undefined) return { key, value };
      key = undefined;
      value = item;
    }
    // A single value written where a list is allowed has no positions below it.
  }
  return { key, value };
}

function keyOf(pair: Pair): string | undefined {
  return isScalar(pair.key) ? String(pair.key.value) : undefined;
}

function startOf(node: unknown): number {
  return (node as Node | null | undefined)?.range?.[0] ?? 0;
}

/** The parser notices a missing quote or bracket where the file goes on; the mistake is where it was opened. */
function offsetOf(fault: YAMLError, document: Document): number {
  let opened: number | undefined;
  const unclosed = /Missing closing|end with a/.test(fault.message);
  if (unclosed)
    visit(document, (_, node) => {
      const flow = isCollection(node) && node.flow === true;
      const quoted = isScalar(node) && node.type?.startsWith('QUOTE') === true;
      if (!flow && !quoted) return;
      const [start, , end] = node.range ?? [0, 0, 0];
      if (start <= fault.pos[0] && fault.pos[0] <= end + 1) opened = start;
    });
  return opened ?? fault.pos[0];
}

function explain(fault: YAMLError): string {
  switch (fault.code) {
    case 'TAB_AS_INDENT':
      return 'the line begins with a tab. Indent with spaces, two for each level.';
    case 'BAD_INDENT':
      return /end with a/.test(fault.message)
        ? 'a list or group in brackets is not closed. Write the closing bracket.'
        : 'the line is not indented like the others of its group. Begin them all in the same column.';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'the line has no "key: value" that can be read. Write a space after the colon, and close every quote.';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'the value has a second colon followed by a space, or lines indented below it. Put the value in double quotes, or move what is below it to a line of its own.';
    case 'BAD_SCALAR_START':
      return 'a value cannot begin with this character. Put the value in double quotes.';
    case 'TAG_RESOLVE_FAILED':
      return 'a value cannot begin with an exclamation mark. Put the value in double quotes.';
    case 'MISSING_CHAR':
      return /Missing closing/.test(fault.message)
        ? 'a quote that is opened here is never closed. Write the closing quote.'
        : `the file cannot be read as YAML: ${fault.message}.`;
    case 'BAD_DQ_ESCAPE':
      return 'a backslash inside double quotes must be written twice. Write \\\\ or use single quotes.';
    case 'MULTIPLE_DOCS':
      return 'the file has a line "---" in the middle. Remove it: a desk file is one document.';
    default:
      return `the file cannot be read as YAML: ${fault.message}. Look for a missing quote, bracket or space after a colon on this line or the one before.`;
  }
}
