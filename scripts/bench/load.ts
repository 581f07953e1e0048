/** Sends activities to a bot over kept-alive connections and measures what comes back. Runs in a process of its own. */

import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMs } from './cpu.ts';

export type Job = {
  readonly url: string;
  readonly authorization: string;
  /** Process whose CPU time is measured. */
  readonly pid: number;
  readonly bodies: readonly string[];
  /** So many of the bodies are sent first and not measured. */
  readonly warmUp: number;
  /** Turns under way at the same time. With `perSecond`: the connections there are. */
  readonly clients: number;
  /** Turns begun per second, however many are still under way; absent: the next begins when one has ended. */
  readonly perSecond?: number;
  /** Every answer has status 200 and this in its body. */
  readonly answerHas: string;
};

export type Measured = {
  readonly turns: number;
  readonly seconds: number;
  /** CPU time of the bot's process over the measured turns. */
  readonly cpuMs: number;
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
    await closedLoop(job.bodies.slice(0, job.warmUp), job.clients, async (body) => check(await send(body)));
    const measured = job.bodies.slice(job.warmUp);
    const latencies: number[] = [];
    const timed = async (body: string, begin: number) => {
      const answered = await send(body);
      latencies.push(performance.now() - begin);
      check(answered);
    };
    const cpu = cpuMs(job.pid);
    const begin = performance.now();
    if (job.perSecond === undefined)
      await closedLoop(measured, job.clients, (body) => timed(body, performance.now()));
    else await openLoop(measured, job.perSecond, timed);
    const seconds = (performance.now() - begin) / 1000;
    const spent = cpuMs(job.pid) - cpu;
    latencies.sort((a, b) => a - b);
    return { turns: measured.length, seconds, cpuMs: spent, latencies };
  } finally {
    agent.destroy();
  }
}

async function closedLoop(
  bodies: readonly string[],
  clients: number,
  send: (body: string) => Promise<void>,
): Promise<void> {
  const rest = bodies.values();
  const client = async () => {
    for (const body of rest) await send(body);
  };
  await Promise.all(Array.from({ length: clients }, client));
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
