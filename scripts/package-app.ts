/**
 * Makes the Teams app package. `docs/app-package.md` lists the environment variables.
 *
 *     node scripts/package-app.ts [--out out/sportello.zip]
 *     node scripts/package-app.ts --check        checks with sample ids and writes nothing
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { assemblePackage, zipPackage } from './app-package.ts';
import type { Environment } from './manifest/placeholders.ts';

const FOLDER = fileURLToPath(new URL('../appPackage', import.meta.url));
const USAGE = 'Usage: node scripts/package-app.ts [--out out/sportello.zip] | --check';
/** Stands in for the machine's environment in a check, so that it says the same everywhere. */
const SAMPLE: Environment = { MicrosoftAppId: '1b4f0e98-5c1d-4a39-9d5e-6f0c7a2b8d31' };

export type Print = { readonly out: (line: string) => void; readonly error: (line: string) => void };

/**
 * @param folder where `manifest.json` and what it names lie
 * @returns the process's exit code: 0, or 1 where something has to be put right first
 */
export async function packageApp(
  args: readonly string[],
  environment: Environment,
  print: Print,
  folder: string = FOLDER,
): Promise<number> {
  let options: { check?: boolean; out?: string };
  try {
    options = parseArgs({
      args: [...args],
      options: { out: { type: 'string' }, check: { type: 'boolean' } },
    }).values;
  } catch (fault) {
    print.error(fault instanceof Error ? fault.message : String(fault));
    print.error(USAGE);
    return 1;
  }
  const check = options.check === true;
  const out = options.out ?? 'out/sportello.zip';

  const { files, problems, remarks } = await assemblePackage(folder, check ? SAMPLE : environment);
  if (problems.length > 0) {
    print.error('The Teams app package cannot be made yet:');
    for (const problem of problems) print.error(`- ${problem}`);
    return 1;
  }
  if (check) {
    print.out(`The Teams app package is in order: ${[...files.keys()].join(', ')}.`);
    return 0;
  }
  for (const remark of remarks) print.out(`Note: ${remark}`);
  try {
    await mkdir(dirname(out), { recursive: true });
    await writeFile(out, zipPackage(files));
  } catch (fault) {
    print.error(`Cannot write ${out}: ${fault instanceof Error ? fault.message : fault}.`);
    return 1;
  }
  print.out(
    `${out} is ready: upload it in the Teams admin center, Teams apps > Manage apps > Upload new app.`,
  );
  return 0;
}

if (import.meta.main) {
  process.exitCode = await packageApp(process.argv.slice(2), process.env, {
    out: (line) => console.log(line),
    error: (line) => console.error(line),
  });
}
