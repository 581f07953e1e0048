/** Misbehaviour on demand, so that a bot can be tried against a platform that has a bad day. */

import type { ServerResponse } from 'node:http';
import type { Fault } from './fault.ts';

export type Faults = {
  /** Throws where the fault makes no sense. */
  add(fault: Fault): void;
  /** Ends all faults and breaks the connections that a `hang` holds. */
  clear(): void;
  /** The effect for this call, if any; uses up one of the fault's times. */
  take(method: string, path: string): Fault['effect'] | undefined;
  /** Keeps a connection open without ever answering. */
  hold(response: ServerResponse): void;
};

export function createFaults(): Faults {
  const active: { readonly fault: Fault; left: number }[] = [];
  const held = new Set<ServerResponse>();

  return {
    add(fault) {
      const problem = problemOf(fault);
      if (problem !== undefined) throw new RangeError(problem);
      active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear() {
      active.length = 0;
      for (const response of held) response.destroy();
      held.clear();
    },
    take(method, path) {
      const index = active.findIndex(({ fault }) => matches(fault, method, path));
      const found = active[index];
      if (found === undefined) return undefined;
      found.left -= 1;
      if (found.left <= 0) active.splice(index, 1);
      return found.fault.effect;
    },
    hold(response) {
      held.add(response);
      response.once('close', () => held.delete(response));
    },
  };
}

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  // A fault that names no path is about the connector, not about signing in.
  return fault.path === undefined ? path.startsWith('/v3/') : path.includes(fault.path);
}

const METHODS: readonly unknown[] = [undefined, 'GET', 'POST', 'PUT', 'DELETE'];

function problemOf({ method, path, times, effect }: Fault): string | undefined {
  if (!METHODS.includes(method)) return 'method must be GET, POST, PUT or DELETE, or absent';
  if (path !== undefined && typeof path !== 'string') return 'path must be a part of a path, or absent';
  if (times !== undefined && !(Number.isInteger(times) && times > 0))
    return 'times must be a whole number from 1';
  switch (effect?.kind) {
    case 'hang':
    case 'loseAnswer':
    case 'emptyAnswer':
    case 'longId':
      return undefined;
    case 'slow':
      return Number.isFinite(effect.ms) && effect.ms >= 0 && effect.ms <= 600_000
        ? undefined
        : 'ms must be a number from 0 to 600000';
    case 'status':
      if (!(Number.isInteger(effect.status) && effect.status >= 400 && effect.status <= 599)) {
        return 'status must be an HTTP error, 400 to 599';
      }
      if (effect.code !== undefined && !/^\w{1,80}$/.test(effect.code)) return 'code must be one word';
      return effect.retryAfterSeconds === undefined ||
        (Number.isInteger(effect.retryAfterSeconds) && effect.retryAfterSeconds >= 0)
        ? undefined
        : 'retryAfterSeconds must be a whole number of seconds';
    default:
      return 'effect.kind must be status, hang, slow, loseAnswer, emptyAnswer or longId';
  }
}
