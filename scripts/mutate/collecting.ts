/**
 * What stands for `node:test` while mutants are tried. Node's own runs each test once, as soon as it is registered; a
 * mutant wants some of the tests, in an order of our choosing, and the next mutant wants them again.
 */

import { type MockTracker, mock as tracker } from 'node:test';

type Step = () => unknown;
type Body = (context: Context) => unknown;
type Settings = { readonly skip?: boolean | string; readonly todo?: boolean | string };
type Hooks = Record<'before' | 'after' | 'beforeEach' | 'afterEach', Step[]>;

/** Tests that share their preparations: a file, or a `describe` in it. */
export type Suite = {
  readonly title: string;
  readonly parent: Suite | undefined;
  readonly hooks: Hooks;
  readonly members: (Suite | CollectedTest)[];
};

export type CollectedTest = { readonly id: string; readonly suite: Suite; readonly body: Body };

/** As much of Node's `TestContext` as tests have asked for. */
type Context = {
  readonly name: string;
  readonly mock: MockTracker;
  readonly signal: AbortSignal;
  after(step: Step): void;
  diagnostic(text: string): void;
};

let current = newSuite('', undefined);
/** Titles taken in the file that registers its tests now. */
let taken = new Set<string>();

function newSuite(title: string, parent: Suite | undefined): Suite {
  return { title, parent, hooks: { before: [], after: [], beforeEach: [], afterEach: [] }, members: [] };
}

/** Has a file register its tests, which `load` imports, and gives them back. */
export async function collect(file: string, load: () => Promise<unknown>): Promise<Suite> {
  const suite = newSuite(file, undefined);
  current = suite;
  taken = new Set();
  await load();
  return suite;
}

export function describe(title: string, settings: Settings | Step, last?: Step): void {
  const outer = current;
  current = newSuite(title, outer);
  outer.members.push(current);
  try {
    (typeof settings === 'function' ? settings : last)?.();
  } finally {
    current = outer;
  }
}

export function test(title: string, settings: Settings | Body, last?: Body): void {
  const body = typeof settings === 'function' ? settings : last;
  if (!body || (typeof settings === 'object' && (settings.skip || settings.todo))) return;
  if (body.length > 1) throw new Error(`“${title}” calls back; only promises are awaited here.`);
  const path = [title];
  for (let suite: Suite | undefined = current; suite; suite = suite.parent) path.unshift(suite.title);
  let id = path.join(' › ');
  for (let again = 2; taken.has(id); again++) id = `${path.join(' › ')} (${again})`;
  taken.add(id);
  current.members.push({ id, suite: current, body });
}

export const it = test;
export const suite = describe;
export const before = (step: Step) => void current.hooks.before.push(step);
export const after = (step: Step) => void current.hooks.after.push(step);
export const beforeEach = (step: Step) => void current.hooks.beforeEach.push(step);
export const afterEach = (step: Step) => void current.hooks.afterEach.push(step);
export const mock = tracker;

/** One test with what goes before and after each. Throws what made it fail. */
export async function runTest({ id, suite, body }: CollectedTest): Promise<void> {
  const suites: Suite[] = [];
  for (let one: Suite | undefined = suite; one; one = one.parent) suites.unshift(one);
  const leaving: Step[] = suites.toReversed().flatMap(({ hooks }) => hooks.afterEach);
  const ended = new AbortController();
  try {
    for (const { hooks } of suites) for (const step of hooks.beforeEach) await step();
    await body({
      name: id,
      mock: tracker,
      signal: ended.signal,
      after: (step) => void leaving.unshift(step),
      diagnostic: () => {},
    });
  } finally {
    for (const step of leaving) await step();
    tracker.restoreAll();
    ended.abort();
  }
}
