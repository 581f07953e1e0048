/** The figures, as Prometheus reads them. Names and units follow its conventions: seconds, and counters end in `_total`. */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Meter } from '../app/ports/signals.ts';
import type { Backlog } from '../app/ports/upkeep.ts';
import { createLatencies } from './latencies.ts';

/** From what a store on the same machine takes to what people no longer wait for. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];
/** From a tick to a day. */
const LAG_SECONDS = [1, 5, 15, 60, 300, 900, 3_600, 86_400];
/** Whoever asks more often is told what was counted then: a count must not become a load. */
const KEEP_BACKLOG_MS = 5_000;

export type PrometheusMeter = Meter & {
  /** All figures as text. */
  expose(): Promise<{ readonly contentType: string; readonly text: string }>;
};

export type Watched = {
  /** What waits in the store. */
  readonly backlog: () => Promise<Backlog>;
  /** The desk's clock, in milliseconds. */
  readonly now: () => number;
  /** False once the files of the desk have been changed into something that cannot be used. */
  readonly deskIsCurrent: () => boolean;
};

/** @param watched asked when the figures are */
export function createMeter({ backlog, now, deskIsCurrent }: Watched): PrometheusMeter {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const turns = new Histogram({
    name: 'sportello_turn_seconds',
    help: 'Turns by kind and outcome, and how long they took to be answered.',
    labelNames: ['kind', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const rejected = counter(
    'sportello_requests_rejected_total',
    'Requests that did not become a turn, by reason.',
    'reason',
  );
  const decisions = counter(
    'sportello_decisions_total',
    'Commands that changed a ticket or had done so before, by command and outcome.',
    'command',
    'outcome',
  );
  const refusals = counter(
    'sportello_refusals_total',
    'Commands that were refused, by command and reason.',
    'command',
    'reason',
  );
  const deliveries = counter(
    'sportello_deliveries_total',
    'Attempts to deliver, by kind and outcome.',
    'kind',
    'outcome',
  );
  const lags = new Histogram({
    name: 'sportello_timer_lag_seconds',
    help: 'How late timers went off.',
    buckets: LAG_SECONDS,
    registers,
  });
  const storeCalls = createLatencies(
    'sportello_store_seconds',
    'Calls of the store by operation, and how long they took.',
    SECONDS,
  );
  registry.registerMetric(storeCalls.metric);
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const depth = gauge('sportello_outbox_deliveries', 'Deliveries that wait or are under way.');
  const age = gauge('sportello_outbox_oldest_seconds', 'Age of the oldest delivery that waits; 0 for none.');
  const failed = gauge('sportello_outbox_failed', 'Deliveries given up and kept for the administrators.');
  const overdue = gauge('sportello_timers_overdue_seconds', 'How late the timer is that waits longest.');
  const desk = gauge('sportello_desk_current', '1 while the desk in use is the one in the files.');

  let asked = Number.NEGATIVE_INFINITY;
  async function look(): Promise<void> {
    desk.set(deskIsCurrent() ? 1 : 0);
    if (performance.now() - asked < KEEP_BACKLOG_MS) return;
    const { waiting, failed: given, oldest, firstDue } = await backlog();
    asked = performance.now();
    const since = (moment: number | undefined) =>
      moment === undefined ? 0 : Math.max(0, now() - moment) / 1000;
    depth.set(waiting);
    failed.set(given);
    age.set(since(oldest));
    overdue.set(since(firstDue));
  }

  return {
    turn: (kind, outcome, ms) => turns.observe({ kind, outcome }, ms / 1000),
    rejected: (reason) => rejected.inc({ reason }),
    decision(command, outcome) {
      if (outcome === 'done' || outcome === 'repeated') decisions.inc({ command, outcome });
      else refusals.inc({ command, reason: outcome });
    },
    delivery: (kind, outcome) => deliveries.inc({ kind, outcome }),
    timer: (ms) => lags.observe(Math.max(0, ms) / 1000),
    storeCall: storeCalls.observe,
    async expose() {
      // A store that does not answer must not hide the other figures, of which one counts its errors.
      await look().catch(() => {
        for (const figure of [depth, age, failed, overdue]) figure.set(Number.NaN);
      });
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
