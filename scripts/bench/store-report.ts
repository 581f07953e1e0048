/** What is said of the stores in docs/benchmarks.md, from what was measured in one run. */

import { quantile } from './figures.ts';
import type { Machine } from './machine.ts';
import { OPERATIONS, type Operation, type StoreFigures } from './store-measure.ts';
import { OPEN_TICKETS } from './store-tickets.ts';

export type StoreRun = {
  readonly at: Date;
  readonly seconds: number;
  readonly machine: Machine;
  readonly loadAfter: number;
  readonly figures: readonly StoreFigures[];
  /** Whether there was a MongoDB to measure. */
  readonly mongo: boolean;
};

/** What is wanted, of p50. */
const FLAT = { times: 1.5, of: ['queue page of 25', 'due look-up of 50', 'get an open ticket'] } as const;
const QUICK_MS = 50;
const QUICK: readonly Operation[] = [
  'counts by queue and state',
  'count of the last 7 days: created',
  'count of the last 7 days: closed',
  'search of one word',
  'search of two words',
];
const REPLACES_PER_SECOND = 1_500;

export function storeReport(run: StoreRun): string {
  const stores = [...new Set(run.figures.map(({ store }) => store))];
  const sizes = stores.map((store) => `${store}: ${sizesOf(run, store).map(thousands).join(', ')} tickets`);
  return [
    '# Stores',
    `Measured on ${run.at.toISOString().slice(0, 16).replace('T', ' ')} UTC, in ${Math.round(run.seconds / 60)} minutes.`,
    table(['', ''], [...run.machine, ['Load after it', run.loadAfter.toFixed(2)]]),
    `Measured: ${sizes.join('; ')}.${run.mongo ? '' : ' MongoDB was not measured: there was none.'} \`--mongo-sizes\` says others for MongoDB.`,
    `A ticket is about 3.8 KB of JSON with some 250 different words, and its history is as long again; words are as frequent as in real texts. Nearly a thousand come a day, and ${thousands(OPEN_TICKETS)} are open whatever the size. Each operation is measured from this process, one at a time, after ten that are not counted; filling leaves out what makes writes safe, measuring does not.`,
    '## Wanted and measured',
    table(['Store', 'What', 'Wanted', 'Measured', ''], wantedRows(run, stores)),
    ...stores.flatMap((store) => [
      `## ${store}`,
      table(
        ['p50 / p99 in ms', ...sizesOf(run, store).map(thousands)],
        [
          ...OPERATIONS.map((operation) => [
            operation,
            ...run.figures
              .filter((figures) => figures.store === store)
              .map(({ times }) => `${ms(times[operation], 0.5)} / ${ms(times[operation], 0.99)}`),
          ]),
          ...rows(run, store),
        ],
      ),
      ...countCostsOf(run, store),
    ]),
    '',
  ].join('\n\n');
}

function wantedRows(run: StoreRun, stores: readonly string[]): string[][] {
  return stores.flatMap((store) => {
    const own = run.figures.filter((figures) => figures.store === store).sort((a, b) => a.size - b.size);
    const [small, large] = [own[0], own.at(-1)];
    if (!small || !large) return [];
    const flat =
      small === large
        ? []
        : FLAT.of.map((operation) => {
            const times = quantile(large.times[operation], 0.5) / quantile(small.times[operation], 0.5);
            const what = `${operation}: p50 at ${thousands(large.size)} against ${thousands(small.size)}`;
            return [store, what, `≤ ${FLAT.times} ×`, `${times.toFixed(2)} ×`, verdict(times <= FLAT.times)];
          });
    const quick = QUICK.map((operation) => {
      const p50 = quantile(large.times[operation], 0.5);
      const what = `${operation}: p50 at ${thousands(large.size)}`;
      return [store, what, `< ${QUICK_MS} ms`, `${p50.toFixed(1)} ms`, verdict(p50 < QUICK_MS)];
    });
    const rate = large.replacesPerSecond;
    const replaces = [
      store,
      `guarded replaces a second, 8 writers, at ${thousands(large.size)}`,
      store === 'SQLite' ? `≥ ${thousands(REPLACES_PER_SECOND)}` : '',
      thousands(Math.round(rate)),
      store === 'SQLite' ? verdict(rate >= REPLACES_PER_SECOND) : '',
    ];
    return [...flat, ...quick, replaces];
  });
}

/** The evidence whether slow counts are ours or the server's. */
function countCostsOf(run: StoreRun, store: string): string[] {
  const measured = run.figures.filter((figures) => figures.store === store && figures.countCosts.length > 0);
  if (measured.length === 0) return [];
  return [
    '### What counts cost there',
    'The index finds what is counted, as `explain` shows. The last column counts the same tickets in a collection that ' +
      'holds nothing but the fields that are counted, by the same kind of index: the difference is what the server ' +
      'needs for reading whole documents, of which it takes one field or none.',
    table(
      ['Tickets', 'Count', 'Found', 'Plan', 'p50, ms', 'of bare records, ms'],
      measured.flatMap(({ size, countCosts }) =>
        countCosts.map(({ what, found, plan, whole, bare }) => [
          thousands(size),
          what,
          thousands(found),
          plan,
          whole.toFixed(1),
          bare.toFixed(1),
        ]),
      ),
    ),
  ];
}

function rows(run: StoreRun, store: string): string[][] {
  const own = run.figures.filter((figures) => figures.store === store);
  return [
    [
      'guarded replaces a second, 8 writers',
      ...own.map(({ replacesPerSecond }) => thousands(Math.round(replacesPerSecond))),
    ],
    ['MiB of memory of the measuring process', ...own.map(({ memoryMiB }) => `${Math.round(memoryMiB)}`)],
    ['MiB on disk', ...own.map(({ bytes }) => thousands(Math.round(bytes / 2 ** 20)))],
    ['seconds to fill', ...own.map(({ fillSeconds }) => thousands(Math.round(fillSeconds)))],
  ];
}

function sizesOf(run: StoreRun, store: string): number[] {
  return run.figures.filter((figures) => figures.store === store).map(({ size }) => size);
}

function verdict(met: boolean): string {
  return met ? 'met' : '**missed**';
}

function ms(times: readonly number[], share: number): string {
  const value = quantile(times, share);
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}

function thousands(value: number): string {
  return value.toLocaleString('en');
}

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}
