/** A few turns of the benchmark, with its clock at the moment that is given: `node few-turns.ts 2026-11-30T23:59:58+01:00`. */

import { join } from 'node:path';
import { end } from '../../scripts/bench/processes.ts';
import { startSportello } from '../../scripts/bench/sportello.ts';
import { setStage } from '../../scripts/bench/stage.ts';
import { DONE, KINDS, prepare } from '../../scripts/bench/turns.ts';
import { dayOf } from '../../src/domain/number.ts';

const TURNS = 20;

const stage = await setStage(Date.parse(process.argv[2] ?? ''));
const today = () => dayOf(Date.now(), stage.open.desk.timeZone);
const began = today();
const storeUrl = `sqlite:${join(stage.directory, 'few.db')}`;
const work = await prepare(stage, storeUrl, TURNS);
const bot = await startSportello(stage.environment, storeUrl, stage.directory);
let done = 0;
for (const of of KINDS) {
  const { turns } = await stage.load({
    url: bot.url,
    pid: bot.pid,
    answerHas: DONE[of],
    bodies: work.next(of, TURNS),
    warmUp: 0,
    clients: 4,
    most: 20,
  });
  work.done(of, turns);
  done += turns;
}
await end(bot.process);
console.log(`${done} turns, from ${began} to ${today()}`);
process.exit(0);
