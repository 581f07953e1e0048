/**
 * One of several instances of Sportello on one store: as it is started on a server, but in a desk where everything is due
 * within seconds, and by a clock that is not quite right.
 *
 *     instance.ts <milliseconds that its clock is ahead of the machine's>
 */

import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { compose } from '../../src/compose.ts';
import { loadDesk } from '../../src/config/desk.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { openStore } from '../../src/stores/open.ts';
import { hurried } from './hurried.ts';

const EVERY_SECOND = '* * * * * *';

const ahead = Number(process.argv[2]);
const read = readEnvironment(process.env);
if (!read.ok || !read.environment.bot) throw new Error('An instance needs the settings of its bot.');
const { bot, deskDirectory, storeUrl, port = 0, logLevel } = read.environment;
const loaded = await loadDesk(deskDirectory);
if (!loaded.ok) throw new Error('The desk has mistakes.');
// The crowd is few people who do the work of many.
const { fairUse: _, ...withoutLimits } = loaded.desk;
const running = await compose({
  settings: bot,
  desk: hurried(withoutLimits),
  opened: await openStore(storeUrl),
  log: pino({ level: logLevel }),
  clock: { now: () => Date.now() + ahead },
  ids: { next: randomUUID },
  port,
  host: '127.0.0.1',
  tick: EVERY_SECOND,
});
console.log(`listens on port ${running.port}`);
process.once('SIGTERM', () => void running.stop().then(() => process.exit(0)));
