/** Where the CPU time of Sportello's turns goes: V8's sampling profiler, its samples summed by the part of the program. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Share = { readonly part: string; readonly microseconds: number };

/** The first that fits the innermost frame which is not Node's own. */
const PARTS: readonly (readonly [part: string, file: RegExp])[] = [
  [
    'cards: templates and their expressions',
    /\/src\/cards\/|adaptivecards-templating|adaptive-expressions|antlr4/,
  ],
  ['texts and dates', /\/src\/i18n\/|intl-messageformat|@formatjs/],
  ['store: SQLite and its JSON', /\/src\/stores\//],
  ['decisions, deadlines, routing', /\/src\/domain\/|luxon/],
  ['use cases and outbox', /\/src\/app\//],
  ['reading the activity', /\/src\/teams\/parse|\/zod\//],
  ['calling the connector', /\/src\/teams\/(connector|messenger|pace|outbound|directory|service)/],
  [
    'authentication',
    /\/src\/teams\/authentication|jsonwebtoken|\/jws\/|\/jwa\/|botframework-connector\/lib\/auth/,
  ],
  ['teams-ai', /@microsoft\/teams-ai/],
  ['botbuilder', /\/botbuilder|\/botframework|@azure/],
  ['restify', /\/restify\/|find-my-way|\/qs\/|\/negotiator\/|\/formidable\//],
  ['our server and bot', /\/src\/teams\//],
];
const UNDICI = /undici/;

type Frame = { readonly functionName: string; readonly url: string };
type Profile = {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: Frame;
    readonly children?: readonly number[];
  }[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

/**
 * @param directory where `--cpu-prof` wrote the one profile that is looked at
 * @param from begin of the samples that count, in microseconds of `process.hrtime()`
 * @param turns by which the time is divided
 * @returns microseconds per turn, most first
 */
export function sharesOf(directory: string, from: number, to: number, turns: number): Share[] {
  const name = readdirSync(directory).find((file) => file.endsWith('.cpuprofile'));
  if (!name) throw new Error('Node wrote no profile');
  const { nodes, startTime, samples, timeDeltas } = JSON.parse(
    readFileSync(join(directory, name), 'utf8'),
  ) as Profile;
  const parents = new Map<number, number>();
  for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const parts = new Map<number, string>();
  const sums = new Map<string, number>();
  let at = startTime;
  for (const [index, sample] of samples.entries()) {
    at += timeDeltas[index] ?? 0;
    if (at < from || at > to) continue;
    const part = parts.get(sample) ?? partOf(sample, frames, parents);
    parts.set(sample, part);
    sums.set(part, (sums.get(part) ?? 0) + (timeDeltas[index + 1] ?? 0));
  }
  sums.delete('(idle)');
  return [...sums]
    .map(([part, total]) => ({ part, microseconds: total / turns }))
    .sort((a, b) => b.microseconds - a.microseconds);
}

function partOf(
  sample: number,
  frames: ReadonlyMap<number, Frame>,
  parents: ReadonlyMap<number, number>,
): string {
  const leaf = frames.get(sample)?.functionName ?? '';
  if (leaf === '(idle)') return leaf;
  if (leaf === '(garbage collector)') return 'garbage collection';
  let fetching = false;
  for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
    const { url = '' } = frames.get(id) ?? {};
    if (UNDICI.test(url)) fetching = true;
    else if (fetching) continue;
    else if (url !== '' && !url.startsWith('node:'))
      return PARTS.find(([, file]) => file.test(url))?.[0] ?? 'other packages';
  }
  return fetching ? 'calling the connector' : 'Node: HTTP, sockets, the event loop';
}

/** A directory in memory, where waiting for the disk does not count as work; undefined where there is none. */
export function memoryDirectory(): string | undefined {
  return existsSync('/dev/shm') ? '/dev/shm' : undefined;
}
