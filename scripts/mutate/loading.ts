/**
 * Loads the sandbox's modules anew as often as wanted within one process. What a module works out while it loads can be
 * judged only so, and starting a process for each mutant would take a hundred times as long.
 */

import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const COLLECTING = new URL('./collecting.ts', import.meta.url).href;

/** @param sandbox the folder whose modules are loaded anew; packages in its `node_modules` are not */
export function loadingFrom(sandbox: string) {
  const root = pathToFileURL(`${sandbox}/`).href;
  const stripped = new Map<string, string>();
  let generation = 0;
  const isOurs = (url: string | undefined) => url?.startsWith(root) && !url.includes('/node_modules/');

  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'node:test' && isOurs(context.parentURL))
        return { url: COLLECTING, format: 'module-typescript', shortCircuit: true };
      const found = next(specifier, context);
      return isOurs(found.url) ? { ...found, url: `${found.url.split('?')[0]}?${generation}` } : found;
    },
    load(url, context, next) {
      const [plain = ''] = url.split('?');
      if (!isOurs(url) || !plain.endsWith('.ts')) return next(url, context);
      let source = stripped.get(plain);
      if (source === undefined) {
        source = stripTypeScriptTypes(readFileSync(fileURLToPath(plain), 'utf8'));
        stripped.set(plain, source);
      }
      return { format: 'module', source, shortCircuit: true };
    },
  });

  return {
    /** From now on every module of the sandbox is a fresh one. */
    anew(): void {
      generation++;
    },
    load: (file: string): Promise<unknown> => import(pathToFileURL(file).href),
  };
}
