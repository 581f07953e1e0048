/** What is said of turns in docs/benchmarks.md, from what was measured in one run. */

import { quantile, type Series, seriesOf } from './figures.ts';
import type { Measured } from './load.ts';
import type { Machine } from './machine.ts';
import { type Memory, OPEN_TICKETS } from './memory.ts';
import type { Shares } from './shares.ts';
import type { StartUp } from './start-up.ts';
import { CLIENTS, type Clients, KINDS, type Kind, type Plan, type Round, ratePerCore } from './turns.ts';

export type Figures = {
  readonly at: Date;
  readonly seconds: number;
  readonly machine: Machine;
  readonly loadAfter: number;
  readonly plan: Plan;
  readonly startUp: readonly StartUp[];
  readonly rounds: readonly Round[];
  readonly memory: readonly Memory[];
  readonly shares: Shares;
};

/** What is wanted of Sportello. */
const WANTED = { timesEcho: 2, p99Ms: 20, firstPageS: 2, aboveImportsMiB: 60 } as const;
/** Number of clients at which rates are compared. */
const BUSY: Clients = 64;

const NAMES = {
  echo: 'stock echo',
  intake: 'intake (form sent → number confirmed)',
  claim: 'claim',
  note: 'note',
} as const;

export function report(figures: Figures): string {
  return [
    '# Turns of the bot',
    `Measured on ${figures.at.toISOString().slice(0, 16).replace('T', ' ')} UTC, in ${Math.round(figures.seconds)} s.`,
    table(['', ''], [...figures.machine, ['Load after it', figures.loadAfter.toFixed(2)]]),
    '## Wanted and measured',
    wantedTable(figures),
    whyText(figures),
    '## Turns',
    turnsText(figures),
    turnsTable(figures.rounds),
    '## Half of the load',
    steadyText(figures),
    steadyTable(figures.rounds),
    '## Where the time of a turn goes',
    sharesText(),
    sharesTable(figures.shares),
    '## Cards that go out afterwards',
    afterText(figures.rounds),
    '## Start and memory',
    startTable(figures),
    memoryText(),
    '',
  ].join('\n\n');
}

/** One row for each thing wanted. The verdict is by the medians. */
function wantedTable({ rounds, startUp, memory }: Figures): string {
  const rows: string[][] = [];
  for (const of of KINDS) {
    const times = seriesOf(rounds.map((round) => timesEcho(round, of)));
    rows.push([
      `${NAMES[of]}: turns per second of one core, against the echo’s`,
      `≥ ${WANTED.timesEcho} ×`,
      `${series(times, 2)} ×`,
      verdict(times.median >= WANTED.timesEcho, `${(WANTED.timesEcho - times.median).toFixed(2)} ×`),
    ]);
  }
  for (const of of KINDS) {
    const p99 = seriesOf(
      rounds.flatMap((round) => steadyOf(round, of).slice(0, 1)).map((measured) => ms(measured, 0.99)),
    );
    rows.push([
      `${NAMES[of]}: p99 at half of that load`,
      `< ${WANTED.p99Ms} ms`,
      `${series(p99, 1)} ms`,
      verdict(p99.median < WANTED.p99Ms, `${(p99.median - WANTED.p99Ms).toFixed(1)} ms`),
    ]);
  }
  const page = seriesOf(startUp.map(({ page }) => page));
  rows.push([
    'start to first page',
    `≤ ${WANTED.firstPageS} s`,
    `${series(page, 2)} s`,
    verdict(page.median <= WANTED.firstPageS, `${(page.median - WANTED.firstPageS).toFixed(2)} s`),
  ]);
  const above = seriesOf(memory.map(({ full, imports }) => full - imports));
  rows.push([
    `memory with ${thousands(OPEN_TICKETS)} open tickets, above the bare imports`,
    `≤ ${WANTED.aboveImportsMiB} MiB`,
    `${series(above, 0)} MiB`,
    verdict(
      above.median <= WANTED.aboveImportsMiB,
      `${(above.median - WANTED.aboveImportsMiB).toFixed(0)} MiB`,
    ),
  ]);
  return table(['What', 'Wanted', 'Measured', ''], rows);
}

/** What stands behind each miss, from the same run. */
function whyText(figures: Figures): string {
  const lines = KINDS.flatMap((of) => [...whyMissedRate(figures, of), ...whyMissedP99(figures, of)]);
  return lines.length ? lines.map((line) => `- ${line}`).join('\n') : 'All of it is met.';
}

