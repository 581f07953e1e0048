/**
 * Brings hostile texts of up to a megabyte to every door of the bot, some of them authenticated and some not, while
 * `/healthz` is asked without a break: nobody who sends something may make others wait (A9).
 *
 *     npm run hostile -- [--rounds 1] [--texts 100] [--from 0] [--doors "message,mail"] [--at-once 2]
 *
 * A round brings every text (a kind of text in a length) to every door: more than 10,000 requests and mails. Further rounds put
 * them into other fields and shapes.
 *
 * Prints the slowest answer, and what was on its way then. Ends with 1 when an answer took longer than 250 ms while the bot
 * itself was at work; where the machine kept the bot or the asker waiting, it says so.
 */

import { parseArgs } from 'node:util';
import { attack } from './hostile/attack.ts';
import { DOORS } from './hostile/doors.ts';
import { DIFFERENT } from './hostile/texts.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1' },
    texts: { type: 'string' },
    from: { type: 'string', default: '0' },
    doors: { type: 'string', default: [...Object.keys(DOORS), 'mail'].join(',') },
    'at-once': { type: 'string', default: '2' },
  },
});
const [texts, from, atOnce] = [
  Number(values.texts ?? Number(values.rounds) * DIFFERENT),
  Number(values.from),
  Number(values['at-once']),
];
const doors = values.doors.split(',').map((door) => door.trim());
const unknown = doors.filter((door) => door !== 'mail' && !Object.hasOwn(DOORS, door));
if (
  ![texts, atOnce].every((count) => Number.isSafeInteger(count) && count > 0) ||
  !Number.isSafeInteger(from)
) {
  console.error('--rounds, --texts and --at-once must be whole numbers above 0, --from one from 0.');
  process.exit(1);
}
if (unknown.length > 0) {
  console.error(
    `There is no door “${unknown.join('”, “')}”. There are: ${Object.keys(DOORS).join(', ')}, mail.`,
  );
  process.exit(1);
}
process.exitCode = (await attack({ texts, from, doors, atOnce, print: (line) => console.log(line) })) ? 0 : 1;
process.exit();
