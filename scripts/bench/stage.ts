/** What every part of the benchmark works on: the fake connector, the load generator, the desk, a directory to write in. */

import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenDesk } from '../../src/app/open-desk.ts';
import { loadDesk } from '../../src/config/desk.ts';
import { compileCalendars } from '../../src/domain/calendar.ts';
import { vocabularyOf } from '../../src/domain/intake/vocabulary.ts';
import type { Place } from './activities.ts';
import { setClock, workingMoment } from './clock.ts';
import type { ConnectorCalls, ConnectorReady } from './fake-connector.ts';
import type { Job, Measured } from './load.ts';
import { messageOf, startPart } from './processes.ts';
import { botEnvironment, ROOT } from './sportello.ts';

export type Stage = {
  readonly open: OpenDesk;
  readonly place: Place;
  /** Settings for a bot that talks to the fake connector. */
  readonly environment: NodeJS.ProcessEnv;
  /** Removed at the end. */
  readonly directory: string;
  /** Sends activities and measures. @throws when an answer was not as expected */
  load(job: Omit<Job, 'authorization'>): Promise<Measured>;
  /** Calls of bots to the connector so far. */
  calls(): Promise<number>;
};

const JOB_MS = 120_000;

/** @param at what all clocks show from now on, in milliseconds; without it a moment at which the desk works */
export async function setStage(at?: number): Promise<Stage> {
  const loaded = await loadDesk(join(ROOT, 'desk'));
  if (!loaded.ok) throw new Error('the example desk has mistakes: npm start names them');
  const { desk } = loaded;
  const calendars = compileCalendars(desk);
  setClock(at ?? workingMoment(calendars, desk.timeZone, Date.now()));
  const directory = mkdtempSync(join(tmpdir(), 'sportello-bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const members = [...desk.people.values()].map(({ id, name }) => ({
    id: `29:${id}`,
    name,
    aadObjectId: id,
  }));
  const connector = startPart('fake-connector.ts', {
    env: { ...process.env, MEMBERS: JSON.stringify(members) },
  });
  const { url, authorization } = await messageOf<ConnectorReady>(connector);
  const generator = startPart('load.ts');
  const tenant = desk.tenants[0] ?? '';
  return {
    open: { desk, calendars, vocabulary: vocabularyOf(desk) },
    place: { serviceUrl: `${url}/`, tenant },
    environment: botEnvironment(url, tenant),
    directory,
    load: (job) => run(generator, { ...job, authorization }),
    async calls() {
      connector.send('calls');
      return (await messageOf<ConnectorCalls>(connector)).calls;
    },
  };
}

async function run(generator: ChildProcess, job: Job): Promise<Measured> {
  generator.send(job);
  const said = await messageOf<{ measured?: Measured; reason?: string }>(generator, JOB_MS);
  if (!said.measured) throw new Error(`the load generator failed: ${said.reason}`);
  return said.measured;
}
