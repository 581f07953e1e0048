/** The bot under attack, in a process of its own: as in production, with the example desk and some tickets to attack. */

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { compose } from '../../src/compose.ts';
import { loadDesk } from '../../src/config/desk.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import type { MailSettings } from '../../src/config/mail-settings.ts';
import { compileCalendars } from '../../src/domain/calendar.ts';
import { vocabularyOf } from '../../src/domain/intake/vocabulary.ts';
import { createCorrelation } from '../../src/signals/correlation.ts';
import { createLog } from '../../src/signals/log.ts';
import { openStore } from '../../src/stores/open.ts';
import { type OpenTicket, prefillDrafts, prefillTickets, type WaitingDraft } from '../bench/prefill.ts';
import { ROOT } from '../bench/sportello.ts';
import { type Pause, watchLoop } from './loop-watch.ts';

export type Ready = {
  readonly kind: 'ready';
  readonly url: string;
  readonly tickets: readonly OpenTicket[];
  readonly drafts: readonly WaitingDraft[];
};
export type Said = Ready | { readonly kind: 'pause'; readonly pause: Pause };

const say = (said: Said) => process.send?.(said);

const { HOSTILE_MAIL = '', HOSTILE_STORE = '' } = process.env;
const read = readEnvironment(process.env);
if (!read.ok || !read.environment.bot) throw new Error(JSON.stringify(read));
const loaded = await loadDesk(join(ROOT, 'desk'));
if (!loaded.ok) throw new Error('the example desk has mistakes: npm start names them');
// Every text is to be looked at, whoever sends it.
const { fairUse: _, ...desk } = loaded.desk;
const opened = await openStore(HOSTILE_STORE);
const correlation = createCorrelation(randomUUID);
const log = createLog('error', correlation);
const open = { desk, calendars: compileCalendars(desk), vocabulary: vocabularyOf(desk) };
const tickets = await prefillTickets(opened.store, open, 40);
const drafts = await prefillDrafts(opened.store, open, 40);
const bot = await compose({
  settings: read.environment.bot,
  mail: JSON.parse(HOSTILE_MAIL) as MailSettings,
  desk,
  opened,
  ...{ log, correlation },
  metrics: true,
  clock: { now: Date.now },
  ids: { next: randomUUID },
  port: 0,
  host: '127.0.0.1',
  tick: '*/5 * * * * *',
  mailEveryMs: 200,
});
process.on('disconnect', () => process.exit(0));
// After the start, which takes its time.
setTimeout(() => {
  watchLoop((pause) => say({ kind: 'pause', pause }));
  say({ kind: 'ready', url: `http://127.0.0.1:${bot.port}`, tickets, drafts });
}, 1_000);
