/**
 * Asks of every regular expression in `src/` that its time grows with the text and not with its square: what comes from
 * outside could otherwise stand everything still. Part of `npm run check`; what was looked at is kept in `node_modules`.
 *
 *     node scripts/check-regexes.ts [folder]
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { regexesIn } from './regexes/collect.ts';
import { judge, VERDICTS } from './regexes/judge.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const KEPT = join(ROOT, 'node_modules/.cache/regexes.json');

type Print = { readonly out: (line: string) => void; readonly error: (line: string) => void };
/** What is wrong with an expression, by what it says; `''` where nothing is. */
type Kept = Record<string, string>;

/**
 * @param kept the file of earlier verdicts; undefined looks at everything anew
 * @returns the process's exit code
 */
export async function checkRegexes(folder: string, print: Print, kept?: string): Promise<number> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.m?[jt]s$/.test(file)).sort();
  const found = [];
  for (const file of files) {
    const path = join(folder, file);
    const imported = (specifier: string) => {
      const other = join(dirname(path), specifier);
      return specifier.startsWith('.') && existsSync(other) ? readFileSync(other, 'utf8') : undefined;
    };
    found.push(...regexesIn(relative(ROOT, path), await readFile(path, 'utf8'), imported));
  }
  const known = kept === undefined ? {} : await verdictsIn(kept);
  const needed: Kept = {};
  const findings: string[] = [];
  for (const regex of found) {
    const at = `${regex.file}:${regex.line}`;
    if (regex.source === undefined) {
      findings.push(`${at}  ${regex.made}\n    ${VERDICTS.unseen}`);
      continue;
    }
    const written = `/${regex.source}/${regex.flags}`;
    const verdict = needed[written] ?? known[written] ?? (await judge(regex.source, regex.flags));
    // Another time there may be more time.
    if (verdict !== VERDICTS.unknown) needed[written] = verdict;
    if (verdict !== '') findings.push(`${at}  ${written}\n    ${verdict}`);
  }
  if (kept !== undefined) await keep(kept, needed);
  if (findings.length > 0) {
    print.error('Regular expressions that a text from outside could hold up:');
    for (const finding of findings) print.error(`- ${finding}`);
    return 1;
  }
  print.out(`${found.length} regular expressions in ${relative(ROOT, folder)}/ are linear.`);
  return 0;
}

async function verdictsIn(file: string): Promise<Kept> {
  try {
    const { by, verdicts } = JSON.parse(await readFile(file, 'utf8'));
    return by === (await judgesName()) ? verdicts : {};
  } catch {
    return {};
  }
}

async function keep(file: string, verdicts: Kept): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ by: await judgesName(), verdicts }));
}

/** Another version, or other sentences: everything is looked at anew. */
async function judgesName(): Promise<string> {
  const hash = createHash('sha256');
  for (const one of ['./regexes/judge.ts', '../node_modules/recheck/package.json'])
    hash.update(await readFile(new URL(one, import.meta.url)));
  return hash.digest('hex');
}

if (import.meta.main) {
  const [folder = join(ROOT, 'src')] = process.argv.slice(2);
  process.exitCode = await checkRegexes(
    folder,
    { out: (line) => console.log(line), error: (line) => console.error(line) },
    KEPT,
  );
  // The checker's own process would be waited for.
  process.exit();
}
