/**
 * `npm run bench:store`: measures the stores with tickets of years and writes docs/benchmarks-store.md.
 *
 * SQLite lies in a temporary folder; MongoDB is measured where MONGODB_URL is set, in databases of their own that are
 * dropped afterwards. `--sizes 10000,100000` measures those sizes; `--mongo-sizes` says others for MongoDB; `--quick` prints
 * instead of writing.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.ts';
import { ROOT } from './sportello.ts';
import { mongoBackend, type StoreBackend, sqliteBackend } from './store-backends.ts';
import { measureStore, type StoreFigures } from './store-measure.ts';
import { storeReport } from './store-report.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '10000,100000,1000000' },
    'mongo-sizes': { type: 'string' },
  },
});
const sizesOf = (text: string) => text.split(',').map(Number);
const sizes = sizesOf(values.sizes);
const mongoSizes = values['mongo-sizes'] === undefined ? sizes : sizesOf(values['mongo-sizes']);
if ([...sizes, ...mongoSizes].some((size) => !Number.isInteger(size) || size < 1)) {
  console.error(
    '--sizes and --mongo-sizes take numbers of tickets, separated by commas, such as 10000,100000.',
  );
  process.exit(1);
}

function say(words: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${words}`);
}

const begin = performance.now();
const directory = mkdtempSync(join(tmpdir(), 'sportello-bench-store-'));
try {
  const machine = describeMachine(directory);
  const url = process.env.MONGODB_URL;
  const backends: readonly (readonly [StoreBackend, readonly number[]])[] = [
    [sqliteBackend(directory), sizes],
    ...(url ? [[mongoBackend(url), mongoSizes] as const] : []),
  ];
  const figures: StoreFigures[] = [];
  for (const [backend, ofSizes] of backends)
    for (const size of ofSizes) figures.push(await measureStore(backend, size, say));
  const text = storeReport({
    at: new Date(),
    seconds: (performance.now() - begin) / 1000,
    machine,
    loadAfter: loadavg()[0] ?? 0,
    figures,
    mongo: url !== undefined,
  });
  if (values.quick) console.log(text);
  else writeFileSync(join(ROOT, 'docs/benchmarks-store.md'), text);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
