/**
 * Does the Dockerfile's steps in a folder that is thrown away, starts what comes out as an engine would, and says what of
 * the image's promises does not hold. For CI, where there is no container engine.
 *
 *     npm run container
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './container/build.ts';
import { tryImage } from './container/trial.ts';

const CONTEXT = fileURLToPath(new URL('..', import.meta.url));

const place = mkdtempSync(join(realpathSync(tmpdir()), 'sportello-image-'));
try {
  const wrong = await tryImage(build(CONTEXT, place, console.log), console.log);
  for (const sentence of wrong) console.error(`This does not hold: ${sentence}`);
  process.exitCode = wrong.length ? 1 : 0;
} finally {
  // Its files were made read-only.
  spawnSync('chmod', ['-R', 'u+w', place]);
  spawnSync('rm', ['-rf', place]);
}
