/** What the kernel says of a process: CPU time and memory. Linux only. */

import { readdirSync, readFileSync } from 'node:fs';

/**
 * User and system time of all threads since the process began, in milliseconds.
 *
 * Read from `schedstat`, which counts nanoseconds, and not from `stat`, whose ticks of 10 ms are longer than some of
 * what is measured. It counts living threads only: Node keeps the threads that it starts.
 */
export function cpuMs(pid: number): number {
  let ns = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`))
    ns += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  return ns / 1e6;
}

/** How long the main thread of a process has been ready to run while others had the cores, in milliseconds. */
export function waitedMs(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
}

/** Resident memory of a process, in MiB. */
export function residentMiB(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kib === undefined) throw new Error(`process ${pid} does not tell its memory`);
  return Number(kib) / 1024;
}
