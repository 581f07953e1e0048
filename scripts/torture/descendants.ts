/** What a process has started, to be ended after it. From /proc: elsewhere than on Linux nothing is known. */

import { readFileSync } from 'node:fs';

export type Process = {
  readonly pid: number;
  /** Tells it from a later process of the same id. */
  readonly began: string;
};

/** Everything that the process has started and that runs now, and what that has started. */
export function descendantsOf(pid: number): Process[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').map(Number).filter(Boolean);
  return children.flatMap((child) => {
    const began = beginOf(child);
    return [...(began === undefined ? [] : [{ pid: child, began }]), ...descendantsOf(child)];
  });
}

/** Sends SIGKILL, if it still runs. */
export function end(descendant: Process): void {
  if (!runs(descendant)) return;
  try {
    process.kill(descendant.pid, 'SIGKILL');
  } catch {
    // It ended in this very moment.
  }
}

export function runs({ pid, began }: Process): boolean {
  return beginOf(pid) === began;
}

/** In ticks since the machine was started; undefined when the process has ended. */
function beginOf(pid: number): string | undefined {
  // The second field is a name and may hold spaces and brackets. The third is the state, the 22nd the begin.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  return fields[0] === 'Z' ? undefined : fields[19];
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
