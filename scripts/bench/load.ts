/** Sends activities to a bot over kept-alive connections and measures what comes back. Runs in a process of its own. */

import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMs, waitedMs } from './cpu.ts';

export type Job = {
  readonly url: string;
  readonly authorization: string;
  /** Process whose CPU time is measured. */
  readonly pid: number;
  readonly bodies: readonly string[];
  /** So many of the bodies are sent first and not measured. */
  readonly warmUp: number;
  /** After so many seconds of each, warm-up and measurement, no further turn begins. */
  readonly most: number;
  /** Turns under way at the same time. With `perSecond`: the connections there are. */
  readonly clients: number;
  /** Turns begun per second, however many are still under way; absent: the next begins when one has ended. */
  readonly perSecond?: number;
  /** Every answer has status 200 and this in its body. */
  readonly answerHas: string;
};

export type Measured = {
  /** Turns that were measured; the bodies of these and of the warm-up were sent, in their order. */
  readonly turns: number;
  readonly warmUp: number;
  readonly seconds: number;
  /** CPU time of the bot's process over the measured turns. */
  readonly cpuMs: number;
  /** How long it was kept waiting for a core meanwhile. */
  readonly waitedMs: number;
  /** Milliseconds from the moment at which a turn was to begin to the last byte of its answer; sorted. */
  readonly latencies: readonly number[];
};

type Answered = { readonly status: number; readonly text: string };

/** @throws at the first answer that is not as expected */
export async function runJob(job: Job): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: job.clients, scheduling: 'fifo' });
  const send = sender(job, agent);
  const check = ({ status, text }: Answered) => {
    if (status !== 200 || !text.includes(job.answerHas))
      throw new Error(`an answer was not as expected: ${status} ${text.slice(0, 500)}`);
  };
  try {
    const warmUp = await closedLoop(job, job.bodies.slice(0, job.warmUp), async (body) =>
      check(await send(body)),
    );
    // What the warm-up had no time for is measured: the turns must be done in their order.
    const measured = job.bodies.slice(warmUp, warmUp + job.bodies.length - job.warmUp);
    const latencies: number[] = [];
    const timed = async (body: string, begin: number) => {
      const answered = await send(body);
      latencies.push(performance.now() - begin);
      check(answered);
    };
    const [cpu, waited] = [cpuMs(job.pid), waitedMs(job.pid)];
    const begin = performance.now();
    if (job.perSecond === undefined)
      await closedLoop(job, measured, (body) => timed(body, performance.now()));
    else await openLoop(measured, job.perSecond, timed);
    const seconds = (performance.now() - begin) / 1000;
    const spent = { cpuMs: cpuMs(job.pid) - cpu, waitedMs: waitedMs(job.pid) - waited };
    latencies.sort((a, b) => a - b);
    return { turns: latencies.length, warmUp, seconds, ...spent, latencies };
  } finally {
    agent.destroy();
  }
}

/** @returns how many were sent */
async function closedLoop(
  { clients, most }: Job,
  bodies: readonly string[],
  send: (body: string) => Promise<void>,
): Promise<number> {
  const until = performance.now() + most * 1000;
  let sent = 0;
  const client = async () => {
    for (let body = bodies[sent]; body !== undefined && performance.now() < until; body = bodies[sent]) {
      sent++;
      await send(body);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return sent;
}

/** Latency counts from when a turn was due, so that a slow answer does not hide those that had to wait behind it. */
async function openLoop(
  bodies: readonly string[],
  perSecond: number,
  send: (body: string, due: number) => Promise<void>,
): Promise<void> {
  const begin = performance.now();
  const underWay: Promise<void>[] = [];
  let failure: unknown;
  for (const body of bodies) {
    const due = begin + (underWay.length * 1000) / perSecond;
    while (performance.now() < due) await sleep(1);
    if (failure !== undefined) break;
    underWay.push(
      send(body, due).catch((error: unknown) => {
        failure ??= error;
      }),
    );
  }
  await Promise.all(underWay);
  if (failure !== undefined) throw failure;
}

function sender({ url, authorization }: Job, agent: Agent): (body: string) => Promise<Answered> {
  return (body) =>
    new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          method: 'POST',
          agent,
          headers: {
            authorization,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => {
            text += part;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
}

if (process.send) {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (job: Job) => {
    runJob(job).then(
      (measured) => process.send?.({ kind: 'measured', measured }),
      (error: unknown) => process.send?.({ kind: 'failed', reason: String(error) }),
    );
  });
}
