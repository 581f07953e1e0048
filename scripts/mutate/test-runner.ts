/**
 * Stryker's test runner for `node:test` on sources that Node strips: everything stays loaded in one process, and each
 * mutant runs the tests that reach it, those that last noticed something first.
 */

import { join } from 'node:path';
import {
  type InstrumenterContext,
  INSTRUMENTER_CONSTANTS as NAMES,
  type StrykerOptions,
} from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  type CompleteDryRunResult,
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { type CollectedTest, collect, runTest, type Suite } from './collecting.ts';
import { loadingFrom } from './loading.ts';

/** What `npm run mutate` tells the runner beside Stryker's own options. */
export type RunnerOptions = { readonly keptTests: readonly string[] };

/** What the changed sources ask while they run: which change is on, and where they may count. */
type Switchboard = { -readonly [K in keyof InstrumenterContext]: InstrumenterContext[K] | undefined };

class KeptTestRunner implements TestRunner {
  static inject = tokens(commonTokens.options);
  private readonly loading = loadingFrom(process.cwd());
  private readonly files: string[];
  private readonly suites = new Map<string, Suite>();
  private readonly stryker: Switchboard;
  /** An error that no test awaited. */
  private stray: unknown;

  constructor(options: StrykerOptions) {
    this.files = [...(options.keptTests as RunnerOptions['keptTests'])];
    const global = globalThis as { [NAMES.NAMESPACE]?: Switchboard };
    this.stryker = global[NAMES.NAMESPACE] ??= {};
    const keep = (error: unknown) => {
      this.stray ??= error ?? new Error('rejected without a reason');
    };
    process.on('unhandledRejection', keep);
    process.on('uncaughtException', keep);
  }

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: true };
  }

  async dryRun({ coverageAnalysis, disableBail }: DryRunOptions): Promise<DryRunResult> {
    this.stryker.activeMutant = undefined;
    this.stryker.hitLimit = undefined;
    delete this.stryker.mutantCoverage;
    const tests = await this.run({ wanted: undefined, bail: !disableBail });
    const result: CompleteDryRunResult = { status: DryRunStatus.Complete, tests };
    const { mutantCoverage } = this.stryker;
    return coverageAnalysis === 'off' || !mutantCoverage ? result : { ...result, mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, mutantActivation, reloadEnvironment, testFilter, hitLimit, disableBail } = options;
    if (reloadEnvironment) {
      this.suites.clear();
      this.loading.anew();
    }
    this.stryker.hitCount = hitLimit === undefined ? undefined : 0;
    this.stryker.hitLimit = hitLimit;
    this.stryker.activeMutant = activeMutant.id;
    const wanted = testFilter && new Set(testFilter);
    const tests = await this.run({
      wanted,
      bail: !disableBail,
      activateOnceLoaded: mutantActivation === 'runtime' ? activeMutant.id : undefined,
    });
    return toMutantRunResult(
      determineHitLimitReached(this.stryker.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests },
    );
  }

  private async run(how: {
    readonly wanted: ReadonlySet<string> | undefined;
    readonly bail: boolean;
    readonly activateOnceLoaded?: string | undefined;
  }): Promise<TestResult[]> {
    const results: TestResult[] = [];
    for (const file of [...this.files]) {
      if (how.wanted && ![...how.wanted].some((id) => id.startsWith(`${file} › `))) continue;
      const ended = await this.runFile(file, how);
      results.push(...ended);
      if (!how.bail || !ended.some(({ status }) => status === TestStatus.Failed)) continue;
      // What noticed this mutant will notice its neighbour.
      this.files.splice(this.files.indexOf(file), 1);
      this.files.unshift(file);
      break;
    }
    return results;
  }

  private async runFile(
    file: string,
    { wanted, bail, activateOnceLoaded }: Parameters<KeptTestRunner['run']>[0],
  ): Promise<TestResult[]> {
    let suite = this.suites.get(file);
    if (!suite) {
      if (activateOnceLoaded !== undefined) this.stryker.activeMutant = undefined;
      try {
        suite = await collect(file, () => this.loading.load(join(process.cwd(), file)));
      } catch (error) {
        return [failed(`${file} › loads`, error)];
      }
      this.suites.set(file, suite);
    }
    if (activateOnceLoaded !== undefined) this.stryker.activeMutant = activateOnceLoaded;
    const results: TestResult[] = [];
    await this.runSuite(suite, wanted, (result) => {
      results.push(result);
      return !(bail && result.status === TestStatus.Failed);
    });
    return results;
  }

  /** @returns false when nothing more is to be run */
  private async runSuite(
    suite: Suite,
    wanted: ReadonlySet<string> | undefined,
    tell: (result: TestResult) => boolean,
  ): Promise<boolean> {
    if (wanted && !testsOf(suite).some(({ id }) => wanted.has(id))) return true;
    let goesOn = true;
    try {
      for (const step of suite.hooks.before) await step();
      for (const member of suite.members) {
        if ('members' in member) goesOn = await this.runSuite(member, wanted, tell);
        else if (!wanted || wanted.has(member.id)) goesOn = tell(await this.runOne(member));
        if (!goesOn) break;
      }
    } catch (error) {
      goesOn = tell(failed(`${suite.title} › before`, error));
    }
    try {
      for (const step of suite.hooks.after) await step();
    } catch (error) {
      goesOn = tell(failed(`${suite.title} › after`, error)) && goesOn;
    }
    return goesOn;
  }

  private async runOne(test: CollectedTest): Promise<TestResult> {
    this.stryker.currentTestId = test.id;
    this.stray = undefined;
    const began = performance.now();
    try {
      await runTest(test);
      if (this.stray !== undefined) throw this.stray;
    } catch (error) {
      return { ...failed(test.id, error), timeSpentMs: performance.now() - began };
    } finally {
      this.stryker.currentTestId = undefined;
    }
    return {
      id: test.id,
      name: test.id,
      status: TestStatus.Success,
      timeSpentMs: performance.now() - began,
    };
  }
}

function testsOf({ members }: Suite): CollectedTest[] {
  return members.flatMap((member) => ('members' in member ? testsOf(member) : [member]));
}

function failed(id: string, error: unknown): TestResult & { readonly status: TestStatus.Failed } {
  const failureMessage = error instanceof Error ? error.message : String(error);
  return { id, name: id, status: TestStatus.Failed, timeSpentMs: 0, failureMessage };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'kept', KeptTestRunner)];
