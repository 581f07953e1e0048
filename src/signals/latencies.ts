/**
 * A histogram of what is measured several times in every turn. prom-client's own looks its labels up each time, which
 * costs more than all the rest of measuring; here each series has its numbers at hand, and the text is made when it is read.
 */

import type { Metric } from 'prom-client';

export type Latencies = {
  observe(operation: string, ok: boolean, ms: number): void;
  /** For the registry. */
  readonly metric: Metric;
};

type Series = { readonly counts: number[]; sum: number; total: number };

/** @param seconds upper bounds of the buckets, ascending */
export function createLatencies(name: string, help: string, seconds: readonly number[]): Latencies {
  const bounds = seconds.map((bound) => bound * 1_000);
  const series = { ok: new Map<string, Series>(), error: new Map<string, Series>() };

  function seriesOf(known: Map<string, Series>, operation: string): Series {
    const one = { counts: bounds.map(() => 0), sum: 0, total: 0 };
    known.set(operation, one);
    return one;
  }

  function valuesOf(operation: string, outcome: string, { counts, sum, total }: Series) {
    const labels = { operation, outcome };
    let below = 0;
    return [
      ...counts.map((count, index) => {
        below += count;
        return { metricName: `${name}_bucket`, labels: { ...labels, le: seconds[index] }, value: below };
      }),
      { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: total },
      { metricName: `${name}_sum`, labels, value: sum / 1_000 },
      { metricName: `${name}_count`, labels, value: total },
    ];
  }

  const get = async () => ({
    ...{ name, help, type: 'histogram', aggregator: 'sum' },
    values: Object.entries(series).flatMap(([outcome, all]) =>
      [...all].flatMap(([operation, one]) => valuesOf(operation, outcome, one)),
    ),
  });

  return {
    observe(operation, ok, ms) {
      const known = ok ? series.ok : series.error;
      const one = known.get(operation) ?? seriesOf(known, operation);
      one.sum += ms;
      one.total += 1;
      const bucket = bounds.findIndex((bound) => ms <= bound);
      if (bucket >= 0) one.counts[bucket] = (one.counts[bucket] as number) + 1;
    },
    // All that the registry asks of a metric when it is read.
    metric: { name, get, reset() {} } as unknown as Metric,
  };
}
