/** Time as a source of commands: asks the store what is due and issues ordinary commands. */

import { execute } from './execute.ts';
import type { House } from './house.ts';

const AT_ONCE = 100;

/**
 * Does everything that is due by now. Safe to run on several instances and after any pause: each level of each deadline
 * is an event guarded by the ticket's version, so it happens once (D6).
 * @returns how many tickets were due
 */
export async function runDue(house: House): Promise<number> {
  let done = 0;
  for (;;) {
    const now = house.clock.now();
    const due = await house.store.due(now, AT_ONCE);
    for (const number of due) {
      const result = await execute(house, number, {
        type: 'escalate',
        at: now,
        via: 'timer',
        actor: { kind: 'timer' },
      });
      if (result.kind === 'refused' && result.refusal.code !== 'nothingDue')
        house.log.warn({ ticket: number, refusal: result.refusal.code }, 'a due ticket refused its timer');
    }
    done += due.length;
    if (due.length < AT_ONCE) return done;
  }
}