function whyMissedRate({ rounds, shares }: Figures, of: Kind): string[] {
  if (seriesOf(rounds.map((round) => timesEcho(round, of))).median >= WANTED.timesEcho) return [];
  const perTurn = (kind: Kind | 'echo') =>
    seriesOf(rounds.map((round) => microseconds(cellOf(round, kind, BUSY)))).median;
  const all = shares[of].reduce((sum, share) => sum + share.microseconds, 0);
  const most = shares[of]
    .slice(0, 4)
    .map(({ part, microseconds }) => `${part} ${Math.round((100 * microseconds) / all)} %`);
  return [
    `**${of}** takes ${thousands(Math.round(perTurn(of)))} µs of CPU where ${thousands(Math.round(perTurn('echo') / WANTED.timesEcho))} are wanted. Most of it: ${most.join(', ')}.`,
  ];
}

function whyMissedP99({ rounds }: Figures, of: Kind): string[] {
  const first = rounds.flatMap(({ steady }) => steady.filter((one) => one.of === of).slice(0, 1));
  const p99 = seriesOf(first.map(({ measured }) => ms(measured, 0.99))).median;
  if (p99 < WANTED.p99Ms) return [];
  const [share, waiting] = [
    seriesOf(first.map(shareOfCore)).median,
    seriesOf(first.map(shareWaiting)).median,
  ];
  const quiet = seriesOf(first.map(({ measured }) => ms(measured, 0.5))).median;
  return [
    `**${of}** at half of the load: p99 ${p99.toFixed(1)} ms with p50 ${quiet.toFixed(1)} ms, the bot using ${share.toFixed(0)} % of a core and kept waiting for one ${waiting.toFixed(0)} % of the time, by the load generator, the fake connector and whatever else ran.`,
  ];
}

/** Percent of one core that the bot used. */
function shareOfCore({ measured }: Round['steady'][number]): number {
  return measured.cpuMs / measured.seconds / 10;
}

/** Percent of the time in which the bot was ready to go on and others had the cores. */
function shareWaiting({ measured }: Round['steady'][number]): number {
  return measured.waitedMs / measured.seconds / 10;
}

function microseconds({ cpuMs, turns }: Measured): number {
  return (cpuMs * 1000) / turns;
}

function verdict(met: boolean, by: string): string {
  return met ? 'met' : `**missed by ${by}**`;
}

function turnsText({ rounds, plan }: Figures): string {
  return `A business turn is authenticated, decided, durably committed and answered with its card. The echo is Microsoft’s sample on the stock \`CloudAdapter\` and restify, with a fixed outbound token: it checks the same tokens and posts its answer to the same fake connector. Each of ${rounds.length} rounds measures the echo and then Sportello on a fresh store that holds as many open tickets as there are turns: up to ${CLIENTS.map((clients) => `${thousands(plan.turns[clients])} turns at ${clients}`).join(', ')} clients, after ${thousands(plan.warmUp)} turns of each kind, at 64 clients, that let V8 compile. CPU time is that of the bot’s process with all its threads, from the kernel, so it counts what the outbox does meanwhile. Turns per second are those of the clock on the wall: they suffer from the load generator on the same machine and from other work there, while CPU time hardly does. All figures are medians of the rounds, with the least and the most in brackets.\n\nWith one client each turn has transactions of its own (three for an intake: counter, ticket, profile) and pays for the cards that go out meanwhile, up to 50 a second; with 64, those that arrive together share a transaction.`;
}

function turnsTable(rounds: readonly Round[]): string {
  const rows: string[][] = [];
  for (const of of ['echo', ...KINDS] as const)
    for (const clients of CLIENTS) {
      const measured = rounds.map((round) => cellOf(round, of, clients));
      const over = (value: (one: Measured) => number) => seriesOf(measured.map(value));
      const factor =
        of === 'echo'
          ? ''
          : `${seriesOf(rounds.map((round) => timesEcho(round, of, clients))).median.toFixed(2)} ×`;
      rows.push([
        NAMES[of],
        String(clients),
        series(over(microseconds), 0),
        series(over(ratePerCore), 0),
        factor,
        series(
          over(({ turns, seconds }) => turns / seconds),
          0,
        ),
        series(
          over((one) => ms(one, 0.5)),
          1,
        ),
        series(
          over((one) => ms(one, 0.99)),
          1,
        ),
      ]);
    }
  return table(
    [
      'Turn',
      'Clients',
      'CPU per turn, µs',
      'per second of one core',
      'against the echo',
      'per second on the wall',
      'p50, ms',
      'p99, ms',
    ],
    rows,
  );
}

function steadyText({ plan }: Figures): string {
  return `Turns arrive at a fixed rate for ${plan.seconds} s, whether or not the earlier ones were answered, and a latency counts from when the turn was due. The first rate of each kind is what one core of the echo does in that round, which is half of what is wanted of Sportello; where Sportello on this machine does less than twice that, half of its own rate follows.`;
}

