/**
 * Builds the image in an Azure container registry and says its name, in the way in which the Agents Toolkit writes it into
 * the environment's file:
 *
 *     npm run image -- --registry NAME [--suffix azurecr.io]
 */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const USAGE = 'Usage: npm run image -- --registry NAME [--suffix azurecr.io]';

/**
 * A name of its own for each build: Container Apps looks at nothing else to see that there is something new.
 *
 * @param at milliseconds since 1970
 */
export function imageName(registry: string, suffix: string, version: string, at: number): string {
  const stamp = new Date(at).toISOString().replaceAll(/[-:]|\..*/g, '');
  return `${registry}.${suffix}/sportello:${version}-${stamp}`;
}

/** @returns the process's exit code */
export function buildImage(
  args: readonly string[],
  at: number,
  az: (args: readonly string[]) => number | null,
  print: { readonly out: (line: string) => void; readonly error: (line: string) => void },
): number {
  let options: { registry?: string; suffix?: string };
  try {
    options = parseArgs({
      args: [...args],
      options: { registry: { type: 'string' }, suffix: { type: 'string', default: 'azurecr.io' } },
    }).values;
  } catch {
    options = {};
  }
  const { registry = '', suffix = '' } = options;
  if (!/^[a-zA-Z0-9]{5,50}$/.test(registry) || !/^[a-z.]+$/.test(suffix)) {
    print.error(`${USAGE}\n“${registry}” is no name of a registry: “atk provision” writes it into env/.`);
    return 1;
  }
  const { version } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as { version: string };
  const image = imageName(registry, suffix, version, at);
  const built = az(['acr', 'build', '--registry', registry, '--image', image.split('/')[1] as string, '.']);
  if (built !== 0) {
    print.error(
      'The image was not built. Is the Azure CLI installed (az version), and are you signed in (az login) to the subscription of the registry?',
    );
    return 1;
  }
  print.out(`::set-teamsfx-env SPORTELLO_IMAGE=${image}`);
  return 0;
}

if (import.meta.main) {
  process.exitCode = buildImage(
    process.argv.slice(2),
    Date.now(),
    // On Windows az is a batch file. Nothing that the shell could misread gets here: see the pattern above.
    (args) =>
      spawnSync('az', args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' }).status,
    { out: (line) => console.log(line), error: (line) => console.error(line) },
  );
}