function steadyTable(rounds: readonly Round[]): string {
  const rows = KINDS.flatMap((of) =>
    [0, 1].flatMap((place) => {
      const found = rounds.flatMap(({ steady }) =>
        steady.filter((one) => one.of === of).slice(place, place + 1),
      );
      if (found.length === 0) return [];
      const over = (value: (one: Measured) => number) =>
        seriesOf(found.map(({ measured }) => value(measured)));
      return [
        [
          NAMES[of],
          place === 0
            ? 'the echo’s rate'
            : `half of its own rate (${found.length} of ${rounds.length} rounds)`,
          series(seriesOf(found.map(({ perSecond }) => perSecond)), 0),
          series(
            over((one) => ms(one, 0.5)),
            1,
          ),
          series(
            over((one) => ms(one, 0.99)),
            1,
          ),
          series(over(microseconds), 0),
          series(seriesOf(found.map(shareOfCore)), 0),
          series(seriesOf(found.map(shareWaiting)), 0),
        ],
      ];
    }),
  );
  return table(
    [
      'Turn',
      'Load',
      'turns per second',
      'p50, ms',
      'p99, ms',
      'CPU per turn, µs',
      '% of a core',
      '% kept waiting for one',
    ],
    rows,
  );
}

function sharesText(): string {
  return 'One more Sportello, under V8’s sampling profiler and with its store in memory, so that waiting for the disk does not pass for work. Profiling costs something itself: read the proportions. Microseconds per turn, what the outbox does meanwhile included.';
}

function sharesTable(shares: Shares): string {
  const parts = [...new Set(KINDS.flatMap((of) => shares[of].map(({ part }) => part)))];
  const of = (kind: Kind, part: string) =>
    shares[kind].find((share) => share.part === part)?.microseconds ?? 0;
  const total = (part: string) => KINDS.reduce((sum, kind) => sum + of(kind, part), 0);
  const rows = parts
    .sort((a, b) => total(b) - total(a))
    .map((part) => [part, ...KINDS.map((kind) => of(kind, part).toFixed(0))]);
  const sums = KINDS.map((kind) =>
    shares[kind].reduce((sum, { microseconds }) => sum + microseconds, 0).toFixed(0),
  );
  return table(['Part', ...KINDS], [...rows, ['all', ...sums]]);
}

function afterText(rounds: readonly Round[]): string {
  const perSecond = seriesOf(rounds.map(({ after }) => after.cards / after.seconds));
  const perCard = seriesOf(rounds.map(({ after }) => (after.cpuMs * 1000) / after.cards));
  const left = seriesOf(rounds.map(({ after }) => after.left));
  return `Teams takes at most 50 requests a second from one app in one tenant, so at these rates the cards in the channels lag behind the answers, and the outbox keeps what waits: ${series(left, 0)} cards at the end of a round. It goes on sending ${series(perSecond, 0)} a second at ${series(perCard, 0)} µs of CPU each.`;
}

function startTable({ startUp, memory, rounds }: Figures): string {
  const resident = (value: (one: Memory) => number) => `${series(seriesOf(memory.map(value)), 0)} MiB`;
  return table(
    ['What', 'Measured'],
    [
      ['start to local Teams’ page', `${series(seriesOf(startUp.map(({ page }) => page)), 2)} s`],
      [
        'start to the page with its scripts and styles',
        `${series(seriesOf(startUp.map(({ whole }) => whole)), 2)} s`,
      ],
      ['memory after importing botbuilder, teams-ai and restify', resident(({ imports }) => imports)],
      ['memory of Sportello with an empty store', resident(({ empty }) => empty)],
      [`memory of Sportello with ${thousands(OPEN_TICKETS)} open tickets`, resident(({ full }) => full)],
      [
        'memory of Sportello after all turns of a round',
        `${series(seriesOf(rounds.map((round) => round.residentMiB)), 0)} MiB`,
      ],
    ],
  );
}

function memoryText(): string {
  return 'The start is that of `npm start`’s command in an empty directory, as on the first day, until the page has been answered. Memory is resident memory a few seconds after the start, with the scheduler ticking.';
}

function timesEcho(round: Round, of: Kind, clients: Clients = BUSY): number {
  return ratePerCore(cellOf(round, of, clients)) / ratePerCore(cellOf(round, 'echo', clients));
}

function cellOf({ cells }: Round, of: Kind | 'echo', clients: Clients): Measured {
  const found = cells.find((cell) => cell.of === of && cell.clients === clients);
  if (!found) throw new Error(`${of} was not measured at ${clients} clients`);
  return found.measured;
}

function steadyOf({ steady }: Round, of: Kind): Measured[] {
  return steady.filter((one) => one.of === of).map(({ measured }) => measured);
}

function ms({ latencies }: Measured, share: number): number {
  return quantile(latencies, share);
}

function series({ median, least, most }: Series, digits: number): string {
  const text = (value: number) => (digits === 0 ? thousands(Math.round(value)) : value.toFixed(digits));
  return least === most ? text(median) : `${text(median)} (${text(least)}–${text(most)})`;
}

function thousands(value: number): string {
  return value.toLocaleString('en-GB');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
